import pytest

from catalog.model.capture import Capture
from catalog.model.field import Field
from catalog.model.rule import RuleSet
from catalog.text.parse import parse_capture

BODY = [
    "　　10月7日上午，青禾县在北塬镇河湾村举办秋粮测产观摩会，全县十二个乡镇的种粮大户和农技人员到田间看苗情。",
    "　　技术员按照五点取样的办法现场收割、脱粒、称重，并把每一块田的结果写在公示板上，供大家核对和比较。",
]
TITLE = "青禾县举办秋粮测产观摩会"
PAGE = [TITLE, "发布时间：2024-10-08 09:30　来源：乙报", "", *BODY, "责任编辑：张三"]


def site_of(above: list[str], below: list[str], rules: RuleSet) -> Field | None:
    parsed = parse_capture(Capture.of("\n".join([*above, *PAGE, *below]).encode()), rules)
    return next((f for f in parsed.fields if f.name == "site_name"), None)


@pytest.mark.parametrize(
    ("above", "below", "name"),
    [
        ([], ["版权所有：青禾县人民政府", "陇ICP备12345678号-1"], "青禾县人民政府"),
        ([], ["版权所有 © 2003-2024 青禾新闻网 All Rights Reserved"], "青禾新闻网"),
        ([], ["Copyright © 2024 青禾新闻网. All Rights Reserved."], "青禾新闻网"),
        ([], ["青禾新闻网版权所有　未经授权不得转载"], "青禾新闻网"),
        ([], ["主办：青禾县人民政府办公室"], "青禾县人民政府"),
        (["青禾新闻网"], ["关于青禾新闻网 | 联系我们"], "青禾新闻网"),
        (["青禾新闻网首页 > 县区动态"], ["关于青禾新闻网", "青禾新闻网客户端"], "青禾新闻网"),
        (["望潮市政府全球資訊網"], ["版權所有 望潮市政府全球資訊網"], "望潮市政府全球資訊網"),
        ([], ["主办：青禾县融媒体中心　版权所有：青禾新闻网"], "青禾新闻网"),
        ([], ["主办：青禾日报社　版权所有：青禾日报社", "青禾新闻网"], "青禾新闻网"),
        ([], ["主办：青禾县融媒体中心", "版权所有：青禾新闻网"], "青禾新闻网"),
        ([], ["青 禾 网 版 权 所 有 ，未 经 书 面 授 权 禁 止 使 用", "手机青禾网"], "青禾网"),
        (["青禾网 > 新闻 > 正文"], ["青禾网版权与免责声明"], "青禾网"),
        (["青禾县举办秋粮测产观摩会_县区_青禾网"], [], "青禾网"),
        (["[青禾网] 青禾县举办秋粮测产观摩会"], [], "青禾网"),
        # the house that keeps the site, and the site
        ([], ["主办：青禾杂志社", "版权所有：青禾杂志社", "下载青禾网", "青禾网"], "青禾网"),
        ([], ["版权所有：青禾传媒有限公司"], None),
        # links to other sites: two names at the top, a source that is said again
        (["望潮市人民政府", "青禾县水务局"], ["主办：青禾县水务局", "版权所有：青禾县水务局"], "青禾县水务局"),
        (["设为首页 | 加入收藏"], ["政务微信", "政务微博", "政务公开", "政务服务", "政务动态"], None),
        (["学院", "互联网"], ["学院", "青禾路12号"], None),
        # a name of the list of brands counts by the lines that say it; once it is a link to another site
        (["光明网首页"], ["光明网新闻热线"], "光明网"),
        ([], ["友情链接", "新华网", "人民网", "光明网"], None),
        ([], ["版权所有：青禾县水产研究所", "光明网站建设由甲公司提供", "光明网站制作"], "青禾县水产研究所"),
        (["光明网 > 新闻 > 正文"], ["光明网版权所有", "版权所有：青禾传播有限公司"], "光明网"),
        ([], ["分享到微博", "微博"], None),
        # what stands beside the name in a line of rights
        ([], ["Copyright © 2023青禾网 云公网安备 99010502037938号", "云ICP备2099号-1"], "青禾网"),
        ([], ["Copyright © 2009-2023 qhwenming 青禾文明网 All Rights Reserved"], "青禾文明网"),
        ([], ["Copyright©青禾网 qinghenews.cn. All Rights Reserved"], "青禾网"),
        ([], ["Copyright © 青禾大学 党委宣传部 版权所有"], "青禾大学"),
        ([], ["青禾县教育局 版权所有 云ICP备123456号"], "青禾县教育局"),
        ([], ["青禾市政府教育局 著作權所有", "地址：12345 青禾市渠首路8號"], "青禾市政府教育局"),
        ([], ["版权所有 © 云陵科学院、水利部青禾山地研究所 云ICP备2099001号"], "云陵科学院、水利部青禾山地研究所"),
        ([], ["本网站版权归青禾县人民政府所有"], "青禾县人民政府"),
        ([], ["Archiver|手机版|小黑屋|青禾论坛 ( 云ICP备12345号 )", "Powered by Discuz! X3.4"], "青禾论坛"),
        ([], ["关于我们 | 关于青禾网 | 联系我们"], "青禾网"),
        (["您好，欢迎来到青禾县公共资源交易中心！"], [], "青禾县公共资源交易中心"),
        (["青禾縣政府衛生局歡迎您！"], [], "青禾縣政府衛生局"),
        ([], ["主办单位：青禾市财政局", "地址：渠首路8号"], "青禾市财政局"),
        ([], ["主办：青禾县委宣传部", "地址：渠首路8号"], None),
        # a house and its site are named alike; links of all bodies; the logo under the link to skip the menu
        ([], ["青禾市融媒体中心 版权所有", "青禾网"], "青禾网"),
        (["即時新聞", "青禾新聞網"], ["Copyright © 青禾新聞股份有限公司 All Rights Reserved."], "青禾新聞網"),
        (["中国政府网", "青禾市人民政府"], [], "青禾市人民政府"),
        (["跳至主要內容", "望潮政府新聞公報"], [], "望潮政府新聞公報"),
        (["望潮市政府网", "青禾高新区（北塬区）", "QINGHE HI-TECH ZONE"], [], "青禾高新区（北塬区）"),
        # a channel of a house, a domain in the place of a name
        (["新浪首页", "新浪财经 > 港股 > 正文"], ["新浪财经APP", "新浪财经公众号", "新浪公司 版权所有"], "新浪财经"),
        ([], ["关于澎湃", "加入澎湃", "澎湃新闻报料", "澎湃新闻，未经授权不得转载"], "澎湃新闻"),
        ([], ["中新网简介", "Copyright ©1999-2024 chinanews.com. All Rights Reserved", "中国新闻网"], "中国新闻网"),
        ([], ["Copyright ©1999-2024 chinanews.com. All Rights Reserved"], None),
        # nobody says it twice, or nobody says it at all
        ([], [], None),
        (["打印"], ["关闭"], None),
        ([], ["版权所有"], None),
        ([], ["Copyright © 2024 All Rights Reserved"], None),
        ([], ["版权所有，转载请注明出处"], None),
        ([], ["陇ICP备12345678号-1"], None),
        ([TITLE], ["推荐阅读", TITLE], None),
    ],
)
def test_the_frame_of_a_page_names_its_site_or_nobody_does(
    above: list[str], below: list[str], name: str | None, rules: RuleSet
) -> None:
    site = site_of(above, below, rules)

    assert (site.value if site else None) == name


