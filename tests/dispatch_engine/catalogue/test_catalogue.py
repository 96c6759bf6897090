import ast
from pathlib import Path

import pytest

import dispatch_engine
from dispatch_engine.catalogue.entries import FAULTS, PLAN_WARNINGS, REASONS, TABLE_FAULTS, WARNINGS
from dispatch_engine.catalogue.entry import Change, Entry, RawText
from dispatch_engine.catalogue.sample_day import SAMPLE_DAY
from dispatch_engine.errors import DispatchError, DocumentErrors
from dispatch_engine.errors_page import error_classes, page, said_of
from dispatch_engine.formats.documents import parse_problem
from dispatch_engine.model.checks.warnings import warnings_of
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.travel.source import CLOSED_AREA, FAR_FROM_ROAD, NO_ROUTE, OUTSIDE_NETWORK
from solver.reasons import Reason

ROOT = Path(__file__).parents[3]
SOURCES = sorted(Path(dispatch_engine.__path__[0]).rglob("*.py"))


def by_code(entries: dict[str, Entry]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("entry", entries.values(), ids=entries)


def codes_made_by(function: str) -> set[str]:
    """Every code that is handed to the function as a constant, and every code in a table of codes."""
    calls = (
        node
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function
    )
    return {
        call.args[0].value
        for call in calls
        if call.args and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }


@by_code(FAULTS)
def test_the_broken_sample_yields_its_code_alone(entry: Entry) -> None:
    assert isinstance(entry.sample, Change | RawText)
    with pytest.raises(DocumentErrors) as caught:
        parse_problem(entry.sample.broken_text())
    assert [fault.code for fault in caught.value.faults] == [entry.code]


@by_code(FAULTS)
def test_the_mended_sample_has_no_fault(entry: Entry) -> None:
    assert isinstance(entry.sample, Change | RawText)
    assert isinstance(parse_problem(entry.sample.mended_text()), ProblemDocument)


@by_code(FAULTS | WARNINGS)
def test_what_is_said_of_a_sample_states_a_rule_and_a_way_out(entry: Entry) -> None:
    assert isinstance(entry.sample, Change | RawText)
    (said,) = said_of(entry.sample.broken_text())
    assert said.rule.endswith(".")
    assert said.advice.startswith("Maybe ")
    assert "{" not in said.rule + said.advice


@by_code(WARNINGS)
def test_the_sample_of_a_warning_yields_it_and_the_mended_one_does_not(entry: Entry) -> None:
    assert isinstance(entry.sample, Change | RawText)
    assert [found.code for found in warnings_of(parse_problem(entry.sample.broken_text()))] == [entry.code]
    assert warnings_of(parse_problem(entry.sample.mended_text())) == ()


def test_every_fault_and_warning_that_the_code_makes_is_in_the_catalogue() -> None:
    assert codes_made_by("fault") <= set(FAULTS)
    assert codes_made_by("warning") == set(WARNINGS)


def test_every_warning_of_a_plan_is_in_the_catalogue_and_no_other() -> None:
    of_places = {FAR_FROM_ROAD, OUTSIDE_NETWORK, NO_ROUTE, CLOSED_AREA}
    of_the_planner = {
        keyword.value.value
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "PlanWarning"
        for keyword in node.keywords
        if keyword.arg == "code" and isinstance(keyword.value, ast.Constant)
    }
    assert of_places | of_the_planner == set(PLAN_WARNINGS)


def test_every_reason_of_the_solver_is_in_the_catalogue_and_no_other() -> None:
    assert set(REASONS) == {reason.code for reason in Reason if reason is not Reason.NONE}


def test_no_code_stands_for_two_things() -> None:
    errors = [each.code for each in error_classes()]
    codes = [*FAULTS, *TABLE_FAULTS, *WARNINGS, *PLAN_WARNINGS, *REASONS, *errors]
    assert len(codes) == len(set(codes))


def test_every_exception_of_the_package_is_defined_where_the_page_looks_for_it() -> None:
    roots = {each.__name__ for each in error_classes()}
    derived = {
        node.name
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id in roots for base in node.bases)
    }
    assert derived <= roots
    assert DispatchError.__name__ in roots


def test_the_page_is_up_to_date() -> None:
    written = (ROOT / "docs" / "errors.md").read_text()
    assert written == page(), "Maybe run `python -m dispatch_engine.errors_page`."


def test_the_page_has_a_heading_or_row_for_every_code() -> None:
    text = page()
    missing = [code for code in (*FAULTS, *TABLE_FAULTS, *WARNINGS) if f"### `{code}`" not in text]
    missing += [
        code
        for code in (*PLAN_WARNINGS, *REASONS, *(each.code for each in error_classes()))
        if f"| `{code}` |" not in text
    ]
    assert missing == []


def test_the_sample_day_has_neither_faults_nor_warnings() -> None:
    assert warnings_of(ProblemDocument.model_validate(SAMPLE_DAY)) == ()
