"""Work, unemployment, insurance and income."""

from __future__ import annotations

from .spec import FactSpec, FieldSpec

UNEMPLOYED_STATE = {
    "登记": "registered",
    "未登记": "",
    "正常": "registered",
    "有效": "registered",
    "失业": "registered",
    "在册": "registered",
    "已登记": "registered",
    "注销": "cancelled",
    "登记注销": "cancelled",
    "登记已注销": "cancelled",
    "注销登记": "cancelled",
    "注销失业登记": "cancelled",
    "终止": "cancelled",
    "退出": "cancelled",
    "失效": "cancelled",
    "无效": "cancelled",
    "已就业": "cancelled",
}

FIELDS: dict[str, FieldSpec] = {
    "unemployed_day": FieldSpec("day", "失业登记日期"),
    "unemployed_state": FieldSpec("choice", "登记状态", choices=UNEMPLOYED_STATE),
    "unemployed_reason": FieldSpec("text", "失业原因"),
}

FACTS: tuple[FactSpec, ...] = (
    FactSpec(
        "unemployed",
        "unemployed_day",
        day="unemployed_day",
        code="unemployed_state",
        text="unemployed_reason",
    ),
)
