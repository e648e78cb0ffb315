"""The places at which a page says whose site it is: rights lines, the path's root, tools with a name, lines that are one."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import islice

from catalog.model.field import Evidence, Field
from catalog.model.rule import RuleSet
from catalog.model.span import Span
from catalog.text.classify import Kind, Seen
from catalog.text.fold import clean_value
from catalog.text.segments import Page
from catalog.text.sheet import Sheet
from catalog.text.site_forms import LEAST, RIGHTS, YEARS, bits_of, find_forms, forms_in
from catalog.text.site_frame import Frame
from catalog.text.site_lines import NameLines

_NOTICES, _RIGHTS = bits_of("notice"), bits_of("rights")
_FRAME_KINDS = (Kind.SHORT, Kind.CHROME, Kind.CRUMBS, Kind.COLOPHON, Kind.NOTICE)
_SHARED_TO = re.compile("分享|微博$|空间$|好友|收藏")  # other sites, to which a reader may send the page
_HOSTS = (  # bodies that have one site, and no name for it but their own
    "政府", "局", "厅", "委员会", "法院", "检察院", "大学", "学院", "医院", "海关", "博物馆", "图书馆", "研究所", "研究院", "交易中心", "廳", "委員會", "檢察院", "大學", "學院", "醫院", "博物館", "圖書館",
)  # fmt: skip
_OFFICE = re.compile(r"(?<=政府)(?:办公室|办公厅|辦公室|辦公廳)$")
_LIST = re.compile(  # … für Umwelt, Naturschutz und nukleare Sicherheit
    r"(?:, (?:für |des |der )?(?:[a-zäöü]{3,14} )?[A-ZÄÖÜÉ][\w-]{2,30}){1,4},? (?:und|and|et|y) [^,|;:()\d]{3,40}(?=$|[|,;(\d])"
)
_SHORT_FORM = re.compile(r" ?\([A-ZÄÖÜ][A-Za-zÄÖÜ-]{1,11}\)")  # … Technisches Hilfswerk (THW)
_TAIL = re.compile(
    rf"(?: ?版[权權]所有| ?[-–—]? ?{YEARS}| [京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼蜀黔滇秦陇](?:.?ICP|公网安备|网安备|网文|新网备|[AB]\d?[.-]).*"
    rf"| ?(?:增值电信|互联网新闻|信息网络|网络文化|广播电视节目|网站标识).*| (?:党委)?(?:宣传部|网络信息中心|网络中心|信息中心|新闻中心|信息化?办公室|编辑部)|,? ?all rights.*| [^ ]*公司|,? (?:GmbH|AG|Inc|Ltd|LLC|SE|KG|S\.A\.)\.?(?: & Co(?:\. ?KG)?\.?)?)+$",
    re.IGNORECASE,
)
# yanming 雁鸣文明网: the name of its account or its domain beside a site's own
_ACCOUNT = re.compile(
    r"^[a-z][a-z0-9.-]{2,24} (?=[\u3400-\u9fff]{3})|(?<=[\u3400-\u9fff]) (?:www\.)?[a-z][a-z0-9-]{2,24}(?:\.[a-z]{2,4}){0,2}$"
)
_BAR_HEAD = re.compile(r"(?P<name>[^|–—_]{2,60}?) ?(?:[|–—_]| -) ?$")
_ARTICLE = re.compile(r"(?:[Dd](?:as|ie|er|en|em)|[Ll](?:a|e|es)|du|o|a|el|los) (?=[A-ZÀ-Þ])|[Ll]['’](?=[A-ZÀ-Þ])")
_HAS_FIGURE = re.compile(r"\d")
_INSTITUTE = re.compile(
    r"[\u3400-\u9fff]{3,20}、[\u3400-\u9fff]{3,30}(?:研究所|研究院|研究中心|实验室|實驗室|观测站|植物园|天文台)(?![\u3400-\u9fff])"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_SPACED = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff](?: |$))")
_BAR = re.compile(r" ?[|_\]\[–—]+ ?| +- +|(?<=[\u3400-\u9fff])-(?=[\u3400-\u9fff])")
# Weight of a known brand that stands alone in one line, in one line among words, in two lines, in each further one (to four), and
# the longest line of the frame that is looked at. By trial on the learn captures with lines left out.
_LINKED, _SAID_ONCE, _SAID_TWICE, _SAID_AGAIN, _LONGEST_FRAME = 0.2, 1.05, 1.9, 0.5, 90
_ROOT = 0.6  # the known brand that the path begins with
_CRUMB, _SURE_CRUMB = 0.9, 2.0  # the root of the path; with the ending of a site
_DOMAIN_END = re.compile(r"\.(?:com|net|org|cn|tw|hk|sg)(?:\.(?:cn|tw|hk|sg))?(?![a-z])")
_DOMAIN_WORD = re.compile(r"[a-z0-9-]+$")
_LONGEST_DOMAIN = 24
_DOMAIN_ALONE = 0.6  # in an address, not in the line that says whose the rights are
_HARD_RIGHTS = re.compile("©|opyright|OPYRIGHT|\\([Cc]\\)|ights ")
_SHORTEST_TITLE = 6
# Foto: © X, © X/Y: whose picture it is
_PICTURE_OF = re.compile(
    r"^(?:Fotos?|Bild(?:er|nachweis|quelle)?|Photos?|Image|Cr[ée]dits?|Quelle|Grafik)\b.{0,40}©|© ?[^|]{2,40}? ?/ ?[A-ZÀ-Þ]"
)
_CREDIT, _END, _PICTURED, _PARTNER = re.compile(r"© ?[^\W\d_][^\d]*$"), 25, 0.3, 0.6
_ONE_SIDE = 2  # of so many further lines where all stand above the article or all below: there they are links as well
_TOP = 3  # lines of a page in which a path's root or the browser's own title is printed with the site's name


@dataclass(slots=True)
class Vote:
    """One place that names a site, and what it weighs. `field_evidence` is that of the field which says it, if one does."""

    name: str
    place: str
    weight: float
    start: int
    end: int
    field_evidence: Evidence | None = None

    def evidence(self, text: str) -> Evidence:
        """Return where the name stands. Made for the winner alone: a page has some fifteen votes."""
        span = Span(self.start, self.end)
        return self.field_evidence or Evidence(span, text[self.start : self.end], f"site.{self.place}")


def find_places(frame: Frame, sheet: Sheet, fields: Sequence[Field]) -> Iterator[Vote]:
    """Yield what each place of the page says, in no order of weight; the same name may come again and again."""
    text = sheet.text
    yield from _in_fields(fields, text, sheet.rules)
    yield from _domains(frame, sheet)
    yield from _known(frame, sheet)
    for line in NameLines(frame, sheet.rules).find():
        yield _vote(line.start, line.end, text, "line" if line.is_name else "top", line.weight)
    title = _bare_title(frame.page)
    titled = {n for n, view in frame.find(title) if view != title} if title else set()
    formed = {frame.number(line): bits for line, bits in find_forms(frame.text).items()}
    first, closing = frame.closing()
    formed |= {first + line: bits for line, bits in find_forms(closing).items()}
    pictures = _pictures(frame)
    for n in sorted(titled | formed.keys()):
        if n in formed:
            yield from _in_line(frame, n, formed[n], pictures, text)
        if n in titled and title:
            yield from _in_title_bar(frame.page.seen[n], n, title, text)


def _bare_title(page: Page) -> str | None:
    """Return the headline; where the browser's title was taken for it, the line of the header that it is made with."""
    if page.title is None:
        return None
    title = page.seen[page.title.first].view
    header = (page.seen[i].view for i in page.header if page.seen[i].kind is Kind.SHORT)
    return min((view for view in header if len(view) >= _SHORTEST_TITLE and view in title), key=len, default=title)


