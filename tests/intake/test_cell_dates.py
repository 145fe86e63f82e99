"""Days, months and spans of months: every spelling that means one, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidcli.intake.coercion import dates
from aidcli.intake.coercion.cells import CellError

TODAY = date(2026, 10, 8)


@pytest.mark.parametrize(
    "written",
    [
        "2024年7月1日上午",
        "2024年7月1日 下午3时",
        "2024年7月1日8时30分",
        "2024年7月1日星期一",
        "2024-07-01 周一",
        "2024-07-01 8:30 AM",
        "2024/7/1 0:00",
        "2024-07-01T00:00:00+08:00",
        "2024-07-01T00:00:00.000+0800",
        "2024-06-30T16:00:00.000Z",
        "2024.07.01.",
        "2024.07.01日",
        "2024、7、1",
        "2024\\7\\1",
        "2024—07—01",
        "２０２４．７．１",
        "2024年 7月 1日",
        "2024年7月1",
        "二〇二四年七月一日",
        "二零二四年七月一日",
        "二○二四年七月一号",
        "20240701 083000",
        "45474.5",
        "2024-07-01（火化）",
        "2024-07-01起",
        "2024-07-01 9:00-11:00",
        "2024年7月1日 09:00至11:30",
        "'2024-07-01",
    ],
)
def test_more_spellings_of_a_day(written: str) -> None:
    assert dates.day(written, today=TODAY) == "2024-07-01"
    assert dates.month(written, today=TODAY) == "2024-07"


def test_days_of_long_ago_and_of_two_digit_years() -> None:
    assert dates.day("1899-05-01", today=TODAY) == "1899-05-01"
    assert dates.day("98/12/25", today=TODAY) == "1998-12-25"
    assert dates.day("一九八五年十二月卅一日") == "1985-12-31"


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("1/7/2024", "分不清"),
        ("25-12-2024", "分不清"),
        ("24/7/1", "两位"),
        ("2024年", "只有年份"),
        ("2024年度", "只有年份"),
        ("2024年7月", "只有年月"),
        ("2024-02-30", "没有这一天"),
        ("1849-05-01", "年份不合理"),
        ("农历2024年7月1日", "农历"),
        ("2024年7月初", "大概"),
        ("2024年7月1日前", "大概"),
        ("2024-07-01至2024-07-05", "一段时间"),
        ("2024.1-2024.12", "一段时间"),
        ("2024.1-12", "一段时间"),
        ("2024-07-01、2024-07-02", "不止一个"),
        ("民国113年7月1日", "公历"),
        ("20255月份", "看不出"),
        ("240701", "看不出"),
        ("昨天", "看不出"),
        ("5269.77", "看不出"),
    ],
)
def test_what_is_no_day_is_refused_with_the_reason(written: str, word: str) -> None:
    with pytest.raises(CellError, match=word) as caught:
        dates.day(written, today=TODAY)
    assert caught.value.code == "bad_day"


@pytest.mark.parametrize(
    "written", ["0000-00-00", "0001-01-01", "9999-12-31", "永久", "无固定期限", "——", "未知"]
)
def test_no_day_is_read_where_none_is_meant(written: str) -> None:
    assert dates.day(written, today=TODAY) is None


def test_what_has_no_end_can_be_told_from_what_is_not_said() -> None:
    assert [dates.is_open(word) for word in ("长期", "至今", "永久", " 长期有效", "9999-12-31")] == [True] * 5
    assert not any(dates.is_open(word) for word in ("", "无", "2024-07-01", "2024年7月至今"))


@pytest.mark.parametrize(
    "written",
    [
        "2024-7",
        "202407",
        "2022年03月".replace("2022年03", "2024年07"),
        "2024.07.",
        "二〇二四年七月",
        "2024年7月至今",
    ],
)
def test_more_spellings_of_a_month(written: str) -> None:
    assert dates.month(written) == "2024-07"


@pytest.mark.parametrize(
    ("written", "word"), [("20255月份", "看不出"), ("2024年度", "只有年份"), ("2024", "只有年份")]
)
def test_what_is_no_month_is_refused_with_the_reason(written: str, word: str) -> None:
    with pytest.raises(CellError, match=word) as caught:
        dates.month(written)
    assert caught.value.code == "bad_month"


@pytest.mark.parametrize(
    ("written", "span"),
    [
        ("2024.1-2024.12", ("2024-01", "2024-12")),
        ("202401-202412", ("2024-01", "2024-12")),
        ("2024-01~2024-12", ("2024-01", "2024-12")),
        ("2024-01-2024-12", ("2024-01", "2024-12")),
        ("2024年1月至2024年12月", ("2024-01", "2024-12")),
        ("2024年1-6月", ("2024-01", "2024-06")),
        ("2024.1-12", ("2024-01", "2024-12")),
        ("2024/1/1-2024/12/31", ("2024-01", "2024-12")),
        ("2024年9月1日—2025年8月31日", ("2024-09", "2025-08")),
        ("20240101至20241231", ("2024-01", "2024-12")),
        ("2024年7月", ("2024-07", "2024-07")),
        ("2024-07-15", ("2024-07", "2024-07")),
        ("2024年7月起", ("2024-07", "")),
        ("2024年7月至今", ("2024-07", "")),
        ("2024.7-长期", ("2024-07", "")),
        ("2024年度", ("2024-01", "2024-12")),
        ("2024年上半年", ("2024-01", "2024-06")),
        ("2024年第三季度", ("2024-07", "2024-09")),
        ("2024Q3", ("2024-07", "2024-09")),
        ("长期", None),
        ("—", None),
    ],
)
def test_spans_of_months(written: str, span: tuple[str, str] | None) -> None:
    assert dates.span(written) == span


@pytest.mark.parametrize("written", ["2024-12至2024-01", "2024年1-13月", "昨天", "2024-2025", "24年1-6月"])
def test_what_is_no_span_is_refused(written: str) -> None:
    with pytest.raises(CellError) as caught:
        dates.span(written)
    assert caught.value.code == "bad_month"


CHINESE = "〇一二三四五六七八九"


def _spoken(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else CHINESE[tens] + "十") + (
        CHINESE[ones] if ones else ""
    )


@given(st.dates(date(1911, 1, 1), date(2026, 10, 8)))
def test_a_day_in_any_spelling_is_the_same_day(day: date) -> None:
    year = "".join(CHINESE[int(digit)] for digit in str(day.year))
    for written in (
        f"{day:%Y-%m-%d} 08:30:00",
        f"{day:%Y-%m-%d}T00:00:00+08:00",
        f"{day.year}年{day.month}月{day.day}日上午",
        f"{day.year}、{day.month}、{day.day}",
        f"{day.year}.{day.month:02d}.{day.day:02d}.",
        f"{day.year} {day.month} {day.day}",
        f"{year}年{_spoken(day.month)}月{_spoken(day.day)}日",
        f"'{day:%Y%m%d}",
        f"{day:%Y%m%d}083000",
        f"{(day - date(1899, 12, 30)).days:05d}.25",
    ):
        assert dates.day(written, today=TODAY) == day.isoformat(), written
    assert dates.day(str((day - date(1904, 1, 1)).days), date1904=True) == day.isoformat()


@given(st.text("0123456789-", min_size=10, max_size=10) | st.from_regex(r"\A[12][089]\d\d-[01]\d-[0-3]\d\Z"))
def test_the_fast_way_to_a_day_gives_the_same(written: str) -> None:
    def told(read: object) -> object:
        assert callable(read)
        try:
            return read()
        except CellError as error:
            return error.message

    fast, long = told(lambda: dates.day(written)), told(lambda: dates._day(written, None, False))
    assert fast == long
