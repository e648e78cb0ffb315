"""Whole pages in the arrangements that trap readers of label lines, each as small as it can be."""

import pytest

from catalog.model.capture import Capture
from catalog.model.field import State
from catalog.model.record import Parsed
from catalog.model.rule import RuleSet
from catalog.text.parse import parse_capture
from tests.known import wrong

TITLE = "青禾县举办秋粮测产观摩会"
META = "2024-10-08 09:30 来源：甲报"
A = "　　10月7日上午，青禾县在北塬镇河湾村举办秋粮测产观摩会，全县十二个乡镇的种粮大户和农技人员到田间看苗情、算产量。"
B = "　　观摩会上，农技站的技术员按照五点取样的办法现场收割、脱粒、称重，并把每一块田的结果写在公示板上。"
C = "　　县农业农村局负责人说，今年的秋粮面积比去年多了两千亩，产量要等全部收完才能算得准，大家先别急着报数。"
BODY = [p.strip("　") for p in (A, B, C)]
OTHER = [
    "雁鸣县图书馆开馆",
    "2024-12-03 来源：乙报",
    "　　雁鸣县图书馆新馆12月3日开馆，设有少儿阅览区和地方文献室，首日接待读者一千余人。",
]
TABLE = ["序号", "乡镇", "面积（亩）", "产量（公斤）", "1", "北塬镇", "1200", "560", "2", "白榆乡", "900", "540"]


def parse(rules: RuleSet, *lines: str) -> Parsed:
    return parse_capture(Capture.of("\n".join(lines).encode()), rules)


def values(parsed: Parsed, name: str) -> list[str | int | None]:
    return [f.value for f in parsed.fields if f.name == name and f.state is State.STATED]


def kind(parsed: Parsed) -> str | int | None:
    return next(f.value for f in parsed.fields if f.name == "kind")


def body(parsed: Parsed) -> list[str]:
    return parsed.body.text.split("\n") if parsed.body else []


HEADS = [
    [TITLE, META],
    [TITLE, "来源：甲报发布日期：2024-10-08 09:30浏览次数：12 次"],
    [TITLE, "发布时间： 2024-10-08 09:30", "来　　源： 甲报", "作　　者： 张三", "浏览次数： 1,024"],
    ([TITLE, "发布时间：", "2024-10-08 09:30", "来源：", "甲报"]),
    ([TITLE, "发布时间：", "2024-10-08 09:30", "来源：", "甲报", "作者：", "", "浏览次数：", "12"]),
    (["首页 > 新闻", TITLE + " 2024-10-08 09:30 来源：甲报"]),
    [TITLE, "发布时间：\u00a0\u00a02024-10-08\u00a0\u00a009:30\u00a0\u00a0来源：\u00a0甲报"],
    ["今天：2026年11月22日 星期日", "首页 > 新闻", TITLE, META],
    ["热点排行", "1 图书馆开馆 阅读1200", "2 防汛演练 评论30", TITLE, META],
    [*(f"栏目{n}" for n in range(300)), "首页 > 新闻", TITLE, META],
    ["索引号：1", "成文日期：2024-10-01", "发布日期：2024-10-08 09:30", "标题：" + TITLE, TITLE, "来源：甲报"],
    ["秋收时节话丰年", TITLE, "——北塬镇河湾村见闻", META],
    [TITLE, "首页 > " + TITLE, TITLE, TITLE, META],
    ["首页 > 新闻 > 青禾县举办秋粮...", TITLE, META],
    ([TITLE, "来源：甲报 点赞：35 评论：3 阅读：1.2万 时间：2024-10-08 09:30"]),
]  # fmt: skip


@pytest.mark.parametrize("head", HEADS, ids=lambda head: " / ".join(head[-3:])[:50])
def test_a_head_in_this_arrangement_gives_headline_time_and_source(head: list[str], rules: RuleSet) -> None:
    parsed = parse(rules, *head, A, B, C)

    assert [values(parsed, n) for n in ("title", "published", "source")] == [[TITLE], ["2024-10-08T09:30"], ["甲报"]]
    assert body(parsed) == BODY


