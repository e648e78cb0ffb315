import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalog.dedupe.template import is_template_kin
from catalog.text.fold import fold_body

FORM = (
    "根据年度监督抽检计划，{county}县市场监督管理局{quarter}对辖区内的食品开展了监督抽检。本次共抽检{n}批次样品，"
    "其中合格样品{good}批次，合格率为{share}%。{date}，抽检结果向社会公布，消费者可以拨打投诉举报电话。"
)
SPRING = {"county": "青禾", "quarter": "第一季度", "n": "240", "good": "236", "share": "98.33", "date": "4月12日"}
SUMMER = SPRING | {"quarter": "第二季度", "n": "251", "good": "249", "share": "99.20", "date": "７月９日"}
STORY = "青禾县在北塬镇河湾村举办秋粮测产观摩会，十二个乡镇的种粮大户到田间看苗情。技术员现场收割、脱粒、称重。"

NOTICE = (
    "{county}今年新修灌渠，清淤工作全部完成。{county}有关负责人说，沿河步道明年再修。"
    "{date}，{n}户农户报名参加试点，种子已经发放到户。"
)
HAN = {"county": "清河县", "date": "五月九日", "n": "三百一十八"}
OWN = {"county": "清河县", "date": "5月9日", "n": "318"}
FAR = "西双版纳傣族自治州勐腊县"

CASES = [
    ("another quarter", FORM.format(**SPRING), FORM.format(**SUMMER), True),
    ("another county and other figures", FORM.format(**SPRING), FORM.format(**SUMMER | {"county": "鹿鸣"}), True),
    ("a name of many characters", FORM.format(**SPRING), FORM.format(**SUMMER | {"county": "阿依古丽买提江"}), True),
    ("two figures", STORY.replace("十二", "十五") + "共3人。", STORY + "共４人。", True),
    ("the same text", STORY, STORY, False),
    ("one figure corrected", STORY, STORY.replace("十二", "十三"), False),
    ("one name corrected", STORY, STORY.replace("河湾", "河弯"), False),
    ("a sentence added", FORM.format(**SPRING), FORM.format(**SUMMER) + "特此通告。", False),
    ("a sentence cut", STORY + "特此通告，请互相转告。", STORY, False),
    ("reworded here and there", STORY, STORY.replace("举办", "召开").replace("现场", "当场"), False),
    ("a name replaced again and again", STORY + STORY, (STORY + STORY).replace("青禾", "雁鸣"), True),
    ("the long name of a county", NOTICE.format(**OWN), NOTICE.format(**OWN | {"county": FAR}), True),
    ("its long name and other figures", NOTICE.format(**OWN), NOTICE.format(county=FAR, date="6月9日", n="97"), True),
    ("our county", NOTICE.format(**OWN), NOTICE.format(**OWN | {"county": "我县"}), False),
    ("our county, one figure", NOTICE.format(**OWN), NOTICE.format(**OWN | {"county": "全县", "n": "8"}), False),
    ("figures in Han digits", NOTICE.format(**OWN), NOTICE.format(**HAN), False),
    ("figures in 万", "共1.2万人，其中老人两千人。", "共12000人，其中老人2000人。", False),
    ("one county and one date", STORY + "5月9日。", STORY.replace("青禾县在", "鹿鸣县在") + "6月2日。", True),
    ("one county alone", STORY, STORY.replace("青禾县在", "鹿鸣县在"), False),
    ("words that end like places", STORY + "乡村振兴。", STORY.replace("北塬镇", "南塬镇") + "农村振兴。", False),
    ("other text altogether", STORY, FORM.format(**SPRING), False),
    ("nothing against something", "", STORY, False),
    ("traditional form", "全縣共抽檢240批次，合格236批次。", "全縣共抽檢251批次，合格249批次。", True),
    ("English", "In May the port moved 1,240 tons in 36 ships.", "In June the port moved 990 tons in 31 ships.", True),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right", "is_kin"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_form_filled_in_twice_is_kin(left: str, right: str, is_kin: bool) -> None:
    assert is_template_kin(fold_body(left), fold_body(right)) is is_kin
    assert is_template_kin(fold_body(right), fold_body(left)) is is_kin


FIGURES = st.text(st.sampled_from("0123456789〇零一两十百千万亿.:٣"), min_size=1, max_size=40)


@given(FIGURES, FIGURES)
@example("0", "0.00.0")
@example("1", "0" * 23 + ":")
def test_no_figure_stops_the_comparison(one: str, other: str) -> None:
    left, right = (fold_body(f"全县共抽检{text}批次，其中合格{text}批次。") for text in (one, other))

    assert is_template_kin(left, right) in (True, False)
    assert not is_template_kin(left, left)
