"""Whose site it is: the name that the page's own frame agrees on."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catalog.model.field import Confidence, Evidence, Field, State
from catalog.model.rule import RuleSet
from catalog.model.span import Span
from catalog.text.classify import Kind, Seen
from catalog.text.fold import clean_value
from catalog.text.segments import Page
from catalog.text.sheet import Sheet

_NAME = r"[\u3400-\u9fffA-Za-z][\u3400-\u9fffA-Za-z0-9·]{1,23}?"
_WORDS = r"[^\W\d_][^|:<>,;()\u3400-\u9fff]{2,70}|[^\W\d_][\u3040-\u30ff\u3400-\u9fff・ー]{2,24}"
_FEWEST = r"[^\W\d_][^|:<>,;()]{2,70}?"
_YEARS = r"(?:[12]\d{3}(?: ?[-–—~至/] ?(?:[12]\d{3})?)?)"
# (signal, weight, pattern); each signal counts once for a name. Weights by trial on the learn captures: two weak
# signals or one strong one make a name (LEAST).
_FRAME = (
    ("rights", 1.5, re.compile(
        rf"(?:[Cc]opyright|COPYRIGHT|©|\([Cc]\)|版[权權]所有)(?: |{_YEARS}|[Cc]opyright|©|\([Cc]\)|\?|:|by\b|The\b|,|\.|@)* ?"
        r"(?P<name>[^ ,|。;:()\d©][^,|。;:()©]{1,59}?)(?= {2}|[|,。;:()©]| ?(?:[Aa]ll [Rr]ights|未经|不得|禁止|严禁|违者|技术支持|网站标识|备案|地址|电话|联系|主办|承办|建议|版[权權]所有|[Cc]opyright|Inc\b|\. )|$| [\u3400-\u9fffA-Za-z]{2,8}:| .{0,4}ICP)")),
    ("rights", 1.5, re.compile(r"(?P<name>[\u3400-\u9fffA-Za-z·]{2,30}) ?版[权權]所有")),
    ("home", 0.9, re.compile(rf"(?:^|返回|[ >])(?P<name>{_NAME})(?:网站)?首[页頁](?:$|[ >_|手])")),
    ("worn", 0.9, re.compile(r"^(?:·)?(?:关于|關於|About |加入|联系|手机|下载|打开|关注)(?P<name>[\u3400-\u9fffA-Za-z]{2,14}?)(?:客户端|App|APP|官方.{2}|公众号)?(?: ?\||$)")),
    ("worn", 0.9, re.compile(rf"^(?P<name>{_NAME})(?:简介|客户端|报料|声明|招聘|版$|小程序|号$|邮箱|加入|联系|下载|打开|关注|App|APP|官方微信|官方微博|微博|微信|官微|微信公众号|公众号|手机版|移动版|触屏版|小程序|报料|声明|招聘|视频号|抖音号|头条号|邮箱)$")),
    ("notice", 0.8, re.compile(r"(?:未经|与|不代表|凡注明[“\"]?来源:|来自|来源于)(?P<name>[\u3400-\u9fffA-Za-z]{2,14}?)(?:书面|的?授权|无关|的?观点|的?立场|联系|许可|客户端|平台)")),
    ("greeting", 1.7, re.compile(r"^欢迎(?:访问|光临|来到|您?浏览) ?(?P<name>[\u3400-\u9fff]{3,24}?)[!。]?$")),
    ("logo", 1.3, re.compile(rf"^(?:Logo(?: (?:von|der|des|of|du|de la))?|(?:Link )?[Zz]ur Startseite(?: (?:von|der|des))?|Go to (?:the )?home ?page|Home ?page of) ?[:|–-]? ?(?P<name>(?:{_WORDS}))$")),
    ("logo", 1.3, re.compile(rf"^(?P<name>{_FEWEST}) ?[|–-]? ?(?:Logo|Startseite|[Hh]ome ?page|ホームページ|トップページ|トップ|ホーム|홈페이지|ロゴ)(?: \(.*\))?$")),
    ("worn", 0.9, re.compile(rf"^(?:Über (?:das |die |den )?|About (?:the )?|Follow |Subscribe to |Newsletter (?:der |des )?|À propos de |О )(?P<name>(?:{_WORDS}))$")),
    ("worn", 0.9, re.compile(rf"^(?P<name>{_FEWEST})(?:について| (?:auf|on|bei|sur) (?:Twitter|Facebook|YouTube|Instagram|X|LinkedIn|Mastodon)| Newsletter)$")),
    ("title_bar", 0.8, re.compile(r".{6,}? ?[|_] ?(?P<name>[\u3400-\u9fffA-Za-z]{2,14})(?: .{0,8})?$")),
)  # fmt: skip
# No signal stands in a line without one of these words; they are looked for once.
_NEEDLE = re.compile(  # literal words only: they are looked for many times as fast as patterns
    "opyright|OPYRIGHT|©|\\(C\\)|\\(c\\)|ogo|tartseite|ome ?page|Über |Follow |Subscribe|Newsletter|について|Twitter|Facebook|Instagram|YouTube|Mastodon|ホーム|トップ|홈페이지|À propos|ロゴ|权所有|權所有|首页|首頁|关于|關於|About |简介|客户端|报料|声明|招聘|邮箱|加入|联系|下载|"
    "打开|关注|App|APP|微信|微博|官微|公众号|手机|授权|无关|观点|立场|许可|平台|欢迎|小程序"
)
_FRAME_KINDS = (Kind.SHORT, Kind.CHROME, Kind.CRUMBS, Kind.COLOPHON, Kind.NOTICE)
_SHARED_TO = re.compile("分享|微博$|空间$|好友|收藏")  # other sites, to which a reader may send the page
_NAMED_ENDS = ("版", "号")
_BRAND = re.compile(
    r"[\u3400-\u9fffA-Za-z·]{2,20}(?:政府网站|网站|门户网|政府网|新闻网|网|在线|人民政府|日报|晚报|电视台|新聞網|網|社)$"
)
_BRAND_ENDS = (
    "网站",
    "网",
    "在线",
    "人民政府",
    "日报",
    "晚报",
    "电视台",
    "網",
    "社",
)  # looked for first: most lines have none
_OFFICE = re.compile(r"(?<=政府)(?:办公室|办公厅|辦公室|辦公廳)$")
_SHORT_FORM = re.compile(r" ?\([A-ZÄÖÜ][A-Za-zÄÖÜ-]{1,11}\)")  # … Technisches Hilfswerk (THW)
_COMPANY = re.compile(r"(?:有限)?(?:责任)?公司$|Inc\.?$|Ltd\.?$|GmbH$|Corporation$", re.IGNORECASE)
# It keeps the site for the body that it belongs to.
_DEPARTMENT = re.compile(r"(?:宣传部|办公室|办公厅|处|信息中心|融媒体中心|编辑部|網站管理組)$")
_NO_SITE = re.compile(
    r"^(?:us$|关于|本|我们|该|首页|首頁|all\b|rights?|版权|版權|所有|未经|不得|copyright|reserved|备案|地址|电话|20\d\d|www\.|http|the |网站|home|startseite|alle rechte|主页|中文|英文)"
    r"|(?:声明|许可|转载|保留|必究|责任|聲明)|位置:?$", re.IGNORECASE,
)  # fmt: skip
_TAIL = re.compile(
    rf"(?: ?版[权權]所有| ?[-–—]? ?{_YEARS}| [京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼].?ICP.*|,? ?all rights.*| 北京.*| [^ ]*公司)+$",
    re.IGNORECASE,
)
_HAN = re.compile(r"[\u3400-\u9fff]")
LEAST = 1.3  # weight from which a name is taken: one strong signal or two weak ones (learn captures)
_STEM_LINES, _LONGEST_STEM, _SHORT_LINE = 3, 12, 24
# Weight of a known brand that stands alone in one line, in one line among words, in each further line (to three), and
# the longest line of the frame that is looked at. By trial on the learn captures with lines left out.
_LINKED, _SAID_ONCE, _SAID_AGAIN, _LONGEST_FRAME = 0.2, 0.7, 0.25, 90
_TOP, _END = 6, 4  # lines of a page in which a line of its own may be the brand


@dataclass(frozen=True, slots=True)
class _Vote:
    name: str
    signal: str
    weight: float
    evidence: Evidence


def read_site_name(page: Page, sheet: Sheet, fields: Sequence[Field]) -> Field | None:
    """Return the site's name if the frame of the page gives it, None rather than a guess.

    Each kind of place counts once for a name, and half for a name that it contains. A company's name counts little:
    the company runs the site, the site has a name of its own.
    """
    chrome = sheet.rules.words["chrome"]
    votes = [v for v in _votes(page, sheet, fields) if len(v.name) > 1 and v.name.lower() not in chrome]
    votes = [v for v in votes if not _NO_SITE.search(v.name)]
    names = {v.name for v in votes}
    if not names:
        return None
    title = page.seen[page.title.first].view if page.title else ""
    chinese = any(_HAN.search(n) for n in (*names, title))
    frame = {s.view for n, s in enumerate(page.seen) if 2 < len(s.view) <= _SHORT_LINE and n not in page.body}
    strong = {v.name for v in votes if v.signal in ("rights", "crumb", "host")}
    scores = {name: _score(name, votes, chinese=chinese) for name in names}
    for name in names:
        if not any(name in other and name != other for other in strong):  # 工程 is a piece of a name, not a stem
            scores[name] += _stem(name, frame)
    best = max(sorted(scores), key=lambda n: (round(scores[n], 3), len(n) if len(n) <= _LONGEST_STEM else -len(n)))
    if scores[best] < LEAST:
        return None
    evidence = tuple({v.evidence.span: v.evidence for v in votes if v.name == best}.values())[:4]
    trust = Confidence.HIGH if scores[best] >= 2 * LEAST else Confidence.MEDIUM
    by = f"rules/{sheet.rules.version}"
    return Field("site_name", State.STATED, best, trust, by, evidence, capture=sheet.capture)


def _stem(name: str, frame: set[str]) -> float:
    """Return what it is worth that lines of the frame are made with a name: X新闻, X客户端, 关于X."""
    made = sum(1 for line in frame if name in line and line != name)
    return 0.8 if made >= _STEM_LINES and len(name) <= _LONGEST_STEM else 0.0


def _score(name: str, votes: Sequence[_Vote], *, chinese: bool) -> float:
    own = {v.signal: v.weight for v in sorted(votes, key=lambda v: v.weight) if v.name == name}
    kin = [v for v in votes if v.name != name and (v.name.startswith(name) or name.startswith(v.name))]
    inside = {v.signal: v.weight for v in kin if v.signal not in own}
    score = sum(own.values()) + 0.5 * sum(inside.values())
    if _COMPANY.search(name):
        score -= 0.9
    if _DEPARTMENT.search(name):
        score -= 0.6
    if chinese and not _HAN.search(name):
        score -= 0.8
    return score


def _votes(page: Page, sheet: Sheet, fields: Sequence[Field]) -> Iterator[_Vote]:
    yield from _from_fields(fields)
    yield from _known(page, sheet)
    last = len(page.seen)
    below = {s.view for s in page.seen[last // 2 :]}
    title = page.seen[page.title.first].view if page.title else None
    text, chrome = sheet.text, sheet.rules.words["chrome"]
    body = range(page.body[0], page.body[-1] + 1) if page.body else range(0)
    for n, one in enumerate(page.seen):
        view = one.view
        if n in body or len(view) > 260:
            continue
        if _NEEDLE.search(view) or view.endswith(_NAMED_ENDS) or (title and title in view):
            yield from _in_line(one, n, last, title, text)
        is_brand = view.endswith(_BRAND_ENDS) and _BRAND.match(view) is not None
        if not (is_brand or n < _TOP) or one.kind is not Kind.SHORT or not 2 <= len(view) <= 40 or view == title:
            continue
        if view.lower() in chrome:
            continue
        repeated = 0.4 * (n < last // 2 and view in below)
        if is_brand:
            weight = LEAST if n == 0 else 1.0 if n < 2 * _TOP or n >= last - _END else 0.3
            yield _vote(one.line.start, one.line.end, text, "brand", weight + repeated)
        elif n < _TOP and (n == 0 or repeated):
            yield _vote(one.line.start, one.line.end, text, "top", 0.8 + repeated)


def _known(page: Page, sheet: Sheet) -> Iterator[_Vote]:
    """Yield a vote for each name of the list of brands that lines of the frame say: the more lines, the weightier."""
    body = range(page.body[0], page.body[-1] + 1) if page.body else range(0)
    title = page.seen[page.title.first].view if page.title else None
    frame = [
        one
        for n, one in enumerate(page.seen)
        if n not in body
        and one.kind in _FRAME_KINDS
        and len(one.view) <= _LONGEST_FRAME
        and one.view != title
        and not _SHARED_TO.search(one.view)
    ]
    joined = "\n".join(one.view for one in frame).lower()
    for brand in sorted(_brands_in(joined, sheet.rules)):
        whole = re.compile(rf"(?<![a-z]){re.escape(brand)}(?![a-z])", re.IGNORECASE)
        likely = (one for one in reversed(frame) if brand in one.view.lower())
        said = {one.view: (one, m) for one in likely if (m := whole.search(one.view))}
        if said:
            one, m = list(said.values())[-1]  # the topmost
            alone = len(said) == 1 and m[0] == one.view  # perhaps a link to that site
            weight = _LINKED if alone else _SAID_ONCE + _SAID_AGAIN * min(len(said) - 1, 3)
            yield _vote(one.line.start + m.start(), one.line.start + m.end(), sheet.text, "known", weight)


def _brands_in(text: str, rules: RuleSet) -> set[str]:
    """Return the brands that a text in lower case says."""
    return {*rules.brands.findall(text), *(brand for brand in rules.latin_brands if brand in text)}


def _in_line(one: Seen, n: int, last: int, title: str | None, text: str) -> Iterator[_Vote]:
    for signal, usual, pattern in _FRAME:
        m = pattern.search(one.view) if _may_stand(signal, one, n, last, title) else None
        if m:
            group = next(g for g in m.re.groupindex if m[g] is not None)
            weight = LEAST if signal == "home" and n < 3 else usual
            short = _SHORT_FORM.match(one.view, m.end(group))
            yield _vote(
                one.line.start + m.start(group),
                one.line.start + (short.end() if short else m.end(group)),
                text,
                signal,
                weight,
            )


def _may_stand(signal: str, one: Seen, n: int, last: int, title: str | None) -> bool:
    """Return whether a signal is looked for in line n: rights below, a title bar only around the page's own headline."""
    if signal == "title_bar":
        return title is not None and title in one.view and one.view != title
    if signal.startswith("rights") and n < last // 2:
        return False
    return one.kind is not Kind.PROSE or signal == "notice"


def _from_fields(fields: Sequence[Field]) -> Iterator[_Vote]:
    for field in fields:
        if field.name == "copyright_holder" and field.evidence:
            yield _Vote(_TAIL.sub("", str(field.value)), "rights", 1.5, field.evidence[0])
        if field.name == "host_body" and field.evidence:
            name = _OFFICE.sub("", str(field.value))  # the office of a government runs the government's site
            yield _Vote(name, "host", LEAST if name.endswith("政府") else 0.9, field.evidence[0])
    crumb = next((f for f in fields if f.name == "breadcrumb" and f.evidence), None)
    if crumb is not None:
        name = re.sub("首[页頁]$", "", str(crumb.value))
        yield _Vote(name, "crumb", LEAST if _BRAND.match(name) else 1.0, crumb.evidence[0])


def _vote(start: int, end: int, text: str, signal: str, weight: float) -> _Vote:
    span = Span(start, end)
    raw = text[start:end]
    return _Vote(_TAIL.sub("", clean_value(raw)), signal, weight, Evidence(span, raw, f"site.{signal}"))
