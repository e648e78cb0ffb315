"""The topics of `catalog help`, a text file each with what it is about on its first line; the man page made of them."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from catalog.errors import UsageError, suggest

FOLDER = Path(__file__).with_name("topics")
TOPICS = ("query", "fields", "formats", "statuses", "settings")


def list_topics() -> dict[str, str]:
    """Return what each topic is about, the one most asked for first."""
    return {name: _read(name).partition("\n")[0] for name in TOPICS}


def read_topic(name: str, others: tuple[str, ...] = ()) -> str:
    """Return the text of one topic. Raises UsageError with the near name, which may be one of `others`."""
    if name in TOPICS:
        return _read(name)
    hint = suggest(name, (*TOPICS, *others)) or f"; there are {', '.join(TOPICS)}"
    raise UsageError(f"there is no topic {name!r}{hint}", topic=name)


def man_page(group: Any) -> str:  # noqa: ANN401 -- typer gives the class of its commands no public name
    """Return the man page of the program as roff: its commands with their options, then the topics."""
    lines = ['.TH CATALOG 1 "" catalog "User Commands"', ".SH NAME", r"catalog \- catalogue captured government news"]
    lines += [".SH SYNOPSIS", ".B catalog", r".I COMMAND", "[OPTION]... [ARGUMENT]..."]
    lines += [".SH DESCRIPTION", *_roff(inspect.cleandoc(group.help)), ".SH COMMANDS"]
    for name, command in _commands(group):
        words = [param.metavar or param.name for param in command.params if param.param_type_name == "argument"]
        lines += [f".SS {_escape(' '.join(['catalog', name, *words]))}", *_roff(inspect.cleandoc(command.help))]
        lines += _options(command)
    for name, about in list_topics().items():
        text = _read(name).partition("\n")[2].strip("\n")
        lines += [f".SH {_escape(name.upper())}", f"{_escape(about)}.", *_roff(text)]
    return "\n".join(lines) + "\n"


def _commands(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401 -- as above
    """Yield the commands of a group and of the groups in it, each with its words."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, f"{before}{name} ")
        else:
            yield before + name, command


def _options(command: Any) -> Iterator[str]:  # noqa: ANN401 -- as above
    for param in command.params:
        if param.param_type_name == "option" and param.help:
            value = "" if param.is_flag else f" {param.metavar or param.name.upper().strip('_')}"
            yield from (".TP", f".B {_escape(', '.join(param.opts) + value)}", _escape(param.help))


def _roff(text: str) -> Iterator[str]:
    r"""Yield paragraphs as they flow; as they stand those with an indented line or typer's mark for it, \b."""
    for n, paragraph in enumerate(re.split(r"\n\s*\n", text)):
        lines = paragraph.strip("\n").removeprefix("\b\n").split("\n")
        is_block = "\b" in paragraph or any(line.startswith(" ") for line in lines)
        if n:
            yield ".PP"
        yield from [".nf", *map(_escape, lines), ".fi"] if is_block else map(_escape, lines)


def _escape(text: str) -> str:
    escaped = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{escaped}" if escaped[:1] in (".", "'") else escaped


def _read(name: str) -> str:
    return (FOLDER / f"{name}.txt").read_text("utf-8")
