"""Whatever stands in the cells, the answer is a valid document or a list of faults."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch_engine.errors import DocumentErrors
from dispatch_engine.formats.documents import parse_problem, problem_text
from dispatch_engine.importer.columns import CALLS, COLUMNS_BY_TABLE
from dispatch_engine.importer.importer import import_tables
from dispatch_engine.importer.tables import FormulaWithoutResult, RawTable
from tests.dispatch_engine.importer.tables_of import BERLIN

Changes = dict[tuple[str, int, int], object]
KINDS = list(COLUMNS_BY_TABLE)

cells = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.timedeltas(),
    st.builds(FormulaWithoutResult),
    st.sampled_from(["08:00", "2026-03-02 09:00", "T-1", "lift:2; boiler", "1,5", "52.5", "yes", "#N/A", "-1", "1e5"]),
)


def tables(changes: Changes) -> list[RawTable]:
    """Return the tables of the template, each with a second row, and some cells changed."""
    return [RawTable(kind, kind, [names(kind), *(row(kind, number, changes) for number in (0, 1))]) for kind in KINDS]


def names(kind: str) -> list[str]:
    return [column.name for column in COLUMNS_BY_TABLE[kind]]


def row(kind: str, number: int, changes: Changes) -> list[object]:
    """Return an example row; the second one is of another technician, call or location."""
    first, *rest = (column.example for column in COLUMNS_BY_TABLE[kind])
    examples = [first if number == 0 else str(first)[:-1] + "2", *rest]
    return [changes.get((kind, number, i), example) for i, example in enumerate(examples)]


def faults_of(changes: Changes) -> int:
    try:
        problem = import_tables(tables(changes), BERLIN).problem
    except DocumentErrors as error:
        return len(error.faults)
    assert parse_problem(problem_text(problem)) == problem
    return 0


def test_the_rows_before_any_change_are_valid() -> None:
    assert faults_of({}) == 0


@settings(max_examples=300)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from(KINDS), st.integers(0, 1), st.integers(0, len(CALLS) - 1)), cells, max_size=4
    )
)
def test_any_cells_give_a_valid_document_or_at_most_four_faults_a_cell(changes: Changes) -> None:
    assert faults_of(changes) <= 4 * len(changes)