def test_the_source_of_an_article_is_not_its_site(rules: RuleSet) -> None:
    site = site_of([], ["版权所有：青禾新闻网"], rules)

    assert site is not None
    assert site.value != "乙报"


def test_a_name_that_more_places_agree_on_is_trusted_more(rules: RuleSet) -> None:
    weak = site_of([], ["版权所有：青禾新闻网"], rules)
    strong = site_of(["青禾新闻网"], ["关于青禾新闻网", "青禾新闻网客户端", "版权所有：青禾新闻网"], rules)

    assert weak is not None
    assert strong is not None
    assert (weak.confidence, strong.confidence) == ("medium", "high")
    assert len(strong.evidence) > len(weak.evidence)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["Logo of Westmark Harbour Authority"], []),
        (["Westmark Harbour Authority Logo"], []),
        ([], ["© 2024 Westmark Harbour Authority"]),
    ],
)
def test_a_page_in_a_latin_script_names_its_site_by_logo_and_rights(
    above: list[str], below: list[str], rules: RuleSet
) -> None:
    page = ["Dredging of the north basin begins", "8 October 2024", "", "Dredging of the north basin begins on Monday."]
    text = "\n".join([*above, *page, "It will move 40,000 cubic metres of silt until the end of March. " * 3, *below])
    parsed = parse_capture(Capture.of(text.encode()), rules)

    assert [f.value for f in parsed.fields if f.name == "site_name"] == ["Westmark Harbour Authority"]