@pytest.mark.parametrize(
    "head",
    [
        ["学术期刊 科普期刊 系列图书 出版文集 品牌活动", TITLE],
        ["首页 > 通知公告 >", TITLE, "正文", "打印|", "字号："],
        [TITLE, "青农发〔2024〕12号"],
        ["当前位置：首页 > 新闻", TITLE, "A+大 A+中 A+小"],
    ],
    ids=lambda head: " / ".join(head)[:40],
)
def test_a_headline_without_label_lines_is_found(head: list[str], rules: RuleSet) -> None:
    assert values(parse(rules, "首页", "新闻", *head, A, B, C), "title") == [TITLE]


@pytest.mark.parametrize(
    ("head", "source"),
    [
        (["2024-10-08 09:30 雁鸣日报"], "雁鸣日报"),
        (["雁鸣日报　2024-10-08 09:30"], "雁鸣日报"),
        (["雁鸣日报", "2024-10-08 09:30"], "雁鸣日报"),
        (["2024-10-08 09:30 新闻"], None),
        (["2024-10-08 09:30", "张三"], None),
        (["2024-10-08 09:30 打印本网页"], None),
        (["2024-10-08 09:30 雁鸣日报", "来源：甲报"], "甲报"),
    ],
)
def test_a_medium_beside_the_date_is_the_source_unless_one_is_labelled(
    head: list[str], source: str | None, rules: RuleSet
) -> None:
    assert values(parse(rules, "首页 > 新闻", TITLE, *head, A, B, C), "source") == ([source] if source else [])


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("评论 56", {"comments": 56}),
        ("56 則留言", {"comments": 56}),
        ("我来说两句(56)", {"comments": 56}),
        ("318阅读 56评论", {"views": 318, "comments": 56}),
        ("10万+阅读", {"views": 100000}),
        ("阅读 318", {"views": 318}),
        ("写评论", {}),
    ],
    ids=str,
)
def test_a_count_beside_another_article_is_not_this_ones(line: str, counts: dict[str, int], rules: RuleSet) -> None:
    others = ["相关推荐", "北塬镇开镰收谷", "123评论", "河湾村修通产业路", "阅读 4567"]
    read = parse(rules, "首页 > 新闻", TITLE, META, A, B, C, line, *others)

    assert {n: values(read, n)[0] for n in ("views", "comments") if values(read, n)} == counts


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("2024-10-08 09:30　甲时报　席悦", ["席悦"]),
        ("来源：甲报 | 苏映雪 | 2024年10月08日09:30", ["苏映雪"]),
        ("蘇映雪／甲時報 2024-10-08 09:30", ["蘇映雪"]),
        ("苏映雪 · 2024-10-08 09:30 · 阅读 318", ["苏映雪"]),
        ("2024-10-08 09:30:15来源：甲报作者：苏映雪", ["苏映雪"]),
        ("2024-10-08 09:30\n来源\n甲报\n作者\n苏映雪", ["苏映雪"]),
        ("金融 2024-10-08 09:30", []),
        ("县区动态 2024-10-08 09:30", []),
        ("2024-10-08 09:30 甲时报 云陵频道", []),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_person_beside_the_date_wrote_the_article(line: str, authors: list[str], rules: RuleSet) -> None:
    read = parse(rules, "首页 > 新闻", TITLE, *line.split("\n"), A, B, C)

    assert values(read, "author") == authors
    assert [str(day)[:10] for day in values(read, "published")] == ["2024-10-08"]


