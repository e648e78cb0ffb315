"""What is not printed but follows: publisher, kind, language; and one field where two places say the same."""

import re
import string
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from catalog.model.field import Confidence, Evidence, Field, State
from catalog.model.vocabulary import DATES, MANY
from catalog.text.classify import Kind, Seen
from catalog.text.record import find_conflicts
from catalog.text.segments import Page

_KANA, _HANGUL = re.compile("[\u3041-\u30fe]+"), re.compile("[\uac00-\ud7a3]+")
_KANA_OR_HANGUL = re.compile("[\u3041-\u30fe\uac00-\ud7a3]")
# Scripts that fill whole rows of 256 characters are counted by the upper byte of each: a tenth of the time a pattern takes.
_HAN_ROWS, _CYRILLIC_ROW = bytes(range(0x34, 0xA0)), b"\x04"
_LATIN = string.ascii_letters.encode("ascii")
_HANT = re.compile(
    "[這為個國時來們對會發動過說產種後學經進電實體機當點從業開還與關線數應無將農總長統組見計別處隊給領東導壓爭濟術極聯認權證單風帶場車務達積議報鬥類離華確張馬節話況溫傳廣記戰織裝書訊網請聞縣區環資質員題選號歡]+"
)
_HANS = re.compile(
    "[这为个国时来们对会发动过说产种后学经进电实体机当点从业开还与关线数应无将农总长统组见计别处队给领东导压争济术极联认权证单风带场车务达积议报斗类离华确张马节话况温传广记战织装书讯网请闻县区环资质员题选号欢]+"
)
_STOP_WORDS = {
    "en": ("the", "of", "and", "to", "in", "for", "that", "with"), "de": ("der", "die", "und", "das", "den", "mit", "für", "von"),
    "fr": ("le", "les", "des", "et", "une", "dans", "pour", "du", "au", "est", "sur", "avant"), "es": ("el", "los", "las", "del", "una", "por", "con", "para", "y"),
}  # fmt: skip
_ENCYCLOPEDIA = re.compile("维基百科|維基百科|百度百科|百科词条|词条统计|编辑词条|Wikipedia")
_SHORT, _META = Kind.SHORT, Kind.META  # asked of each line: a member of an enumeration is looked up by a call
LEAST_ANCHORED = 8  # characters of body under label lines: news of one sentence is news
LEAST_LINKED = 12  # longer short lines, or dated ones, of a page that lists other articles
_DAY_OF_LINK = re.compile(r"[\[(]?\d\d[-/.]\d\d[\])]?$")
_TEASER = re.compile(
    r"(?:…|\.\.\.)$|[\[(](?:查看)?(?:详细|详情|全文|更多|阅读全文|詳細|詳情|more)[>» ]*[\])]$|(?:查看详情|阅读全文|查看全文)[>» ]*$"
)
_AFTER_LINK = ".… >»›"  # marks behind a link: Weiterlesen …, read more »
_LONGEST_LINK = 20
LEAST_LED_ON, MOST_TEASED = 4, 500  # such links on a page of beginnings, and characters of a text that is one of them
LEAST_ARTICLE = 60  # characters of body under which a page without label lines is no article


def merge_same(fields: Sequence[Field]) -> list[Field]:
    """Return the fields with equal name and value as one: their evidence together, high confidence where places agree.

    Empty states stay only where nothing is stated; the order is that of the first mention.
    """
    alike: dict[tuple[str, str | int | None, State], list[Field]] = {}
    stated = {f.name for f in fields if f.state is State.STATED}
    for field in fields:
        if field.state is State.STATED or field.name not in stated or field.name in MANY:
            alike.setdefault((field.name, field.value, field.state), []).append(field)
    return [_together(*same) for same in alike.values()]


def refine_dates(fields: Sequence[Field]) -> list[Field]:
    """Return the fields with each date that a more precise one of the same name repeats taken into that one."""
    dates = [f for f in fields if f.name in DATES]
    if len(dates) < 2:
        return list(fields)
    kept = (f for f in fields if not any(_is_finer(d, f) for d in dates))
    return [_together(f, *(d for d in dates if _is_finer(f, d))) for f in kept]


def _is_finer(a: Field, b: Field) -> bool:
    return a.name == b.name and a.value != b.value and b.value is not None and str(a.value).startswith(str(b.value))


def _together(first: Field, *others: Field) -> Field:
    """Return fields that say the same as one: each place once, and more trust where places agree."""
    if not others:
        return first
    same = (first, *others)
    evidence = tuple({(e.witness, e.span): e for f in reversed(same) for e in reversed(f.evidence)}.values())[::-1]
    best = min((f.confidence for f in same), key=list(Confidence).index)
    if len(evidence) > len(first.evidence) and best is Confidence.MEDIUM:
        best = Confidence.HIGH
    label = next((f.label for f in same if f.label), None)
    return replace(
        first, confidence=best, evidence=evidence, label=label, kind=next((f.kind for f in same if f.kind), None)
    )


def derive_publisher(fields: Sequence[Field], capture: str) -> Field | None:
    """Return what a cataloguer would enter as publisher: 发布机构, else 主办, else 版权所有, else the site's name.

    An account that posted the page comes before the hosts, with low confidence. Candidates of one rank that disagree: the
    first printed, low, and the name is listed among the conflicts.
    """
    ranks = [("issuing_body", 1), ("poster", 0), ("host_body", 1), ("copyright_holder", 1), ("site_name", 1)]
    for name, certain in ranks:
        candidates = [f for f in fields if f.name == name and f.state is State.STATED]
        if not candidates:
            continue
        first = min(candidates, key=lambda f: min((e.span.start for e in f.evidence), default=0))
        doubtful = not certain or name in find_conflicts(candidates, [capture])
        trust = Confidence.LOW if doubtful else first.confidence
        evidence = tuple(Evidence(e.span, e.raw, f"publisher.{name}", e.witness) for e in first.evidence)
        return Field(
            "publisher", State.STATED, first.value, trust, first.asserted_by, evidence, first.label, first.kind, capture
        )
    return None


