import pytest

from catalog.text.dates import find_dates, may_hold_date, read_date
from catalog.text.fold import fold_view

FORMS = [
    # figures and marks
    ("2020-12-16 20:34:19", "2020-12-16T20:34:19"),
    ("2016-11-6 15:20", "2016-11-06T15:20"),
    ("2020/12/16", "2020-12-16"),
    ("2020.12.16", "2020-12-16"),
    ("20201216", "2020-12-16"),
    ("2020-12-16T20:34:19", "2020-12-16T20:34:19"),
    ("2020 12/ 14", "2020-12-14"),
    ("2024 05/09 22:27:02", "2024-05-09T22:27:02"),
    ("2020. 12. 16.", "2020-12-16"),
    ("2024-05-11 9:05", "2024-05-11T09:05"),
    ("2024-5-1 0:05", "2024-05-01T00:05"),
    ("2024-02-29", "2024-02-29"),
    # Chinese
    ("2020年12月16日", "2020-12-16"),
    ("2020年12月16日(星期三)20:34", "2020-12-16T20:34"),
    ("2020年12月16日（星期三） 20:34", "2020-12-16T20:34"),
    ("2020年12月16日 星期三 20:34", "2020-12-16T20:34"),
    ("2020年12月16日 20时34分", "2020-12-16T20:34"),
    ("2020年09月15日 09时32分08秒", "2020-09-15T09:32:08"),
    ("2020年 12月 16日", "2020-12-16"),
    ("２０２０年１２月１６日　２０：３４", "2020-12-16T20:34"),
    ("2020年12月16日20点34分", "2020-12-16T20:34"),
    ("二〇二〇年十二月十六日", "2020-12-16"),
    ("二○二○年一月三十一日", "2020-01-31"),
    ("二零二零年十月二十日", "2020-10-20"),
    ("二〇二一年七月一日", "2021-07-01"),
    ("2020\u00a0年\u00a012\u00a0月\u00a016\u00a0日", "2020-12-16"),
    # glued
    ("2005.08.2605:39", "2005-08-26T05:39"),
    ("2024年05月10日06:58", "2024-05-10T06:58"),
    ("2020-12-1620:34:19", "2020-12-16T20:34:19"),
    # the hour of Hong Kong
    ("2023年5月4日（星期四） 香港時間12時30分", "2023-05-04T12:30"),
    ("2023年5月4日 發出香港時間9時05分", "2023-05-04T09:05"),
    # half days
    ("2020年12月16日 下午8:34", "2020-12-16T20:34"),
    ("2020-12-16 上午12:05", "2020-12-16T00:05"),
    ("2020-12-16 下午12:05", "2020-12-16T12:05"),
    ("2020年12月16日 晚上9:05", "2020-12-16T21:05"),
    ("2020-12-16 凌晨1:05", "2020-12-16T01:05"),
    ("2020-12-16 中午12:30", "2020-12-16T12:30"),
    ("2020-12-16 中午1:30", "2020-12-16T13:30"),
    ("2020年12月16日 下午13:05", "2020-12-16T13:05"),
    # eras
    ("民國109年12月16日", "2020-12-16"),
    ("中華民國109年12月16日", "2020-12-16"),
    ("109-12-16", "2020-12-16"),
    ("109/12/16", "2020-12-16"),
    ("109.12.16", "2020-12-16"),
    ("中華民國一○九年十二月十六日", "2020-12-16"),
    ("民國一百零九年十二月十六日", "2020-12-16"),
    ("中华民国九十九年一月二日", "2010-01-02"),
    ("令和2年12月16日", "2020-12-16"),
    ("令和元年5月1日", "2019-05-01"),
    ("平成31年4月30日", "2019-04-30"),
    ("昭和64年1月7日", "1989-01-07"),
    ("112年3月5日", "2023-03-05"),
    # zones, only if printed
    ("2020-12-16T20:34:19+08:00", "2020-12-16T20:34:19+08:00"),
    ("2020-12-16T20:34:19+0800", "2020-12-16T20:34:19+08:00"),
    ("2020-12-16T12:34:19Z", "2020-12-16T12:34:19Z"),
    ("2020-12-16T20:34:19.123+08:00", "2020-12-16T20:34:19+08:00"),
    # Latin, Cyrillic, Hangul
    ("16 December 2020", "2020-12-16"),
    ("December 16, 2020", "2020-12-16"),
    ("Dec. 16, 2020, 8:34 p.m.", "2020-12-16T20:34"),
    ("16 DEC 2020 8:34PM", "2020-12-16T20:34"),
    ("Wednesday, December 16, 2020", "2020-12-16"),
    ("1st of May 2021", "2021-05-01"),
    ("16.12.2020", "2020-12-16"),
    ("16.12.2020 um 20:34 Uhr", "2020-12-16T20:34"),
    ("3. März 2021", "2021-03-03"),
    ("3. Mai 2021", "2021-05-03"),
    ("16 décembre 2020", "2020-12-16"),
    ("1er février 2021", "2021-02-01"),
    ("16 de diciembre de 2020", "2020-12-16"),
    ("16 декабря 2020", "2020-12-16"),
    ("16 мая 2020", "2020-05-16"),
    ("2020년 12월 16일", "2020-12-16"),
    ("2020년 12월 16일 오후 8:34", "2020-12-16T20:34"),
    ("16/12/2020", "2020-12-16"),
    ("12/16/2020", "2020-12-16"),
    # a comma, a bar, a bracket about it
    ("(2024-05-11)", "2024-05-11"),
    ("2020-12-16 | 20:34", "2020-12-16T20:34"),
    ("2020-12-16| 20:34", "2020-12-16T20:34"),
    ("2020年12月16日,20:34", "2020-12-16T20:34"),
]

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "en, short": "Jan. Feb. Mar. Apr. May Jun. Jul. Aug. Sept. Oct. Nov. Dec.",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "de, Austria": "Jänner Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}