RELEASE = [
    "Deich am Nordufer wird im Herbst erhöht",
    "06.05.2022",
    "",
    "Der Deich am Nordufer wird im Herbst auf einer Länge von vier Kilometern erhöht, teilte das Amt am Freitag mit. "
    "Die Arbeiten sollen im September beginnen und bis zum Frühjahr dauern.",
    "In dieser Zeit bleibt der Weg auf der Krone gesperrt. Eine Umleitung für Radfahrer wird ausgeschildert.",
]


@pytest.mark.parametrize(
    ("above", "below", "name"),
    [
        (
            ["Ministerium für Deiche, Häfen und Küstenschutz"],
            ["© 2022 Ministerium für Deiche, Häfen und Küstenschutz"],
            "Ministerium für Deiche, Häfen und Küstenschutz",
        ),
        (["Inhalt", "Küstenbehörde", "Themen"], ["Küstenbehörde", "Deichstraße 4", "12345 Nordufer"], "Küstenbehörde"),
        (
            ["KBN: Küstenbehörde Nordufer", "Küstenbehörde Nordufer"],
            ["Küstenbehörde Nordufer KBN"],
            "Küstenbehörde Nordufer",
        ),
        (
            ["Aufgaben der Nordufer Feuerwehr"],
            ["Fotos: Nordufer Feuerwehr", "Nordufer Feuerwehr in Zahlen", "Ausbildung bei der Nordufer Feuerwehr"],
            "Nordufer Feuerwehr",
        ),
        (["Internetportal des Kantons Bergland"], ["© Kanton Bergland"], "Kanton Bergland"),
        # subjects, tools and other people's pictures
        (["Polizei", "Ministerium", "Presse"], ["Impressum", "Polizei"], None),
        ([], ["Foto: Nordufer Feuerwehr"], None),
        (["Navigation und Service", "Amt und Aufgaben"], ["Amt und Aufgaben"], None),
        (["Ihre Polizei", "Unsere Verwaltung"], ["Folgen Sie uns"], None),
        ([], ["© Anna Beispiel", "Weitere Meldungen", "© Bernd Muster"], None),
        (["Küstenministerium Bergland"], ["© Land Bergland"], "Küstenministerium Bergland"),
        ([], ["© Bildagentur Meerblick", *[f"Meldung {n}" for n in range(30)]], None),
        (["Foto: © KBN/Ebba Sund"], ["© KBN / Referat 5"], None),
        ([], ["Copyright Policy", "Rights and Permissions"], None),
        # the first line of a page's own, below links that skip its menus, with a line that is made of it
        (
            ["Zum Hauptinhalt springen", "Diese Website verwendet Cookies", "Nordsteg"],
            ["Impressum", "Nordsteg-Newsletter"],
            "Nordsteg",
        ),
        (
            ["Aller au contenu principal", "Tout refuser", "Rivenord"],
            ["Impressum", "À propos de la Rivenord"],
            "Rivenord",
        ),
        (["Nordsteg"], ["Impressum", "nordsteg.example"], "Nordsteg"),
        (["Nordsteg"], ["Impressum"], None),
        (["Nordsteg"], ["© 2022 Nordsteg GmbH & Co. KG"], "Nordsteg"),
        # of two names at the top the lower one is the site's own
        (["Eidgenössisches Departement für Häfen", "Bundesamt für Küstenschutz"], [], "Bundesamt für Küstenschutz"),
        (["République Française", "Préfet de la Rivenord"], [], "Préfet de la Rivenord"),
        (["Nordsteg.DE", "Suche", "Themen", "Presse", "Landesregierung"], [], "Nordsteg.DE"),
        (
            ["KBN – zur Startseite"],
            ["Impressum", "Küstenbehörde Bergland und Nordufer"],
            "Küstenbehörde Bergland und Nordufer",
        ),
        (
            ["Küstenbehörde Nordufer - Deich am Nordufer wird im Herbst erhöht"],
            ["© Küstenbehörde Nordufer"],
            "Küstenbehörde Nordufer",
        ),
        (["Das Amt", "Küstenamt Nordufer"], ["Das Amt bei Mastodon", "Das Amt auf LinkedIn"], "Küstenamt Nordufer"),
    ],
)
def test_a_body_of_state_is_known_by_its_words(
    above: list[str], below: list[str], name: str | None, rules: RuleSet
) -> None:
    parsed = parse_capture(Capture.of("\n".join([*above, *RELEASE, *below]).encode()), rules)

    assert next((f.value for f in parsed.fields if f.name == "site_name"), None) == name


