"""Our own rule files, checked into one RuleSet. A mistake in a file stops the run and names the file and the entry."""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from pathlib import Path
from typing import Any

from catalog.errors import BadRules
from catalog.model.rule import LabelRule, Layout, PatternRule, RuleSet
from catalog.model.vocabulary import FIELDS, ZONES
from catalog.rules.sites import site_words
from catalog.rules.trie import find_ends, find_heads, find_starts, grow_tree

FOLDER = Path(__file__).parent
VERSION = "2026-11.3"  # stored with every value that is read; raised when a change makes any page read otherwise
READERS = (
    "date", "source", "people", "account", "bodies", "count", "text", "tags", "breadcrumb", "licence", "phone",
    "postcode", "email",
)  # fmt: skip

LISTS = (
    "account_words", "body_endings", "body_suffixes", "body_words", "chrome", "colophon", "crumb_end", "crumb_start",
    "end_marks", "leads_on", "lookalikes", "media_suffixes", "no_persons", "not_names", "own_words", "placeholder",
    "previous_next", "related", "site_bodies", "site_brands", "site_department_heads", "site_departments",
    "site_domains", "site_endings", "site_houses", "site_kinds", "site_links", "site_owners", "site_subjects",
    "skip_links", "small_words", "source_endings", "stops", "surnames",
)  # fmt: skip

# Of a word in two of these lists, the later one tells.
_WHOLE_LINES = ("previous_next", "end_marks", "chrome", "related")
Rule = LabelRule | PatternRule
SHARED_KEYS = frozenset(("id", "field", "reads", "zones", "examples", "refuses"))
LABEL_KEYS = SHARED_KEYS | {"words", "glued"}
PATTERN_KEYS = SHARED_KEYS | {"pattern", "needs"}
OPTIONAL_KEYS = frozenset(("refuses", "needs"))


def load_rules(folder: Path = FOLDER) -> RuleSet:
    """Return all rules and word lists of this version, in the order of file names and of the files.

    Raises BadRules if a file does not say what a rule needs, or two rules claim the same id or word.
    """
    rules = [rule for path in sorted((folder / "labels").glob("*.toml")) for rule in _read_labels(path)]
    _check_ids(rules)
    general = _rule_set(rules, load_words(folder / "words"))
    layouts = tuple(_read_layout(path, rules, general) for path in sorted((folder / "layouts").glob("*.toml")))
    return replace(general, layouts=layouts)


def _rule_set(rules: Sequence[Rule], words: Mapping[str, frozenset[str]]) -> RuleSet:
    labels = tuple(rule for rule in rules if isinstance(rule, LabelRule))
    shapes = [rule for rule in rules if isinstance(rule, PatternRule)]
    patterns = {zone: tuple(rule for rule in shapes if zone in (None, *rule.zones)) for zone in (None, *ZONES)}
    by_word = _by_word(labels, words["lookalikes"])
    printed = [word for rule in labels for word in rule.words]
    printed += [*words["lookalikes"], *words["stops"]]
    tree = grow_tree(printed)
    return RuleSet(
        VERSION,
        labels,
        patterns,
        {
            zone: _any_character(rule.needs for rule in of_zone)
            for zone, of_zone in patterns.items()
            if all(rule.needs for rule in of_zone)
        },
        words,
        tree,
        find_heads(tree),
        find_starts(tree),
        find_ends(printed),
        site_words(words),
        {},
        by_word,
        _any_character((word[0] for word, claims in by_word.items() if len(claims) > 1), re.IGNORECASE),
        {word: name for name in _WHOLE_LINES for word in words[name]},
        frozenset(word[0] for word in words["previous_next"]),
    )


def _any_character(of: Iterable[Iterable[str]], flags: int = 0) -> re.Pattern[str]:
    """Return what finds any of the characters.

    A set is slower: it makes a text of each character of a line to look for it.
    """
    characters = sorted({character for some in of for character in some})
    return re.compile(f"[{re.escape(''.join(characters))}]" if characters else "(?!)", flags)


