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
SUPPORT_MODE = {
    "集中": "institution",
    "机构": "institution",
    "分散": "home",
    "居家": "home",
    "散居": "home",
    "亲属抚养": "home",
    "家庭养育": "home",
}
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
    "address": FieldSpec("text", "家庭住址", household=True),
    "household_size": FieldSpec("count", "家庭人口数", household=True),
    "covered": FieldSpec("count", "保障人口数", household=True),
    "support_mode": FieldSpec("choice", "供养方式", fills=True, choices=SUPPORT_MODE),
    "residence": FieldSpec("choice", "户籍类型", fills=True, choices=RESIDENCE),
    "since": FieldSpec("month", "最初享受月份", fills=True),
    "institution": FieldSpec("text", "供养机构", fills=True),
    "care_grade": FieldSpec("choice", "生活自理能力", choices=CARE_GRADE),
    "member_names": FieldSpec("list", "家庭成员姓名", household=True),
    "member_ids": FieldSpec("list", "家庭成员身份证号", household=True),
    "member_name": FieldSpec("name", "成员姓名", household=True, repeats=True),
    "member_id": FieldSpec("id", "成员身份证号", household=True, repeats=True),
    "member_relation": FieldSpec("text", "成员与户主关系", household=True, repeats=True),
    "household_income_year": FieldSpec("money", "家庭年总收入", household=True),
    "household_income_month": FieldSpec("money", "家庭月收入", household=True),
    "per_head_income_year": FieldSpec("money", "家庭人均年收入", household=True),
    "per_head_income_month": FieldSpec("money", "家庭人均月收入", household=True),
    "declared_houses": FieldSpec("count", "产权住房套数", household=True),
    "declared_assets": FieldSpec("money", "金融资产总额", household=True),
    "key_supplement": FieldSpec("money", "重点救助（第一档）", household=True),
    "key_supplement_2": FieldSpec("money", "重点救助（第二档）", household=True),
    "disability_supplement": FieldSpec("money", "残疾人救助", household=True),
    "carer_name": FieldSpec("name", "照料人姓名"),
    "carer_id": FieldSpec("id", "照料人身份证号"),
}

FACTS: tuple[FactSpec, ...] = (
    FactSpec("case", "case_number", text="case_number", code="=programme"),
    FactSpec("household_size", "household_size", num="household_size"),
    FactSpec("institution", "institution", text="institution"),
    FactSpec("care_grade", "care_grade", code="care_grade"),
    FactSpec("since", "since", month="since"),
    FactSpec("address", "address", text="address"),
    FactSpec("income", "household_income_year", n=0, fen="household_income_year", code="=household_year"),
    FactSpec("income", "household_income_month", n=1, fen="household_income_month", code="=household_month"),
    FactSpec("income", "per_head_income_year", n=2, fen="per_head_income_year", code="=per_head_year"),
    FactSpec("income", "per_head_income_month", n=3, fen="per_head_income_month", code="=per_head_month"),
    FactSpec("declared_assets", "declared_assets", fen="declared_assets"),
    FactSpec("declared_houses", "declared_houses", num="declared_houses"),
    FactSpec("amount", "key_supplement", n=6, fen="key_supplement", code="=category_supplement"),
    FactSpec("amount", "key_supplement_2", n=7, fen="key_supplement_2", code="=category_supplement"),
    FactSpec(
        "amount", "disability_supplement", n=8, fen="disability_supplement", code="=category_supplement"
    ),
)

KINDS: dict[str, str] = {
    "enrolled": "on a roster. code=programme, text=support mode or '', num=covered persons, month=period",
    "member": "belongs to a household on a roster. code=programme, text=relation as written, month=period, "
    "num=0 of one who is listed and not covered",
    "case": "case or certificate number of the household. text=number, code=programme",
    "head": "whose household it is. text=canonical ID value of the head, code=kind of that ID",
    "residence": "code=urban|rural",
    "household_size": "num=persons in the household",
    "institution": "text=name of the 供养机构",
    "care_grade": "code=terms.CARE_GRADES",
    "since": "month=first month of aid",
    "address": "text=where the household lives, as written",
    "income": "assessed or declared income. fen, code=household_year|household_month|per_head_year|"
    "per_head_month|person_year|person_month",
    "declared_assets": "fen=financial assets as assessed",
    "declared_houses": "num=houses owned as assessed",
}
