"""The catalogue of faults of tables is complete and true."""

import ast
from pathlib import Path

import pytest

import dispatch_engine.importer
from dispatch_engine.catalogue.entries import TABLE_FAULTS
from dispatch_engine.catalogue.entry import Entry, TableText
from dispatch_engine.importer.samples import said_of_sample

SOURCES = sorted(Path(dispatch_engine.importer.__path__[0]).glob("*.py"))
MAKERS = {"add", "table_fault", "CellError"}

each_entry = pytest.mark.parametrize("entry", TABLE_FAULTS.values(), ids=TABLE_FAULTS)


def sample_of(entry: Entry) -> TableText:
    assert isinstance(entry.sample, TableText)
    return entry.sample


@each_entry
def test_the_broken_sample_yields_its_code_alone(entry: Entry) -> None:
    assert [fault.code for fault in said_of_sample(sample_of(entry))] == [entry.code]


@each_entry
def test_the_mended_sample_has_no_fault(entry: Entry) -> None:
    assert said_of_sample(sample_of(entry), mended=True) == ()


@each_entry
def test_what_is_said_of_a_sample_states_a_rule_and_a_way_out(entry: Entry) -> None:
    (said,) = said_of_sample(sample_of(entry))
    assert said.rule.endswith(".")
    assert said.advice.startswith("Maybe ")
    assert "{" not in said.rule + said.advice


def test_the_codes_that_importing_makes_are_those_of_the_catalogue() -> None:
    calls = (node for path in SOURCES for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    made = {
        call.args[0].value
        for call in calls
        if call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
        and (call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")) in MAKERS
    }
    # what reads a date is told which of two codes to raise
    assert made | {"cell_date"} == set(TABLE_FAULTS)