def _read_layout(path: Path, rules: Sequence[Rule], general: RuleSet) -> Layout:
    """Return one site's layout. Its labels take their words from the general ones; its words are added to the lists."""
    document = _read_toml(path)

    def fail(complaint: str) -> BadRules:
        return BadRules(f"{path.name}: {complaint}", file=path.name)

    if unknown := document.keys() - {"known_by", "values", "lists", "label", "pattern"}:
        raise fail(f"no such key: {', '.join(sorted(unknown))}")
    known_by, values = _texts(document, "known_by", fail), document.get("values", {})
    if not known_by or not all(text.strip() for text in known_by):
        raise fail("known_by names the texts that every page of the site prints")
    if strangers := values.keys() - FIELDS:
        raise fail(f"no such field: {', '.join(sorted(strangers))}")
    if not all(isinstance(value, str) and value for value in values.values()):
        raise fail("values are texts")
    own = [
        _read_entry(path, table, n, entry) for table in ("label", "pattern") for n, entry in _entries(document, table)
    ]
    if strange := [rule.id for rule in own if not rule.id.startswith(f"{path.stem}.")]:
        raise fail(f"an id begins with {path.stem}. here: {', '.join(strange)}")
    lists = _own_words(path, document)
    if not own and not lists:
        return Layout(path.stem, known_by, values, general)
    words = {name: known | lists.get(name, frozenset()) for name, known in general.words.items()}
    taken = {_key(word) for rule in own if isinstance(rule, LabelRule) for word in rule.words}
    others = (_without(rule, taken) if isinstance(rule, LabelRule) else rule for rule in rules)
    return Layout(path.stem, known_by, values, _rule_set([*own, *others], words))


def _without(rule: LabelRule, taken: Set[str]) -> LabelRule:
    """Return a general rule without the words that a site uses for something of its own."""
    return replace(rule, words=tuple(word for word in rule.words if _key(word) not in taken))


def load_labels(language: str, folder: Path = FOLDER) -> tuple[Rule, ...]:
    """Return the rules of one language ("zh", "zh-hant", "en" …) in the order of its file.

    Raises BadRules if there is no such file or it is wrong.
    """
    return _read_labels(folder / "labels" / f"{language}.toml")


def _read_labels(path: Path) -> tuple[Rule, ...]:
    document = _read_toml(path)
    unknown = document.keys() - {"label", "pattern"}
    if unknown:
        raise BadRules(f"{path.name}: no such table: {', '.join(sorted(unknown))}", file=path.name)
    labels = (_read_entry(path, "label", number, entry) for number, entry in _entries(document, "label"))
    patterns = (_read_entry(path, "pattern", number, entry) for number, entry in _entries(document, "pattern"))
    return (*labels, *patterns)