def derive_published(fields: Sequence[Field]) -> Field | None:
    """Return the document's date as the publication date, with low confidence, where the page prints no other date.

    Failing that, the date of the last change: many sites print only 更新日期, Stand or Date modified.
    """
    if any(f.name == "published" and f.state is State.STATED for f in fields):
        return None
    dates = (f for name in ("document_date", "modified") for f in fields if f.name == name and f.state is State.STATED)
    found = next(dates, None)
    if found is None:
        return None
    evidence = tuple(replace(e, rule=f"published.{found.name}") for e in found.evidence)
    return replace(found, name="published", confidence=Confidence.LOW, evidence=evidence)


LANGUAGE_SAMPLE = 1000  # characters of a text whose scripts are counted


def language_of(text: str) -> str | None:
    """Return the BCP 47 tag of the language that a text is most likely in, None if it says too little."""
    sample = text[:LANGUAGE_SAMPLE]
    rows = sample.encode("utf-16-be", "surrogatepass")[::2]
    han = _count(rows, _HAN_ROWS)
    if _KANA_OR_HANGUL.search(sample):
        kana, hangul = _size(_KANA, sample), _size(_HANGUL, sample)
        if kana > 12 and kana * 8 > han:
            return "ja"
        if hangul > 12 and hangul > han // 2:
            return "ko"
    latin = _count(sample.encode("ascii", "ignore"), _LATIN)
    if han > 12 and han * 3 > latin:
        return "zh-Hant" if _size(_HANT, sample) > _size(_HANS, sample) else "zh-Hans"
    if _count(rows, _CYRILLIC_ROW) > latin:
        return "ru"
    return _by_stop_words(text[:3000].lower()) if latin > 40 else None


def _by_stop_words(lower: str) -> str | None:
    words = Counter(re.findall(r"[a-zäöüßéèàçñ]+", lower))
    found = {tag: sum(words[w] for w in stops) for tag, stops in _STOP_WORDS.items()}
    best = max(found, key=lambda tag: found[tag])
    return best if found[best] >= 5 else None


def _count(data: bytes, those: bytes) -> int:
    return len(data) - len(data.translate(None, those))


def _size(script: re.Pattern[str], text: str) -> int:
    """Return how many characters of a text are of a script. Runs of them are found three times as fast as each is counted."""
    return len("".join(script.findall(text)))


def kind_of(page: Page, body_length: int, leads_on: frozenset[str]) -> tuple[str, Confidence]:
    """Return what a page is: article, listing (of other articles) or other (an error, a form, a home page, an encyclopedia entry).

    Without label lines beside it a text is an article only if it is mostly running text. leads_on are the words of links to
    the rest of a text, in lower case.
    """
    linked = 0
    for one in page.seen:
        if one.kind is _SHORT:
            linked += len(one.view) >= 12
        elif one.kind is _META:
            linked += bool(one.dates)
    otherwise = ("listing", Confidence.MEDIUM) if linked >= LEAST_LINKED else ("other", Confidence.MEDIUM)
    if not page.body or page.title is None or _is_encyclopedia(page) or _is_teaser(page, linked):
        return otherwise
    if _count_led_on(page.seen[page.body[0] : page.body[-1] + 2], leads_on) >= LEAST_LED_ON:
        return "listing", Confidence.MEDIUM
    if body_length < MOST_TEASED and _count_led_on(page.seen, leads_on) >= LEAST_LED_ON:
        return "listing", Confidence.MEDIUM
    if page.anchored and body_length >= LEAST_ANCHORED:
        return "article", Confidence.HIGH
    prose = [len(page.seen[i].view) for i in page.body if page.seen[i].kind is Kind.PROSE]
    if body_length >= LEAST_ARTICLE and sum(prose) >= 0.6 * body_length and 4 * len(prose) >= len(page.body):
        return "article", Confidence.MEDIUM
    return otherwise


def _count_led_on(seen: Sequence[Seen], leads_on: frozenset[str]) -> int:
    """Return how many lines are links to the rest of a text, as each beginning has one on a page of such."""
    short = [one.view for one in seen if len(one.view) <= _LONGEST_LINK]  # most lines of a text are long
    return sum(view.rstrip(_AFTER_LINK).lower() in leads_on for view in short)


def _is_teaser(page: Page, linked: int) -> bool:
    """Return whether a text is the beginning of one that stands elsewhere, on a page of such or of links: 日前,……[详细]."""
    prose = [page.seen[i].view for i in page.body if page.seen[i].kind is Kind.PROSE]
    if not prose or not all(map(_TEASER.search, prose)):
        return False
    linked += sum([_DAY_OF_LINK.match(one.view) is not None for one in page.seen])
    outside = (one.view for i, one in enumerate(page.seen) if one.kind is Kind.PROSE and i not in page.body)
    return linked >= LEAST_LINKED or len(prose) > 1 or any(map(_TEASER.search, outside))


def _is_encyclopedia(page: Page) -> bool:
    views = [one.view for one in page.seen if len(one.view) <= 60]
    if _ENCYCLOPEDIA.search("\n".join(views)) is None:  # almost always: one search for all lines
        return False
    return sum(_ENCYCLOPEDIA.search(view) is not None for view in views) >= 2
