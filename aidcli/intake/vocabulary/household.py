"""The household a row belongs to, and the roster's own columns."""

from __future__ import annotations

from .spec import FactSpec, FieldSpec

RESIDENCE = {
    "农村": "rural",
    "农业": "rural",
    "农保": "rural",
    "城市": "urban",
    "城镇": "urban",
    "城保": "urban",
    "非农": "urban",
    "非农业": "urban",
}
SUPPORT_MODE = {"集中": "institution", "机构": "institution", "分散": "home", "居家": "home"}
CARE_GRADE = {
    "完全丧失": "dependent",
    "完全失能": "dependent",
    "全失能": "dependent",
    "全护理": "dependent",
    "不能自理": "dependent",
    "=无生活自理能力": "dependent",
    "=无自理能力": "dependent",
    "=丧失生活自理能力": "dependent",
    "=丧失自理能力": "dependent",
    "=失能": "dependent",
    "部分丧失": "partial",
    "部分失能": "partial",
    "半失能": "partial",
    "半护理": "partial",
    "半自理": "partial",
    "部分自理": "partial",
    "不完全自理": "partial",
    "全自理": "independent",
    "完全自理": "independent",
    "=自理": "independent",
    "=能自理": "independent",
    "具备生活自理能力": "independent",
    "有生活自理能力": "independent",
}

FIELDS: dict[str, FieldSpec] = {
    "head_name": FieldSpec("name", "户主姓名", fills=True),
    "head_id": FieldSpec("id", "户主身份证号", fills=True),
    "relation": FieldSpec("text", "与户主关系"),
    "case_number": FieldSpec("text", "证号", fills=True),
    "household_size": FieldSpec("count", "家庭人口数", household=True),
    "covered": FieldSpec("count", "保障人口数", household=True),
    "support_mode": FieldSpec("choice", "供养方式", fills=True, choices=SUPPORT_MODE),
    "residence": FieldSpec("choice", "户籍类型", fills=True, choices=RESIDENCE),
    "since": FieldSpec("month", "最初享受月份", fills=True),
    "institution": FieldSpec("text", "供养机构", fills=True),
    "care_grade": FieldSpec("choice", "生活自理能力", choices=CARE_GRADE),
    "member_names": FieldSpec("list", "家庭成员姓名", household=True),
    "member_ids": FieldSpec("list", "家庭成员身份证号", household=True),
    "carer_name": FieldSpec("name", "照料人姓名"),
    "carer_id": FieldSpec("id", "照料人身份证号"),
}

FACTS: tuple[FactSpec, ...] = (
    FactSpec("case", "case_number", text="case_number", code="=programme"),
    FactSpec("household_size", "household_size", num="household_size"),
    FactSpec("institution", "institution", text="institution"),
    FactSpec("care_grade", "care_grade", code="care_grade"),
    FactSpec("since", "since", month="since"),
)
