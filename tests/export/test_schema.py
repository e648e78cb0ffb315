"""The schemas themselves: sound, described, in step with the code. tests/cli/test_contract.py holds documents to it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import catalog
from catalog.errors import UsageError
from catalog.export.schema import FOLDER, PARTS, list_schemas, read_schema
from catalog.model.field import Confidence, State
from catalog.model.vocabulary import COUNTERS, KINDS, ROLES
from catalog.store.query_read import COLUMNS

NAMES = list(list_schemas())
PACKAGE = Path(catalog.__file__).parent
NEVER_A_DOCUMENT = {
    "catalog.table/1",
    "catalog.reprint-changes/1",
    "catalog.dump/1",
}  # TSV alone, or a head of JSON Lines


def _nodes(schema: object, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every object of a schema with where it stands."""
    if isinstance(schema, dict):
        yield path, schema
        for key, value in schema.items():
            yield from _nodes(value, f"{path}/{key}")
    elif isinstance(schema, list):
        for at, value in enumerate(schema):
            yield from _nodes(value, f"{path}/{at}")


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_valid_and_named_as_its_documents(name: str) -> None:
    schema = read_schema(name)
    Draft202012Validator.check_schema(schema)

    assert schema["title"] == name
    assert schema["$id"] == "urn:govnews-catalog:" + name.removeprefix("catalog.")
    assert name == "catalog.error/1" or schema["properties"]["schema"]["const"] == name


@pytest.mark.parametrize("name", NAMES)
def test_every_key_is_described_and_typed_and_every_required_key_is_known(name: str) -> None:
    faults = []
    for path, node in _nodes(read_schema(name)):
        for key, said in node.get("properties", {}).items() if isinstance(node.get("properties"), dict) else ():
            typed = {"type", "enum", "const", "anyOf", "$ref"} & set(said)
            if not typed or not ("description" in said or "$ref" in said):
                faults.append(f"{path}: {key}")
        faults += [f"{path}: {key}" for key in node.get("required", []) if key not in node.get("properties", {})]

    assert faults == []


@pytest.mark.parametrize("name", NAMES)
def test_keys_that_are_not_known_yet_stay_allowed(name: str) -> None:
    closed = [
        path
        for path, node in _nodes(read_schema(name))
        if node.get("additionalProperties") is False or "unevaluatedProperties" in node or "maxProperties" in node
    ]

    assert closed == []


def test_every_part_is_used() -> None:
    used = {name for one in NAMES for name in read_schema(one).get("$defs", {})}

    assert used == set(json.loads((FOLDER / PARTS).read_text("utf-8")))


def test_the_code_and_the_folder_know_the_same_schemas() -> None:
    said = {
        name
        for path in PACKAGE.rglob("*.py")
        for name in re.findall(r'"(catalog\.[a-z-]+/\d+)"', path.read_text("utf-8"))
    }
    writers = "ingest tag edit import reparse dedupe withdraw undo redo verify backup rebuild rescue"
    commands = {f"catalog.{name}/1" for name in writers.split()}  # named by model/outcome.py as it runs

    assert (said - NEVER_A_DOCUMENT) | commands | {"catalog.error/1"} == set(NAMES)


def test_closed_lists_are_those_of_the_model() -> None:
    record = read_schema("record")["properties"]
    field = record["fields"]["items"]["properties"]

    assert record["kind"]["enum"] == list(KINDS)
    assert record["agents"]["items"]["properties"]["role"]["enum"] == list(ROLES)
    assert list(record["counters"]["properties"]) == list(COUNTERS)
    assert field["state"]["enum"] == list(State)
    assert field["confidence"]["enum"] == list(Confidence)


def test_a_list_can_have_every_column_and_no_other() -> None:
    row = read_schema("list")["properties"]["data"]["items"]

    assert sorted(row["properties"]) == sorted(COLUMNS)


@pytest.mark.parametrize("name", ["record", "record/1", "catalog.record/1"])
def test_a_schema_has_three_names(name: str) -> None:
    assert read_schema(name)["title"] == "catalog.record/1"


def test_a_wrong_name_suggests_the_near_one() -> None:
    with pytest.raises(UsageError, match="did you mean record"):
        read_schema("recrod")


@pytest.mark.parametrize("value", [{"schema": "catalog.list/1"}, {"schema": "catalog.list/2", "data": []}, []])
def test_what_is_no_such_document_is_refused(value: object) -> None:
    assert not Draft202012Validator(read_schema("list")).is_valid(value)
