"""Label lines: which words of a line announce a field, and what text belongs to each of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from catalog.model.field import Confidence, Field, State
from catalog.model.rule import LabelRule, RuleSet, WordTree
from catalog.text.dates import SOFT_HYPHEN, find_dates
from catalog.text.lines import Line, split_lines
from catalog.text.names import ends_with, find_names
from catalog.text.readers import READERS, Found
from catalog.text.sheet import Claim, Sheet

LONGEST_LABEL_LINE = 400  # a longer line is running text; real label lines end before 200
_BEFORE = frozenset(" |[(<>:;,、。·/-—*#\"'“”》)]│")
_LONGEST_WORD = 14
_PADDING = 6
_PADDED = re.compile(r"(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])")
_LONGEST_WORDS = 24  # characters of a line below that is a label's words and no headline
_FAR_BELOW, _LONGEST_BELOW = 3, 60  # empty lines between a label and its value, characters of the value's line
_LONGEST_BARRED = 12  # characters of a line that is a label, a bar and a name
_MARKS = frozenset("/|·-—=丨")
_SENT_IN, _SENDER = ("供稿", "来稿"), "供稿人"
_PUNCTUATION = re.compile(r"[。,;!?:“”]")
Word = tuple[int, int, str]  # where it starts and ends in the line, and the word without what pads it


@dataclass(slots=True)
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

    A word that means different things in different zones means what it does in `zone` (None: its first meaning).
    Longest label first: 总监审 is never read as 监审, 资料来源 never as 来源.
    """
    if len(view) > LONGEST_LABEL_LINE:
        if ":" not in view[:8]:
            return []
        view = view[:LONGEST_LABEL_LINE]
    lower = view.lower()
    return scan_places(view, lower, find_places(lower, rules), rules, zone)


def scan_places(view: str, lower: str, places: Sequence[int], rules: RuleSet, zone: str | None = None) -> list[Hit]:
    """Return the labels of a line no longer than label lines are, of which it is known where words may begin."""
    if len(lower) != len(view):  # a letter whose small form is longer: places would no longer agree
        lower = view
        places = find_places(view, rules)
    words = _words_in(lower, places, rules)
    if not words:
        return []  # most lines
    found, stops = _labels_in(view, words, rules, zone)
    for hit in found:
        hit.value_end = _cut(view, hit, stops[hit.start])
    return [hit for hit in found if hit.mark not in (" ", "") or _is_plausible(view, hit, rules)]


def _labels_in(view: str, words: Sequence[Word], rules: RuleSet, zone: str | None) -> tuple[list[Hit], dict[int, int]]:
    """Return the labels of a line with no values yet, and for each start of a label or tool where the next one starts."""
    hits: list[Hit] = []
    bounds: list[int] = []
    has_colon, behind_colon = False, -1
    for start, end, word in words:
        mark, value_start = _mark_after(view, start, end)
        claims = rules.by_word.get(word)
        if claims is None:  # a lookalike, or a tool (字号, 打印) that ends the value before it
            if word in rules.words["stops"] and (start == 0 or view[start - 1] in _BEFORE or mark == ":"):
                bounds.append(start)
            continue
        if start == behind_colon and not view[end:].strip(" )]"):
            continue  # a word right behind a colon is its value: 发布人：管理员
        rule = _for_zone(claims, zone)
        if _is_label(view, start, mark, rule, has_earlier=has_colon):
            hits.append(Hit(rule, word, start, end, value_start, value_start, mark))
            bounds.append(start)
            has_colon = has_colon or mark == ":"
            behind_colon = value_start if mark == ":" else -1
    return hits, dict(pairwise((*bounds, len(view))))


def _is_plausible(view: str, hit: Hit, rules: RuleSet) -> bool:
    """Return whether a value without a colon before it is of the kind that the label promises, and nothing but that."""
    start, end, reads, words = hit.value_start, hit.value_end, hit.rule.reads, rules.words
    value = view[start:end]
    if not value:
        return hit.mark == " "
    if reads in ("people", "account"):
        names = find_names(view, start, end, words)
        covered = sum(n.end - n.start for n in names)
        # 编辑丨小满: a pen name
        alone = hit.mark == "/" and start > 0 and hit.start == 0 and len(view) <= _LONGEST_BARRED
        return bool(names) and (alone or all(n.sure for n in names)) and covered >= len(value) - 2 * len(names) - 2
    if reads in ("source", "bodies"):
        value = next((view[f.start : f.end] for f in READERS[reads](view, start, end, words)), value)
        known = ends_with(value, words["body_suffixes"]) or ends_with(value, words["media_suffixes"])
        if not known and (reads == "bodies" or hit.word.endswith(("于", "自"))):
            return False
        return len(value) <= (24 if known else 10) and not _PUNCTUATION.search(value)
    if reads in ("text", "tags", "breadcrumb"):
        return len(value) <= 20 and not _PUNCTUATION.search(value) and (hit.mark == " " or reads == "tags")
    return bool(READERS[reads](view, start, end, words))


