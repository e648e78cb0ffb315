r"""The query language, as far as it is grammar. What the names mean is in query_names.py, in SQL in query_sql.py.

    query  = [ either ] ;                              nothing at all: every record
    either = both , { "OR" , both } ;
    both   = part , { part } ;                         side by side: all of them hold
    part   = [ "^" | "-" ] , ( "(" , either , ")" | term ) ;
    term   = value | name , ":" , test ;               a value alone stands in title, summary or body
    test   = [ "=" | "~" | ">=" | "<=" | ">" | "<" ] , value
           | [ value ] , ".." , [ value ] ;            a range, one end may be open
    value  = word | phrase ;
    word   = what has no white space, and brackets only in pairs ;
    phrase = '"' , { any character , but \" for a quote and \\ for a backslash } , '"' ;

White space parts terms; colon, brackets and quotes may be full-width, labels in traditional characters. Three names
steer: sort:NAME (sort:NAME- the other way) and script:any stand outside brackets and hold for the whole query,
saved:NAME is a query kept under that name.
Positions count characters from 0. query_parse.py reads this.
"""

from dataclasses import dataclass
from enum import StrEnum

MAX_DEPTH = 5  # of brackets, saved queries counted: the parser of SQLite 3.40 overflows at 6 of the fullest
MAX_TERMS = 300  # in one query, saved queries counted: SQLite takes expressions of 1,000 levels


class Test(StrEnum):
    """How a value is compared."""

    CONTAINS = "contains"
    EXACT = "="
    REGEX = "~"
    ABOVE = ">"
    FROM = ">="
    BELOW = "<"
    UPTO = "<="
    RANGE = ".."


@dataclass(frozen=True, slots=True)
class Term:
    """One condition. `name` is None for words that may stand anywhere; `upper` is the end of a range, None if open.

    `value` is empty only for a range without a beginning. `position` is where the term begins, `at` its value (inside
    the quotes, where it has some).
    """

    name: str | None
    test: Test
    value: str
    upper: str | None
    position: int
    at: int


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class Both:
    """Parts that must all hold."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Alternatives of which one must hold; a pair of brackets is one too."""

    parts: tuple["Node", ...]


Node = Term | Not | Both | Either


@dataclass(frozen=True, slots=True)
class Sort:
    """One key of order; records without the value come last in both directions."""

    name: str
    descending: bool
    position: int


@dataclass(frozen=True, slots=True)
class Query:
    """No condition means every record; `any_script` finds 图书馆 in 圖書館 too, and the other way round."""

    condition: Node | None
    sorts: tuple[Sort, ...]
    any_script: bool
