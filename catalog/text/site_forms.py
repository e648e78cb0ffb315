"""The forms in which a line says a site's name, each with the words without which it says none."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

_NAME = r"[\u3400-\u9fffA-Za-z][\u3400-\u9fffA-Za-z0-9·]{1,23}?"
_SHORT_NAME = r"[\u3400-\u9fffA-Za-z]{2,14}?"
_WORDS = r"(?:[^\W\d_][^|:<>,;()\u3400-\u9fff]{2,70}|[^\W\d_][\u3040-\u30ff\u3400-\u9fff・ー]{2,24})"
_FEWEST = r"[^\W\d_][^|:<>,;()]{1,70}?"
# A needle begins with a rare letter: where one stands, all are tried.
_FREQUENT = re.compile("^[acdehilnorstu ]+(?=..)")
_QUOTE = '[”"]'
RIGHTS = 1.8  # weight of a line that says whose the rights are
LEAST = 1.3  # weight from which a name is taken: one strong place or two weak ones (learn captures)
YEARS = r"(?:[12]\d{3}(?: ?[-–—~至/] ?(?:[12]\d{3})?)?)"


@dataclass(frozen=True, slots=True)
class Form:
    """How a line may name a site: where that counts, what it weighs, and the texts without one of which it never does."""

    place: str
    weight: float
    find: Callable[[str], re.Match[str] | None]
    needles: tuple[str, ...]


def _form(  # noqa: PLR0913, PLR0917 -- a row of the table
    place: str, weight: float, before: str, words: str, after: str, more: Sequence[str] = ()
) -> Form:
    """Return the form of `words` (parted by "|") between two patterns. `more` are needles of a match without them."""
    listed = sorted(words.split("|"), key=len, reverse=True)
    pattern = re.compile(f"{before}(?:{'|'.join(map(re.escape, listed))}{'|' + _QUOTE if more else ''}){after}")
    needles = {_FREQUENT.sub("", word + "\n" if after == "$" else word) for word in listed} | {*more}
    fewest = tuple(sorted(one for one in needles if sum(other in one for other in needles) == 1))
    # a search for a line's start would go on behind it in vain
    return Form(place, weight, pattern.match if before[:1] == "^" else pattern.search, fewest)


_UNLICENSED = "|".join(
    f"{comma}未经{how}{what}" for comma in ("", ",") for how in ("", "正式", "书面") for what in ("授权", "许可")
)
_RIGHTS_OF = "|".join(
    f"{rights}{both}{of}"
    for rights in ("版权", "版權", "著作权", "著作權")
    for both in ("", "均")
    for of in ("归", "歸", "属于", "屬於", "屬")
)
_OFFICIAL = "|".join(
    f"{head}fficial {site} of{the}"
    for head in ("O", "o", "The O", "The o")
    for site in ("website", "web site", "site", "portal")
    for the in ("", " the")
)
# Each place counts once for a name. The order is that of the evidence.
FORMS = (
    _form("rights", RIGHTS, "", "Copyright|copyright|COPYRIGHT|©|(C)|(c)|版权所有|版權所有",
        rf"(?: |{YEARS}|[Cc]opyright|©|\([Cc]\)|\?|:|by\b|The\b|,|\.|@)* ?"
        r"(?P<name>[^ ,|。;:()\d©][^,|。;:()©]{1,59}?)(?= {2}|[|,。;:()©]| [-–—] | ?(?:[Aa]ll [Rr]ights|未经|不得|禁止|严禁|违者|技术支持|网站标识|备案|地址|电话|联系|主办|承办|建议|版[权權]所有|[Cc]opyright|Inc\b|\. )|$| [\u3400-\u9fffA-Za-z]{2,8}:| .{0,4}ICP)"),
    _form("rights", RIGHTS, r"(?P<name>[\u3400-\u9fffA-Za-z·]{2,30}) ?", "版权所有|版權所有|著作權所有", ""),
    _form("rights", RIGHTS, "", _RIGHTS_OF, r"(?P<name>[\u3400-\u9fffA-Za-z]{3,24}?)所有"),
    _form("rights", LEAST * 1.2, r"(?:^|[|])(?P<name>[^|():]{2,20}?) ?\( ?[\u3400-\u9fff]", "ICP", ""),
    _form("rights", RIGHTS, r"^(?P<name>[\u3400-\u9fff](?: [\u3400-\u9fff]){1,12}) ", "版 权 所 有|版 權 所 有", ""),
    _form("rights", RIGHTS, "^(?:This )?", "Site is owned by|Website is owned by|Content owned by|Website Content Managed by|Content managed by",
        r":? ?(?:the )?(?P<name>[^,|;:()]{4,70}?)(?=,|[|;.]|$)"),
    _form("home", 0.9, rf"(?:^|返回|[ >])(?P<name>{_NAME})(?:网站)?", "首页|首頁", r"(?:$|[ >_|手])"),
    _form("worn", 0.9, "^(?:·)?", "关于|關於|About |加入|联系|手机|下载|打开|关注",
        rf"(?P<name>{_SHORT_NAME})(?:客户端|App|APP|官方.{{2}}|公众号|查看更多|看更多)?(?:,.{{0,10}})?(?: ?\||$)"),
    _form("worn", LEAST, r"(?:^·?|[|] ?)", "关于|關於", r"(?P<name>[\u3400-\u9fffA-Za-z]{2,12}(?:网站?|網站?|在线))(?: ?[|]|$)"),
    _form("worn", 0.9, f"^(?P<name>{_NAME})",
        "简介|客户端|报料|声明|招聘|邮箱|加入|联系|下载|打开|关注|App| App|APP| APP|官方微信|官方微博|微博|微信|官微|微信公众号|公众号|小程序|手机版|移动版|触屏版|版|视频号|抖音号|头条号|号", "$"),
    _form("notice", 0.8, rf"(?:未经|与|不代表|凡?本?网?注明?有?[“\"]?(?:来源:)?|来自|来源于|返回)(?P<name>{_SHORT_NAME})",
        "书面|授权|的授权|无关|观点|的观点|立场|的立场|联系|许可|客户端|平台|查看更多|,查看更多|。查看更多", "", more=("注明", "注“", "注\"")),
    _form("worn", 0.9, f"^(?P<name>{_FEWEST}) ?", "www.", "[a-z0-9.-]+$"),
    _form("photo", 0.6, "^", "Foto|Fotos|Bild|Bilder|Bildrechte|Photo|Photos|Image|Credit|Credits|Crédit|Crédits",
        r"(?: credit)?: ?©? ?(?P<name>[A-ZÄÖÜ][^:,;()\d]{4,60})$"),
    _form("notice", 0.8, f"^(?P<name>{_SHORT_NAME})", "版权与免责声明|版权声明|的版权声明|免责声明|发布此|所刊载|" + _UNLICENSED, ""),
    _form("notice", 0.8, r"[,。](?P<name>[\u3400-\u9fffA-Za-z0-9]{2,10}?)(?:平台)?", "仅提供信息", ""),
    _form("greeting", 1.7, "^(?:您好[,!。]? ?)?", "欢迎|歡迎", r"您?(?:访问|光临|来到|浏览|訪問|光臨|來到|蒞臨|瀏覽) ?(?P<name>[\u3400-\u9fff]{3,24}?)[!。]?$"),
    _form("greeting", 1.7, r"^(?P<name>[\u3400-\u9fff]{4,24}?)", "欢迎您|歡迎您|欢迎你", "[!。]?$"),
    _form("logo", 1.3, "^",
        "Logo|Logo von|Logo der|Logo of|Logo du|Logo de la|Zur Startseite|Zur Startseite von|Zur Startseite der|zur Startseite|zur Startseite von|zur Startseite der|Link zur Startseite|"
        "Link zur Startseite von|Link zur Startseite der|Go to homepage|Go to home page|Go to the homepage|Go to the home page|Homepage of|Home page of",
        f" ?[|:–-]? ?(?P<name>{_WORDS})$"),
    _form("logo", 1.3, f"^(?P<name>{_FEWEST}) ?[|–-]? ?",
        "Logo|Startseite|zur Startseite|Zur Startseite|Homepage|Home page|homepage|home page|ホームページ|公式ホームページ|サイト|公式サイト|ウェブサイト|公式ウェブサイト|トップページ|トップ|ホーム|홈페이지|누리집|ロゴ", r"(?: \(.*\))?$"),
    _form("logo", 1.3, "^",
        "Официальный сайт|Сайт|Internetportal der|Internetportal von|Offizielle Website der|Offizielle Website von|Offizielle Webseite der|Offizielle Webseite von|Offizielle Seite der|"
        "Offizielle Seite von|Site officiel de|Site officiel de la|Site officiel du|Sitio oficial de|Sitio oficial del|" + _OFFICIAL,
        f" (?P<name>{_WORDS})$"),
    _form("worn", 0.9, "^", "Startseite ", r"(?P<name>[A-ZÄÖÜ]\w+(?: \w+){1,6})$"),
    _form("worn", 0.9, "^",
        "Über |Über das |Über die |Über den |About |About the |Follow |Follow the |Help us improve |Contact |Contact the |Subscribe to |Subscribe to the |Newsletter |Newsletter der |Newsletter des |À propos de |À propos de la |À propos du |Sobre |Sobre o |Sobre a |Acerca de |Chi siamo |Abonnez-vous à |Suivez |Folgen Sie |Folgen Sie der |Folgen Sie dem ",
        f"(?P<name>{_WORDS})$"),
    _form("worn", 0.9, f"^(?P<name>{_FEWEST})", "について", "$"),
    _form("worn", 0.9, f"^(?P<name>{_FEWEST}) ", "Newsletter|website", "$"),
    _form("worn", 0.9, f"^(?P<name>{_FEWEST}) (?:auf|on|bei|sur) ", "Twitter|Facebook|YouTube|Instagram|X|LinkedIn|Mastodon|social media", "$"),
)  # fmt: skip


def bits_of(*places: str) -> int:
    """Return the forms of these places: bit n is set for FORMS[n]."""
    return sum(1 << n for n, form in enumerate(FORMS) if form.place in places)


def _bits_by_needle() -> dict[str, int]:
    """Return by needle which forms may come of it; of a needle that begins a longer one, that one too."""
    own: dict[str, int] = {}
    for n, form in enumerate(FORMS):
        for needle in form.needles:
            own[needle] = own.get(needle, 0) | 1 << n
    bits = {}
    for needle in own:
        bits[needle] = 0
        for length in range(1, len(needle) + 1):
            bits[needle] |= own.get(needle[:length], 0)
    return bits


def _any_of(needles: Sequence[str]) -> re.Pattern[str]:
    """Return the pattern of where needles begin, also within another; its group is the longest one there.

    A pattern that begins with a set of characters is searched for the fastest. So those are looked at first, then what
    may stand behind them, and only then from there on what stands before.
    """
    first = "".join(re.escape(c) for c in sorted({needle[0] for needle in needles}))
    second = "".join(re.escape(c) for c in sorted({needle[1] for needle in needles if needle[1:]}))
    branches = (
        re.escape(c) + f"(?:{'|'.join(re.escape(one[1:]) for one in sorted(same, key=len, reverse=True))})"
        for c, same in groupby(sorted(needles), key=lambda needle: needle[0])
    )
    lone = "" if all(needle[1:] for needle in needles) else "|"
    return re.compile(f"[{first}](?=[{second}]{lone})(?<=(?=({'|'.join(branches)})).)")


_BITS = _bits_by_needle()
_NEEDLES = tuple(  # of both together half the text would be candidates
    _any_of([needle for needle in _BITS if needle[0].isascii() == is_ascii]) for is_ascii in (True, False)
)


def find_forms(text: str) -> dict[int, int]:
    """Return by number of the line in a text which forms it may have: one look at all lines, for most have none."""
    found: dict[int, int] = {}
    for pattern in _NEEDLES:
        line = last = 0
        for m in pattern.finditer(text):
            line += text.count("\n", last, m.start())
            last = m.start()
            found[line] = found.get(line, 0) | _BITS[m[1]]
    return found


def forms_in(bits: int) -> Iterator[Form]:
    """Yield the forms whose bits are set."""
    while bits:
        lowest = bits & -bits
        yield FORMS[lowest.bit_length() - 1]
        bits ^= lowest
