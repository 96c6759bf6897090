"""Every code of scenarios: its broken sample yields it alone, its mend nothing."""

import pytest

from dispatch_engine.catalogue.entries import FAULTS, SCENARIO_FAULTS
from dispatch_engine.catalogue.entry import Entry, ScenarioText
from dispatch_engine.errors_page import page
from dispatch_engine.whatif.samples import said_of_scenarios
from tests.dispatch_engine.catalogue.test_catalogue import codes_made_by

by_code = pytest.mark.parametrize("entry", SCENARIO_FAULTS.values(), ids=SCENARIO_FAULTS)


@by_code
def test_the_broken_sample_yields_its_code_alone(entry: Entry) -> None:
    assert isinstance(entry.sample, ScenarioText)
    (said,) = said_of_scenarios(entry.sample)
    assert said.code == entry.code
    assert said.rule.endswith(".")
    assert said.advice.startswith("Maybe ")
    assert "{" not in said.rule + said.advice


@by_code
def test_the_mended_sample_has_no_fault(entry: Entry) -> None:
    assert isinstance(entry.sample, ScenarioText)
    assert said_of_scenarios(entry.sample, mended=True) == ()


def test_every_fault_of_scenarios_that_the_code_makes_is_in_the_catalogue_and_no_other() -> None:
    assert codes_made_by("scenario_fault") == set(SCENARIO_FAULTS)
    assert not set(SCENARIO_FAULTS) & set(FAULTS)


def test_the_page_has_a_heading_for_every_code() -> None:
    text = page()
    assert [code for code in SCENARIO_FAULTS if f"### `{code}`" not in text] == []
