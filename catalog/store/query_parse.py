"""Read the query language whose grammar is in query.py. Every error says at which character."""

import re

from catalog.errors import QueryError
from catalog.store.fulltext import half_width
from catalog.store.query import MAX_DEPTH, Both, Either, Node, Not, Query, Sort, Term, Test
from catalog.store.scripts import simplified

_BLANK = re.compile(r"\s+")
_NAME = re.compile(r"(\w+)[:：]")
_PHRASE = re.compile(r'"((?:[^"\\]|\\.)*)"|“((?:[^”\\]|\\.)*)”', re.DOTALL)
_QUOTES = ('"', "“")  # full-width marks too, as Chinese keyboards give them
_OPENS, _CLOSES = "(（", ")）"
_TEST = re.compile(r">=|<=|>|<|=|~")
_SIGN = re.compile(r"[\^-](?=[^\s)）])")
_OR = re.compile(r"OR(?=[\s()（）]|$)")
_STRANGER = re.compile(r"(?:AND|NOT|\^)(?=[\s()（）]|$)")
_NOT_OURS = {
    "AND": 'what stands side by side must all hold: leave AND out, or put it in "quotes" if it is text',
    "NOT": '^ directly before a term says not; NOT goes in "quotes" if it is text',
    "^": "^ stands directly before what must not hold",
}
_LEAST_SLIP = 4  # characters of a name of which one may be wrong: shorter words are like each other


def parse_query(text: str, names: frozenset[str], depth: int = 0) -> Query:
    """Return the query. `names` are the words that before a colon name a field; errors.QueryError says where it breaks.

    A word in Han characters before a colon that names nothing is text (时间:2020), but a Latin one is a slip, and so is
    a name with one wrong character (责任编缉:). `depth` is how many brackets stand around the text already.
    """
    reader = _Reader(text, names, depth)
    condition = reader.read_either()
    return Query(condition, tuple(reader.sorts), reader.any_script)