def _domains(frame: Frame, sheet: Sheet) -> Iterator[Vote]:
    """Yield a vote for a site whose domain stands in the frame and whose name the page prints."""
    lowered, domains = frame.lowered, sheet.rules.site.domains
    ends = _DOMAIN_END.finditer(lowered) if "." in lowered else ()
    heads = [(_DOMAIN_WORD.search(lowered, max(0, m.start() - _LONGEST_DOMAIN), m.start()), m[0]) for m in ends]
    for domain in sorted({head[0] + end for head, end in heads if head} & domains.keys()):
        for one, at in islice(_lines_with(domain, frame), 1):
            start = one.line.start + at
            weight = LEAST if _HARD_RIGHTS.search(one.view) else _DOMAIN_ALONE
            if domains[domain] in sheet.text:
                yield Vote(domains[domain], "domain", weight, start, start + len(domain))


def _known(frame: Frame, sheet: Sheet) -> Iterator[Vote]:
    """Yield a vote for each name of the list of brands that lines of the frame say: the more lines, the weightier."""
    text = sheet.text
    brands = _brands_in(frame.lowered, sheet.rules)
    for brand in sorted(brands):
        longer = [other for other in brands if other != brand and brand in other]
        lines = _lines_with(brand, frame)
        found = [
            (one, at) for one, at in lines if _says(one.view.lower(), brand, longer) and not _SHARED_TO.search(one.view)
        ]
        if found:
            said = {one.view: (one, one.line.start + at) for one, at in reversed(found)}
            one, start = list(said.values())[-1]  # the topmost
            alone = len(found) == 1 and len(one.view) == len(brand)  # it may be a link
            places = [other.line.start for other, _ in said.values()]
            middle = frame.page.seen[frame.body.start].line.start if frame.body else 0
            often = 3 if min(places) < middle < max(places) else _ONE_SIDE
            weight = (
                _LINKED
                if alone
                else _SAID_ONCE
                if len(said) == 1
                else _SAID_TWICE + _SAID_AGAIN * min(len(said) - 2, often - 1)
            )
            yield _vote(start, start + len(brand), text, "known", weight)
            for path, root in said.values():
                if path.kind is Kind.CRUMBS and root == path.line.start:
                    yield _vote(root, root + len(brand), text, "path", _ROOT)


