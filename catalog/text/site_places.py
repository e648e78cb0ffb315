"""The places at which a page says whose site it is: rights lines, the path's root, tools with a name, lines that are one."""

import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass

from catalog.model.field import Evidence, Field
from catalog.model.rule import RuleSet
from catalog.model.span import Span
from catalog.text.classify import Kind, Seen
from catalog.text.fold import clean_value
from catalog.text.segments import Page
from catalog.text.sheet import Sheet
from catalog.text.site_lines import NameLines

LEAST = 1.3  # weight from which a name is taken: one strong place or two weak ones (learn captures)
_NAME = r"[\u3400-\u9fffA-Za-z][\u3400-\u9fffA-Za-z0-9·]{1,23}?"
_WORDS = r"[^\W\d_][^|:<>,;()\u3400-\u9fff]{2,70}|[^\W\d_][\u3040-\u30ff\u3400-\u9fff・ー]{2,24}"
_FEWEST = r"[^\W\d_][^|:<>,;()]{1,70}?"
_YEARS = r"(?:[12]\d{3}(?: ?[-–—~至/] ?(?:[12]\d{3})?)?)"
# (place, weight, pattern, words without one of which a slow pattern finds nothing); each place counts once for a name.
_FRAME = (
    ("rights", 1.5, re.compile(
        rf"(?:[Cc]opyright|COPYRIGHT|©|\([Cc]\)|版[权權]所有)(?: |{_YEARS}|[Cc]opyright|©|\([Cc]\)|\?|:|by\b|The\b|,|\.|@)* ?"
        r"(?P<name>[^ ,|。;:()\d©][^,|。;:()©]{1,59}?)(?= {2}|[|,。;:()©]| [-–—] | ?(?:[Aa]ll [Rr]ights|未经|不得|禁止|严禁|违者|技术支持|网站标识|备案|地址|电话|联系|主办|承办|建议|版[权權]所有|[Cc]opyright|Inc\b|\. )|$| [\u3400-\u9fffA-Za-z]{2,8}:| .{0,4}ICP)"), ()),
    ("rights", 1.5, re.compile(r"(?P<name>[\u3400-\u9fffA-Za-z·]{2,30}) ?(?:版[权權]|著作權)所有"), ("版", "著作")),
    ("rights", 1.5, re.compile(r"(?:版[权權]|著作[权權])均?(?:归|歸|属于|屬於|屬)(?P<name>[\u3400-\u9fffA-Za-z]{3,24}?)所有"), ("归", "歸", "属", "屬")),
    ("rights", LEAST, re.compile(r"(?:^|[|])(?P<name>[^|():]{2,20}?) ?\( ?[\u3400-\u9fff]ICP"), ("ICP",)),
    ("rights", 1.5, re.compile(r"^(?P<name>[\u3400-\u9fff](?: [\u3400-\u9fff]){1,12}) 版 [权權] 所 有"), ()),
    ("home", 0.9, re.compile(rf"(?:^|返回|[ >])(?P<name>{_NAME})(?:网站)?首[页頁](?:$|[ >_|手])"), ("首",)),
    ("worn", 0.9, re.compile(r"^(?:·)?(?:关于|關於|About |加入|联系|手机|下载|打开|关注)(?P<name>[\u3400-\u9fffA-Za-z]{2,14}?)(?:客户端|App|APP|官方.{2}|公众号|查看更多|看更多)?(?:,.{0,10})?(?: ?\||$)"), ()),
    ("worn", LEAST, re.compile(r"(?:^·?|[|] ?)(?:关于|關於)(?P<name>[\u3400-\u9fffA-Za-z]{2,12}(?:网站?|網站?|在线))(?: ?[|]|$)"), ("网", "網", "在线")),
    ("worn", 0.9, re.compile(rf"^(?P<name>{_NAME})(?:简介|客户端|报料|声明|招聘|邮箱|加入|联系|下载|打开|关注| ?App| ?APP|官方微信|官方微博|微博|微信|官微|微信公众号|公众号|小程序|手机版|移动版|触屏版|版|视频号|抖音号|头条号|号)$"), ()),
    ("notice", 0.8, re.compile(r"(?:未经|与|不代表|凡?本?网?注明?有?[“\"]?(?:来源:)?|来自|来源于|返回)(?P<name>[\u3400-\u9fffA-Za-z]{2,14}?)(?:书面|的?授权|无关|的?观点|的?立场|联系|许可|客户端|平台|[”\"]|[,。]?查看更多)"), ()),
    ("worn", 0.9, re.compile(rf"^(?P<name>{_FEWEST}) ?www\.[a-z0-9.-]+$"), ("www.",)),
    ("photo", 0.6, re.compile(r"^(?:Fotos?|Bild(?:er|rechte)?|Photos?|Image|Cr[ée]dits?)(?: credit)?: ?©? ?(?P<name>[A-ZÄÖÜ][^:,;()\d]{4,60})$"), ()),
    ("notice", 0.8, re.compile(r"^(?P<name>[\u3400-\u9fffA-Za-z]{2,14}?)(?:版权与免责声明|的?版权声明|免责声明|发布此|所刊载|,?未经(?:正式|书面)?(?:授权|许可))"), ()),
    ("notice", 0.8, re.compile(r"[,。](?P<name>[\u3400-\u9fffA-Za-z0-9]{2,10}?)(?:平台)?仅提供信息"), ()),
    ("greeting", 1.7, re.compile(r"^(?:您好[,!。]? ?)?(?:欢迎|歡迎)您?(?:访问|光临|来到|浏览|訪問|光臨|來到|蒞臨|瀏覽) ?(?P<name>[\u3400-\u9fff]{3,24}?)[!。]?$"), ("迎",)),
    ("greeting", 1.7, re.compile(r"^(?P<name>[\u3400-\u9fff]{4,24}?)(?:欢迎您|歡迎您|欢迎你)[!。]?$"), ("迎您", "迎你")),
    ("logo", 1.3, re.compile(rf"^(?:Logo(?: (?:von|der|of|du|de la))?|(?:Link )?[Zz]ur Startseite(?: (?:von|der))?|Go to (?:the )?home ?page|Home ?page of) ?[:|–-]? ?(?P<name>(?:{_WORDS}))$"), ()),
    ("logo", 1.3, re.compile(rf"^(?P<name>{_FEWEST}) ?[|–-]? ?(?:Logo|Startseite|[Hh]ome ?page|(?:公式)?(?:ホームページ|サイト|ウェブサイト)|トップページ|トップ|ホーム|홈페이지|누리집|ロゴ)(?: \(.*\))?$"), ("Logo", "tartseite", "ome", "ホーム", "トップ", "サイト", "홈페이지", "누리집", "ロゴ")),
    ("logo", 1.3, re.compile(rf"^(?:Официальный сайт|Сайт|Internetportal (?:der|von)|Offizielle (?:Website|Webseite|Seite) (?:der|von)|(?:The )?[Oo]fficial (?:web ?site|site|portal) of(?: the)?|Site officiel d[eu](?: la)?|Sitio oficial del?) (?P<name>(?:{_WORDS}))$"), ()),
    ("worn", 0.9, re.compile(r"^Startseite (?P<name>[A-ZÄÖÜ]\w+(?: \w+){1,6})$"), ()),
    ("worn", 0.9, re.compile(rf"^(?:Über (?:das |die |den )?|About (?:the )?|Follow (?:the )?|Help us improve |Search |Contact (?:the )?|Subscribe to (?:the )?|Newsletter (?:der |des )?|À propos de )(?P<name>(?:{_WORDS}))$"), ()),
    ("worn", 0.9, re.compile(rf"^(?P<name>{_FEWEST})(?:について| (?:auf|on|bei|sur) (?:Twitter|Facebook|YouTube|Instagram|X|LinkedIn|Mastodon|social media)| Newsletter| website)$"), (" on ", " auf ", " bei ", " sur ", "について", "Newsletter", "website")),
)  # fmt: skip
_Finder = tuple[str, float, Callable[[str], re.Match[str] | None], tuple[str, ...]]
_ALL: tuple[_Finder, ...] = tuple(  # a search for a line's start would go on behind it in vain
    (place, weight, pattern.match if pattern.pattern[0] == "^" else pattern.search, words)
    for place, weight, pattern, words in _FRAME
)
_ABOVE = tuple(finder for finder in _ALL if finder[0] != "rights")
_NOTICES = tuple(finder for finder in _ALL if finder[0] == "notice")
# No place but a line of its own is found in a line without one of these words; they are looked for once.
_NEEDLE = re.compile(  # literal words only: they are looked for many times as fast as patterns
    "www\\.|Foto|Bild|Photo|Image|redit|rédit|仅提供信息|著作權|版权归|版权均|版權歸|版權屬|ICP|opyright|OPYRIGHT|©|\\(C\\)|\\(c\\)|ogo|tartseite|ome ?page|Über |Follow |Subscribe|Newsletter|について|Twitter|Facebook|Instagram|YouTube|LinkedIn|Mastodon|social media| on X| auf X| bei X| sur X|ホーム|トップ|홈페이지|누리집|À propos|ロゴ|权所有|權所有|权 所|權 所|首页|首頁|关于|關於|About |简介|客户端|报料|声明|招聘|邮箱|加入|联系|下载|"
    "打开|关注|App|APP|微信|微博|官微|公众号|手机|书面|授权|无关|观点|立场|许可|平台|欢迎|歡迎|小程序|注明|查看更多|发布此|所刊载|website|Search |Help us|Contact |サイト|айт|nternetportal|fficial|Offizielle|officiel|oficial"
)
_FRAME_KINDS = (Kind.SHORT, Kind.CHROME, Kind.CRUMBS, Kind.COLOPHON, Kind.NOTICE)
_SHARED_TO = re.compile("分享|微博$|空间$|好友|收藏")  # other sites, to which a reader may send the page
_HOSTS = (  # bodies that have one site, and no name for it but their own
    "政府", "局", "厅", "委员会", "法院", "检察院", "大学", "学院", "医院", "海关", "博物馆", "图书馆", "研究所", "研究院", "交易中心", "廳", "委員會", "檢察院", "大學", "學院", "醫院", "博物館", "圖書館",
)  # fmt: skip
_NAMED_ENDS = ("版", "号")
_OFFICE = re.compile(r"(?<=政府)(?:办公室|办公厅|辦公室|辦公廳)$")
_LIST = re.compile(  # … für Umwelt, Naturschutz und nukleare Sicherheit
    r"(?:, (?:für |des |der )?[A-ZÄÖÜÉ][\w-]{2,30}){1,4},? (?:und|and|et|y) [^,|;:()\d]{3,40}(?=$|[|,;(\d])"
)
_SHORT_FORM = re.compile(r" ?\([A-ZÄÖÜ][A-Za-zÄÖÜ-]{1,11}\)")  # … Technisches Hilfswerk (THW)
_TAIL = re.compile(
    rf"(?: ?版[权權]所有| ?[-–—]? ?{_YEARS}| [京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼蜀黔滇秦陇](?:.?ICP|公网安备|网安备|网文|新网备|[AB]\d?[.-]).*"
    rf"| ?(?:增值电信|互联网新闻|信息网络|网络文化|广播电视节目|网站标识).*| (?:党委)?(?:宣传部|网络信息中心|网络中心|信息中心|新闻中心|信息化?办公室|编辑部)|,? ?all rights.*| [^ ]*公司)+$",
    re.IGNORECASE,
)
# ahwenming 安徽文明网: the name of its account or its domain beside a site's own
_ACCOUNT = re.compile(
    r"^[a-z][a-z0-9.-]{2,24} (?=[\u3400-\u9fff]{3})|(?<=[\u3400-\u9fff]) (?:www\.)?[a-z][a-z0-9-]{2,24}(?:\.[a-z]{2,4}){0,2}$"
)
_HAS_FIGURE = re.compile(r"\d")
_INSTITUTE = re.compile(
    r"[\u3400-\u9fff]{3,20}、[\u3400-\u9fff]{3,30}(?:研究所|研究院|研究中心|实验室|實驗室|观测站|植物园|天文台)(?![\u3400-\u9fff])"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_SPACED = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff](?: |$))")
