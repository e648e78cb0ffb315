"""Label lines: which words of a line announce a field, and what text belongs to each of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from catalog.model.field import Confidence, Evidence, Field, State
from catalog.model.rule import LabelRule, RuleSet, WordTree
from catalog.model.span import Span
from catalog.text.dates import SOFT_HYPHEN, find_dates
from catalog.text.fold import clean_value
from catalog.text.lines import Line, split_lines
from catalog.text.names import find_names
from catalog.text.readers import READERS, Found

LONGEST_LABEL_LINE = 400  # a longer line is running text; real label lines end before 200
_BEFORE = frozenset(" |[(<>:;,、。·/-—*#\"'“”》)]│")
_LONGEST_WORD = 14
_PADDING = 6
_PADDED = re.compile(r"(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])")
_FIGURE = re.compile(r"\d")
_COLON = re.compile(r" {0,6}:")
_MARKS = frozenset("/|·-—=丨")
_PUNCTUATION = re.compile(r"[。,;!?:“”]")


@dataclass(frozen=True, slots=True)
class Hit:
    """A label word at view[start:end] and the text view[value_start:value_end] that belongs to it.

    `mark` is ":" for a colon, "/" for a weaker mark, "(" for a bracket, " " for a blank, "" for nothing between, "$" if the
    line ends behind the label. `bracketed` if the label itself stands in an open bracket.
    """

    rule: LabelRule
    word: str
    start: int
    end: int
    value_start: int
    value_end: int
    mark: str

    def label(self, view: str) -> str:
        """Return the label as printed in its line, without the blanks that pad Han characters (监 审)."""
        return _PADDED.sub("", view[self.start : self.end]).replace(SOFT_HYPHEN, "")


def scan_line(view: str, rules: RuleSet, zone: str | None = None) -> list[Hit]:
    """Return the labels of a folded line from left to right, each with the text up to the next one.

    A word that means different things in different zones means what it does in `zone` (None: its first meaning). Longest label first: 总监审 is never read as 监审, 资料来源 never as 来源.
    """
    if len(view) > LONGEST_LABEL_LINE:
        if ":" not in view[:8]:
            return []
        view = view[:LONGEST_LABEL_LINE]
    hits: list[tuple[LabelRule, str, int, int, int, str]] = []
    bounds: list[int] = []
    colon = False
    after_colon = -1
    for start, end, word in _words_in(view, rules):
        mark, value_start = _mark_after(view, end)
        claims = rules.by_word.get(word)
        if claims is None:  # a lookalike, or a tool (字号, 打印) that ends the value before it
            if word in rules.words["stops"] and (start == 0 or view[start - 1] in _BEFORE or mark == ":"):
                bounds.append(start)
            continue
        rule = _for_zone(claims, zone)
        if start == after_colon and not view[end:].strip(" )]"):
            continue  # a word right behind a colon is its value: 发布人：管理员
        if _is_label(view, start, mark, rule, has_earlier=colon):
            hits.append((rule, word, start, end, value_start, mark))
            bounds.append(start)
            colon = colon or mark == ":"
            after_colon = value_start if mark == ":" else -1
    bounds.append(len(view))
    stops = dict(pairwise(bounds))
    found = []
    for rule, word, start, end, value_start, mark in hits:
        stop = stops[start]
        value_end = max(value_start, _cut(view, start, value_start, stop, mark))
        if mark in (" ", "") and not _is_plausible(view, value_start, value_end, mark, word, rule, rules):
            continue
        found.append(Hit(rule, word, start, end, value_start, value_end, mark))
    return found


def _is_plausible(view: str, start: int, end: int, mark: str, word: str, rule: LabelRule, rules: RuleSet) -> bool:  # noqa: PLR0913
    """Return whether a value without a colon before it is of the kind that the label promises, and nothing but that."""
    value = view[start:end]
    if not value:
        return mark == " "
    words = rules.words
    if rule.reads in ("people", "account"):
        names = find_names(view, start, end, words)
        covered = sum(n.end - n.start for n in names)
        return bool(names) and all(n.sure for n in names) and covered >= len(value) - 2 * len(names) - 2
    if rule.reads in ("source", "bodies"):
        value = next((view[f.start : f.end] for f in READERS[rule.reads](view, start, end, words)), value)
        known = any(value.endswith(s) for s in words["body_suffixes"]) or any(
            value.endswith(s) for s in words["media_suffixes"]
        )
        if not known and (rule.reads == "bodies" or word.endswith(("于", "自"))):
            return False
        return len(value) <= (24 if known else 10) and not _PUNCTUATION.search(value)
    if rule.reads in ("text", "tags", "breadcrumb"):
        return len(value) <= 20 and not _PUNCTUATION.search(value) and (mark == " " or rule.reads == "tags")
    return bool(READERS[rule.reads](view, start, end, words))


def _words_in(view: str, rules: RuleSet) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, word) of the words that stand where a label may: free, or glued to a value and with a colon behind."""
    lower = view.lower()
    if len(lower) != len(view):  # a letter whose small form is longer: places would no longer agree
        lower = view
    places = [m.start() for m in rules.starts.finditer(lower)]
    if ":" in lower:
        places = sorted({*places, *_glued_places(lower, rules.tree)})
    at = 0
    for place in places:
        if place >= at and (end := _longest(lower, place, rules.tree)):
            yield place, end, lower[place:end].replace(" ", "").replace(SOFT_HYPHEN, "")
            at = end


