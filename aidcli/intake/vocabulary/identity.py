"""Who a row is about."""

from __future__ import annotations

from .spec import FactSpec, FieldSpec

SEX = {
    "男": "male",
    "女": "female",
    "男性": "male",
    "女性": "female",
    "1": "male",
    "2": "female",
    "M": "male",
    "F": "female",
}

FIELDS: dict[str, FieldSpec] = {
    "name": FieldSpec("name", "姓名"),
    "id": FieldSpec("id", "身份证号"),
    "former_name": FieldSpec("name", "曾用名"),
    "birth": FieldSpec("day", "出生日期"),
    "sex": FieldSpec("choice", "性别", choices=SEX),
    "phone": FieldSpec("phone", "电话"),
    "township": FieldSpec("text", "乡镇（街道）", fills=True),
    "village": FieldSpec("text", "村（社区）", fills=True),
    "serial": FieldSpec("text", "流水号"),
    "guardian_name": FieldSpec("name", "监护人姓名"),
    "guardian_id": FieldSpec("id", "监护人身份证号"),
}

# Who may stand in a row beside the person it is about: (role, field of the name, field of the number).
OTHERS: tuple[tuple[str, str, str], ...] = (
    ("carer", "carer_name", "carer_id"),
    ("guardian", "guardian_name", "guardian_id"),
    ("spouse", "spouse_name", "spouse_id"),
    ("reporter", "reporter_name", "reporter_id"),
    ("staff", "staff_name", "staff_id"),
    ("keeper", "keeper_name", "keeper_id"),
    ("account_holder", "payee_name", "payee_id"),
    ("head", "owner_name", "owner_id"),
)

FACTS: tuple[FactSpec, ...] = ()
