"""Areas, days that may lie ahead, answers of authorities, and whether money was really paid."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidcli.intake.coercion import dates, quantities
from aidcli.intake.coercion.cells import CellError, DateText
from aidcli.intake.vocabulary.payment import PAID_STATE


@pytest.mark.parametrize(
    ("written", "hundredths"),
    [
        ("88.5", 8850),
        ("88.50㎡", 8850),
        ("１２０平方米", 12000),
        ("1,200.456 m²", 120046),
        ("12.345平米", 1235),
        ("3亩", 200000),
        ("0", 0),
        ("", None),
        ("—", None),
        ("无", None),
    ],
)
def test_an_area_is_hundredths_of_a_square_metre(written: str, hundredths: int | None) -> None:
    assert quantities.area(written) == hundredths


@pytest.mark.parametrize(
    "written", ["约60", "3间", "-5", "住宅", "1e3", "99999999999", DateText("2026-01-01")]
)
def test_what_is_no_area_is_refused(written: str) -> None:
    with pytest.raises(CellError) as caught:
        quantities.area(written)
    assert caught.value.code == "bad_area"


@given(st.integers(0, 10**8))
def test_an_area_with_two_decimals_comes_back_as_written(hundredths: int) -> None:
    assert quantities.area(f"{hundredths // 100}.{hundredths % 100:02d}") == hundredths


def test_a_term_may_lie_ahead_where_a_day_may_not() -> None:
    with pytest.raises(CellError):
        dates.day("2027-12-31", today=date(2026, 10, 8))
    assert quantities.term("2027年12月31日") == "2027-12-31"
    assert quantities.term("长期") is None and quantities.term("") is None


def test_a_term_with_two_digits_for_the_year_is_refused() -> None:
    with pytest.raises(CellError):
        quantities.term("27.12.31")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("无", "none"),
        ("查无", "none"),
        ("查无此人信息", "none"),
        ("未查询到相关记录", "none"),
        ("未发现异常", "none"),
        ("名下无房产", "none"),
        ("本人名下无车辆。", "none"),
        ("没有登记", "none"),
        ("否", "none"),
        ("未超限", "none"),
        ("有", "found"),
        ("是", "found"),
        ("√", "found"),
        ("命中", "found"),
        ("超限", "found"),
        ("未反馈", "unanswered"),
        ("系统未返回", "unanswered"),
        ("查询失败", "unanswered"),
        ("无法查询", "unanswered"),
        ("未授权", "unanswered"),
        ("名下有2套住房", "名下有2套住房"),
        ("无锡市住房1套", "无锡市住房1套"),
        ("", None),
        ("—", None),
        ("/", None),
    ],
)
def test_an_answer_of_nothing_is_not_the_same_as_no_answer(written: str, meant: str | None) -> None:
    assert quantities.outcome(written) == meant


@pytest.mark.parametrize(
    "written",
    ["无", "暂无数据", "查无此人信息", "未查询到相关房产信息", "名下无车辆", "没有登记记录", "未反馈", ""],
)
def test_what_says_that_there_is_nothing_is_no_thing(written: str) -> None:
    assert quantities.thing(written) is None


@pytest.mark.parametrize(
    "written", ["无名小吃店", "无锡市人民路1号", "示A12345", "没有围墙书店", "无极县东街3号"]
)
def test_a_thing_is_kept_as_written(written: str) -> None:
    assert quantities.thing(written) == written


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ("发放成功", "paid"),
        ("已支付", "paid"),
        ("成功（已入账）", "paid"),
        ("发放未成功", "failed"),
        ("未发放成功", "failed"),
        ("没有到账", "failed"),
        ("支付失败：户名不符", "failed"),
        ("成功后退票", "returned"),
        ("已退回", "returned"),
        ("已停发", "stopped"),
        ("待发放", "pending"),
        ("未发放", "pending"),
        ("", None),
    ],
)
def test_money_counts_as_paid_only_where_nothing_speaks_against_it(written: str, state: str | None) -> None:
    assert quantities.paid_state(written, PAID_STATE) == state


@pytest.mark.parametrize("written", ["部分发放成功", "成功？待核", "支付成功异常", "春节"])
def test_a_doubtful_payment_is_refused(written: str) -> None:
    with pytest.raises(CellError) as caught:
        quantities.paid_state(written, PAID_STATE)
    assert caught.value.code == "bad_choice"


@pytest.mark.parametrize(
    ("written", "last"),
    [
        ("2025-06-03至2028-06-02", "2028-06-02"),
        ("2025.6.3-2028.6.2", "2028-06-02"),
        ("2025年6月3日—2028年6月2日", "2028-06-02"),
        ("20250603~20280602", "2028-06-02"),
        ("2025年6月3日至长期", None),
        ("2026年9月底前", "2026-09-30"),
        ("2028年2月末", "2028-02-29"),
        ("2026年底", "2026-12-31"),
    ],
)
def test_the_end_of_a_span_is_what_a_term_asks_for(written: str, last: str | None) -> None:
    assert quantities.term(written) == last


@pytest.mark.parametrize(
    "written",
    ["2028-06-02至2025-06-03", "2025-06至2028-06-31", "一年", "2026年13月底", "约2026年底", "9月底前"],
)
def test_what_has_no_certain_end_is_refused(written: str) -> None:
    with pytest.raises(CellError):
        quantities.term(written)


_STATES = {
    "正常": "in_use",
    "A": "in_use",
    "G": "in_use",
    "违法": "in_use",
    "逾期": "overdue",
    "Q": "overdue",
} | {
    "注销": "cancelled",
    "E": "cancelled",
}
_ORDER = ("cancelled", "overdue", "in_use")


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ("正常", "in_use"),
        ("QG", "overdue"),
        ("G,E", "cancelled"),
        ("逾期、违法", "overdue"),
        ("正常；逾期", "overdue"),
        ("", None),
        ("无", None),
    ],
)
def test_of_several_states_the_gravest_counts(written: str, state: str | None) -> None:
    assert quantities.gravest(written, _STATES, _ORDER) == state


@pytest.mark.parametrize("written", ["正常、注销", "A E", "QX", "逾期、别的"])
def test_states_that_contradict_or_are_unknown_are_refused(written: str) -> None:
    with pytest.raises(CellError):
        quantities.gravest(written, _STATES, _ORDER)
