"""Disability, death and medical costs."""

from __future__ import annotations

from ... import terms
from .spec import FactSpec, FieldSpec

DISABILITY = {label: key for key, label in terms.DISABILITY_CATEGORIES.items()} | {
    "视障": "visual",
    "盲": "visual",
    "听障": "hearing",
    "聋": "hearing",
    "语言": "speech",
    "智障": "intellectual",
}

FIELDS: dict[str, FieldSpec] = {
    "disabled": FieldSpec("yes_no", "是否残疾人"),
    "disability_card": FieldSpec("text", "残疾证号"),
    "disability_category": FieldSpec("choice", "残疾类别", choices=DISABILITY),
    "disability_grade": FieldSpec("grade", "残疾等级"),
    "card_state": FieldSpec("text", "残疾证状态"),
    "death_day": FieldSpec("day", "死亡日期"),
    "cremation_day": FieldSpec("day", "火化日期"),
    "registered_day": FieldSpec("day", "注销日期"),
    "settled_day": FieldSpec("day", "结算日期"),
    "medical_total": FieldSpec("money", "医疗费总额"),
    "medical_self": FieldSpec("money", "个人负担总金额"),
    "medical_excluded": FieldSpec("money", "全自费金额"),
}

FACTS: tuple[FactSpec, ...] = (
    FactSpec("medical_total", "medical_total", fen="medical_total", day="settled_day"),
    FactSpec("medical_self", "medical_self", fen="medical_self", day="settled_day"),
    FactSpec("medical_excluded", "medical_excluded", fen="medical_excluded", day="settled_day"),
)