@pytest.mark.parametrize(
    "lines",
    [
        ["10-08", "2024"],
        ["08", "10月", "2024"],
        ["2024年10月8日（星期二）", "香港時間9時30分"],
        ["2024", "10/", "08", "09:30:27"],
        ["2024", "10/", "8"],
    ],
    ids=" / ".join,
)
def test_a_date_over_several_lines_is_one_date(lines: list[str], rules: RuleSet) -> None:
    read = parse(rules, "首页 > 新闻", TITLE, *lines, A, B, C)

    assert [str(day)[:10] for day in values(read, "published")] == ["2024-10-08"]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ([], ["相关新闻", "北塬镇开镰收谷", "2024-10-01"]),
        ([], ["评论 1", "渠首夜话", "2024-10-09 08:00", "说得好"]),
        ([], ["網友評論(1)", "渠首夜話", "2024-10-09 08:00"]),
        (["2024年10月9日 星期三", "新闻", "政务", "民生", "首页 > 新闻", TITLE], []),
        ([TITLE, "活动时间：2024年10月10日", "活动地点：渠首广场"], []),
    ],
    ids=lambda lines: " / ".join(lines)[:40],
)
def test_the_days_of_others_are_not_the_publication(above: list[str], below: list[str], rules: RuleSet) -> None:
    read = parse(rules, *(above or ["首页 > 新闻", TITLE]), A, B, C, *below)

    assert values(read, "published") == []


@pytest.mark.parametrize("link", ["weiterlesen", "Weiterlesen …", "READ MORE »", "阅读全文>>", "続きを読む"])
def test_texts_with_a_link_to_the_rest_behind_each_are_no_article(link: str, rules: RuleSet) -> None:
    heads = ["Deichschau beendet", "Neue Richtlinie für Hofläden", "Hafen wird tiefer", "Fähre fährt wieder"]
    teaser = "Das Land stellt in diesem Jahr zwölf Millionen Euro bereit, teilte das Amt am Freitag mit."
    items = [line for n, head in enumerate(heads) for line in (f"0{n + 1}.02.2024", head, teaser, link)]

    assert kind(parse(rules, "Startseite > Presse", "Pressemitteilungen", *items)) == "listing"


def test_the_beginnings_of_texts_that_stand_elsewhere_are_no_article(rules: RuleSet) -> None:
    heads = ["北塬镇开镰收谷", "河湾村修通产业路", "县图书馆新馆开馆", "县农机站送技术到地头"]
    items = [line for head in heads for line in (head, A.rstrip("。") + "……", "2024-10-08 阅读 12")]

    assert kind(parse(rules, "首页 > 新闻", *items)) != "article"
    assert kind(parse(rules, "首页 > 新闻", TITLE, META, A, B, C.rstrip("。") + "……")) == "article"


@pytest.mark.parametrize(
    ("line", "comments"),
    [
        ("评论(56)", 56), ("已有56人评论", 56), ("56条评论", 56), ("1234人参与 56评论", 56), ("参与 1234 评论 56", 56),
        ("查看评论（56）", 56), ("全部评论（5.6万）", 56000), ("评论：０", 0), ("56 Comments", 56),
        ("1234人参与， 56条评论", 56), ("56 Kommentare", 56), ("1234人参与", None), ("写评论", None),
        ("热门评论", None),
    ],
)  # fmt: skip
def test_comments_are_counted_in_each_arrangement(line: str, comments: int | None, rules: RuleSet) -> None:
    read = values(parse(rules, "首页 > 新闻", TITLE, META, A, B, C, line), "comments")

    assert read == ([] if comments is None else [comments])


TAILS = [
    [],
    ["上一篇：县里开会 [10-08]", "下一篇：防汛演练 2024-10-10"],
    ["编辑：张三 责编：李四 审核：王五"],
    ["编辑 | 张三", "责编 | 李四", "审核 | 王五"],
    ["文/张三 图/李四 编辑/王五"],
    ["阅读 1.2万", "赞 35", "在看 12"],
    ["总访问量：123456", "现在时间：2026-11-22 10:00:00"],
    ["转载请注明出处：丁网", "文章来源于网络，如有侵权请联系删除。"],
    ["", "责任编辑：张三", "", "[打印] [关闭]"],
    ["声明：该文观点仅代表作者本人，丁号系信息发布平台，丁网仅提供信息存储空间服务。", "阅读 (1265)"],
    ["扫一扫在手机打开当前页", "相关阅读", "县图书馆新馆开馆 2023-12-03"],
    (OTHER),
    [*(f"链接{n}" for n in range(200))],
]


