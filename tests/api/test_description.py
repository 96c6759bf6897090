"""The description says what every parameter is, and its schemas have names that a generator can make classes of."""

import pytest

from api.openapi import operations
from api.schema_names import plain, plainly_named
from tests.api.world import World


def test_names_are_words_and_titles_are_names() -> None:
    world = World()
    schemas = world.get("/openapi.json").json()["components"]["schemas"]
    assert [name for name in schemas if not name.isalnum()] == []
    assert {name: schema["title"] for name, schema in schemas.items()} == {name: name for name in schemas}


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("Stop", "Stop"),
        ("Stop-Input", "StopInput"),
        ("dispatch_engine__board__commands__ChangeCall", "ChangeCallCommand"),
        ("dispatch_engine__whatif__changes__calls__ChangeCall", "ChangeCallInScenario"),
    ],
)
def test_a_name_is_one_word(name: str, word: str) -> None:
    assert plain(name) == word


def test_references_follow_the_names() -> None:
    schemas = {"A-Input": {"$ref": "#/components/schemas/B-Input"}, "B-Input": {"type": "string"}}
    named, new_by_old = plainly_named(schemas)
    assert named["AInput"] == {"$ref": "#/components/schemas/BInput", "title": "AInput"}
    assert new_by_old == {"A-Input": "AInput", "B-Input": "BInput"}


def test_two_schemas_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="clash"):
        plainly_named({"A-Input": {}, "AInput": {}})


def test_every_parameter_says_what_it_is() -> None:
    described = World().get("/openapi.json").json()
    silent = [
        (name, parameter["name"])
        for name, operation in operations(described)
        for parameter in operation.get("parameters", ())
        if not parameter.get("description")
    ]
    assert silent == []
