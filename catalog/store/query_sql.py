"""From a query to SQL: SELECT id … with everything that was typed bound as a value."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from catalog.errors import QueryError, suggest
from catalog.model.custom import NO_CUSTOM, Custom
from catalog.model.vocabulary import FIELDS
from catalog.store.clause import Bound, Clause, join
from catalog.store.patterns import check_pattern
from catalog.store.query import MAX_DEPTH, MAX_TERMS, Both, Either, Node, Not, Query, Sort, Term, Test
from catalog.store.query_names import (
    ABOUT_NAMES,
    ALIASES,
    ALL_NAMES,
    NAMES,
    ORDERS,
    RANKS,
    SORTABLE,
    TEXTS_SEARCHED,
    Name,
    own_names,
)
from catalog.store.query_parse import parse_query
from catalog.store.query_rank import JOINS, SCORE, scored
from catalog.store.query_values import read_date, read_number
from catalog.store.query_words import Word, anywhere, holds, in_body


@dataclass(frozen=True, slots=True)
class CompiledQuery:
    """One SELECT that gives the ids of the records, in order, and the values for its question marks.

    `words` are those that the texts of what is found hold (not those under ^), for ranks and snippets.
    """

    sql: str
    params: tuple[Bound, ...]
    words: tuple[Word, ...]


def compile_query(
    text: str, today: date, saved: Mapping[str, str], *, ranked: bool = False, custom: Custom = NO_CUSTOM
) -> CompiledQuery:
    """Return the SQL for what a person typed; an empty text means every record, by id.

    `saved` are the queries kept by name, `custom` the fields of one's own. `ranked` puts what is most about the words
    first where there are words and no sort: asks otherwise. Raises errors.QueryError with the text, the position of
    what cannot be read, and the near name for one that does not exist.
    """
    try:
        return _compile(text, _Compiler(today, saved, NAMES | own_names(custom)), ranked=ranked)
    except QueryError as error:
        raise QueryError(str(error), **({"query": text} | error.facts)) from None


def near_name(name: str, names: Iterable[str] = ALL_NAMES) -> str | None:
    """Return the name that is spelt most like this one, None if none is near."""
    found = difflib.get_close_matches(name.lower(), list(names), n=1, cutoff=0.6)
    return found[0] if found else None


def _compile(text: str, compiler: "_Compiler", *, ranked: bool) -> CompiledQuery:
    query = _parse(text, compiler.known)
    where = compiler.condition(query, _Around())
    sorts = [*query.sorts, *compiler.sorts]
    if ranked and not sorts and compiler.words:
        sorts = [Sort(RANKS[0], descending=False, position=0)]
    order = ", ".join([*(_sort(sort, compiler) for sort in sorts), "r.id"])
    select = Clause("SELECT r.id FROM records r")
    if any(sort.name in RANKS for sort in sorts):
        scores = scored(compiler.words)
        select = Clause(f"{scores.sql} {select.sql} {JOINS}", scores.params)
    sql = f"{select.sql} WHERE {where.sql} ORDER BY {order}"
    return CompiledQuery(sql, select.params + where.params, tuple(dict.fromkeys(compiler.words)))


def _parse(text: str, known: frozenset[str], depth: int = 0) -> Query:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise QueryError("the query holds bytes that are no text", position=error.start) from None
    try:
        return parse_query(text, known, depth)
    except QueryError as error:
        raise _with_suggestion(error, known) from None


def _with_suggestion(error: QueryError, known: frozenset[str]) -> QueryError:
    if "name" not in error.facts or str(error.facts["name"]) in known:
        return error
    near = near_name(str(error.facts["name"]), known)
    hint = f'; did you mean "{near}:"?' if near else '; text that holds a colon goes in "quotes"'
    return QueryError(f"{error}{hint}", **error.facts)


def _named(name: str) -> str:
    return ALIASES.get(name, name)


@dataclass(slots=True)
class _Compiler:
    """Makes one query, and the saved ones in it, into a condition; `words` and `sorts` gather on the way."""

    today: date
    saved: Mapping[str, str]
    names: Mapping[str, Name]
    words: list[Word] = field(default_factory=list)
    sorts: list[Sort] = field(default_factory=list)
    n_terms: int = 0

    @property
    def known(self) -> frozenset[str]:
        """Return what can stand before a colon."""
        return ALL_NAMES.union(self.names)

    def condition(self, query: Query, around: "_Around") -> Clause:
        """Return the condition of a whole query."""
        if query.condition is None:
            return Clause("TRUE")
        return self._node(query.condition, replace(around, any_script=around.any_script or query.any_script))

    def _node(self, node: Node, around: "_Around") -> Clause:
        if isinstance(node, Not):
            # a comparison with nothing is unknown, and its negation would be too
            return self._node(node.part, replace(around, negated=not around.negated)).within("NOT ifnull({}, FALSE)")
        if isinstance(node, Both):
            return join((self._node(part, around) for part in node.parts), "AND")
        if isinstance(node, Either):
            inside = replace(around, depth=around.depth + 1)
            return join((self._node(part, inside) for part in node.parts), "OR")
        self.n_terms += 1
        if self.n_terms > MAX_TERMS:
            raise QueryError(f"a query has at most {MAX_TERMS} conditions", position=node.position)
        return self._term(node, around)

    def _term(self, term: Term, around: "_Around") -> Clause:
        name = term.name if term.name is None else _named(term.name)
        word = Word(term.value, around.any_script)
        if not around.negated and term.test is Test.CONTAINS and name in (None, *TEXTS_SEARCHED):
            self.words.append(word)
        if name is None:
            return anywhere(word)
        if name == "saved":
            return self._saved(term, around)
        if name in ABOUT_NAMES:
            return _about(term, self.names)
        if name == "body" and term.test is Test.CONTAINS:
            return in_body(word)
        looked_at = self.names[name]
        compared = self._compared(looked_at, term, any_script=around.any_script)
        found = Clause(looked_at.inside.format(compared.sql), (*looked_at.bound, *compared.params))
        if looked_at.elsewhere is None:
            return found
        expression, inside = looked_at.elsewhere
        compared = self._compared(replace(looked_at, expression=expression), term, any_script=around.any_script)
        return join((found, Clause(inside.format(compared.sql), compared.params)), "OR")

    def _saved(self, term: Term, around: "_Around") -> Clause:
        """Return the condition of a query kept under a name; what is wrong in it is told where the name stands."""
        text = self.saved.get(term.value)
        if term.test is not Test.CONTAINS or text is None:
            hint = suggest(term.value, self.saved)
            raise QueryError(f"no query is saved as {term.value!r}{hint}", position=term.at)
        if term.value in around.saved:
            raise QueryError(f"saved:{term.value} asks for itself", position=term.at)
        if around.depth >= MAX_DEPTH:
            raise QueryError(f"saved queries and brackets stand at most {MAX_DEPTH} deep", position=term.at)
        try:
            query = _parse(text, self.known, around.depth)
            self.sorts += query.sorts
            return self.condition(query, replace(around, saved=(*around.saved, term.value)))
        except QueryError as error:
            raise QueryError(f"saved:{term.value}: {error}", position=term.at) from None

    def _compared(self, name: Name, term: Term, *, any_script: bool) -> Clause:
        if term.test is Test.REGEX and name.kind != "number":
            check_pattern(term.value, term.at)
            return Clause(f"matches(?, {name.expression})", (term.value,))
        if name.kind == "text":
            return _text_test(name, term, any_script=any_script)
        return _number_test(name, term) if name.kind == "number" else _date_test(name, term, self.today)


@dataclass(frozen=True, slots=True)
class _Around:
    """Where a part stands: how deep in brackets, under a ^ that holds, under script:any, in which saved queries."""

    depth: int = 0
    negated: bool = False
    any_script: bool = False
    saved: tuple[str, ...] = ()


def _about(term: Term, names: Mapping[str, Name]) -> Clause:
    """Return the condition of has:, missing:, empty: or conflict:, whose value is a name."""
    asked = _named(term.value)
    if asked not in names and asked not in FIELDS:
        near = near_name(asked, ALL_NAMES.union(names))
        raise QueryError(
            f"{term.name}: no field is called {asked!r}" + (f"; did you mean {near!r}?" if near else ""),
            position=term.at,
            name=asked,
        )
    if term.name == "conflict":
        return Clause("EXISTS (SELECT 1 FROM json_each(r.conflicts) j WHERE j.value = ?)", (asked,))
    if term.name == "empty":
        return Clause(
            "r.id IN (SELECT f.record_id FROM fields f WHERE f.name = ? AND f.retired_by IS NULL"
            " AND f.state IN ('printed_empty', 'not_rendered'))",
            (asked,),
        )
    name = names.get(asked)
    if name is None:
        raise QueryError(f"{term.name}: cannot ask for {asked!r}", position=term.at, name=asked)
    present = Clause(name.inside.format(f"{name.expression} IS NOT NULL"), name.bound)
    return present if term.name == "has" else present.within("NOT ({} IS TRUE)")


def _text_test(name: Name, term: Term, *, any_script: bool) -> Clause:
    if name.choices and not any(term.value.lower() in choice for choice in name.choices):
        hint = suggest(term.value, name.choices) or f"; it is one of {', '.join(name.choices)}"
        raise QueryError(f"{term.name}: there is no {term.value!r}{hint}", position=term.at)
    if term.test is Test.EXACT:
        return Clause(f"{name.expression} = ?", (term.value,))
    if term.test not in (Test.CONTAINS, Test.RANGE):
        raise QueryError(f"{term.name} is text and has no {term.test}", position=term.at)
    value = f"{term.value}..{term.upper or ''}" if term.test is Test.RANGE else term.value
    return holds(name.expression, Word(value, any_script))


def _number_test(name: Name, term: Term) -> Clause:
    if term.test is Test.REGEX:
        raise QueryError(f"{term.name} is a number and has no ~", position=term.at)
    if term.test is not Test.RANGE:
        sign = "=" if term.test is Test.CONTAINS else str(term.test)
        return Clause(f"{name.expression} {sign} ?", (read_number(term.value, term),))
    lower = read_number(term.value, term) if term.value else None
    upper = read_number(term.upper, term) if term.upper else None
    _check_ends(lower, upper, term)
    return _between(name.expression, name.expression, (lower, upper))


def _date_test(name: Name, term: Term, today: date) -> Clause:
    """Compare at the precision that was typed: published:2020 is the whole year, ..2021-06 includes all of June."""
    lower = read_date(term.value, term, today) if term.value else ""
    upper = read_date(term.upper, term, today) if term.upper else None
    if term.test is Test.RANGE:
        _check_ends(lower or None, upper, term)
        cut = f"substr({name.expression}, 1, {len(upper or '')})"
        return _between(name.expression, cut, (lower or None, upper))
    if term.test in (Test.FROM, Test.BELOW, Test.EXACT):
        return Clause(f"{name.expression} {term.test} ?", (lower,))
    cut = f"substr({name.expression}, 1, {len(lower)})"
    return Clause(f"{cut} {'=' if term.test is Test.CONTAINS else term.test} ?", (lower,))


def _check_ends(lower: Bound | None, upper: Bound | None, term: Term) -> None:
    if lower is None and upper is None:
        raise QueryError(f"{term.name}: a range has at least one end", position=term.at)
    if lower is not None and upper is not None and _runs_backwards(lower, upper):
        raise QueryError(f"{term.name}: the range {lower}..{upper} runs backwards", position=term.at)


def _between(from_: str, upto: str, ends: tuple[Bound | None, Bound | None]) -> Clause:
    """Return the condition of a range with one or two ends; `from_` and `upto` are what is compared with each."""
    tests = ((f"{from_} >= ?", ends[0]), (f"{upto} <= ?", ends[1]))
    return Clause(
        " AND ".join(test for test, end in tests if end is not None), tuple(end for end in ends if end is not None)
    )


def _runs_backwards(lower: Bound, upper: Bound) -> bool:
    if isinstance(lower, int) and isinstance(upper, int):
        return lower > upper
    return str(lower)[: len(str(upper))] > str(upper)


def _sort(sort: Sort, compiler: _Compiler) -> str:
    """Return one key of ORDER BY; what is not a column of records has no order."""
    if sort.name in RANKS:
        if not compiler.words:
            raise QueryError(
                "sort:rank puts what is most about the words first: there are no words", position=sort.position
            )
        return f"{SCORE}{' DESC' if sort.descending else ''}"
    name = compiler.names.get(_named(sort.name))
    expression = name.expression if name is not None and name.is_column else ORDERS.get(_named(sort.name))
    if expression is None:
        hint = suggest(sort.name, SORTABLE) or f"; one can by {', '.join(SORTABLE)}"
        raise QueryError(f"cannot sort by {sort.name!r}{hint}", position=sort.position)
    return f"{expression} IS NULL, {expression}{' DESC' if sort.descending else ''}"
