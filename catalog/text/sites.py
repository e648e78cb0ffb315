"""Whose site it is: the name that the page's own frame agrees on."""

import re
from collections.abc import Iterator, Sequence

from catalog.model.field import Confidence, Evidence, Field, State
from catalog.model.rule import RuleSet
from catalog.model.span import Span
from catalog.text.classify import Kind
from catalog.text.fold import clean_value
from catalog.text.segments import Page

_BRAND_LINE = re.compile(r"^(?:欢迎(?:访问|光临|来到) ?)?(?P<name>[\u3400-\u9fffA-Za-z·]{2,24}(?:网站|网|在线|门户|政府|频道|報|报|社|電台|电视台))$")
_WORN = re.compile(r"(?P<name>[\u3400-\u9fffA-Za-z·]{2,20}?)(?:首页|首頁)(?:[ >»]|$)|^(?:关于|關於)(?P<about>[\u3400-\u9fffA-Za-z]{2,14})$|^(?P<own>[\u3400-\u9fffA-Za-z]{2,14}?)(?:简介|客户端|官方微博|微博|公众号)$|^手机(?P<phone>[\u3400-\u9fff]{2,12})$")
_AFTER_COPYRIGHT = re.compile(
    r"(?:[Cc]opyright|©|\([Cc]\)|版权所有|版權所有)(?: ?(?:[Cc]opyright|©|\([Cc]\)|\?|:|[12]\d{3}(?: ?[-–—~至/] ?(?:[12]\d{3})?)?|by|,|\.))* ?(?P<name>[^ ,|。;:()\d©][^,|。;:()©]{1,59}?)(?= {2}|[|,。;:()©]| ?(?:[Aa]ll [Rr]ights|版[权權]所有|[Cc]opyright|Inc|\. )|$| [\u3400-\u9fffA-Za-z]{2,8}:| .{0,4}ICP)"
)
_BEFORE_COPYRIGHT = re.compile(r"(?P<name>[\u3400-\u9fffA-Za-z·()]{3,30}) ?版[权權]所有")
_NOT_SITES = re.compile(r"^(?:关于|本|我们|该|首页|all|rights?|版权|所有|未经|不得|copyright|reserved|备案|地址|电话|20\d\d|www\.|http|the |本网站|网站|本站)|(?:声明|许可|转载|保留|必究|责任)", re.IGNORECASE)


def read_site_name(page: Page, text: str, rules: RuleSet, capture: str, fields: Sequence[Field]) -> Field | None:
    """Return the site's name if the frame of the page gives it, None rather than a guess.

    A rights notice or a brand that two places agree on is medium or high, a single other sign is not enough.
    """
    votes: dict[str, float] = {}
    places: dict[str, list[Evidence]] = {}
    for name, weight, evidence in _signals(page, text, fields):
        if len(name) < 2 or _NOT_SITES.search(name):
            continue
        votes[name] = votes.get(name, 0.0) + weight
        places.setdefault(name, []).append(evidence)
    for name in votes:
        votes[name] += sum(0.6 for other in votes if other != name and (name in other or other in name))
    if not votes:
        return None
    name = max(votes, key=lambda n: (votes[n], -len(n)))
    if votes[name] < 1.5:
        return None
    trust = Confidence.HIGH if votes[name] >= 3 else Confidence.MEDIUM
    return Field("site_name", State.STATED, name, trust, f"rules/{rules.version}", tuple(places[name][:4]), capture=capture)


def _signals(page: Page, text: str, fields: Sequence[Field]) -> Iterator[tuple[str, float, Evidence]]:
    """Yield (name, weight, evidence) for each place of the frame that names the site."""
    for field in fields:
        if field.name == "copyright_holder" and field.evidence:
            yield str(field.value), 2.0, field.evidence[0]
        if field.name == "host_body" and field.evidence:
            yield str(field.value), 0.8, field.evidence[0]
        if field.name == "breadcrumb" and field.evidence and str(field.value) not in ("首页", "首頁", "Home", "Startseite", "主页"):
            yield str(field.value).removesuffix("首页"), 1.0, field.evidence[0]
    crumb = next((f for f in fields if f.name == "breadcrumb"), None)
    if crumb and crumb.evidence and str(crumb.value) not in ("首页", "首頁", "Home", "Startseite", "主页"):
        yield str(crumb.value).removesuffix("首页"), 0.8, crumb.evidence[0]
    for n, one in enumerate(page.seen):
        if page.body and page.body[0] <= n <= page.body[-1]:
            continue
        if one.kind is Kind.PROSE or len(one.view) > 260:
            continue
        for pattern, weight in ((_AFTER_COPYRIGHT, 1.6), (_BEFORE_COPYRIGHT, 1.6), (_WORN, 0.9), (_BRAND_LINE, 1.0 if n < 12 else 0.3)):
            if pattern in (_AFTER_COPYRIGHT, _BEFORE_COPYRIGHT) and n < len(page.seen) // 2:
                continue
            m = pattern.search(one.view)
            if m:
                group = next(g for g in m.re.groupindex if m[g] is not None)
                start, end = m.span(group)
                span = Span(one.line.start + start, one.line.start + end)
                raw = text[span.start : span.end]
                yield clean_value(raw), weight, Evidence(span, raw, "site.frame")
        if n < 2 and one.kind is Kind.SHORT and 2 <= len(one.view) <= 16:
            span = Span(one.line.start, one.line.end)
            yield clean_value(text[span.start : span.end]), 0.8, Evidence(span, text[span.start : span.end], "site.first_line")