@pytest.mark.parametrize("tail", TAILS, ids=lambda tail: " / ".join(tail[:2])[:50])
def test_what_stands_below_is_no_part_of_the_body(tail: list[str], rules: RuleSet) -> None:
    parsed = parse(rules, "首页 > 新闻", TITLE, META, A, B, C, *tail)

    assert body(parsed) == BODY
    assert [values(parsed, n) for n in ("title", "published")] == [[TITLE], ["2024-10-08T09:30"]]


@pytest.mark.parametrize(
    "middle",
    [
        ["　　一、测产结果"],
        ["　　1、项目编号：青招2024-097", "　　2、公告发布日期：2024年8月16日", "　　（三）主办单位：县农业农村局"],
        ["扫码会取代刷卡吗"],
        ["图为观摩会现场。张三 摄"],
        TABLE,
        ["（三）审核把关。各乡镇要明确专人，对上报的数据逐级审核，确保真实准确。"],
        [B, B],
        ["　　主办单位：县妇联", "　　承办单位：县文化馆"],
        ["　　联系人：张三　电话：0368-1234567"],
        ["　　时间：12月20日　地点：县礼堂"],
        ["　　来源：务工收入占六成，种植收入占三成，其余为补贴和转移性收入，这是去年的账。"],
    ],
    ids=lambda middle: " / ".join(middle[:2]).strip("　")[:40],
)
def test_what_stands_between_paragraphs_does_not_end_the_body(middle: list[str], rules: RuleSet) -> None:
    parsed = parse(rules, "首页 > 新闻", TITLE, META, A, *middle, B, C, "责任编辑：李四")

    assert body(parsed)[-1] == BODY[-1]
    assert values(parsed, "source") == ["甲报"]


@pytest.mark.parametrize(
    "signature",
    [
        ["青禾县农业农村局"],
        ["青禾县农业农村局", "2024年10月8日"],
        ["青禾县农业农村局", "2024年10月8日", "（此件公开发布）"],
        ["附件：1.名单", "　　　2.结果"],
        ["六、联系方式", "联系人：张三", "电话：0368-1234567", "青禾县农业农村局", "2024年10月8日"],
        ["（四）聯絡方式", "聯絡人：張三", "電話：0368-1234567", "青禾縣農業局", "2024年10月8日"],
    ],
    ids=" / ".join,
)
def test_a_signature_belongs_to_the_text(signature: list[str], rules: RuleSet) -> None:
    parsed = parse(rules, "首页 > 公告", TITLE, META, A, B, C, *signature, "【打印】 【关闭】")

    assert body(parsed) == BODY + [line.strip("　") for line in signature]


def test_a_signature_at_the_end_of_the_page_belongs_to_the_text(rules: RuleSet) -> None:
    parsed = parse(rules, "首页 > 公告", TITLE, META, A, B, C, "青禾县农业农村局", "2024年10月8日")

    assert body(parsed) == [*BODY, "青禾县农业农村局", "2024年10月8日"]


def test_a_signature_under_a_table_belongs_to_the_text(rules: RuleSet) -> None:
    parsed = parse(rules, "首页 > 公告", TITLE, META, A, *TABLE, B, "青禾县农业农村局", "2024年10月8日", "【打印】")

    assert body(parsed)[-2:] == ["青禾县农业农村局", "2024年10月8日"]


def test_a_second_article_below_says_nothing_of_the_first(rules: RuleSet) -> None:
    parsed = parse(rules, "首页 > 新闻", TITLE, META, A, B, C, *OTHER)

    assert values(parsed, "source") == ["甲报"]


def test_a_letter_is_not_published_when_it_was_written(rules: RuleSet) -> None:
    parsed = parse(rules, "首页 > 问答", "秋粮补贴什么时候发？", "来信时间：2024-10-01", "回复时间：2024-10-08", A, B)

    assert "2024-10-01" not in values(parsed, "published")


