"""What a person says of a record on the command line, checked: `NAME=value`, `NAME+=value`, `NAME!`, `+word` …"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from catalog.errors import UsageError, suggest
from catalog.model.custom import NO_CUSTOM, Custom, CustomType, field_names, is_many
from catalog.model.field import Confidence, Field, State
from catalog.model.vocabulary import BODY_ROLES, COUNTERS, DATES, DOCUMENT_DATES, KINDS, LANGUAGES, ROLES

_CHANGE = re.compile(r"(?P<name>[a-z][a-z0-9_]*)(?P<sign>\+=|-=|=|!)(?P<value>.*)", re.S)
_LINE_BREAK = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")  # values are one line, as those that pages print
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?)?)?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
NUMBERS = (*COUNTERS, "unlabelled_count")
FIXED = ("body",)  # what a page prints as its text is read, not said


class Sign(StrEnum):
    """What a change does to a name's values."""

    SET = "="
    ADD = "+="
    TAKE = "-="
    CLEAR = "!"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one name; `value` is None exactly where the sign is CLEAR.

    Of an agent, `label` and `kind` say what is not to stay as it is known.
    """

    name: str
    sign: Sign
    value: str | int | None
    label: str | None = None
    kind: str | None = None


def read_change(word: str, custom: Custom = NO_CUSTOM) -> Change | None:
    """Return the change that a word of `tag` says, None if it is none (an ID or part of the query).

    Raises UsageError if the name is known but the value does not fit, or if NAME= is nearly a known name.
    """
    if word.startswith("+") and len(word) > 1:
        return Change("tag", Sign.ADD, _text("tag", word[1:]))
    said = _CHANGE.fullmatch(word)
    if said is None:
        return None
    name, sign, value = said["name"], Sign(said["sign"]), said["value"]
    if name not in field_names(custom):
        if suggestion := suggest(name, field_names(custom)):
            raise UsageError(f"{word}: there is no field {name}{suggestion}")
        return None  # only looks like a change
    if name in FIXED:
        raise UsageError(f"{name} is read from the page and cannot be set")
    if sign is Sign.CLEAR:
        return Change(name, sign, None) if not value else None
    if sign is not Sign.SET and not is_many(name, custom):
        raise UsageError(f"{name} has one value: write {name}=…, or {name}! for none")
    return Change(name, sign, read_value(name, value, custom))


def untag(word: str) -> Change:
    """Return the change that takes a tag away."""
    return Change("tag", Sign.TAKE, _text("tag", word))


def read_settings(words: Iterable[str], custom: Custom = NO_CUSTOM) -> tuple[tuple[str, str | int], ...]:
    """Return the (name, value) of each `field=value` of --set; a name of one value may stand there once.

    Raises UsageError.
    """
    settings: list[tuple[str, str | int]] = []
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise UsageError(f"--set {word}: write field=value")
        if name not in field_names(custom):
            raise UsageError(f"--set {word}: there is no field {name}{suggest(name, field_names(custom))}")
        if name in FIXED:
            raise UsageError(f"--set {word}: {name} is read from the page and cannot be set")
        if not is_many(name, custom) and any(name == known for known, _ in settings):
            raise UsageError(f"--set {word}: {name} has one value and is set twice")
        if not value.strip():
            raise UsageError(f"--set {word}: no value; leave --set {name} out if there is none")
        settings.append((name, read_value(name, value, custom)))
    return tuple(dict.fromkeys(settings))


def read_value(name: str, text: str, custom: Custom = NO_CUSTOM) -> str | int:
    """Return the value of a field as it is kept. Raises UsageError if it does not fit."""
    value = _text(name, text)
    type_ = custom[name].type if name in custom else None
    if name in NUMBERS or type_ is CustomType.NUMBER:
        if not (value.isascii() and value.isdigit()) or len(value) > 18:
            raise UsageError(f"{name} is a number without sign or marks, not {value!r}")
        return int(value)
    if name == "kind" and value not in KINDS:
        raise UsageError(f"kind is one of {', '.join(KINDS)}, not {value!r}")
    if (name in (*DATES, *DOCUMENT_DATES) or type_ is CustomType.DATE) and not _is_date(value):
        raise UsageError(f"{name} is ISO 8601 (2016-11-06, 2016-11-06T15:20), not {value!r}")
    if name == "language" and not _is_language(value):
        raise UsageError(f"language is a tag like zh-Hans or en, not {value!r}")
    return value


def assertions(
    changes: Sequence[Change], who: str, custom: Custom = NO_CUSTOM, known: Sequence[Field] = ()
) -> list[Field]:
    """Return what a cataloguer asserts by these changes, in the order in which they are to be stored.

    `NAME=v` on a name of many values first sets aside what is there; several such say all the values. An agent keeps
    the label, and the kind, that it has among the `known` assertions.
    """
    fields: list[Field] = []
    cleared: set[str] = set()
    by = f"cataloguer:{who}"
    for change in changes:
        says_all = change.sign is Sign.SET and is_many(change.name, custom)
        if change.sign is Sign.CLEAR or (says_all and change.name not in cleared):
            fields.append(Field(change.name, State.ABSENT, None, Confidence.HIGH, by))
            cleared.add(change.name)
        if change.sign is not Sign.CLEAR:
            state = State.ABSENT if change.sign is Sign.TAKE else State.STATED
            label, kind = _as_known(change, known)
            fields.append(Field(change.name, state, change.value, Confidence.HIGH, by, label=label, kind=kind))
    return fields


def _as_known(change: Change, known: Sequence[Field]) -> tuple[str | None, str | None]:
    """Return label and kind of what a change states: as it says, else as who spoke last knows them."""
    same = [f for f in known if (f.name, f.value) == (change.name, change.value) and f.state is State.STATED]
    labels, kinds = ([value for f in same if (value := getattr(f, name))] for name in ("label", "kind"))
    label = change.label or (labels[-1] if labels else None)
    return label, change.kind or (kinds[-1] if kinds else agent_kind(change.name))


def settings_as_fields(settings: Iterable[tuple[str, str | int]], sha256: str) -> list[Field]:
    """Return what --set of an ingest asserts of a capture."""
    return [
        Field(name, State.STATED, value, Confidence.HIGH, "set:ingest", kind=agent_kind(name), capture=sha256)
        for name, value in settings
    ]


def agent_kind(name: str) -> str | None:
    """Return what an agent in this role is taken for when only a name is given; None if the name is no role."""
    if name not in ROLES:
        return None
    if name == "poster":
        return "account"
    return "body" if name in BODY_ROLES else "person"


def _text(name: str, text: str) -> str:
    value = _LINE_BREAK.sub(" ", text.strip())
    if not value:
        raise UsageError(f"{name}: no value; write {name}! to say that there is none")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise UsageError(f"{name}: the value is not valid in this terminal's encoding") from None
    if "\0" in value:
        raise UsageError(f"{name}: the value holds a NUL character")
    return value


def _is_language(text: str) -> bool:
    """Return whether the text has the form of a language tag (BCP 47); two letters must be assigned."""
    if not _LANGUAGE.fullmatch(text):
        return False
    primary = text.partition("-")[0]
    return len(primary) == 3 or primary in LANGUAGES.split()


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text + "0000-01-01"[len(text) :])
    except ValueError:
        return False
    return True