_BAR = re.compile(r" ?[|_\]\[–—]+ ?| +- +|(?<=[\u3400-\u9fff])-(?=[\u3400-\u9fff])")
# Weight of a known brand that stands alone in one line, in one line among words, in each further line (to three), and
# the longest line of the frame that is looked at. By trial on the learn captures with lines left out.
_LINKED, _SAID_ONCE, _SAID_AGAIN, _LONGEST_FRAME = 0.2, 0.7, 0.25, 90
_ROOT = 0.6  # the root of the path
_DOMAIN_END = re.compile(r"\.(?:com|net|org|cn|tw|hk|sg)(?:\.(?:cn|tw|hk|sg))?(?![a-z])")
_DOMAIN_WORD = re.compile(r"[a-z0-9-]+$")
_LONGEST_DOMAIN = 24
_DOMAIN_ALONE = 0.6  # in an address, not in the line that says whose the rights are
_HARD_RIGHTS = re.compile("©|opyright|OPYRIGHT|\\([Cc]\\)|ights ")
_SHORTEST_TITLE = 6
_CREDIT, _END, _PICTURED, _PARTNER = re.compile(r"© ?[^\W\d_][^\d]*$"), 25, 0.3, 0.6
_CLOSING = 3  # last lines of an article in which the site may say what it is not answerable for
_ONE_SIDE = 2  # of so many further lines where all stand above the article or all below: there they are links as well
_TOP = 3  # lines of a page in which a path's root or the browser's own title is printed with the site's name


