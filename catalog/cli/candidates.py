"""What a shell can offer for a word that is begun. All are quick: none opens a catalogue or loads sqlite-utils."""

from collections.abc import Iterable

import typer


def complete_query(incomplete: str) -> list[str]:
    """Return the terms of a query that begin so: names with their colon, and behind it what is a closed list."""
    from catalog.store.query_names import ABOUT_NAMES, ALL_NAMES, NAMES, SORTABLE

    negation = "^" if incomplete.startswith("^") else ""
    name, colon, _ = incomplete.removeprefix(negation).partition(":")
    if not colon:
        return _starting(incomplete, (f"{negation}{one}:" for one in sorted(ALL_NAMES) if one.isascii() or name))
    closed = {known: said.choices for known, said in NAMES.items() if said.choices}
    values = {**closed, "script": ("any",), "sort": SORTABLE, **dict.fromkeys(ABOUT_NAMES, sorted(NAMES))}
    return _starting(incomplete, (f"{negation}{name}:{value}" for value in values.get(name, ())))


def complete_report(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return the reports that begin so, each with its title, parameters of those named, and the terms of a query.

    Behind a parameter that has a closed list of values it is these.
    """
    from catalog.cli.settings import read_settings
    from catalog.services.report import list_reports
    from catalog.services.report_words import find_parameters

    folder = read_settings().reports
    words: list[str] = ctx.params.get("words") or []
    params = {f"--{name}": one for name, one in find_parameters(words, folder).items()}
    if words and words[-1] in params and params[words[-1]].choices:
        return [(choice, "") for choice in _starting(incomplete, params[words[-1]].choices)]
    reports = [(str(row[0]), str(row[1])) for row in list_reports(folder).rows]
    reports += [(name, one.meaning) for name, one in params.items()]
    terms = [(term, "") for term in complete_query(incomplete)] if incomplete else []
    return [*((name, title) for name, title in reports if name.startswith(incomplete)), *terms]


def complete_tag(incomplete: str) -> list[str]:
    """Return the changes that begin so, and the terms of a query."""
    return [*complete_setting(incomplete), *complete_query(incomplete)]


def complete_setting(incomplete: str) -> list[str]:
    """Return FIELD= of the fields that begin so."""
    from catalog.cli.settings import read_settings
    from catalog.model.custom import field_names

    return _starting(incomplete, (f"{name}=" for name in field_names(read_settings().fields)))


def complete_columns(incomplete: str) -> list[str]:
    """Return the columns that begin as what stands behind the last comma."""
    from catalog.store.query_read import COLUMNS

    before = incomplete[: incomplete.rfind(",") + 1]
    return _starting(incomplete, (f"{before}{name}" for name in COLUMNS if name not in before.split(",")))


def complete_export(incomplete: str) -> list[str]:
    """Return the formats of an export that begin so."""
    from catalog.services.export import list_formats

    return _starting(incomplete, list_formats())


def complete_schema(incomplete: str) -> list[tuple[str, str]]:
    """Return the schemas that begin so, with what each is about."""
    from catalog.export.schema import list_schemas

    return [(name, about) for name, about in list_schemas().items() if name.startswith(incomplete)]


def complete_topic(incomplete: str) -> list[tuple[str, str]]:
    """Return the topics of help that begin so, with what each is about."""
    from catalog.cli.manual import list_topics

    return [(name, about) for name, about in list_topics().items() if name.startswith(incomplete)]


def _starting(incomplete: str, words: Iterable[str]) -> list[str]:
    return [word for word in words if word.startswith(incomplete)]
