"""Each form in which a line names a site: what is looked for in all lines at once must lead to it."""

import pytest

from catalog.text.site_forms import FORMS, find_forms, forms_in

LINES = [
    ("rights", "Copyright © 2024 Nordufer Wacht. All Rights Reserved", "Nordufer Wacht"),
    ("rights", "青禾网版权所有", "青禾网"),
    ("rights", "版权均属于青禾新闻网所有", "青禾新闻网"),
    ("rights", "青禾网 (陇ICP备12345678号)", "青禾网"),
    ("rights", "青 禾 网 版 权 所 有", "青 禾 网"),
    ("rights", "Site is owned by: Northbank Harbour Bureau, Quay 4, Northbank", "Northbank Harbour Bureau"),
    ("home", "青禾网首页", "青禾网"),
    ("worn", "关注青禾网", "青禾网"),
    ("worn", "关于青禾网 | 联系我们", "青禾网"),
    ("worn", "青禾网抖音号", "青禾网"),
    ("notice", "凡本网注“来源:青禾网”的稿件", "青禾网"),
    ("worn", "Nordufer Wacht www.nordufer.example", "Nordufer Wacht"),
    ("photo", "Bilder: Nordufer Wacht", "Nordufer Wacht"),
    ("notice", "青禾网,未经书面许可", "青禾网"),
    ("notice", "以上内容由读者上传,青禾网平台仅提供信息", "青禾网"),
    ("greeting", "欢迎您浏览青禾网", "青禾网"),
    ("greeting", "青禾新闻网欢迎您", "青禾新闻网"),
    ("logo", "zur Startseite von Nordufer", "Nordufer"),
    ("logo", "Nordufer home page", "Nordufer"),
    ("logo", "The official web site of the Northbank Council", "Northbank Council"),
    ("worn", "Startseite Amt Nordufer", "Amt Nordufer"),
    ("worn", "À propos de Rivenord", "Rivenord"),
    ("worn", "青禾网について", "青禾网"),
    ("worn", "Nordufer Wacht website", "Nordufer Wacht"),
    ("worn", "Nordufer Wacht on social media", "Nordufer Wacht"),
]


@pytest.mark.parametrize(
    ("form", "place", "line", "name"), [(form, *line) for form, line in zip(FORMS, LINES, strict=True)]
)
def test_a_line_of_each_form_is_found_among_others(form: object, place: str, line: str, name: str) -> None:
    found = find_forms(f"第一行\n{line}\nlast line\n")

    assert list(found) == [1]
    (m,) = (one.find(line) for one in forms_in(found[1]) if one is form)
    assert m is not None
    assert (m["name"], next(one.place for one in FORMS if one is form)) == (name, place)


def test_needles_that_overlap_are_all_found() -> None:
    (bits,) = find_forms("微信公众号\n").values()

    assert {form.place for form in forms_in(bits)} == {"worn"}
    assert find_forms("版权\n版本\n号码\n") == {}