@dataclass(frozen=True, slots=True)
class Vote:
    """One place that names a site, and what it weighs."""

    name: str
    place: str
    weight: float
    evidence: Evidence


def find_places(page: Page, sheet: Sheet, fields: Sequence[Field]) -> Iterator[Vote]:
    """Yield what each place of the page says, in no order of weight; the same name may come again and again."""
    yield from _in_fields(fields, sheet.text, sheet.rules)
    yield from _known(page, sheet)
    text = sheet.text
    for line in NameLines(page, sheet.rules).find():
        yield _vote(line.start, line.end, text, "line" if line.is_name else "top", line.weight)
    last = len(page.seen)
    title = _bare_title(page)
    pictures = _pictures(page)
    body = range(page.body[0], page.body[-1] + 1) if page.body else range(0)
    for n, one in enumerate(page.seen):
        view = one.view
        if (n in body and n < body.stop - _CLOSING) or len(view) > 260:
            continue
        if _NEEDLE.search(view) or view.endswith(_NAMED_ENDS):
            finders = _NOTICES if n in body or one.kind is Kind.PROSE else _ALL if n >= last // 2 else _ABOVE
            yield from _in_line(one, n, text, finders, pictures)
        if n not in body and title is not None and title in view and view != title:
            yield from _in_title_bar(one, n, title, text)