def test_a_signature_date_does_not_outrank_the_publication(rules: RuleSet) -> None:
    parsed = parse(rules, "首页 > 公告", TITLE, META, A, B, C, "青禾县农业农村局", "2024年10月1日", "【打印】 【关闭】")

    assert values(parsed, "published") == ["2024-10-08T09:30"]


def test_of_two_printings_that_differ_the_first_is_the_body(rules: RuleSet) -> None:
    parsed = parse(rules, TITLE, META, A, B, C, TITLE, META, A, B.replace("公示板", "公告栏"), C)

    assert body(parsed) == BODY
    assert [p.code for p in parsed.problems] == ["body.copies_differ"]


def test_a_headline_over_three_lines_is_one_headline(rules: RuleSet) -> None:
    parsed = parse(rules, "首页 > 新闻", "青禾县农业农村局", "关于举办2024年秋粮测产观摩会的", "通 知", META, A, B, C)

    assert [str(v).replace(" ", "") for v in values(parsed, "title")] == [
        "青禾县农业农村局关于举办2024年秋粮测产观摩会的通知"
    ]


def test_a_headline_that_stands_again_is_no_subtitle(rules: RuleSet) -> None:
    parsed = parse(rules, TITLE, "首页 > " + TITLE, TITLE, TITLE, META, A, B, C)

    assert values(parsed, "subtitle") == []


def test_a_cut_headline_in_the_path_is_no_section(rules: RuleSet) -> None:
    parsed = parse(rules, "首页 > 新闻 > 青禾县举办秋粮...", TITLE, META, A, B, C)

    assert values(parsed, "section") == ["新闻"]


def test_a_year_of_the_republic_without_its_era_is_read_on_a_page_in_traditional_script(rules: RuleSet) -> None:
    parsed = parse(
        rules, "首頁 > 新聞", "青禾縣舉辦秋糧測產觀摩會", "發布日期：113年10月8日", "發布單位：農業局", A, B, C
    )

    assert values(parsed, "published") == ["2024-10-08"]


def test_news_of_one_sentence_are_news(rules: RuleSet) -> None:
    parsed = parse(rules, "首页 > 新闻", TITLE, META, "　　昨天，县里举办了观摩会。", "责任编辑：张三")

    assert body(parsed) == ["昨天，县里举办了观摩会。"]


ABSTRACT = "县里举办观摩会，算一算产量，看一看苗情，大家一起商量怎么办。"


@pytest.mark.parametrize(
    "lines",
    [
        ["摘要：" + ABSTRACT],
        ["摘 要: " + ABSTRACT],
        ["导读：" + ABSTRACT],
        ["核心提示：" + ABSTRACT],
        (["【摘要】" + ABSTRACT]),
        wrong(["内容提要", ABSTRACT], why="a summary below its label joins the body"),
    ],
    ids=lambda lines: lines[0][:8],
)
def test_a_summary_is_no_paragraph_of_the_body(lines: list[str], rules: RuleSet) -> None:
    parsed = parse(rules, "首页 > 新闻", TITLE, META, *lines, A, B, C)

    assert values(parsed, "summary") == [ABSTRACT]
    assert body(parsed) == BODY


