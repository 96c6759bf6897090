"""What messages say of many things."""

import pytest

from dispatch_engine.listing import SHOWN_NAMES, lines_listed, names_listed


@pytest.mark.parametrize(("count", "end"), [(SHOWN_NAMES, "4"), (SHOWN_NAMES + 2, "4 and 2 more")])
def test_of_many_names_the_first_are_told_and_how_many_more_there_are(count: int, end: str) -> None:
    assert names_listed([*map(str, range(count))]).endswith(f"3, {end}")


def test_of_many_things_the_first_are_told_a_line_each() -> None:
    assert lines_listed([1.5], "rule", 2, str) == "1 rule:\n  1.5"
    assert lines_listed([1, 2, 3], "rule", 2, str) == "3 rules:\n  1\n  2\n  and 1 more"