def find_places(lower: str, rules: RuleSet) -> list[int]:
    """Return where words begin that may be labels, in a line in small letters or in many lines: free ones."""
    heads = rules.heads
    return [m.start() for m in rules.starts.finditer("\n" + lower) if m[1] in heads]


def _words_in(lower: str, places: Sequence[int], rules: RuleSet) -> list[Word]:
    """Return the words that stand where a label may: at these places, or glued to a value and with a colon behind."""
    if ":" in lower and rules.ends.search(lower):
        places = sorted({*places, *_glued_places(lower, rules)})
    words: list[Word] = []
    behind = 0
    for place in places:
        if place >= behind and (end := _longest(lower, place, rules.tree)):
            words.append((place, end, lower[place:end].replace(" ", "").replace(SOFT_HYPHEN, "")))
            behind = end
    return words


def _glued_places(lower: str, rules: RuleSet) -> list[int]:
    """Return where words begin that a colon follows, wherever they stand: 青禾网作者:."""
    found = []
    tree = rules.tree
    for m in rules.ends.finditer(lower):
        end = m.end()
        for place in range(max(0, end - _LONGEST_WORD), end):
            if lower[place] in tree and _longest(lower, place, tree) == end:
                found.append(place)
                break
    return found


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
    if len(claims) == 1:
        return claims[0]  # most words
    return next((rule for rule in claims if zone in rule.zones), claims[0])


def _mark_after(view: str, start: int, end: int) -> tuple[str, int]:
    """Return (mark, where the value starts) behind a label that ends at `end`."""
    at = end
    while at < len(view) and view[at] == " ":
        at += 1
    if at == len(view):
        return "$", at
    mark = view[at]
    if mark == "]" and start and view[start - 1] == "[":
        return ":", at + 1  # 【摘要】 says what a colon would
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
    if start and view[start - 1] in '“"' and view[: start - 1].endswith("注明"):
        return False  # 凡注明“来源:青禾网”的稿件
    free = start == 0 or view[start - 1] in _BEFORE or (view[start - 1].isdigit() and has_earlier)
    if mark == ":":
        return free or has_earlier or view[start - 1].isdigit()  # 09:12:33来源:
    if not free and not (has_earlier and view[start - 1].isdigit()):
        return False
    if mark == "$":
        return start == 0 or has_earlier
    if mark in ("/", "("):
        return rule.glued or rule.reads == "count"
    return rule.glued


def _cut(view: str, hit: Hit, stop: int) -> int:
    """Return where a value ends at the latest: next label, closing bracket, field separator."""
    text = view[hit.value_start : stop]
    for opening, close in ("()", "[]"):
        at = view.rfind(opening, 0, hit.start + 1)
        if at < 0:
            continue
        inside = _closing(text, opening, close) if close not in view[at : hit.start] else -1
        text = text[:inside] if inside >= 0 else text
    if hit.mark == "(":
        inside = min((i for i in (text.find(")"), text.find("]")) if i >= 0), default=-1)
        text = text[:inside] if inside >= 0 else text
    bar = text.find("|")
    if bar > 0 and hit.mark != "/":
        text = text[:bar]
    return hit.value_start + len(text.rstrip(" |>([-,;、/·"))


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
    if ":" not in view:
        return False
    end = _longest(view.lower(), 0, rules.tree)
    word = view[:end].replace(" ", "").lower()
    return 0 < end < len(view) and view[end] == ":" and word in rules.words["stops"] and not word.startswith("附")


def read_hits(
    line: Line, hits: Sequence[Hit], sheet: Sheet, zone: str | None, below: Sequence[Line] = ()
) -> list[Field]:
    """Return the fields of one label line. `zone` None trusts every label; `below` are the lines that may hold a value.

    A label whose value is missing gives a field printed_empty (not_rendered for a counter), never zero.
    """
    fields: list[Field] = []
    for i, printed in enumerate(hits):
        hit = _of_person(line.view, printed, sheet.rules) if printed.word in _SENT_IN else printed
        is_last = i == len(hits) - 1
        if (zone is not None and zone not in hit.rule.zones) or (not is_last and _is_said_again(hit, hits[i + 1])):
            continue
        found, at = _read(line.view, hit, sheet.rules), line
        if not found and hit.value_start >= hit.value_end and is_last and below:
            found, at = _read_below(below[0], hit, sheet.rules), below[0]
        if not found:
            found, at = _read_nothing(line.view, hit, zone, sheet.rules), line
        label = hit.label(line.view)
        fields += [sheet.field(at, f, Claim(hit.rule.field, hit.rule.id, _trust(hit, f), label)) for f in found]
    return fields


