import pytest

from dispatch_engine.formats.json_text import read_json


def codes(data: bytes) -> list[tuple[str, str]]:
    return [(fault.code, fault.pointer) for fault in read_json(data).faults]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "json_empty"),
        (b" \n\t", "json_empty"),
        (b"\xef\xbb\xbf", "json_empty"),
        ('{"a": "ü"}'.encode("utf-16"), "not_utf8"),
        (b'{"a": "\xff"}', "not_utf8"),
        (b'{"a": [1, 2', "json_syntax"),
        (b"{'a': 1}", "json_syntax"),
        (b'{"a": 1,}', "json_syntax"),
        (b'{"a": 1} {"b": 2}', "json_syntax"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "json_syntax"),
        (b"[" * 101 + b"]" * 101, "json_too_deep"),
        (b'{"a":' * 100_000, "json_too_deep"),
    ],
)
def test_broken_text_gets_one_code(data: bytes, code: str) -> None:
    assert codes(data) == [(code, "")]


def test_text_nested_as_deep_as_allowed_is_read() -> None:
    assert codes(b"[" * 100 + b"]" * 100) == []


def test_a_syntax_fault_tells_line_and_column() -> None:
    (fault,) = read_json(b'{"a": 1,\n "b" 2}').faults
    assert "line 2, column 6" in fault.rule


def test_each_repeated_key_is_found_at_its_place() -> None:
    data = b'{"a": {"x": 1, "x": 2, "x": 3}, "b": [{"y/z": 1, "y/z": 2}], "c": 1, "c": 2}'
    assert sorted(codes(data)) == [("duplicate_key", "/a/x"), ("duplicate_key", "/b/0/y~1z"), ("duplicate_key", "/c")]


def test_a_byte_order_mark_is_skipped() -> None:
    assert read_json(b'\xef\xbb\xbf{"a": 1}').value == {"a": 1}
