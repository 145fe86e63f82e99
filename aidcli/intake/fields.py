"""The closed vocabulary of source templates: what a column may mean, how it is read, which fact it yields.

A template maps headings to these fields and nothing else, so that a new department file needs no code.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from .. import terms

FieldType = Literal[
    "name",  # a person's name
    "id",  # a citizen identity number, in whatever state
    "text",
    "phone",
    "day",  # ISO day
    "month",  # YYYY-MM
    "money",  # integer fen
    "count",
    "yes_no",
    "grade",  # 1..4
    "account",
    "choice",  # one of `choices`
    "list",  # several values in one cell
]


class FieldSpec(NamedTuple):
    """One word of the vocabulary.

    `fills`: a vertically merged cell speaks for all its rows, and members listed under their head inherit
    it. `household`: belongs to the household, so it is read from the head's row only where members stand
    under it. `choices`: what may be written → canonical word, as `cells.choice` reads it.
    """

    type: FieldType
    label: str
    fills: bool = False
    household: bool = False
    choices: dict[str, str] | None = None


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
DISABILITY = {label: key for key, label in terms.DISABILITY_CATEGORIES.items()} | {
    "视障": "visual",
    "盲": "visual",
    "听障": "hearing",
    "聋": "hearing",
    "语言": "speech",
    "智障": "intellectual",
}
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
PAY_CODE = {
    "成功": "success",
    "已入账": "success",
    "已支付": "success",
    "失败": "failed",
    "不成功": "failed",
    "未成功": "failed",
    "退票": "failed",
    "退回": "failed",
    "已退回": "failed",
}
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
    # who it is
    "name": FieldSpec("name", "姓名"),
    "id": FieldSpec("id", "身份证号"),
    "former_name": FieldSpec("name", "曾用名"),
    "birth": FieldSpec("day", "出生日期"),
    "sex": FieldSpec("choice", "性别", choices=SEX),
    "phone": FieldSpec("phone", "电话"),
    "township": FieldSpec("text", "乡镇（街道）", fills=True),
    "village": FieldSpec("text", "村（社区）", fills=True),
    "serial": FieldSpec("text", "流水号"),
    # the household
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
    # approved money
    "total": FieldSpec("money", "合计金额", household=True),
    "base": FieldSpec("money", "户月保障金额", household=True),
    "household_supplement": FieldSpec("money", "家庭分类施保金额", household=True),
    "person_supplement": FieldSpec("money", "人员分类施保金额"),
    "living": FieldSpec("money", "基本生活费"),
    "care": FieldSpec("money", "照料护理费"),
    "account": FieldSpec("account", "银行账号", household=True),
    "card_account": FieldSpec("account", "一卡通账号", household=True),
    "bank": FieldSpec("text", "开户银行", household=True),
    "account_holder": FieldSpec("name", "账户名称", household=True),
    # disability
    "disabled": FieldSpec("yes_no", "是否残疾人"),
    "disability_card": FieldSpec("text", "残疾证号"),
    "disability_category": FieldSpec("choice", "残疾类别", choices=DISABILITY),
    "disability_grade": FieldSpec("grade", "残疾等级"),
    "card_state": FieldSpec("text", "残疾证状态"),
    # death
    "death_day": FieldSpec("day", "死亡日期"),
    "cremation_day": FieldSpec("day", "火化日期"),
    "registered_day": FieldSpec("day", "注销日期"),
    # medical settlements
    "settled_day": FieldSpec("day", "结算日期"),
    "medical_total": FieldSpec("money", "医疗费总额"),
    "medical_self": FieldSpec("money", "个人负担总金额"),
    "medical_excluded": FieldSpec("money", "全自费金额"),
    # unemployment
    "unemployed_day": FieldSpec("day", "失业登记日期"),
    "unemployed_state": FieldSpec("choice", "登记状态", choices=UNEMPLOYED_STATE),
    "unemployed_reason": FieldSpec("text", "失业原因"),
    # the bank's answer
    "pay_amount": FieldSpec("money", "金额"),
    "pay_code": FieldSpec("choice", "处理结果", choices=PAY_CODE),
    "pay_reason": FieldSpec("text", "失败原因"),
    "pay_day": FieldSpec("day", "处理日期"),
}


class FactSpec(NamedTuple):
    """A fact that follows from columns alone: emitted when `needs` has a value.

    The slots name the field whose value goes there. `code` may also be a constant written ``=word``, and
    ``=programme`` stands for the template's programme. `n` keeps facts of one kind and person apart.
    """

    kind: str
    needs: str
    n: int = 0
    fen: str = ""
    num: str = ""
    day: str = ""
    month: str = ""
    code: str = ""
    text: str = ""


FACTS: tuple[FactSpec, ...] = (
    FactSpec("case", "case_number", text="case_number", code="=programme"),
    FactSpec("amount", "household_supplement", n=0, fen="household_supplement", code="=category_supplement"),
    FactSpec("amount", "person_supplement", n=1, fen="person_supplement", code="=category_supplement"),
    FactSpec("amount", "base", n=2, fen="base", code="=base"),
    FactSpec("amount", "total", n=3, fen="total", code="=total"),
    FactSpec("amount", "living", n=4, fen="living", code="=living"),
    FactSpec("amount", "care", n=5, fen="care", code="=care"),
    FactSpec("account", "account", text="account", code="bank"),
    FactSpec("account_holder", "account_holder", text="account_holder"),
    FactSpec("household_size", "household_size", num="household_size"),
    FactSpec("institution", "institution", text="institution"),
    FactSpec("care_grade", "care_grade", code="care_grade"),
    FactSpec("since", "since", month="since"),
    FactSpec("medical_total", "medical_total", fen="medical_total", day="settled_day"),
    FactSpec("medical_self", "medical_self", fen="medical_self", day="settled_day"),
    FactSpec("medical_excluded", "medical_excluded", fen="medical_excluded", day="settled_day"),
    FactSpec(
        "unemployed",
        "unemployed_day",
        day="unemployed_day",
        code="unemployed_state",
        text="unemployed_reason",
    ),
    FactSpec("pay_result", "pay_code", fen="pay_amount", code="pay_code", text="pay_reason", day="pay_day"),
)