def _of_person(view: str, hit: Hit, rules: RuleSet) -> Hit:
    """Return a label of what was sent in as that of its author where it names persons, not a body: 供稿:农机站 张三."""
    names = find_names(view, hit.value_start, hit.value_end, rules.words)
    persons = [n for n in names if n.kind == "person" and n.sure]
    if not persons or any(n.kind != "body" for n in names if n not in persons):
        return hit
    return replace(hit, rule=rules.by_word[_SENDER][0])


def _is_said_again(hit: Hit, following: Hit) -> bool:
    """Return whether a label is followed by another of the same work: 采写：本报记者 张三."""
    return following.start == hit.value_start and hit.rule.reads == following.rule.reads == "people"


def _read(view: str, hit: Hit, rules: RuleSet) -> list[Found]:
    return READERS[hit.rule.reads](view, hit.value_start, hit.value_end, rules.words)


def _read_below(line: Line, hit: Hit, rules: RuleSet) -> list[Found]:
    """Return what the next line holds for a label that stands alone, if that line is a value and nothing else."""
    view = line.view
    if line.gap > _FAR_BELOW or len(view) > _LONGEST_BELOW or scan_line(view, rules) or view in rules.words["chrome"]:
        return []
    if hit.rule.reads not in ("date", "count", "licence") and find_dates(view):
        return []
    if hit.rule.reads in ("bodies", "text", "tags") and (hit.mark != ":" or len(view) > _LONGEST_WORDS):
        return []
    found = READERS[hit.rule.reads](view, 0, len(view), rules.words)
    if hit.rule.reads == "people" and not all(f.sure and f.kind == "person" for f in found):
        return []
    return found if sum(f.end - f.start for f in found) * 2 >= len(view) - 6 else []


def _read_nothing(view: str, hit: Hit, zone: str | None, rules: RuleSet) -> list[Found]:
    """Return that a label stands there and its value does not: printed empty, or left for a script to fill."""
    is_blank = hit.value_start >= hit.value_end or view[hit.value_start : hit.value_end] in rules.words["placeholder"]
    if not is_blank or hit.mark not in (":", "$", "("):
        return []
    if hit.mark == "$" and zone not in ("dateline", "credits", None):
        return []
    state = State.NOT_RENDERED if hit.rule.reads == "count" else State.PRINTED_EMPTY
    return [Found(hit.start, hit.end, None, state=state)]


def _trust(hit: Hit, found: Found) -> Confidence:
    """Return how far a labelled value is trusted: a colon or a bracket makes it sure, an unlikely name less so."""
    marked = hit.mark in (":", "(") or (hit.mark == "$" and found.value is None)
    if found.state is State.STATED and not found.sure:
        return Confidence.MEDIUM if marked else Confidence.LOW
    return Confidence.HIGH if marked else Confidence.MEDIUM


def read_patterns(line: Line, sheet: Sheet, zone: str | None) -> list[Field]:
    """Return what is known by its own shape in a line: licences, site numbers, counters with the number first."""
    needs = sheet.rules.pattern_needs.get(zone)
    printed = set(needs.findall(line.view) if needs else line.view)
    fields: list[Field] = []
    if not printed:
        return fields  # most lines
    for rule in sheet.rules.patterns.get(zone, ()):
        if rule.needs and rule.needs.isdisjoint(printed):
            continue
        for m in rule.pattern.finditer(line.view):
            claim = Claim(rule.field, rule.id, Confidence.HIGH)
            group = "value" if "value" in rule.pattern.groupindex and m["value"] is not None else 0
            start, end = m.span(group)
            fields += [
                sheet.field(line, f, claim) for f in READERS[rule.reads](line.view, start, end, sheet.rules.words)
            ]
    return fields


def find_in(text: str, rules: RuleSet, zone: str | None = None) -> list[Field]:
    """Return what labels and patterns find in a text that stands in `zone` (None: anywhere), without a page around it."""
    sheet = Sheet(text, rules, "")
    fields: list[Field] = []
    lines = split_lines(text)
    for n, line in enumerate(lines):
        fields += read_hits(line, scan_line(line.view, rules, zone), sheet, zone, lines[n + 1 : n + 2])
        fields += read_patterns(line, sheet, zone)
    return fields