LANGUAGES = {
    "en": (
        [
            "Home > Newsroom",
            "North Channel Dredging Finished Early",
            "Published: 14 May 2024",
            "Source: Westmark Harbour Authority",
            "The harbour authority said on Tuesday that dredging had ended sixteen days early, after a calm spring.",
            "Boats that draw more than four metres may use the channel again from Thursday, the authority said.",
            "Views: 1,024",
        ],
        ("North Channel Dredging Finished Early", "2024-05-14", 1024, 2),
    ),
    "zh-Hant": (
        [
            "首頁 > 市政新聞",
            "海堤檢查工作完成 三百人參與",
            "發布日期：113-05-14",
            "點閱數：1,024",
            "　　海事處今日公布，全市海堤的年度檢查已經完成，參與的職員和義工共有三百多人，結果令人滿意。",
            "　　發言人表示，部門會繼續留意潮汐變化，並會在颱風季節前完成所有維修工程，以保障市民安全。",
        ],
        ("海堤檢查工作完成 三百人參與", "2024-05-14", 1024, 2),
    ),
    "ja": (
        [
            "ホーム > 県政情報 > 報道発表",
            "海岸堤防の一斉点検の結果について",
            "掲載日：2024年5月14日",
            "閲覧数：1,024",
            "汐見県は、県内の海岸堤防について実施した一斉点検の結果を取りまとめましたので、お知らせします。",
            "点検は四月から五月にかけて行い、延べ百二十人の職員と消防団が参加しました。結果は次のとおりです。",
        ],
        ("海岸堤防の一斉点検の結果について", "2024-05-14", 1024, 2),
    ),
    "ko": (
        [
            "홈 > 알림 > 보도자료",
            "가을 수확량 측정 행사 열려",
            "등록일 : 2024-05-14   조회수 : 1,024",
            "군은 하만리에서 곡식의 수확량을 재는 행사를 열었다고 밝혔다. 농민 이백여 명이 왔다.",
            "담당자는 재배 면적이 지난해보다 늘었지만 수확이 끝나야 정확한 양을 알 수 있다고 말하였다.",
        ],
        ("가을 수확량 측정 행사 열려", "2024-05-14", 1024, 2),
    ),
    "ru": (
        [
            "Главная > Новости",
            "В порту завершили дноуглубительные работы",
            "14 мая 2024",
            "Управление гавани сообщило во вторник, что дноуглубительные работы завершены на шестнадцать дней раньше.",
            "Суда с осадкой более четырёх метров смогут снова проходить по каналу с четверга, сообщили в управлении.",
            "Просмотров: 1024",
        ],
        ("В порту завершили дноуглубительные работы", "2024-05-14", 1024, 2),
    ),
    "de": (
        [
            "Startseite > Presse",
            "Deichschau im Norden beendet",
            "Datum: 14.05.2024",
            "Die Behörde hat die Schau der Deiche am Dienstag beendet, sechzehn Tage früher als im Plan vorgesehen.",
            "Schiffe mit mehr als vier Metern Tiefgang dürfen die Rinne ab Donnerstag nutzen, sagte die Behörde.",
            "Aufrufe: 1024",
        ],
        ("Deichschau im Norden beendet", "2024-05-14", 1024, 2),
    ),
    "fr": (
        [
            "Accueil > Actualités",
            "Le dragage du chenal est achevé",
            "Publié le 14 mai 2024",
            "La mairie a indiqué mardi que le dragage du chenal était achevé seize jours avant la date prévue.",
            "Les bateaux de plus de quatre mètres pourront de nouveau emprunter le chenal dès jeudi, selon la mairie.",
            "Vues : 1024",
        ],
        ("Le dragage du chenal est achevé", "2024-05-14", 1024, 2),
    ),
    "es": (
        [
            "Inicio > Noticias",
            "Termina el dragado del canal",
            "Publicado el 14 de mayo de 2024",
            "La autoridad del puerto informó el martes de que el dragado del canal terminó antes de lo previsto.",
            "Los barcos de más de cuatro metros podrán volver a usar el canal desde el jueves, según la autoridad.",
            "Visitas: 1024",
        ],
        ("Termina el dragado del canal", "2024-05-14", 1024, 2),
    ),
}


@pytest.mark.parametrize(
    "language",
    [
        *(tag for tag in LANGUAGES if tag not in ("ko", "fr")),
        ("ko"),
        ("fr"),
    ],
)
def test_a_page_in_this_language_gives_headline_day_views_and_paragraphs(language: str, rules: RuleSet) -> None:
    lines, (title, published, views, n_paragraphs) = LANGUAGES[language]
    parsed = parse(rules, *lines)

    assert [f.value for f in parsed.fields if f.name == "language"] == [language]
    assert [values(parsed, n) for n in ("title", "published", "views")] == [[title], [published], [views]]
    assert len(body(parsed)) == n_paragraphs