def test_a_source_that_is_a_known_brand_is_not_the_site_for_being_said_again(rules: RuleSet) -> None:
    page = [
        TITLE,
        "发布时间：2024-10-08 09:30　来源：澎湃新闻",
        "",
        *BODY,
        "更多内容请看澎湃新闻",
        "澎湃新闻的其他文章",
    ]
    parsed = parse_capture(Capture.of("\n".join(page).encode()), rules)

    assert [f.value for f in parsed.fields if f.name == "site_name"] == []


@pytest.mark.parametrize(
    ("line", "beside", "rule"),
    [
        ("Сайт Северной портовой службы", "Impressum", "site.logo"),
        ("未经青禾网书面同意，不得使用", "青禾网客户端", "site.notice"),
        ("Nordufer Wacht on X", "Foto: Nordufer Wacht", "site.worn"),
        ("Nordufer Wacht auf LinkedIn", "Foto: Nordufer Wacht", "site.worn"),
        ("Nordufer Wacht on social media", "Foto: Nordufer Wacht", "site.worn"),
    ],
)
def test_every_form_of_a_line_that_names_a_site_is_looked_at(line: str, beside: str, rule: str, rules: RuleSet) -> None:
    page = PAGE if "青" in line else RELEASE
    parsed = parse_capture(Capture.of("\n".join([line, beside, *page]).encode()), rules)
    (site,) = (f for f in parsed.fields if f.name == "site_name")

    assert rule in {evidence.rule for evidence in site.evidence}


LATIN_PAGE = [
    "Ministry of Forests and Waters",
    "",
    "New bridge opened to walkers in Oakford",
    "8 October 2024",
    "",
    "The bridge across the Tann was opened on Monday. It carries walkers and riders, and it will be closed in times of "
    "flood, said its keeper. The work took two years, and the old ferry goes on until the end of the month.",
]


def test_a_name_is_looked_at_anew_on_a_page_in_another_script(rules: RuleSet) -> None:
    """What is remembered of a line is of one script: a body's name in English is no site of a Chinese page."""
    rules.memo.clear()
    assert site_of([LATIN_PAGE[0]], [], rules) is None

    parsed = parse_capture(Capture.of("\n".join(LATIN_PAGE).encode()), rules)

    assert [f.value for f in parsed.fields if f.name == "site_name"] == [LATIN_PAGE[0]]
