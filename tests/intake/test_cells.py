"""Cells: what a money, date, month, count, grade or yes/no cell says, and what it refuses."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidcli.intake.coercion import answers, cells, dates
from aidcli.intake.coercion.cells import CellError, DateText, NumberText, number_text
from aidcli.intake.coercion.choices import choice
from aidcli.intake.vocabulary.health import DISABILITY
from aidcli.intake.vocabulary.household import CARE_GRADE, RESIDENCE
from aidcli.intake.vocabulary.money import PAY_CODE
from aidcli.intake.vocabulary.work import UNEMPLOYED_STATE

TODAY = date(2026, 10, 8)


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("521", 52100),
        ("521.5", 52150),
        ("1,234.50", 123450),
        ("１，２３４．５０", 123450),
        ("￥521.00", 52100),
        ("521元", 52100),
        ("521元/月", 52100),
        ("1.2万元", 1200000),
        ("-80", -8000),
        ("－80", -8000),
        ("−80", -8000),
        ("(80.00)", -8000),
        ("0", 0),
        ("5 210", 521000),
        ("521.0000000001", 52100),
        ("—", None),
        ("无", None),
        ("  ", None),
    ],
)
def test_money_is_read_in_every_spelling(written: str, fen: int | None) -> None:
    assert cells.money(written) == fen


@pytest.mark.parametrize(
    "written", ["五百", "12,5", "=A1+B1", "521.005", "521.001", "1e99", "990101196001010011"]
)
def test_money_that_cannot_be_meant_is_refused(written: str) -> None:
    with pytest.raises(CellError) as caught:
        cells.money(written)
    assert caught.value.code == "bad_money"


def test_a_date_in_a_money_column_is_refused() -> None:
    with pytest.raises(CellError):
        cells.money(DateText("2026-10-08"))


def test_ten_thousands_are_multiplied_before_rounding() -> None:
    assert cells.money("1.23456", 10000) == 1234560


@given(st.integers(-(10**11), 10**11))
def test_money_survives_every_way_of_printing_it(fen: int) -> None:
    yuan = Decimal(fen) / 100
    for written in (f"{yuan:.2f}", f"{yuan:,.2f}", f"￥{yuan:,.2f}", f"{yuan:.2f}元"):
        assert cells.money(written) == fen


@given(st.integers(0, 10**9))
def test_money_in_a_numeric_cell_is_exact(fen: int) -> None:
    assert cells.money(number_text(fen / 100)) == fen


@given(st.text(max_size=12))
def test_no_text_breaks_a_coercion_in_another_way_than_by_refusing(written: str) -> None:
    readers = (cells.money, cells.count, cells.grade, cells.yes_no, cells.account, dates.day, dates.month)
    for read in readers:
        try:
            read(written)
        except CellError as error:
            assert error.message


@pytest.mark.parametrize(
    "written",
    [
        "2024-07-01",
        "2024/7/1",
        "2024.7.1",
        "20240701",
        "2024年7月1日",
        "2024年07月01日",
        "2024-07-01 00:00:00",
        "2024-07-01T08:30:00",
        "20240701083000",
        "２０２４-07-01",
        "45474",
        "24-7-1",
        "24年7月1日",
        "2024年07月01号",
        "2024 7 1",
    ],
)
def test_a_day_is_read_in_every_spelling(written: str) -> None:
    assert dates.day(written, today=TODAY) == "2024-07-01"


def test_a_day_to_come_is_refused_where_today_is_known() -> None:
    assert dates.day("2026-10-08", today=TODAY) == "2026-10-08"
    with pytest.raises(CellError) as caught:
        dates.day("2026-10-09", today=TODAY)
    assert caught.value.code == "day_in_future"
    assert dates.month("2027-01", today=TODAY) == "2027-01"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("成功", "success"),
        ("代发成功", "success"),
        ("已入账", "success"),
        ("未代发成功", "failed"),
        ("没有成功", "failed"),
        ("支付未成功", "failed"),
        ("不成功", "failed"),
        ("成功-已冲正", "failed"),
        ("成功（已冲正）", "failed"),
        ("退票成功", "failed"),
        ("失败（户名不符）", "failed"),
        ("—", None),
    ],
)
def test_the_bank_s_answer_is_success_only_without_a_word_against_it(written: str, code: str | None) -> None:
    assert answers.pay_code(written, PAY_CODE) == code


@pytest.mark.parametrize(
    "written", ["未到账", "处理中", "待发放", "成功（账户异常）", "部分成功", "非成功", "成功失败", "已处理"]
)
def test_an_answer_that_is_open_or_says_both_is_refused(written: str) -> None:
    with pytest.raises(CellError) as caught:
        answers.pay_code(written, PAY_CODE)
    assert caught.value.code == "bad_choice"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("青禾镇人民政府", "青禾镇"),
        ("石桥街道办事处", "石桥街道"),
        ("石桥街道办", "石桥街道"),
        ("白塘乡 民政办", "白塘乡"),
        ("青禾镇党委", "青禾镇"),
        ("青禾镇", "青禾镇"),
        ("县人民政府", "县人民政府"),
        ("无", None),
    ],
)
def test_a_township_is_named_without_its_office(written: str, name: str | None) -> None:
    assert answers.township(written) == name


@pytest.mark.parametrize("written", [NumberText("990101202400000100"), "9.90101E+17"])
def test_a_case_number_kept_as_a_number_is_cut(written: str) -> None:
    with pytest.raises(CellError) as caught:
        answers.case_number(written)
    assert caught.value.code == "case_cut"


def test_a_case_number_in_text_or_of_fifteen_digits_is_whole() -> None:
    assert answers.case_number("990101202400000100") == "990101202400000100"
    assert answers.case_number(NumberText("990101000000001")) == "990101000000001"


def test_serial_numbers_follow_the_workbook_s_system() -> None:
    assert dates.day(NumberText("45474")) == "2024-07-01"
    assert dates.day(NumberText("44012"), date1904=True) == "2024-07-01"


def test_a_two_digit_year_is_not_later_than_today() -> None:
    assert dates.day("45-3-2", today=TODAY) == "1945-03-02"
    assert dates.day("26-3-2", today=TODAY) == "2026-03-02"


@pytest.mark.parametrize("written", ["1900-01-00", "1900/1/0", "0", "长期", "至今", "", "—", "00:00:00"])
def test_days_that_say_nothing(written: str) -> None:
    assert dates.day(written) is None


@pytest.mark.parametrize(
    "written", ["2024-02-30", "2024-13-01", "2024年7月", "202407", "7/1/24", "昨天", "2024", "24-7-1"]
)
def test_days_that_cannot_be_meant_are_refused(written: str) -> None:
    with pytest.raises(CellError) as caught:
        dates.day(written)
    assert caught.value.code == "bad_day"


@given(st.dates(date(1911, 1, 1), date(2099, 12, 31)))
def test_a_day_survives_every_way_of_printing_it(day: date) -> None:
    spellings = (
        f"{day:%Y-%m-%d}",
        f"{day:%Y%m%d}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        str((day - date(1899, 12, 30)).days),
    )
    for written in spellings:
        assert dates.day(written) == day.isoformat(), written
        assert dates.month(written) == day.isoformat()[:7], written


@given(st.dates(date(1911, 1, 1), date(2099, 12, 31)), st.integers(1, 400))
def test_serials_keep_the_distance_between_days(day: date, later: int) -> None:
    serial = (day - date(1899, 12, 30)).days
    assert dates.day(str(serial + later)) == (day + timedelta(days=later)).isoformat()


@pytest.mark.parametrize(
    "written",
    [
        "202407",
        "2024-07",
        "2024/7",
        "2024.7",
        "2024.07",
        "2024年7月",
        "2024年07月",
        "2024年7月起",
        "2024-07-15",
    ],
)
def test_a_month_is_read_in_every_spelling(written: str) -> None:
    assert dates.month(written) == "2024-07"


def test_a_month_written_as_a_decimal_number_may_have_lost_its_zero() -> None:
    assert dates.month("2024.7", was_number=True) == "2024-07"
    with pytest.raises(CellError):
        dates.month("2024.1", was_number=True)
    assert dates.month("2024.1") == "2024-01"


@pytest.mark.parametrize("written", ["202413", "2024年0月", "七月"])
def test_months_that_do_not_exist_are_refused(written: str) -> None:
    with pytest.raises(CellError) as caught:
        dates.month(written)
    assert caught.value.code == "bad_month"


@pytest.mark.parametrize(
    ("written", "grade"),
    [
        ("一级", 1),
        ("1级", 1),
        ("壹级", 1),
        ("一级（极重度）", 1),
        ("4", 4),
        ("Ⅲ级", 3),
        ("2.0", 2),
        ("肢体残疾一级", 1),
        ("残疾等级：三级", 3),
        ("一级残疾", 1),
        ("未定级", None),
        ("无", None),
    ],
)
def test_grades(written: str, grade: int | None) -> None:
    assert cells.grade(written) == grade


@pytest.mark.parametrize(
    "written", ["五级", "5", "重度", "一、二级", "二级及以上", "1/2", "伤残一级", "肢体残疾"]
)
def test_grades_beyond_four_are_refused(written: str) -> None:
    with pytest.raises(CellError):
        cells.grade(written)


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        *(
            (word, True)
            for word in ("是", "√", "有", "1", "1.0", "y", "Ｙ", "已", "TRUE", "v", "已享受", "是（一级）")
        ),
        *((word, True) for word in ("☑是☐否", "√是 □否", "是☑否□", "■有□无")),
        *((word, False) for word in ("否", "×", "x", "无", "0", "0.0", "未享受", "□是☑否", "是□ 否√")),
        *((word, None) for word in ("", "空", "——", "不详")),
    ],
)
def test_yes_and_no(written: str, answer: bool | None) -> None:
    assert cells.yes_no(written) is answer


@pytest.mark.parametrize("written", ["是/否", "☑是☑否", "□是□否", "是√否", "也许"])
def test_an_answer_that_may_be_either_is_refused(written: str) -> None:
    with pytest.raises(CellError) as caught:
        cells.yes_no(written)
    assert caught.value.code == "bad_yes_no"


def test_counts() -> None:
    assert [cells.count(written) for written in ("3", "3人", "3.0", "３", "")] == [3, 3, 3, 3, None]
    spoken = {"三人": 3, "叁": 3, "两人": 2, "十": 10, "十二": 12, "二十三人": 23, "3口人": 3, "共3人": 3}
    assert {written: cells.count(written) for written in spoken} == spoken
    for written in ("-1", "2.5", "三四", "百人", "1户3人", "990101196001010011"):
        with pytest.raises(CellError):
            cells.count(written)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("6217 0000 0000 0001 234", "6217000000000001234"),
        ("6217-0000-0000-0001-234", "6217000000000001234"),
        ("'6217000000000001234", "6217000000000001234"),
        ("６２１７０００", "6217000"),
        ("6217000000000001234（存折）", "6217000000000001234"),
        ("622700123456.0", "622700123456"),
        ("ab1234567", "AB1234567"),
        ("0", None),
        ("无", None),
    ],
)
def test_accounts(written: str, number: str | None) -> None:
    assert cells.account(written) == number


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("6217000000000001234/6228480000000001234", "bad_account"),
        ("农商行6217000000000001234", "bad_account"),
        ("12345", "bad_account"),
        ("6217000000000001234.0", "account_cut"),
    ],
)
def test_accounts_that_cannot_be_meant_are_refused(written: str, code: str) -> None:
    with pytest.raises(CellError) as caught:
        cells.account(written)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("13900001234", "13900001234"),
        ("139 0000 1234", "13900001234"),
        ("139-0000-1234", "13900001234"),
        ("+8613900001234", "13900001234"),
        ("１３９００００１２３４", "13900001234"),
        ("13900001234/13800001234", "13900001234"),
        ("13900001234 13800001234", "13900001234"),
        ("13900001234、0990-1234567", "13900001234"),
        ("0990-1234567、13900001234", "09901234567"),
        ("(0990)1234567转801", "09901234567"),
        ("张三13900001234（儿子）", "13900001234"),
        ("1234567", "1234567"),
        ("139****1234", None),
        ("无", None),
    ],
)
def test_the_first_of_several_phone_numbers_is_kept(written: str, number: str | None) -> None:
    assert cells.phone(written) == number


@pytest.mark.parametrize(
    "written",
    [
        "张三；李四",
        "张三; 李四；",
        "张三，李四",
        "张三、李四",
        "张三\n李四",
        "张三，\r\n李四",
        "张三\t李四",
        "张三|李四",
        "张三/李四",
        "张三／李四",
        "•张三\n•李四",
        "张三 • 李四",
        "1.张三 2.李四",
        "1、张三、2、李四",
        "(1)张三(2)李四",
        "（1）张三；（2）李四",
        "①张三②李四",
    ],
)
def test_a_list_is_taken_apart_whatever_stands_between(written: str) -> None:
    assert cells.split_list(written) == ["张三", "李四"]


@pytest.mark.parametrize(
    ("written", "entries"),
    [
        ("张三；/；李四", ["张三", "", "李四"]),
        ("张三（妻、已故）、李四", ["张三（妻、已故）", "李四"]),
        ("阿依古丽•买买提；张三", ["阿依古丽•买买提", "张三"]),
        ("阿依古丽·买买提", ["阿依古丽·买买提"]),
        ("1.990101196001010011 2.990101196001010028", ["990101196001010011", "990101196001010028"]),
        ("990101196001010011•990101196001010028", ["990101196001010011", "990101196001010028"]),
        ("1.5；2.3", ["1.5", "2.3"]),
        ("2025/7/9", ["2025/7/9"]),
        ("990101196001010011/990101196001010028", ["990101196001010011", "990101196001010028"]),
        ("2.张三 3.李四", ["2.张三 3.李四"]),
        ("；；", []),
    ],
)
def test_what_a_list_keeps_together(written: str, entries: list[str]) -> None:
    assert cells.split_list(written) == entries


def test_the_parts_of_a_disability_card() -> None:
    holder = "990101196001010015"
    assert answers.disability_card(holder + "43") == (("valid", holder), "limb", 3, "")
    assert answers.disability_card(f" {holder}11b2（换）") == (("valid", holder), "visual", 1, "B2")
    assert answers.disability_card(holder.replace("0", "O") + "74") == (("valid", holder), "multiple", 4, "")
    assert answers.disability_card("99010119600101001943") == (
        ("bad_check", "990101196001010019"),
        "limb",
        3,
        "",
    )
    for written in (
        holder,
        holder + "83",
        holder + "45",
        holder + "43B12",
        "",
        "无",
        NumberText(holder + "43"),
    ):
        assert answers.disability_card(written) is None


def test_a_numeric_account_beyond_fifteen_digits_is_refused() -> None:
    assert cells.account("6217 0000 0000 0001 234") == "6217000000000001234"
    for written, was_number in (("6217000000000001000", True), ("6.217E+18", False)):
        with pytest.raises(CellError) as caught:
            cells.account(written, was_number=was_number)
        assert caught.value.code == "account_cut"


@pytest.mark.parametrize(
    ("written", "choices", "word"),
    [
        ("非农业户口", RESIDENCE, "urban"),
        ("农业户口", RESIDENCE, "rural"),
        ("农村低保", RESIDENCE, "rural"),
        ("部分丧失生活自理能力", CARE_GRADE, "partial"),
        ("完全丧失自理能力", CARE_GRADE, "dependent"),
        ("无生活自理能力", CARE_GRADE, "dependent"),
        ("全自理", CARE_GRADE, "independent"),
        ("多重残疾（肢体、智力）", DISABILITY, "multiple"),
        ("肢体残疾", DISABILITY, "limb"),
        ("未成功", PAY_CODE, "failed"),
        ("交易成功", PAY_CODE, "success"),
        ("登记失业", UNEMPLOYED_STATE, "registered"),
        ("已注销失业登记", UNEMPLOYED_STATE, "cancelled"),
    ],
)
def test_choices_take_the_longest_known_word(written: str, choices: dict[str, str], word: str) -> None:
    assert choice(written, choices) == word


@pytest.mark.parametrize(
    ("written", "choices"),
    [("肢体、智力", DISABILITY), ("未登记", UNEMPLOYED_STATE), ("城乡", RESIDENCE), ("处理中", PAY_CODE)],
)
def test_choices_that_leave_a_doubt_are_refused(written: str, choices: dict[str, str]) -> None:
    with pytest.raises(CellError):
        choice(written, choices)


def test_a_number_keeps_fifteen_digits_and_shows_the_rest_as_zeros() -> None:
    assert number_text(990101196001010.0) == "990101196001010"
    assert number_text(990101196001011234.0) == "990101196001011000"
    assert number_text(990101196001011234) == "990101196001011000"
    assert number_text(3.0) == "3"
    assert number_text(0.5) == "0.5"


@given(st.integers(10**17, 10**18 - 1))
def test_a_float_id_never_shows_other_digits_than_its_first_fifteen(number: int) -> None:
    assert number_text(float(number // 1000 * 1000)) == str(number // 1000 * 1000)


def test_a_quoted_cell_never_shows_a_whole_id() -> None:
    assert "196001010011" not in cells.shown("张三990101196001010011")
