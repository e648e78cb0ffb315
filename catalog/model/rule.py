import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

BODY_TAIL = 3  # letters that are looked at first of a word that may be a body's
WordTree = dict[str, "WordTree"]


@dataclass(frozen=True, slots=True)
class LabelRule:
    """Printed words that announce one field. `reads` names a reader in text/readers.py.

    `zones` are the zones in which the label is trusted; `glued` allows the value to follow without any mark
    (责任编辑张三). `examples` are (line, value or values), `refuses` lines in which the rule must find nothing.
    """

    id: str
    field: str
    reads: str
    words: tuple[str, ...]
    zones: tuple[str, ...]
    glued: bool
    examples: tuple[tuple[str, tuple[str | int, ...]], ...]
    refuses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PatternRule:
    """A value known by its own shape (京ICP备…号, N条评论); the group `value` is what is kept, or the whole match.

    `needs` are characters of which every match holds one, so that most lines need not be tried. Empty: try all.
    """

    id: str
    field: str
    reads: str
    pattern: re.Pattern[str]
    needs: frozenset[str]
    zones: tuple[str, ...]
    examples: tuple[tuple[str, tuple[str | int, ...]], ...]
    refuses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SiteWords:
    """The word lists by which a site's name is found and weighed, in the form in which lines are compared with them."""

    brands: tuple[re.Pattern[str], ...]  # names that sites give themselves, in lower case; together they are slower
    domains: Mapping[str, str]  # of such sites, with the name
    links: frozenset[str]  # names at the top of others' sites
    skips: tuple[str, ...]  # how links begin that skip a page's menus, in lower case
    endings: Mapping[str, tuple[str, ...]]  # this and the next by their last letter
    bodies: Mapping[str, tuple[str, ...]]
    last_letters: frozenset[str]  # of endings and bodies: most lines end with none
    body_ends: Mapping[str, tuple[str, ...]]  # words for bodies by their last BODY_TAIL letters: most words have others
    owners: Mapping[str, tuple[str, ...]]  # this and the next two by their last letter as well
    departments: Mapping[str, tuple[str, ...]]
    keepers: Mapping[str, tuple[str, ...]]  # of sites with a name of their own: owners, departments and houses
    department_heads: tuple[str, ...]
    houses: tuple[str, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All rules of one version, ready to use. `words` maps a list's name (chrome, related, colophon …) to its words."""

    version: str
    labels: tuple[LabelRule, ...]
    patterns: Mapping[str | None, tuple[PatternRule, ...]]  # those trusted in a zone; under None all of them
    # by zone: the characters that its patterns need; no key where a pattern may match any line
    pattern_needs: Mapping[str | None, re.Pattern[str]]
    words: Mapping[str, frozenset[str]]
    tree: WordTree  # every label word, lookalike and stop
    heads: frozenset[str]  # what `starts` may match where a word of the tree begins
    starts: re.Pattern[str]  # what stands before a word of the tree in folded lines, with its head as group
    ends: re.Pattern[str]  # the last characters before a colon, if words of the tree end with them
    site: SiteWords
    # what was found out about a line's text; menus repeat from page to page. Never changes an answer
    memo: dict[Hashable, Any]
    by_word: Mapping[str, tuple[LabelRule, ...]]  # lower case, without spaces; a lookalike is not in it
    ambiguous: re.Pattern[str]  # the first characters of words that announce one thing here and another there
    by_line: Mapping[str, str]  # which list says what a line of one word or phrase is; lower case
    step_starts: frozenset[str]  # the first characters of the words for previous and next
    layouts: tuple["Layout", ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """What one site does that general rules cannot know.

    A page is of the site if it prints every text of `known_by`. `values` maps a field's name to what it is on all
    pages of the site. `rules` are the general rules with the site's own labels and words among them; ids of its
    labels begin with `site`.
    """

    site: str
    known_by: tuple[str, ...]
    values: Mapping[str, str]
    rules: RuleSet