def _pictures(page: Page) -> set[str]:
    """Return the lines with a © that are as well a picture's: a name and no year, not alone or not among the last lines."""
    credits = [n for n, one in enumerate(page.seen) if one.view[0] == "©" and _CREDIT.match(one.view)]
    names = {page.seen[n].view for n in credits}
    return names if len(names) > 1 else {page.seen[n].view for n in credits if n < len(page.seen) - _END}


def _bare_title(page: Page) -> str | None:
    """Return the headline; where the browser's title was taken for it, the line of the header that it is made with."""
    if page.title is None:
        return None
    title = page.seen[page.title.first].view
    header = (page.seen[i].view for i in page.header if page.seen[i].kind is Kind.SHORT)
    return min((view for view in header if len(view) >= _SHORTEST_TITLE and view in title), key=len, default=title)


def _known(page: Page, sheet: Sheet) -> Iterator[Vote]:
    """Yield a vote for each name of the list of brands that lines of the frame say: the more lines, the weightier."""
    body = range(page.body[0], page.body[-1] + 1) if page.body else range(0)
    title = page.seen[page.title.first].view if page.title else None
    frame = [
        one
        for n, one in enumerate(page.seen)
        if n not in body and one.kind in _FRAME_KINDS and len(one.view) <= _LONGEST_FRAME and one.view != title
    ]
    joined = "\n".join(one.view for one in frame).lower()
    yield from _domains(joined, frame, sheet)
    brands = _brands_in(joined, sheet.rules)
    lowered = [(one, one.view.lower()) for one in reversed(frame)] if brands else []
    for brand in sorted(brands):
        whole = re.compile(rf"(?<![a-z]){re.escape(brand)}(?![a-z])", re.IGNORECASE)
        longer = [other for other in brands if other != brand and brand in other]
        saying = [one for one, view in lowered if brand in view and (not longer or _says(view, brand, longer))]
        likely = (one for one in saying if not _SHARED_TO.search(one.view))
        said = {one.view: (one, m) for one in likely if (m := whole.search(one.view))}
        if said:
            one, m = list(said.values())[-1]  # the topmost
            # once and alone in its line it may be a link
            alone = len(said) == 1 and m[0] == one.view and sum(one.view == m[0] for one in frame) == 1
            places = [other.line.start for other, _ in said.values()]
            middle = page.seen[body.start].line.start if body else 0
            often = 3 if min(places) < middle < max(places) else _ONE_SIDE
            weight = _LINKED if alone else _SAID_ONCE + _SAID_AGAIN * min(len(said) - 1, often)
            yield _vote(one.line.start + m.start(), one.line.start + m.end(), sheet.text, "known", weight)
            for path, root in said.values():
                if path.kind is Kind.CRUMBS and root.start() == 0:
                    yield _vote(path.line.start, path.line.start + root.end(), sheet.text, "path", _ROOT)