def _says(view: str, brand: str, longer: Sequence[str]) -> bool:
    """Return whether a line says a brand, and not only one that it is a part of: 青禾 in 青禾财经."""
    return not longer or view.count(brand) > sum([view.count(other) for other in longer])


def _brands_in(text: str, rules: RuleSet) -> set[str]:
    """Return the brands that a text in lower case says; one that stands within another is not meant."""
    found = set()
    for pattern in rules.site.brands:
        m = pattern.search(text)
        while m:
            found.add(m[1])
            m = pattern.search(text, m.end(1))
    return found


def _lines_with(brand: str, frame: Frame) -> Iterator[tuple[Seen, int]]:
    """Yield each short line around the article that says a brand, but for the headline, and where it does."""
    page = frame.page
    title = page.seen[page.title.first].view if page.title else None
    for n, at in frame.find_lowered(brand):
        one = page.seen[n]
        if one.kind in _FRAME_KINDS and len(one.view) <= _LONGEST_FRAME and one.view != title:
            yield one, at


def _in_line(frame: Frame, n: int, bits: int, pictures: Set[str], text: str) -> Iterator[Vote]:
    one, page = frame.page.seen[n], frame.page
    is_low = n >= len(page.seen) // 2
    if n in frame.body or one.kind is Kind.PROSE:
        bits &= _NOTICES
    elif not is_low:
        bits &= ~_RIGHTS
    for form in forms_in(bits):
        m = form.find(one.view)
        if m:
            weight = LEAST if form.place == "home" and n < _TOP else form.weight
            if form.place == "logo" and is_low:
                weight = _PARTNER
            if form.place == "rights" and (one.view in pictures or _PICTURE_OF.search(one.view)):
                weight = _PICTURED
            more = _SHORT_FORM.match(one.view, m.end("name")) or _LIST.match(one.view, m.end("name"))
            end = more.end() if more else m.end("name")
            article = _ARTICLE.match(one.view, m.start("name")) if form.place == "worn" else None
            yield _vote(
                one.line.start + (article.end() if article else m.start("name")),
                one.line.start + end,
                text,
                form.place,
                weight,
            )


