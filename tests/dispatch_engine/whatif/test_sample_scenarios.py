"""The scenarios that come with the sample data fit the day that they are for."""

from pathlib import Path

from dispatch_engine.formats.documents import load_problem
from dispatch_engine.whatif.nesting import prepared
from dispatch_engine.whatif.reading import load_scenarios


def test_the_sample_scenarios_fit_the_sample_day(root: Path) -> None:
    day = load_problem(root / "data/coquimbo/tomorrow.json")
    after = prepared(day, load_scenarios(root / "data/coquimbo/what-if.yaml"))
    assert len(after) == 8
    assert after["as-it-is"] == day
    assert [name for name, problem in after.items() if problem == day] == ["as-it-is"]