def _says(view: str, brand: str, longer: Sequence[str]) -> bool:
    """Return whether a line says a brand, and not only one that it is a part of: 新浪 in 新浪财经."""
    return view.count(brand) > sum([view.count(other) for other in longer])


def _domains(joined: str, frame: Sequence[Seen], sheet: Sheet) -> Iterator[Vote]:
    """Yield a vote for a site whose domain stands in the frame and whose name the page prints: chinanews.com, 中国新闻网."""
    ends = _DOMAIN_END.finditer(joined) if "." in joined else ()
    heads = [(_DOMAIN_WORD.search(joined, max(0, m.start() - _LONGEST_DOMAIN), m.start()), m[0]) for m in ends]
    printed = {head[0] + end for head, end in heads if head}
    if not printed:
        return  # most pages
    for entry in sheet.rules.words["site_domains"]:
        domain, *names = entry.split(" ")
        if domain not in printed:
            continue
        one = next(one for one in frame if domain in one.view.lower())
        start = one.line.start + one.view.lower().index(domain)
        evidence = Evidence(Span(start, start + len(domain)), sheet.text[start : start + len(domain)], "site.domain")
        weight = LEAST if _HARD_RIGHTS.search(one.view) else _DOMAIN_ALONE
        yield from (Vote(name, "domain", weight, evidence) for name in names[:1] if name in sheet.text)


def _brands_in(text: str, rules: RuleSet) -> set[str]:
    """Return the brands that a text in lower case says."""
    return {*rules.brands.findall(text), *(brand for brand in rules.latin_brands if brand in text)}


def _in_line(one: Seen, n: int, text: str, finders: Sequence[_Finder], pictures: Set[str]) -> Iterator[Vote]:
    for place, usual, find, words in finders:
        if words:
            for word in words:  # any() makes a generator for each, which costs more than the looking
                if word in one.view:
                    break
            else:
                continue
        m = find(one.view)
        if m:
            weight = LEAST if place == "home" and n < _TOP else usual
            if place == "logo" and finders is _ALL:
                weight = _PARTNER
            if place == "rights" and one.view in pictures:
                weight = _PICTURED
            more = _SHORT_FORM.match(one.view, m.end("name")) or _LIST.match(one.view, m.end("name"))
            end = more.end() if more else m.end("name")
            yield _vote(one.line.start + m.start("name"), one.line.start + end, text, place, weight)


def _in_title_bar(one: Seen, n: int, title: str, text: str) -> Iterator[Vote]:
    """Yield the last word of a browser's title, which is the headline with the section and the site behind it."""
    at = one.view.index(title)
    ends = [m.end() for m in _BAR.finditer(one.view, at + len(title))]
    if ends and 2 <= len(one.view) - ends[-1] <= 30:
        start, end = ends[-1], len(one.view)
        if _HAN.match(one.view, start) and " " in one.view[start:]:
            end = one.view.index(" ", start)  # a tool stands behind it
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
            yield Vote(_TAIL.sub("", str(field.value)), "rights", 1.5, field.evidence[0])
        if field.name == "host_body" and field.evidence:
            name = _OFFICE.sub("", str(field.value))  # the office of a government runs the government's site
            yield Vote(name, "host", LEAST if name.endswith(_HOSTS) else 0.9, field.evidence[0])
        if field.name == "source" and field.evidence and field.value:
            yield Vote(str(field.value), "source", 0.4, field.evidence[0])
    crumb = next((f for f in fields if f.name == "breadcrumb" and f.evidence), None)
    if crumb is not None:
        name = re.sub("首[页頁]$", "", str(crumb.value))
        sure = name.endswith(tuple(rules.words["site_endings"]))
        yield Vote(name, "crumb", LEAST if sure else 0.6, crumb.evidence[0])


def _vote(start: int, end: int, text: str, place: str, weight: float) -> Vote:
    raw = text[start:end]
    name = _SPACED.sub("", clean_value(raw))
    if " " in name and not name[:1].isupper():
        name = _ACCOUNT.sub("", name)
    return Vote(_TAIL.sub("", name).strip("·-–| "), place, weight, Evidence(Span(start, end), raw, f"site.{place}"))