def _glued_places(lower: str, tree: WordTree) -> Iterator[int]:
    """Yield where words begin that a colon follows, wherever they stand: 新华网作者:."""
    for m in _COLON.finditer(lower):
        colon = m.start()
        for place in range(max(0, colon - _LONGEST_WORD), colon):
            if lower[place] in tree and _longest(lower, place, tree) == colon:
                yield place
                break


def _longest(lower: str, start: int, tree: WordTree) -> int:
    """Return where the longest word ends that begins at `start`, 0 if none does. Han characters may have blanks between."""
    node = tree
    best = 0
    at = start
    size = len(lower)
    while at < size:
        character = lower[at]
        if character == SOFT_HYPHEN:
            at += 1
            continue
        if character == " " and at > start:
            stop = at
            while stop < size and lower[stop] == " ":
                stop += 1
            if stop == size or stop - at > _PADDING or lower[stop] not in node:
                break
            at = stop
            character = lower[at]
        below = node.get(character)
        if below is None:
            break
        node = below
        at += 1
        if "" in node and not (character.isascii() and at < size and lower[at].isalpha() and lower[at].isascii()):
            best = at
    return best


def _for_zone(claims: Sequence[LabelRule], zone: str | None) -> LabelRule:
    return next((rule for rule in claims if zone in rule.zones), claims[0])


def _mark_after(view: str, end: int) -> tuple[str, int]:
    """Return (mark, where the value starts) behind a label that ends at `end`."""
    at = end
    while at < len(view) and view[at] == " ":
        at += 1
    if at == len(view):
        return "$", at
    mark = view[at]
    if mark == ":":
        while at < len(view) and view[at] in ": ":
            at += 1
        return ":", at
    if mark in _MARKS:
        return "/", at + 1
    if mark in "([":
        return "(", at + 1
    return (" ", at) if at > end else ("", at)


def _is_label(view: str, start: int, mark: str, rule: LabelRule, *, has_earlier: bool) -> bool:
    free = start == 0 or view[start - 1] in _BEFORE or (view[start - 1].isdigit() and has_earlier)
    if mark == ":":
        return free or has_earlier
    if not free and not (has_earlier and view[start - 1].isdigit()):
        return False
    if mark == "$":
        return start == 0 or has_earlier
    if mark in ("/", "("):
        return rule.glued or rule.reads == "count"
    return rule.glued


def _cut(view: str, label_start: int, value_start: int, stop: int, mark: str) -> int:
    """Return where a value ends at the latest: next label, closing bracket, field separator."""
    text = view[value_start:stop]
    opened = view.rfind("(", 0, label_start + 1), view.rfind("[", 0, label_start + 1)
    for at, close in zip(opened, ")]", strict=True):
        if at >= 0 and close not in view[at:label_start]:
            inside = _closing(text, "([".__getitem__(")]".index(close)), close)
            if inside >= 0:
                text = text[:inside]
    if mark == "(":
        inside = min((i for i in (text.find(")"), text.find("]")) if i >= 0), default=-1)
        text = text[:inside] if inside >= 0 else text
    bar = text.find("|")
    if bar > 0 and mark != "/":
        text = text[:bar]
    return value_start + len(text.rstrip(" |>([-,;、/·"))


def _closing(text: str, opening: str, close: str) -> int:
    depth = 0
    for i, c in enumerate(text):
        if c == opening:
            depth += 1
        elif c == close:
            if depth == 0:
                return i
            depth -= 1
    return -1


def is_tool_line(view: str, rules: RuleSet) -> bool:
    """Return whether the line begins with a label of something that is not recorded (联系人：, 字号：)."""
    end = _longest(view.lower(), 0, rules.tree)
    return 0 < end < len(view) and view[end] == ":" and view[:end].replace(" ", "").lower() in rules.words["stops"]