def _pictures(frame: Frame) -> set[str]:
    """Return the lines with a © that are as well a picture's: a name and no year, not alone or not among the last lines."""
    if not frame.text.startswith("©") and "\n©" not in frame.text:
        return set()
    seen = frame.page.seen
    credits = [n for n, one in enumerate(seen) if one.view[0] == "©" and _CREDIT.match(one.view)]
    names = {seen[n].view for n in credits}
    return names if len(names) > 1 else {seen[n].view for n in credits if n < len(seen) - _END}


def _in_title_bar(one: Seen, n: int, title: str, text: str) -> Iterator[Vote]:
    """Yield the last word of a browser's title, which is the headline with the section and the site behind it."""
    at = one.view.index(title)
    ends = [m.end() for m in _BAR.finditer(one.view, at + len(title))]
    if ends and 2 <= len(one.view) - ends[-1] <= 30:
        start, end = ends[-1], len(one.view)
        if _HAN.match(one.view, start) and " " in one.view[start:]:
            end = one.view.index(" ", start)  # a tool stands behind it
    elif at and (head := _BAR_HEAD.match(one.view, 0, at)):
        start, end = head.span("name")
    elif one.view[0] == "[" and one.view[:at].rstrip(" ").endswith("]"):
        start, end = 1, one.view.index("]")
    else:
        return
    if not _HAS_FIGURE.search(one.view, start, end):
        yield _vote(one.line.start + start, one.line.start + end, text, "title_bar", LEAST if n < _TOP else 0.8)


def _is_institute(field: Field, text: str) -> bool:
    """Return whether a holder of rights is a part of the name of one institute that two bodies keep."""
    span = field.evidence[0].span
    names = _INSTITUTE.search(text, max(0, span.start - _LONGEST_FRAME), span.end + _LONGEST_FRAME)
    return names is not None and names.start() <= span.start and span.end <= names.end()


def _in_fields(fields: Sequence[Field], text: str, rules: RuleSet) -> Iterator[Vote]:
    for field in fields:
        if field.name == "copyright_holder" and field.evidence and _is_institute(field, text):
            continue  # 科学院、水利部某某研究所 is one body under two
        if field.name == "copyright_holder" and field.evidence and _HAN.search(str(field.value)):
            yield _stated(_TAIL.sub("", str(field.value)), "rights", RIGHTS, field)
        if field.name == "host_body" and field.evidence:
            name = _OFFICE.sub("", str(field.value))  # the office of a government runs the government's site
            yield _stated(name, "host", LEAST if name.endswith(_HOSTS) else 0.9, field)
        if field.name == "source" and field.evidence and field.value:
            yield _stated(str(field.value), "source", 0.4, field)
    crumb = next((f for f in fields if f.name == "breadcrumb" and f.evidence), None)
    if crumb is not None:
        name = re.sub("首[页頁]$", "", str(crumb.value))
        is_site = name.endswith(rules.site.endings.get(name[-1:], ()))
        yield _stated(name, "crumb", _SURE_CRUMB if is_site else _CRUMB, crumb)


def _stated(name: str, place: str, weight: float, field: Field) -> Vote:
    found = field.evidence[0]
    return Vote(name, place, weight, found.span.start, found.span.end, found)


def _vote(start: int, end: int, text: str, place: str, weight: float) -> Vote:
    name = clean_value(text[start:end])
    if not name.isalpha() or name.endswith("所有"):  # else there is nothing to take away
        name = _SPACED.sub("", name)
        if " " in name and not name[:1].isupper():
            name = _ACCOUNT.sub("", name)
        name = _TAIL.sub("", name).strip("·-–| ")
    return Vote(name, place, weight, start, end)
