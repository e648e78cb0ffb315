"""What a page's own declarations say of the item: assertions, each with its place in the source.

Beside the visible text they are witnesses, no judges: agree.py decides what comes of them.
"""

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice

from catalog.model.field import Confidence, Evidence, Field, State
from catalog.model.rule import RuleSet
from catalog.model.span import Span
from catalog.text.dates import find_dates
from catalog.text.fold import clean_value, fold_view
from catalog.text.json_places import Leaf, Node
from catalog.text.markup import Declared, find_declarations
from catalog.text.names import kind_of_name
from catalog.text.numbers import read_count
from catalog.text.readers import LONGEST_SOURCE

MOST_SAID = 5000  # values looked at; pages of the learning set declare up to 60
MOST_OF_A_NAME = 60  # so that a page of nothing but keywords costs no more than another
LONGEST_TITLE = 300  # characters; the longest of the learning set has 130
LONGEST_TEXT = 2000
LONGEST_KEYWORD = 30
# Declared names, in lower case, and the field each speaks of. ArticleTitle to SiteIDCode are those that the
# guidelines for Chinese government sites ask for (2017); the others are Dublin Core, OpenGraph, schema.org and
# the habits of large content systems.
NAMES: Mapping[str, str] = {
    "title": "title", "articletitle": "title", "og:title": "title", "headline": "title", "dc.title": "title",
    "dcterms.title": "title", "parsely-title": "title",
    "pubdate": "published", "publishdate": "published", "publish_date": "published", "publishtime": "published",
    "datepublished": "published", "article:published_time": "published", "og:release_date": "published",
    "og:published_time": "published", "dc.date": "published", "dc.date.issued": "published", "date": "published",
    "dcterms.issued": "published", "dcterms.date": "published", "parsely-pub-date": "published",
    "firstpublishedtime": "published", "og:article:published_time": "published",
    "article:modified_time": "modified", "datemodified": "modified", "og:updated_time": "modified",
    "lastmodifiedtime": "modified", "dcterms.modified": "modified", "last-modified": "modified",
    "contentsource": "source", "source": "source", "articlesource": "source",
    "sitename": "site_name", "og:site_name": "site_name", "application-name": "site_name",
    "columnname": "section", "article:section": "section", "articlesection": "section", "parsely-section": "section",
    "siteidcode": "site_code",
    "author": "author", "article:author": "author", "og:article:author": "author", "dc.creator": "author",
    "parsely-author": "author",
    "keywords": "tag", "news_keywords": "tag", "article:tag": "tag", "og:article:tag": "tag",
    "description": "summary", "og:description": "summary", "abstract": "summary",
}  # fmt: skip
# Names of schema.org that say something only inside an article.
_ARTICLE_KEYS = ("headline", "datePublished", "dateModified", "articleSection", "keywords", "description")
_ARTICLES = re.compile(r"(?:News|Blog|Report|Opinion|Analysis|Background|Review|Live)?[A-Za-z]*(?:Article|Posting)$")
_COUNTERS = {
    "CommentAction": "comments", "LikeAction": "likes", "ShareAction": "shares", "ReadAction": "views",
    "ViewAction": "views", "WatchAction": "views",
}  # fmt: skip
_SITE_CODE = re.compile(r"[A-Za-z]{0,2}\d{6,12}")
_KEYWORD = re.compile(r"[^,，;；|、\t\n]+")


@dataclass(frozen=True, slots=True)
class _Said:
    """One value as declared: source[start:end] is how it is written, `text` what it means."""

    field: str
    text: str
    start: int
    end: int
    witness: str
    rule: str


def read_witnesses(source: str, rules: RuleSet, capture: str) -> list[Field]:
    """Return what the source declares, a field for each declaration, in the order of the page and JSON-LD last.

    A lone declaration has medium confidence, keywords and descriptions low: they often speak of the site.
    """
    found = find_declarations(source)
    from_metas = (one for declared in found.said for one in _from_meta(declared, source))
    from_objects = (one for item in found.objects for one in _from_object(item))
    counts: Counter[str] = Counter()
    fields = []
    for one in islice(chain(from_metas, from_objects), MOST_SAID):
        counts[one.field] += 1
        if counts[one.field] <= MOST_OF_A_NAME:
            fields += [_field(value, kind, one, source, rules, capture) for value, kind in _values(one, rules)]
    return fields