def read_hits(
    line: Line,
    hits: Sequence[Hit],
    text: str,
    rules: RuleSet,
    capture: str,
    zone: str | None,
    below: Sequence[Line] = (),
) -> list[Field]:
    """Return the fields of one label line. `zone` None trusts every label; `below` are the lines that may hold a value.

    A label whose value is missing gives a field printed_empty (not_rendered for a counter), never zero.
    """
    fields: list[Field] = []
    for i, hit in enumerate(hits):
        if zone is not None and zone not in hit.rule.zones:
            continue
        if (
            i + 1 < len(hits)
            and hits[i + 1].start == hit.value_start
            and hit.rule.reads == hits[i + 1].rule.reads == "people"
        ):
            continue  # 采写：本报记者 张三 names one work twice
        found = _read(line, hit, rules)
        at = line
        if not found and hit.value_start >= hit.value_end and i == len(hits) - 1 and below:
            found, at = _read_below(below, hit, rules)
        blank = (
            hit.value_start >= hit.value_end or line.view[hit.value_start : hit.value_end] in rules.words["placeholder"]
        )
        if not found and blank and hit.mark in (":", "$", "("):
            if hit.mark == "$" and not (zone in ("dateline", "credits") or zone is None):
                continue
            found, at = [Found(hit.start, hit.end, None, state=State.PRINTED_EMPTY)], line
            if hit.rule.reads == "count":
                found = [Found(hit.start, hit.end, None, state=State.NOT_RENDERED)]
        for f in found:
            fields.append(_field(at, f, hit, hit.label(line.view), text, rules, capture))
    return fields


def _read(line: Line, hit: Hit, rules: RuleSet) -> list[Found]:
    return READERS[hit.rule.reads](line.view, hit.value_start, hit.value_end, rules.words)


def _read_below(below: Sequence[Line], hit: Hit, rules: RuleSet) -> tuple[list[Found], Line]:
    """Return what the next line holds for a label that stands alone, if that line is a value and nothing else."""
    line = below[0]
    if line.gap > 3 or len(line.view) > 60 or scan_line(line.view, rules) or line.view in rules.words["chrome"]:
        return [], line
    if hit.rule.reads not in ("date", "count", "licence") and find_dates(line.view):
        return [], line
    found = READERS[hit.rule.reads](line.view, 0, len(line.view), rules.words)
    if hit.rule.reads == "people" and not all(f.sure and f.kind == "person" for f in found):
        return [], line
    if found and sum(f.end - f.start for f in found) * 2 < len(line.view) - 6:
        return [], line
    return found, line


def _field(line: Line, found: Found, hit: Hit, label: str, text: str, rules: RuleSet, capture: str) -> Field:  # noqa: PLR0913
    span = Span(line.start + found.start, line.start + found.end)
    trust = (
        Confidence.HIGH if hit.mark in (":", "(") or (hit.mark == "$" and found.value is None) else Confidence.MEDIUM
    )
    if found.state is State.STATED and not found.sure:
        trust = Confidence.MEDIUM if trust is Confidence.HIGH else Confidence.LOW
    evidence = Evidence(span, text[span.start : span.end], hit.rule.id)
    value = found.value
    if isinstance(value, str) and value == line.view[found.start : found.end]:
        value = clean_value(evidence.raw)  # as printed, not as folded for matching
    return Field(
        hit.rule.field,
        found.state,
        value,
        trust,
        f"rules/{rules.version}",
        (evidence,),
        label=label,
        kind=found.kind,
        capture=capture,
    )


def read_patterns(line: Line, text: str, rules: RuleSet, capture: str, zone: str | None) -> list[Field]:
    """Return what is known by its own shape in a line: licences, site numbers, counters with the number first."""
    fields: list[Field] = []
    has_figure = _FIGURE.search(line.view) is not None
    for rule in rules.patterns:
        if (zone is not None and zone not in rule.zones) or (rule.asks_figure and not has_figure):
            continue
        for m in rule.pattern.finditer(line.view):
            group = "value" if "value" in rule.pattern.groupindex and m["value"] is not None else 0
            start, end = m.span(group)
            for found in READERS[rule.reads](line.view, start, end, rules.words):
                span = Span(line.start + found.start, line.start + found.end)
                evidence = Evidence(span, text[span.start : span.end], rule.id)
                value = (
                    clean_value(evidence.raw) if rule.reads == "text" else found.value
                )  # numbers stay folded, to be compared
                fields.append(
                    Field(
                        rule.field,
                        found.state,
                        value,
                        Confidence.HIGH,
                        f"rules/{rules.version}",
                        (evidence,),
                        kind=found.kind,
                        capture=capture,
                    )
                )
    return fields


def find_in(text: str, rules: RuleSet, zone: str | None = None) -> list[Field]:
    """Return what labels and patterns find in a text that stands in `zone` (None: anywhere), without a page around it."""
    fields: list[Field] = []
    lines = split_lines(text)
    for n, line in enumerate(lines):
        fields += read_hits(line, scan_line(line.view, rules, zone), text, rules, "", zone, lines[n + 1 : n + 2])
        fields += read_patterns(line, text, rules, "", zone)
    return fields
