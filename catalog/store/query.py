"""The query language, as far as it is grammar: words, "phrases", name:value, ranges, ^not, OR, sort:name-.

Which names there are and what they mean in SQL is in query_names.py and query_sql.py.
Positions count characters from 0.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from catalog.errors import QueryError


class Test(StrEnum):
    """How a value is compared."""

    CONTAINS = "contains"
    EXACT = "="
    ABOVE = ">"
    FROM = ">="
    BELOW = "<"
    UPTO = "<="
    RANGE = ".."


@dataclass(frozen=True, slots=True)
class Term:
    """One condition. `name` is None for words that may stand anywhere; `upper` is the end of a range, None if open.

    `value` is empty only for a range without a beginning. `position` is where the term begins, `at` its value.
    """

    name: str | None
    test: Test
    value: str
    upper: str | None
    negated: bool
    position: int
    at: int


@dataclass(frozen=True, slots=True)
class Sort:
    """One key of order; records without the value come last in both directions."""

    name: str
    descending: bool
    position: int


@dataclass(frozen=True, slots=True)
class Query:
    """Alternatives (parted by OR) of terms that must all hold; no alternative at all means every record."""

    alternatives: tuple[tuple[Term, ...], ...]
    sorts: tuple[Sort, ...]


_BLANK = re.compile(r"\s+")
_NAME = re.compile(r"(\w+)[:：]")
_WORD = re.compile(r"\S+")
_PHRASE = re.compile(r'"((?:[^"\\]|\\.)*)"')
_TEST = re.compile(r">=|<=|>|<|=")


def parse_query(text: str, names: frozenset[str]) -> Query:
    """Return the query. `names` are the words that before a colon name a field; errors.QueryError says where it breaks.

    A word in Han characters before a colon that names nothing is text (时间:2020), a Latin one is a slip.
    """
    reader = _Reader(text, names)
    alternatives: list[list[Term]] = [[]]
    sorts: list[Sort] = []
    while reader.skip_blank():
        if reader.take_or():
            alternatives.append([])
        elif (found := reader.read_term()).name == "sort":
            sorts.append(_sort_of(found))
        else:
            alternatives[-1].append(found)
    if len(alternatives) > 1 and not all(alternatives):
        raise QueryError("OR stands between two conditions", position=max(text.find("OR"), 0))
    return Query(tuple(tuple(terms) for terms in alternatives if terms), tuple(sorts))


def _sort_of(term: Term) -> Sort:
    if term.negated or term.test is not Test.CONTAINS:
        raise QueryError("sort: takes a name, and - behind it for the other direction", position=term.position)
    name = term.value.rstrip("+-")
    return Sort(name, term.value.endswith("-"), term.at)


class _Reader:
    """Walks over the text of one query."""

    def __init__(self, text: str, names: frozenset[str]) -> None:
        self.text = text
        self.names = names
        self.at = 0

    def skip_blank(self) -> bool:
        """Return whether anything is left behind white space (U+3000 too)."""
        if blank := _BLANK.match(self.text, self.at):
            self.at = blank.end()
        return self.at < len(self.text)

    def take_or(self) -> bool:
        word = _WORD.match(self.text, self.at)
        if word is None or word[0] != "OR":
            return False
        self.at = word.end()
        return True

    def read_term(self) -> Term:
        position = self.at
        negated = self.text[self.at] in "^-" and _WORD.match(self.text, self.at + 1) is not None
        self.at += negated
        name = _NAME.match(self.text, self.at)
        if name is None or not self._names_a_field(name[1]):
            at = self.at
            value = self._read_value()
            if not value.strip():
                raise QueryError("between the quotes there is nothing to look for", position=at)
            return Term(None, Test.CONTAINS, value, None, negated, position, at)
        self.at = name.end()
        return self._read_test(name[1], negated, position)

    def _names_a_field(self, word: str) -> bool:
        if word in self.names:
            return True
        if word.isascii() and not word.isdecimal():
            raise QueryError(f"no field is called {word!r}", position=self.at, name=word)
        return False

    def _read_test(self, name: str, negated: bool, position: int) -> Term:
        test = Test.CONTAINS
        if sign := _TEST.match(self.text, self.at):
            test = Test(sign[0])
            self.at = sign.end()
        at = self.at
        quoted = self.text.startswith('"', at)
        value = self._read_value() if _WORD.match(self.text, at) else ""
        if not value:
            raise QueryError(f"{name}: has no value behind it", position=at, name=name)
        if test is Test.CONTAINS and not quoted and ".." in value:
            start, _, end = value.partition("..")
            return Term(name, Test.RANGE, start, end or None, negated, position, at)
        return Term(name, test, value, None, negated, position, at)

    def _read_value(self) -> str:
        r"""Return a phrase without its quotes (\" is a quote in it), or all up to white space."""
        if self.text.startswith('"', self.at):
            phrase = _PHRASE.match(self.text, self.at)
            if phrase is None:
                raise QueryError("a quote is opened and not closed", position=self.at)
            self.at = phrase.end()
            return re.sub(r"\\(.)", r"\1", phrase[1])
        word = _WORD.match(self.text, self.at)
        if word is None:
            return ""
        self.at = word.end()
        return word[0]
