"""What the words behind `catalog report` mean: groupings, a report's name, its parameters, and the query."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from catalog.errors import BadReport, UsageError
from catalog.store.query_report import Parameter, Report, find_reports, load_report, read_number

IDS = "ids"  # the parameter that a query fills


@dataclass(frozen=True, slots=True)
class Asked:
    """One report, or several groupings to be crossed; the values of their parameters; the words of the query."""

    reports: tuple[Report, ...]
    params: Mapping[str, str | int | None]
    query: tuple[str, ...]


def read_words(words: Sequence[str], params: Sequence[str] = (), folder: Path | None = None) -> Asked | None:
    """Return what is asked for, None where no report is named; `params` are texts "name=value".

    With --by-… all other words are the query; without, the first word names the report. Raises UsageError, BadReport.
    """
    files = find_reports(folder)
    names = list(dict.fromkeys(word[2:] for word in words if word.startswith("--by-")))
    plain = [word for word in words if not word.startswith("--by-")]
    first = plain[0] if plain else ""
    if names and first in files:
        raise UsageError(f"{first} is a report of its own and is not crossed with --{names[0]}; "
                         f"to look for the word, put it in quotation marks: '\"{first}\"'")  # fmt: skip
    if not names and not plain:
        if params:
            raise UsageError(f"say which report --param {params[0]} is for: catalog report NAME --param …")
        return None
    reports = [load_report(_find_file(name, files)) for name in names or [_read_name(first, files)]]
    whole = next((report.name for report in reports if not report.group), None)
    if whole and len(reports) > 1:
        raise UsageError(f"{option(whole)} has columns of its own and is not crossed with others", report=whole)
    given, query = _split(plain if names else plain[1:], reports, files)
    given += [_split_pair(pair) for pair in params]
    return Asked(tuple(reports), {name: _check(name, value, reports) for name, value in given}, tuple(query))


def find_parameters(words: Sequence[str], folder: Path | None = None) -> dict[str, Parameter]:
    """Return the parameters, by name, of the reports that are named so far. A report that cannot be used has none."""
    files = find_reports(folder)
    found: dict[str, Parameter] = {}
    for path in (files[name] for name in files if option(name) in words):
        with suppress(BadReport):
            found.update((name, one) for name, one in load_report(path).params.items() if name != IDS)
    return found


def option(name: str) -> str:
    """Return how a report is asked for behind `catalog report`."""
    return f"--{name}" if name.startswith("by-") else name


def _read_name(word: str, files: Mapping[str, Path]) -> str:
    if word.startswith("--"):
        name = word[2:].partition("=")[0]
        if name in files:
            raise UsageError(f"{name} is named without dashes: catalog report {name}", report=name)
        raise _no_report(word, name, files)
    if word not in files or word.startswith("by-"):
        raise _no_report(word, word, files)
    return word


def _find_file(name: str, files: Mapping[str, Path]) -> Path:
    if name not in files:
        raise _no_report(option(name), name, files)
    return files[name]


def _no_report(word: str, name: str, files: Mapping[str, Path]) -> UsageError:
    close = [*(known for known in files if known == f"by-{name}"), *difflib.get_close_matches(name, files, n=1)]
    hint = f"did you mean {option(close[0])}?" if close else f"there are {', '.join(map(option, files))}"
    return UsageError(f"there is no report {word}; {hint}", report=name)


def _split(
    words: Sequence[str], reports: Sequence[Report], files: Mapping[str, Path]
) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the parameters, each with its value, and the words of the query."""
    given: list[tuple[str, str]] = []
    query: list[str] = []
    rest = iter(words)
    for word in rest:
        if word.startswith("--"):
            given.append(_read_option(word, rest, reports, files))
        else:
            query.append(word)
    return given, query


def _read_option(
    word: str, rest: Iterator[str], reports: Sequence[Report], files: Mapping[str, Path]
) -> tuple[str, str]:
    name, has_value, value = word[2:].partition("=")
    known = _params(reports)
    if name not in known:
        if name in files:
            raise UsageError(f"one report at a time: {name} is named without dashes, as the first word", report=name)
        raise _no_param(name, known)
    if not has_value:
        value = next(rest, "--")
        if value.startswith("--"):
            raise UsageError(f"--{name} needs a value: {_meaning(reports, name)}", param=name)
    return name, value


def _split_pair(pair: str) -> tuple[str, str]:
    name, has_value, value = pair.partition("=")
    if not has_value:
        raise UsageError(f"--param {pair}: a parameter is name=value")
    return name, value


def _check(name: str, value: str, reports: Sequence[Report]) -> str | int | None:
    known = _params(reports)
    if name not in known:
        raise _no_param(name, known)
    choices = {choice for report in reports if name in report.params for choice in report.params[name].choices}
    if choices and value not in choices:
        raise UsageError(f"--{name} {value}: it is one of {', '.join(sorted(choices))}", param=name)
    return read_number(value)


def _params(reports: Sequence[Report]) -> list[str]:
    return [name for report in reports for name in report.params if name != IDS]


def _meaning(reports: Sequence[Report], name: str) -> str:
    return next(report.params[name].meaning for report in reports if name in report.params)


def _no_param(name: str, known: Sequence[str]) -> UsageError:
    near = difflib.get_close_matches(name, known, n=1)
    if not known:
        return UsageError(f"there is no option --{name}, and the report takes no parameters", param=name)
    hint = f"did you mean --{near[0]}?" if near else f"it takes {', '.join(f'--{one}' for one in known)}"
    return UsageError(f"the report has no parameter --{name}; {hint}", param=name)
