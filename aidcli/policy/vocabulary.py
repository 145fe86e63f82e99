"""The closed list of values a profile may hold: what is not here is refused, so that a typo is no policy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from . import kinds


@dataclass(frozen=True, slots=True)
class Term:
    """One key: its official label, its unit as written, how it is read and how it is shown."""

    key: str
    label: str
    unit: str
    read: kinds.Reader
    show: Callable[[Any], str]


def _count(key: str, label: str, unit: str) -> Term:
    return Term(key, label, unit, kinds.read_count, lambda value: f"{value}{unit}")


def _months(key: str, label: str) -> Term:
    return Term(key, label, "个月", kinds.read_months, lambda value: f"{value}个月")


def _day_of_month(key: str, label: str) -> Term:
    return Term(key, label, "日", kinds.read_day_of_month, lambda value: f"{value}日")


def _money(key: str, label: str) -> Term:
    return Term(key, label, "元", kinds.read_money, show_yuan)


def _choice(key: str, label: str, options: dict[str, str]) -> Term:
    return Term(key, label, "", kinds.choice(options), options.__getitem__)


def _list(key: str, label: str, read: kinds.Reader) -> Term:
    return Term(key, label, "", read, lambda value: "；".join(item.text for item in value))


def show_yuan(fen: int) -> str:
    """Fen as a clerk reads it: 20000元, 632.50元."""
    yuan, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{yuan}" + (f".{rest:02d}" if rest else "") + "元"


_CYCLES = {"month": "按月", "quarter": "按季"}

VOCABULARY: dict[str, Term] = {
    term.key: term
    for term in (
        _months("death.check_months", "成员死亡后核查并办结的期限"),
        _choice("tekun.end_on_death", "特困人员死亡后的办理", {"end_promptly": "及时终止救助供养"}),
        _list("programme.exclusive", "不得同时享受的救助类型", kinds.read_exclusive_pairs),
        _list(
            "margin.single_dibao_disability",
            "边缘家庭成员可单独申请低保的残疾等级",
            kinds.read_disability_groups,
        ),
        _money("medical.self_paid_12m", "12个月医疗合规自付预警线"),
        _count("account.shared_households", "同一账号须核对的户数", "户"),
        _choice(
            "account.custody_filing",
            "工作人员代为保管存折或银行卡",
            {"agreement_and_filing": "签订书面协议并报县级民政部门备案"},
        ),
        _choice("pay.dibao.cycle", "低保金发放周期", _CYCLES),
        _day_of_month("pay.dibao.day", "低保金最迟发放日"),
        _choice("pay.tekun.cycle", "特困供养金发放周期", _CYCLES),
        _day_of_month("pay.tekun.day", "特困供养金最迟发放日（当期首月）"),
        _choice(
            "pay.tekun.institution_single",
            "集中供养资金的支付方式",
            {"per_institution": "每家供养机构一笔", "per_person": "每人一笔"},
        ),
        _choice(
            "pay.shift",
            "发放日遇休息日",
            {"earlier": "提前到最近的工作日", "later": "顺延到下一个工作日", "none": "不调整"},
        ),
    )
}