NO_DATES = [
    "2023-02-30",
    "2023年2月29日",
    "2023年13月1日",
    "2023-00-10",
    "2023-10-00",
    "99999年1月1日",
    "12020-12-16",
    "0000-00-00",
    "1234-05-06",
    "3024-05-06",
    "12-16 20:34",
    "12月16日",
    "16日",
    "今天 08:30",
    "3小时前",
    "10-0812:00",
    "二〇二〇年十三月一日",
    "二〇二〇年二月三十日",
    "30. Februar 2021",
    "电话：010-2020-1216",
    "(0368)2020-12-161",
    "京ICP备2020121612号",
    "32/13/2020",
    "1.2020.3",
    "2020",
    "2020年",
    "2020年12月",
    "",
    "年月日",
    "发〔2020〕12号",
]


@pytest.mark.parametrize(("printed", "iso"), FORMS)
def test_a_date_is_read_at_exactly_the_printed_precision(printed: str, iso: str) -> None:
    assert [d.iso for d in find_dates(fold_view(printed))] == [iso]


@pytest.mark.parametrize(("printed", "iso"), FORMS)
def test_a_date_between_other_words_is_the_same_date(printed: str, iso: str) -> None:
    assert [d.iso for d in find_dates(fold_view(f"发布时间 {printed} 来源"))] == [iso]


@pytest.mark.parametrize("language", MONTHS)
def test_every_month_has_its_number(language: str) -> None:
    named = [find_dates(f"14 {month} 2021") for month in MONTHS[language].split(" ")]

    assert [[d.iso for d in found] for found in named] == [[f"2021-{n:02}-14"] for n in range(1, 13)]


@pytest.mark.parametrize("printed", NO_DATES)
def test_what_the_calendar_does_not_have_or_has_no_year_is_no_date(printed: str) -> None:
    assert find_dates(fold_view(printed)) == []


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("2024-05-11 24:30", "2024-05-11"),
        ("2024-05-11 25:30", "2024-05-11"),
        ("2024-05-11 9:75", "2024-05-11"),
        ("2024-05-11 浏览：12", "2024-05-11"),
        ("2024-05-11 12人", "2024-05-11"),
        ("2024年5月11日 第12版", "2024-05-11"),
    ],
)
def test_a_time_that_no_clock_shows_leaves_the_day_alone(printed: str, iso: str) -> None:
    assert [d.iso for d in find_dates(fold_view(printed))] == [iso]


@pytest.mark.parametrize(
    ("printed", "sure"),
    [
        ("08-12-2020", False),
        ("08/12/2020", False),
        ("8.12.2020", True),  # with points the day always comes first
        ("16/12/2020", True),
        ("12/11/2020", False),
        ("12/13/2020", True),
        ("08/08/2020", True),
        ("109/12/16", False),
        ("2020-12-08", True),
        ("8 December 2020", True),
    ],
)
def test_a_date_whose_day_and_month_may_be_swapped_is_not_sure(printed: str, sure: bool) -> None:
    (date,) = find_dates(printed)

    assert date.sure is sure


@pytest.mark.parametrize(
    ("line", "raw"),
    [
        ("时间:2020-12-16 20:34:19来源:新华网", "2020-12-16 20:34:19"),
        ("发布日期：2024-06-05 浏览次数：290次", "2024-06-05"),
        ("渠县 2016-11-6 15:20| 发布者: 归来", "2016-11-6 15:20"),
        ("（2024年5月11日）", "2024年5月11日"),
        ("题目 2023-08-19 来源：甲报", "2023-08-19"),
        ("2005.08.2605:39甲报", "2005.08.2605:39"),
        ("公布於民國113年5月1日。", "民國113年5月1日"),
    ],
)
def test_a_date_takes_no_character_of_its_neighbours(line: str, raw: str) -> None:
    view = fold_view(line)

    assert [line[d.start : d.end] for d in find_dates(view)] == [raw]


@pytest.mark.parametrize("printed", [printed for printed, _ in FORMS])
def test_figures_and_marks_tell_that_a_date_may_stand_in_a_line(printed: str) -> None:
    view = fold_view(printed)

    assert may_hold_date(view, view.encode("ascii", "ignore"))


def test_dates_of_different_forms_stand_in_one_line() -> None:
    view = fold_view("2024-05-06 至 2024年5月8日，7 June 2024，24.01.2022")

    assert [d.iso for d in find_dates(view)] == ["2024-05-06", "2024-05-08", "2024-06-07", "2022-01-24"]


def test_two_dates_of_a_line_come_from_left_to_right() -> None:
    view = fold_view("成文日期：2024年5月6日　发布日期：2024-05-08 09:10")

    assert [d.iso for d in find_dates(view)] == ["2024-05-06", "2024-05-08T09:10"]


@pytest.mark.parametrize("text", ["：2020-12-16", "  [2020-12-16]", "（2020-12-16）", "|2020-12-16", "2020-12-16"])
def test_a_text_begins_with_a_date_behind_marks_alone(text: str) -> None:
    date = read_date(fold_view(text))

    assert date is not None
    assert date.iso == "2020-12-16"


@pytest.mark.parametrize("text", ["第 2020-12-16", "新华网 2020-12-16", "12 2020-12-16", "", "无"])
def test_a_text_that_begins_with_something_else_does_not_begin_with_a_date(text: str) -> None:
    assert read_date(text) is None


def test_a_day_has_no_time_and_a_minute_has() -> None:
    assert [d.has_time for d in find_dates("2020-12-16 20:34 和 2020-12-17")] == [True, False]