def _entries(document: Mapping[str, Any], table: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    return enumerate(document.get(table, ()), 1)


def _read_entry(path: Path, table: str, number: int, entry: Mapping[str, Any]) -> Rule:
    """Return one checked rule. The entry is named by its id, or by its number where it has none."""
    name = entry.get("id", f"[[{table}]] number {number}")

    def fail(complaint: str) -> BadRules:
        return BadRules(f"{path.name}: {name}: {complaint}", file=path.name, entry=str(name))

    keys = LABEL_KEYS if table == "label" else PATTERN_KEYS
    if missing := keys - OPTIONAL_KEYS - entry.keys():
        raise fail(f"missing: {', '.join(sorted(missing))}")
    if unknown := entry.keys() - keys:
        raise fail(f"no such key: {', '.join(sorted(unknown))}")
    _check_names(entry, fail)
    examples = tuple(_read_example(example, fail) for example in entry["examples"])
    if not examples:
        raise fail("no example")
    shared = {
        "id": entry["id"], "field": entry["field"], "reads": entry["reads"], "zones": tuple(entry["zones"]),
        "examples": examples, "refuses": _texts(entry, "refuses", fail),
    }  # fmt: skip
    if table == "label":
        if not isinstance(entry["glued"], bool):
            raise fail("glued is true or false")
        return LabelRule(words=_read_words(entry, fail), glued=entry["glued"], **shared)
    return PatternRule(pattern=_compile(entry["pattern"], fail), needs=_read_needs(entry, examples, fail), **shared)


def _check_names(entry: Mapping[str, Any], fail: Callable[[str], BadRules]) -> None:
    """Raise what `fail` returns unless id, field, reader and zones are names that exist."""
    if not isinstance(entry["id"], str) or not entry["id"]:
        raise fail("an id is a text")
    if entry["field"] not in FIELDS:
        raise fail(f"no such field: {entry['field']}")
    if entry["reads"] not in READERS:
        raise fail(f"no such reader: {entry['reads']}")
    zones = _texts(entry, "zones", fail)
    if not zones:
        raise fail("no zone")
    if strangers := [zone for zone in zones if zone not in ZONES]:
        raise fail(f"no such zone: {', '.join(strangers)}")


def _read_words(entry: Mapping[str, Any], fail: Callable[[str], BadRules]) -> tuple[str, ...]:
    words = _texts(entry, "words", fail)
    if not words:
        raise fail("no word")
    for word in words:
        if word != word.strip() or not word:
            raise fail(f"blank around a word: {word!r}")
    return words


def _texts(entry: Mapping[str, Any], key: str, fail: Callable[[str], BadRules]) -> tuple[str, ...]:
    values = entry.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise fail(f"{key} is a list of texts")
    return tuple(values)


def _read_example(example: object, fail: Callable[[str], BadRules]) -> tuple[str, tuple[str | int, ...]]:
    """Return (line, values); an empty list of values says that the label is found and nothing stands behind it."""
    match example:
        case [str(line), str(value) | int(value)]:
            return line, (value,)
        case [str(line), list(values)]:
            known = tuple(value for value in values if isinstance(value, str | int))
            if len(known) == len(values):
                return line, known
    raise fail(f"an example is [line, value or list of values]: {example!r}")


def _read_needs(
    entry: Mapping[str, Any], examples: Iterable[tuple[str, object]], fail: Callable[[str], BadRules]
) -> frozenset[str]:
    needs = entry.get("needs", "")
    if not isinstance(needs, str):
        raise fail("needs is a text, each character of it one that a match may hold")
    if needs and any(set(needs).isdisjoint(line) for line, _ in examples):
        raise fail("an example holds no character that it needs")
    return frozenset(needs)


def _compile(pattern: object, fail: Callable[[str], BadRules]) -> re.Pattern[str]:
    try:
        compiled = re.compile(str(pattern), re.MULTILINE)
    except re.error as error:
        raise fail(f"pattern: {error}") from None
    if compiled.match(""):
        raise fail("the pattern matches nothing at all")
    return compiled


def _check_ids(rules: Iterable[Rule]) -> None:
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise BadRules(f"{rule.id}: two rules have this id", entry=rule.id)
        seen.add(rule.id)


def _by_word(labels: Iterable[LabelRule], lookalikes: frozenset[str]) -> Mapping[str, tuple[LabelRule, ...]]:
    """Return the rules of each word, by the word in lower case without spaces.

    Raises BadRules if a word announces two things in one zone, or is called a look-alike: what wins would depend on
    file names.
    """
    refused = {_key(word) for word in lookalikes}
    found: dict[str, tuple[LabelRule, ...]] = {}
    for rule in labels:
        for word in rule.words:
            key = _key(word)
            if key in refused:
                raise BadRules(f"{rule.id}: {word} is a look-alike too", entry=rule.id)
            for other in found.get(key, ()):
                if other is not rule and not set(rule.zones).isdisjoint(other.zones):
                    raise BadRules(f"{rule.id}: {word} is a word of {other.id} too", entry=rule.id)
            if rule not in found.get(key, ()):
                found[key] = (*found.get(key, ()), rule)
    return found


def _key(word: str) -> str:
    return word.replace(" ", "").lower()


def load_words(folder: Path = FOLDER / "words") -> Mapping[str, frozenset[str]]:
    """Return the word lists of all files; a list may be spread over several.

    Raises BadRules if a list is missing or unknown: a misspelt name would silently be no list at all.
    """
    lists: dict[str, frozenset[str]] = {}
    for path in sorted(folder.glob("*.toml")):
        for name, words in _own_words(path, _read_toml(path)).items():
            lists[name] = lists.get(name, frozenset()) | words
    if missing := [name for name in LISTS if name not in lists]:
        raise BadRules(f"{folder.name}: no list: {', '.join(missing)}", file=folder.name)
    return {name: lists[name] for name in LISTS}


def _own_words(path: Path, document: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Return the word lists of one file by name."""
    lists = {}
    for name, words in document.get("lists", {}).items():
        if name not in LISTS:
            raise BadRules(f"{path.name}: no such list: {name}", file=path.name, entry=name)
        if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
            raise BadRules(f"{path.name}: {name}: a list of words", file=path.name, entry=name)
        lists[name] = frozenset(words)
    return lists


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise BadRules(f"{path.name}: no such rule file", file=path.name) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadRules(f"{path.name}: {error}", file=path.name) from None
