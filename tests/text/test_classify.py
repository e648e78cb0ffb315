from dataclasses import replace

import pytest

from catalog.model.rule import RuleSet
from catalog.text.classify import LONGEST_LOOKED_AT, Kind, classify, classify_lines
from catalog.text.lines import split_lines

LOOKS = [
    ("　　10月7日上午，青禾县在北塬镇河湾村举办秋粮测产观摩会，全县十二个乡镇的种粮大户到田间看苗情。", Kind.PROSE),
    ("他强调，要抓好责任编辑队伍建设，提高审核把关能力，保证信息发布准确。", Kind.PROSE),
    (
        "The harbour authority said on Tuesday that dredging would begin in June, after storms had left it shallow.",
        Kind.PROSE,
    ),
    ("摘要：县里举办观摩会，算一算产量。", Kind.PROSE),
    ("青禾县举办秋粮测产观摩会", Kind.SHORT),
    ("一、工作目标", Kind.SHORT),
    ("（一）加强领导", Kind.SHORT),
    ("会议由县长张三主持。", Kind.SHORT),
    ("青禾县人民政府办公室", Kind.SHORT),
    ("0", Kind.SHORT),
    # label lines
    ("发布时间：2024-10-08 09:30　来源：青禾县融媒体中心　浏览次数：12", Kind.META),
    ("渠县 2016-11-6 15:20| 发布者: 归来| 查看: 1999| 评论: 0|原作者: 何俊笼 廖亚飞", Kind.META),
    ("2024-10-08 09:30", Kind.META),
    ("2024年10月8日 星期二", Kind.META),
    ("發布日期：113-10-08", Kind.META),
    ("来源：", Kind.META),
    ("12人参与 3条评论", Kind.META),
    ("Last updated: 4 March 2021", Kind.META),
    ("Nr. 58 der Küstenbehörde Nordufer, Häfen, 15.06.2023", Kind.META),
    ("责任编辑：阿依古丽·买买提江", Kind.CREDIT),
    ("编辑：张三 责编：李四", Kind.CREDIT),
    ("记者 张三 通讯员 李四", Kind.CREDIT),
    ("作者：张三", Kind.CREDIT),
    # the frame of the page
    ("首页 | 政务公开 | 新闻中心", Kind.CHROME),
    ("【字体：大 中 小】", Kind.CHROME),
    ("[大] [中] [小] [打印]", Kind.CHROME),
    ("扫一扫在手机打开当前页", Kind.CHROME),
    ("今天是2024年10月8日 星期二", Kind.CHROME),
    ("回首頁 網站導覽", Kind.CHROME),
    ("Skip to main content", Kind.CHROME),
    ("----", Kind.CHROME),
    ("您现在的位置：首页 > 新闻中心 > 县区动态", Kind.CRUMBS),
    ("首页>>政务公开>>部门动态>>正文", Kind.CRUMBS),
    ("Home / Newsroom / Releases", Kind.CRUMBS),
    ("Startseite > Presse > Deichschau beendet: alle da!" + " Die Küste ist sicher" * 6, Kind.CRUMBS),
    ("Lesezeit: 3 Min.", Kind.CHROME),
    ("Temps de lecture : 4 minutes", Kind.CHROME),
    ("阅读时长：约5分钟", Kind.CHROME),
    ("Sonntag, 14. Januar 2024, 18.42 Uhr; Möwenort, Hafenstraße", Kind.META),
    ("Tannville, le 14 mai 2024", Kind.META),
    ("Главная / Пресс-центр / Новости", Kind.CRUMBS),
    ("Sie sind hier: Startseite > Presse", Kind.CRUMBS),
    ("凤凰山下 首页 党政风采 渠县 查看内容", Kind.CRUMBS),
    ("上一篇：县图书馆新馆开馆", Kind.RELATED),
    ("下一篇：没有了", Kind.RELATED),
    ("相关新闻 更多>>", Kind.RELATED),
    ("友情链接", Kind.RELATED),
    ("（完）", Kind.END),
    ("###", Kind.END),
    ("免责声明：本网转载内容不代表本站立场。", Kind.NOTICE),
    ("未经授权不得转载", Kind.NOTICE),
    ("1.凡本站注明“来源：青禾网”的作品，版权归本站所有", Kind.NOTICE),
    # points of a text, which are no label lines whatever they say
    ("4、公告发布日期：2024年8月16日", Kind.SHORT),
    ("（三）主办单位：县农业农村局", Kind.SHORT),
    ("文｜张三", Kind.CREDIT),
    ("图文/张三", Kind.CREDIT),
    ("文章权益归作者及原单位所有", Kind.NOTICE),
    # footers
    ("主办：青禾县人民政府办公室　版权所有：青禾县人民政府", Kind.COLOPHON),
    ("陇ICP备12345678号-1", Kind.COLOPHON),
    ("Copyright © 2024 青禾网 All Rights Reserved", Kind.COLOPHON),
    ("政府网站标识码：1101020002", Kind.COLOPHON),
]


@pytest.mark.parametrize(("printed", "kind"), LOOKS)
def test_a_line_looks_like_this(printed: str, kind: Kind, rules: RuleSet) -> None:
    (line,) = split_lines(printed)

    assert classify(line, rules).kind is kind


def test_lines_look_the_same_together_as_alone(rules: RuleSet) -> None:
    lines = split_lines("\n".join([*(printed for printed, _ in LOOKS), LOOKS[0][0]]))

    alone = [classify(line, replace(rules, memo={})) for line in lines]

    assert classify_lines(lines, replace(rules, memo={})) == alone


@pytest.mark.parametrize(
    ("label_line", "sentence"),
    [
        ("来源：甲报", "农民收入的主要来源是外出务工，其次是特色种植，来源：务工占六成、种植占三成，其余为补贴。"),
        ("责任编辑：张三", "报社的责任编辑：既要懂政策，又要懂群众，还要会写稿子，这是大家的共识，也是要求。"),
        (
            "转载请注明来源：甲网",
            "会议要求，凡转载请注明来源的稿件，应逐条登记，按月核对，发现遗漏要及时补登并说明原因。",
        ),
    ],
)
def test_the_same_words_in_a_sentence_make_no_label_line(label_line: str, sentence: str, rules: RuleSet) -> None:
    (short,), (long,) = split_lines(label_line), split_lines(sentence)

    assert classify(short, rules).kind is not Kind.PROSE
    assert classify(long, rules).kind is Kind.PROSE


def test_a_long_line_is_a_paragraph_whatever_labels_it_holds(rules: RuleSet) -> None:
    (line,) = split_lines("观摩会上大家说来源：新华网，" * (LONGEST_LOOKED_AT // 10))

    assert classify(line, rules).kind is Kind.PROSE
    assert classify(line, rules).dates == ()


def test_a_date_in_a_sentence_is_the_news_own(rules: RuleSet) -> None:
    (sentence,) = split_lines("2024年10月7日，青禾县在北塬镇河湾村举办秋粮测产观摩会。")
    (caption,) = split_lines("图为秋粮测产观摩会现场，种粮大户到田间看苗情。 张三摄 2024年10月7日")

    assert classify(sentence, rules).dates == ()
    assert [date.iso for date in classify(caption, rules).dates] == ["2024-10-07"]
