"""From a query to SQL: SELECT id … with everything that was typed bound as a value."""

import difflib
import re
from dataclasses import dataclass

from catalog.errors import QueryError
from catalog.model.vocabulary import FIELDS
from catalog.store.fulltext import half_width, is_plain, phrase
from catalog.store.query import Query, Sort, Term, Test, parse_query
from catalog.store.query_names import ABOUT_NAMES, ALIASES, ALL_NAMES, NAMES, Name

Bound = str | int
_DATE = re.compile(
    r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?(?:[T ]?(\d{1,2})(?::(\d{2})(?::(\d{2}))?)?)?)?月?)?年?"
)
_NUMBER = re.compile(r"\d{1,18}")  # what fits SQLite's integers


@dataclass(frozen=True, slots=True)
class CompiledQuery:
    """One SELECT that gives the ids of the records, in order, and the values for its question marks."""

    sql: str
    params: tuple[Bound, ...]


def compile_query(text: str) -> CompiledQuery:
    """Return the SQL for what a person typed; an empty text means every record, by id.

    Raises errors.QueryError with the position of what cannot be read, and the near name for one that does not exist.
    """
    try:
        query = parse_query(text, ALL_NAMES)
    except QueryError as error:
        raise _with_suggestion(error) from None
    params: list[Bound] = []
    where = " OR ".join(_all_of(terms, params) for terms in query.alternatives)
    sql = f"SELECT r.id FROM records r WHERE {where or 'TRUE'} ORDER BY {_order(query)}"  # noqa: S608 -- our own words only
    return CompiledQuery(sql, tuple(params))


def _with_suggestion(error: QueryError) -> QueryError:
    if "name" not in error.facts or str(error.facts["name"]) in ALL_NAMES:
        return error
    near = near_name(str(error.facts["name"]))
    hint = f'; did you mean "{near}:"?' if near else '; text that holds a colon goes in "quotes"'
    return QueryError(f"{error}{hint}", **error.facts)


def near_name(name: str) -> str | None:
    """Return the name that is spelt most like this one, None if none is near."""
    found = difflib.get_close_matches(name.lower(), ALL_NAMES, n=1, cutoff=0.6)
    return found[0] if found else None


def _all_of(terms: tuple[Term, ...], params: list[Bound]) -> str:
    return "(" + " AND ".join(_clause(term, params) for term in terms) + ")"


def _clause(term: Term, params: list[Bound]) -> str:
    """Return the condition of one term; its values are put behind `params`."""
    if term.name is None:
        condition = _anywhere(term, params)
    elif term.name in ABOUT_NAMES:
        condition = _about(term, params)
    elif ALIASES.get(term.name, term.name) == "body" and term.test is Test.CONTAINS:
        condition = f"r.body_id IN ({_in_body(term.value, params)})"
    else:
        name = NAMES[ALIASES.get(term.name, term.name)]
        params.extend(name.bound)
        condition = name.inside.format(_TESTS[name.kind](name, term, params))
    # IS TRUE: a comparison with nothing is unknown, and its negation would be too
    return f"NOT ({condition} IS TRUE)" if term.negated else f"({condition} IS TRUE)"


def _anywhere(term: Term, params: list[Bound]) -> str:
    """Return the condition that title, summary or body hold a word; the full-text index proposes the records."""
    return f"({_in_head(term.value, params)} OR r.body_id IN ({_in_body(term.value, params)}))"


def _in_head(word: str, params: list[Bound]) -> str:
    holds = "(instr(lower(half_width(r.title)), lower(?)) OR instr(lower(half_width(r.summary)), lower(?)))"
    found = phrase(word)
    if found is not None:
        params.append(found)
    if found is None or not is_plain(word):
        params.extend([_folded(word)] * 2)
    proposed = "r.id IN (SELECT rowid FROM records_search WHERE records_search MATCH ?)"
    return holds if found is None else proposed if is_plain(word) else f"({proposed} AND {holds})"


def _in_body(word: str, params: list[Bound]) -> str:
    """Return the SELECT of the bodies that hold a word; marks are not in the index, so words with marks are checked."""
    found = phrase(word)
    if found is None:
        params.append(word)
        return "SELECT b.id FROM bodies b WHERE instr(lower(b.text), lower(?))"
    params.append(found)
    proposed = "SELECT rowid FROM bodies_search WHERE bodies_search MATCH ?"
    if is_plain(word):
        return proposed
    params.append(_folded(word))
    holds = "instr(lower(half_width(b.text)), lower(?))"
    return f"SELECT b.id FROM ({proposed}) s JOIN bodies b ON b.id = s.rowid WHERE {holds}"  # noqa: S608 -- our own words only


def _folded(text: str) -> str:
    """Return what was typed as half_width gives texts."""
    return half_width(text) or ""