def _from_meta(declared: Declared, source: str) -> Iterator[_Said]:
    field = NAMES.get(declared.key)
    rule = "html.title" if declared.witness == "title" else f"html.meta.{declared.key}"
    if field == "tag":
        for m in _KEYWORD.finditer(source, declared.start, declared.end):
            yield _Said("tag", html.unescape(m[0]), *m.span(), declared.witness, rule)
    elif field is not None:
        yield _Said(field, declared.value, declared.start, declared.end, declared.witness, rule)


def _from_object(item: dict[str, Node]) -> Iterator[_Said]:
    if not any(_ARTICLES.match(leaf.value) for leaf in _leaves(item.get("@type"))):
        return
    for key in _ARTICLE_KEYS:
        yield from _of_leaves(NAMES[key.lower()], item.get(key), key)
    for author in _items(item.get("author")):
        if isinstance(author, dict) and any(leaf.value == "Person" for leaf in _leaves(author.get("@type"))):
            yield from _of_leaves("author", author.get("name"), "author.name")
    for publisher in _items(item.get("publisher")):
        if isinstance(publisher, dict):
            yield from _of_leaves("site_name", publisher.get("name"), "publisher.name")
    yield from _of_leaves("comments", item.get("commentCount"), "commentCount")
    for counter in _items(item.get("interactionStatistic")):
        if isinstance(counter, dict):
            yield from _from_counter(counter)


def _from_counter(counter: dict[str, Node]) -> Iterator[_Said]:
    kind = counter.get("interactionType")
    names = [leaf.value for leaf in _leaves(kind.get("@type") if isinstance(kind, dict) else kind)]
    for name in names:
        field = _COUNTERS.get(name.rpartition("/")[2])
        if field:
            yield from _of_leaves(field, counter.get("userInteractionCount"), "interactionStatistic")


def _of_leaves(field: str, node: Node, key: str) -> Iterator[_Said]:
    rule = f"html.json-ld.{key}"
    for leaf in _leaves(node):
        if field == "tag" and leaf.end - leaf.start == len(
            leaf.value
        ):  # written without escapes: parts keep their places
            for m in _KEYWORD.finditer(leaf.value):
                yield _Said(field, html.unescape(m[0]), leaf.start + m.start(), leaf.start + m.end(), "json-ld", rule)
            continue
        yield _Said(field, html.unescape(leaf.value), leaf.start, leaf.end, "json-ld", rule)


def _items(node: Node) -> Iterable[Node]:
    return node if isinstance(node, list) else (node,)


def _leaves(node: Node) -> Iterator[Leaf]:
    yield from (item for item in _items(node) if isinstance(item, Leaf))


def _values(said: _Said, rules: RuleSet) -> Iterator[tuple[str | int, str | None]]:
    """Yield the value in the form of the catalogue with its kind of agent; nothing if it is empty or odd."""
    text = clean_value(said.text.replace("\n", " "))
    if not text or text in rules.words["placeholder"] or text.lower() in ("null", "undefined", "none"):
        return
    if said.field in ("published", "modified"):
        date = _date(text)
        if date:
            yield date, None
    elif said.field in ("comments", "likes", "shares", "views"):
        count = read_count(fold_view(text), 0)
        if count is not None:
            yield count.value, None
    elif said.field == "author":
        kind, _ = kind_of_name(text, rules.words)
        if "://" not in text and len(text) <= LONGEST_SOURCE:
            yield text, kind
    elif said.field == "site_code":
        if _SITE_CODE.fullmatch(text):
            yield text, None
    elif len(text) <= _longest(said.field):
        yield text, None


def _longest(field: str) -> int:
    return {"title": LONGEST_TITLE, "summary": LONGEST_TEXT, "tag": LONGEST_KEYWORD}.get(field, LONGEST_SOURCE)


def _date(text: str) -> str | None:
    """Return the date; the first or last second of a day, by which systems mean "some time", is cut off."""
    found = find_dates(fold_view(text))
    if not found or not found[0].sure:
        return None
    day, _, time = found[0].iso.partition("T")
    return day if re.fullmatch(r"00:00(?::00)?|23:59:59", time) else found[0].iso


def _field(  # noqa: PLR0913, PLR0917 -- a value and all that is known of where it comes from
    value: str | int, kind: str | None, said: _Said, source: str, rules: RuleSet, capture: str
) -> Field:
    raw = source[said.start : said.end]
    evidence = Evidence(Span(said.start, said.end), raw, said.rule, said.witness)
    trust = Confidence.LOW if said.field in ("tag", "summary") else Confidence.MEDIUM
    by = f"rules/{rules.version}"
    return Field(said.field, State.STATED, value, trust, by, (evidence,), kind=kind, capture=capture)
