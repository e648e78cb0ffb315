import pytest

from catalog.errors import UsageError
from catalog.services.changes import Change, Sign, read_change, read_settings

CHANGES = [
    ("source=新华网", Change("source", Sign.SET, "新华网")),
    ("source= 新华网 ", Change("source", Sign.SET, "新华网")),
    ("title=一=二", Change("title", Sign.SET, "一=二")),
    ("views=1999", Change("views", Sign.SET, 1999)),
    ("editor+=胡某", Change("editor", Sign.ADD, "胡某")),
    ("editor-=胡某", Change("editor", Sign.TAKE, "胡某")),
    ("editor!", Change("editor", Sign.CLEAR, None)),
    ("+妇联", Change("tag", Sign.ADD, "妇联")),
    ("published=2016-11-06T15:20", Change("published", Sign.SET, "2016-11-06T15:20")),
    ("published=2016-11-06T15:20:01+08:00", Change("published", Sign.SET, "2016-11-06T15:20:01+08:00")),
    ("published=2016-11", Change("published", Sign.SET, "2016-11")),
]
QUERIES = ["妇联", "7", "source:新华网", "^tag:x", "+", "a=b", "为什么!", "source!?", "source", "sort:published-"]
REFUSED = [
    "views=很多", "views=-1", "views=１２", "views=1999999999999999999999", "source=", "source=  ", "pubisher=县",
    "publishd!", "published=昨天", "published=2016-02-30", "published=2016-11-06 15:20", "published=20161106",
    "kind=news", "language=中文", "source+=新华网", "title-=题", "body=全文", "body!", "source=零\0字", "+ ",
    "source=\udc80",
]  # fmt: skip


@pytest.mark.parametrize(("word", "change"), CHANGES)
def test_a_change_is_read(word: str, change: Change) -> None:
    assert read_change(word) == change


@pytest.mark.parametrize("word", QUERIES)
def test_what_is_no_change_is_left_to_the_query(word: str) -> None:
    assert read_change(word) is None


@pytest.mark.parametrize("word", REFUSED)
def test_a_change_that_cannot_be_kept_is_refused(word: str) -> None:
    with pytest.raises(UsageError):
        read_change(word)


def test_a_misspelt_name_is_put_right() -> None:
    with pytest.raises(UsageError, match="did you mean publisher"):
        read_change("pubisher=县")


def test_a_setting_said_twice_is_kept_once() -> None:
    assert read_settings(["tag=秋粮", "tag=测产", "tag=秋粮"]) == (("tag", "秋粮"), ("tag", "测产"))