def _about(term: Term, params: list[Bound]) -> str:
    """Return the condition of has:, missing:, empty: or conflict:, whose value is a name."""
    asked = ALIASES.get(term.value, term.value)
    if asked not in NAMES and asked not in FIELDS:
        near = near_name(asked)
        raise QueryError(
            f"{term.name}: no field is called {asked!r}" + (f"; did you mean {near!r}?" if near else ""),
            position=term.at,
            name=asked,
        )
    if term.name == "conflict":
        params.append(asked)
        return "EXISTS (SELECT 1 FROM json_each(r.conflicts) j WHERE j.value = ?)"
    if term.name == "empty":
        params.append(asked)
        return (
            "r.id IN (SELECT f.record_id FROM fields f WHERE f.name = ? AND f.retired_by IS NULL"
            " AND f.state IN ('printed_empty', 'not_rendered'))"
        )
    name = NAMES.get(asked)
    if name is None:
        raise QueryError(f"{term.name}: cannot ask for {asked!r}", position=term.at, name=asked)
    params.extend(name.bound)
    present = name.inside.format(f"{name.expression} IS NOT NULL")
    return present if term.name == "has" else f"NOT ({present} IS TRUE)"


def _text_test(name: Name, term: Term, params: list[Bound]) -> str:
    if term.test is Test.EXACT:
        params.append(term.value)
        return f"{name.expression} = ?"
    if term.test not in (Test.CONTAINS, Test.RANGE):
        raise QueryError(f"{term.name} is text and has no {term.test}", position=term.at)
    params.append(_folded(f"{term.value}..{term.upper or ''}" if term.test is Test.RANGE else term.value))
    return f"instr(lower(half_width({name.expression})), lower(?)) > 0"


def _number_test(name: Name, term: Term, params: list[Bound]) -> str:
    lower = _number(term.value, term) if term.value else None
    if term.test is not Test.RANGE:
        sign = "=" if term.test is Test.CONTAINS else str(term.test)
        params.append(_number(term.value, term))
        return f"{name.expression} {sign} ?"
    upper = _number(term.upper, term) if term.upper else None
    _check_ends(lower, upper, term)
    return _between(name.expression, name.expression, (lower, upper), params)


def _date_test(name: Name, term: Term, params: list[Bound]) -> str:
    """Compare at the precision that was typed: published:2020 is the whole year, ..2021-06 includes all of June."""
    lower = _date(term.value, term) if term.value else ""
    upper = _date(term.upper, term) if term.upper else None
    if term.test is Test.RANGE:
        _check_ends(lower or None, upper, term)
        cut = f"substr({name.expression}, 1, {len(upper or '')})"
        return _between(name.expression, cut, (lower or None, upper), params)
    params.append(lower)
    cut = f"substr({name.expression}, 1, {len(lower)})"
    if term.test in (Test.FROM, Test.BELOW):
        return f"{name.expression} {term.test} ?"
    if term.test is Test.EXACT:
        return f"{name.expression} = ?"
    return f"{cut} {'=' if term.test is Test.CONTAINS else term.test} ?"


def _check_ends(lower: Bound | None, upper: Bound | None, term: Term) -> None:
    if lower is None and upper is None:
        raise QueryError(f"{term.name}: a range has at least one end", position=term.at)
    if lower is not None and upper is not None and _runs_backwards(lower, upper):
        raise QueryError(f"{term.name}: the range {lower}..{upper} runs backwards", position=term.at)


def _between(from_: str, upto: str, ends: tuple[Bound | None, Bound | None], params: list[Bound]) -> str:
    """Return the condition of a range with one or two ends; `from_` and `upto` are what is compared with each."""
    tests = ((f"{from_} >= ?", ends[0]), (f"{upto} <= ?", ends[1]))
    params.extend(end for _, end in tests if end is not None)
    return " AND ".join(test for test, end in tests if end is not None)


def _runs_backwards(lower: Bound, upper: Bound) -> bool:
    if isinstance(lower, int) and isinstance(upper, int):
        return lower > upper
    return str(lower)[: len(str(upper))] > str(upper)


def _number(text: str, term: Term) -> int:
    if not _NUMBER.fullmatch(text):
        raise QueryError(f"{term.name}: {text!r} is no whole number", position=term.at)
    return int(text)


def _date(text: str, term: Term) -> str:
    """Return 2020-1-5, 2020/01/05 or 2020年1月5日 as ISO 8601 at the precision typed."""
    found = _DATE.fullmatch(_folded(text))
    if found is None:
        raise QueryError(f"{term.name}: {text!r} is no date like 2020, 2020-12 or 2020-12-16T20:34", position=term.at)
    year, month, day, hour, minute, second = found.groups()
    parts = [year] + [f"{part:0>2}" for part in (month, day) if part]
    times = [f"{part:0>2}" for part in (hour, minute, second) if part]
    return "-".join(parts) + ("T" + ":".join(times) if times else "")


_TESTS = {"text": _text_test, "number": _number_test, "date": _date_test}


def _order(query: Query) -> str:
    return ", ".join([*(_sort(sort) for sort in query.sorts), "r.id"])


def _sort(sort: Sort) -> str:
    """Return one key of ORDER BY; what is not a column of records has no order."""
    name = NAMES.get(ALIASES.get(sort.name, sort.name))
    if name is None or name.inside != "{}":
        sortable = ", ".join(sorted(known for known, said in NAMES.items() if said.inside == "{}"))
        raise QueryError(f"cannot sort by {sort.name!r}; one can by {sortable}", position=sort.position)
    return f"{name.expression} IS NULL, {name.expression}{' DESC' if sort.descending else ''}"
