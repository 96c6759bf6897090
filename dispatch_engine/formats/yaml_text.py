"""YAML as text: the documents in it as JSON values, with a code and a place for what is wrong.

Of YAML is read what JSON can say: a time such as 11:00 stays a text, and so do yes and no. Anchors and aliases are
refused, since a few lines of them can stand for more than fits into memory.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Any, ClassVar

import yaml

from dispatch_engine.catalogue.faults import scenario_fault
from dispatch_engine.catalogue.text_entries import MAX_DEPTH
from dispatch_engine.formats.json_text import JsonText, faults_within, marked

if TYPE_CHECKING:
    from dispatch_engine.errors import Fault

INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")


def read_yaml(data: bytes) -> list[JsonText]:
    """Read every document of a YAML text in UTF-8; what cannot be read at all is one without a value."""
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        return [JsonText(None, (scenario_fault("yaml_syntax", (), line=1, column=1, problem=str(error)),))]
    try:
        values = list(yaml.load_all(text, _Loader))
    except yaml.MarkedYAMLError as error:
        return [JsonText(None, (_syntax_fault(error),))]
    except yaml.YAMLError as error:
        return [JsonText(None, (scenario_fault("yaml_syntax", (), line=1, column=1, problem=str(error)),))]
    except RecursionError:
        problem = "lists or objects are nested too deeply"
        return [JsonText(None, (scenario_fault("yaml_syntax", (), line=1, column=1, problem=problem),))]
    return [JsonText(value, tuple(faults_within(value, ()))) for value in values]


def _syntax_fault(error: yaml.MarkedYAMLError) -> Fault:
    mark = error.problem_mark or error.context_mark
    line, column = (1, 1) if mark is None else (mark.line + 1, mark.column + 1)
    return scenario_fault("yaml_syntax", (), line=line, column=column, problem=error.problem or "it is no YAML")


class _Loader(yaml.SafeLoader):  # type: ignore[misc] # yaml has no types
    """Reads YAML with the types of JSON alone."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}

    def fetch_flow_collection_start(self, token: Any) -> None:
        """Begin a list or object in brackets; the time that YAML takes grows with the square of their depth."""
        if self.flow_level >= MAX_DEPTH:
            problem = f"more than {MAX_DEPTH} levels of brackets"
            raise yaml.scanner.ScannerError(None, None, problem, self.get_mark())
        super().fetch_flow_collection_start(token)

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Return the next node; an alias is refused."""
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark
            raise yaml.composer.ComposerError(None, None, "an alias (*) is not read: write it out", mark)
        return super().compose_node(parent, index)


def _object(loader: _Loader, node: yaml.MappingNode) -> dict[str, Any]:
    pairs = [(_key(key), loader.construct_object(value, deep=True)) for key, value in node.value]
    return marked(pairs)


def _key(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise yaml.constructor.ConstructorError(None, None, "a key is a single word", node.start_mark)
    return str(node.value)


def _integer(loader: _Loader, node: yaml.ScalarNode) -> int:
    try:
        return int(node.value)
    except ValueError as error:  # more digits than Python converts
        problem = "a whole number has thousands of digits"
        raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark) from error


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"true|false"), ["t", "f"])
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"null|~|"), ["n", "~", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(f"(?:{INTEGER.pattern})$"), list("-0123456789"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(f"(?:{NUMBER.pattern})$"), list("-0123456789"))
_Loader.add_constructor("tag:yaml.org,2002:map", _object)
_Loader.add_constructor("tag:yaml.org,2002:int", _integer)