class _Reader:
    """Walks over the text of one query."""

    def __init__(self, text: str, names: frozenset[str], depth: int) -> None:
        self.text = text
        self.names = names
        self.depth = self.outermost = depth
        self.at = 0
        self.sorts: list[Sort] = []
        self.any_script = False

    def read_either(self) -> Node | None:
        """Return what stands up to the end, or to the bracket that closes; None if nothing does."""
        alternatives: list[Node | None] = []
        last_or = self.at
        while True:
            alternatives.append(self._read_both())
            if None in alternatives and (len(alternatives) > 1 or self._at_or()):
                raise QueryError("OR stands between two conditions", position=self.at if self._at_or() else last_or)
            if not self._at_or():
                break
            last_or = self.at
            self.at += len("OR")
        found = tuple(one for one in alternatives if one is not None)
        return Either(found) if found else None

    def _read_both(self) -> Node | None:
        parts: list[Node] = []
        while self._skip_blank() and not self._at_or():
            if self.text[self.at] in _CLOSES:
                if self.depth == self.outermost:
                    raise QueryError(
                        'a bracket is closed that was not opened; text with brackets goes in "quotes"', position=self.at
                    )
                break
            if (part := self._read_part()) is not None:
                parts.append(part)
        return Both(tuple(parts)) if parts else None

    def _skip_blank(self) -> bool:
        """Return whether anything is left behind white space (U+3000 too)."""
        if blank := _BLANK.match(self.text, self.at):
            self.at = blank.end()
        return self.at < len(self.text)

    def _at_or(self) -> bool:
        return _OR.match(self.text, self.at) is not None

    def _read_part(self) -> Node | None:
        """Return a term or what stands in brackets; None for what steers the whole query."""
        position = self.at
        negated = _SIGN.match(self.text, self.at) is not None
        self.at += negated
        if self.text[self.at] in _OPENS:
            part = self._read_brackets()
        else:
            term = self._read_term(position)
            if term.name in ("sort", "script"):
                self._steer(term, negated=negated)
                return None
            part = term
        return Not(part) if negated else part

    def _read_brackets(self) -> Node:
        opened = self.at
        if self.depth == MAX_DEPTH:
            raise QueryError(f"brackets stand at most {MAX_DEPTH} deep", position=opened)
        self.depth += 1
        self.at += 1
        inside = self.read_either()
        if self.at >= len(self.text):
            raise QueryError("a bracket is opened and not closed", position=opened)
        if inside is None:
            raise QueryError("between the brackets there is no condition", position=opened)
        self.depth -= 1
        self.at += 1
        if self.at < len(self.text) and not (self.text[self.at].isspace() or self.text[self.at] in _CLOSES):
            raise QueryError('a blank goes behind a bracket; text with brackets goes in "quotes"', position=self.at)
        return inside

    def _read_term(self, position: int) -> Term:
        name = _NAME.match(self.text, self.at)
        if name is not None and (word := self._field_named(half_width(name[1]) or name[1])):
            self.at = name.end()
            return self._read_test(word, position)
        at = self.at
        if stranger := _STRANGER.match(self.text, at):
            raise QueryError(_NOT_OURS[stranger[0]], position=at)
        value, inside = self._read_value(Test.CONTAINS)
        if not value.strip():
            raise QueryError("between the quotes there is nothing to look for", position=at)
        return Term(None, Test.CONTAINS, value, None, position, inside)

    def _field_named(self, word: str) -> str | None:
        """Return the name of the field, which a label in traditional characters names too; None for text."""
        for name in (word, simplified(word) or word):
            if name in self.names:
                return name
            if (name.isascii() and not name.isdecimal()) or any(_is_slip(name, known) for known in self.names):
                raise QueryError(f"no field is called {word!r}", position=self.at, name=word)
        return None

    def _read_test(self, name: str, position: int) -> Term:
        test = Test.CONTAINS
        if sign := _TEST.match(self.text, self.at):
            test = Test(sign[0])
            self.at = sign.end()
        start = self.at
        quoted = self.text.startswith(_QUOTES, start)
        value, at = self._read_value(test)
        if not value:
            raise QueryError(f"{name}: has no value behind it", position=start, name=name)
        if test is Test.CONTAINS and not quoted and ".." in value:
            lower, _, upper = value.partition("..")
            return Term(name, Test.RANGE, lower, upper or None, position, at)
        return Term(name, test, value, None, position, at)

    def _read_value(self, test: Test) -> tuple[str, int]:
        r"""Return a phrase without its quotes, or a word ("" where none is), and where its first character stands.

        In a phrase \" is a quote and \\ a backslash; in a regular expression all but \" stays as it is.
        """
        if not self.text.startswith(_QUOTES, self.at):
            start = self.at
            return self._read_word(), start
        phrase = _PHRASE.match(self.text, self.at)
        if phrase is None:
            raise QueryError("a quote is opened and not closed", position=self.at)
        self.at = phrase.end()
        escape = r'\\(["”])' if test is Test.REGEX else r"\\(.)"
        kind = 1 if phrase[1] is not None else 2
        return re.sub(escape, r"\1", phrase[kind], flags=re.DOTALL), phrase.start(kind)

    def _read_word(self) -> str:
        """Return what stands up to white space, or to a bracket that closes more than the word has opened."""
        start = self.at
        opened: list[int] = []
        while self.at < len(self.text) and not self.text[self.at].isspace():
            if self.text[self.at] in _OPENS:
                opened.append(self.at)
            elif self.text[self.at] in _CLOSES:
                if not opened:
                    break
                opened.pop()
            self.at += 1
        if opened:
            raise QueryError(
                'a bracket is opened in a word and not closed; text with brackets goes in "quotes"', position=opened[-1]
            )
        return self.text[start : self.at]

    def _steer(self, term: Term, *, negated: bool) -> None:
        if negated or term.test is not Test.CONTAINS:
            raise QueryError(f"{term.name}: takes one word, without a sign before it", position=term.position)
        if self.depth > self.outermost:
            raise QueryError(
                f"{term.name}: holds for the whole query: it stands outside brackets", position=term.position
            )
        if term.name == "sort":
            self.sorts.append(Sort(term.value.rstrip("+-"), term.value.endswith("-"), term.at))
        elif term.value == "any":
            self.any_script = True
        else:
            raise QueryError("script: takes any, which finds simplified and traditional characters alike",
                             position=term.at)  # fmt: skip


def _is_slip(word: str, name: str) -> bool:
    """Return whether the word is the name but for one character."""
    return len(word) == len(name) >= _LEAST_SLIP and sum(a != b for a, b in zip(word, name, strict=True)) == 1
