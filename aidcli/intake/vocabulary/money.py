"""Approved money and where it goes; what the bank answered."""

from __future__ import annotations

from .spec import FactSpec, FieldSpec

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
    "已退款": "failed",
    "已退票": "failed",
    "已停发": "failed",
    "支付失败": "failed",
    "发放失败": "failed",
    "支付成功": "success",
    "发放成功": "success",
    "交易成功": "success",
    "=户名不符": "failed",
    "=户名不一致": "failed",
    "=账号户名不符": "failed",
    "=户名账号不符": "failed",
    "=账号不存在": "failed",
    "=账户不存在": "failed",
    "=无此账号": "failed",
    "=无此账户": "failed",
    "=账号错误": "failed",
    "=账号有误": "failed",
    "=卡号错误": "failed",
    "=卡号有误": "failed",
    "=已销户": "failed",
    "=账户已销户": "failed",
    "=账户状态异常": "failed",
    "=账号状态异常": "failed",
    "=账户冻结": "failed",
    "=长期不动户": "failed",
    "=处理失败": "failed",
    "=交易失败": "failed",
    "=入账失败": "failed",
    "=处理成功": "success",
    "=入账成功": "success",
}

# Approved money of one month: a heading that names a longer time is not read as one of these.
MONTHLY = frozenset(
    (
        "total",
        "base",
        "household_supplement",
        "included_supplement",
        "person_supplement",
        "key_supplement",
        "key_supplement_2",
        "disability_supplement",
        "living",
        "care",
    )
)

FIELDS: dict[str, FieldSpec] = {
    "total": FieldSpec("money", "合计金额", household=True),
    "base": FieldSpec("money", "户月保障金额", household=True),
    "household_supplement": FieldSpec("money", "家庭分类施保金额", household=True),
    "included_supplement": FieldSpec("money", "其中分类施保金额", household=True),
    "person_supplement": FieldSpec("money", "人员分类施保金额"),
    "arrears": FieldSpec("money", "补发金额", household=True, once=True),
    "deducted": FieldSpec("money", "扣发金额", household=True, once=True),
    "living": FieldSpec("money", "基本生活费"),
    "care": FieldSpec("money", "照料护理费"),
    "account": FieldSpec("account", "银行账号", household=True),
    "card_account": FieldSpec("account", "一卡通账号", household=True),
    "bank": FieldSpec("text", "开户银行", household=True),
    "account_holder": FieldSpec("name", "账户名称", household=True),
    "pay_amount": FieldSpec("money", "金额"),
    "pay_sent": FieldSpec("money", "委托金额"),
    "pay_code": FieldSpec("choice", "处理结果", choices=PAY_CODE),
    "pay_reason": FieldSpec("text", "失败原因"),
    "pay_day": FieldSpec("day", "处理日期"),
}

FACTS: tuple[FactSpec, ...] = (
    FactSpec("amount", "household_supplement", n=0, fen="household_supplement", code="=category_supplement"),
    FactSpec("amount", "person_supplement", n=1, fen="person_supplement", code="=category_supplement"),
    FactSpec("amount", "included_supplement", n=9, fen="included_supplement", code="=category_supplement"),
    FactSpec("amount", "base", n=2, fen="base", code="=base"),
    FactSpec("amount", "total", n=3, fen="total", code="=total"),
    FactSpec("amount", "living", n=4, fen="living", code="=living"),
    FactSpec("amount", "care", n=5, fen="care", code="=care"),
    FactSpec("back_pay", "arrears", n=0, fen="arrears", code="=arrears", unless_zero=True),
    FactSpec("back_pay", "deducted", n=1, fen="deducted", code="=deducted", unless_zero=True),
    FactSpec("account", "account", text="account", code="bank"),
    FactSpec("account_holder", "account_holder", text="account_holder"),
    FactSpec("pay_result", "pay_code", fen="pay_amount", code="pay_code", text="pay_reason", day="pay_day"),
)

KINDS: dict[str, str] = {
    "amount": "approved monthly money. code=pay item (terms.PAY_ITEMS), fen",
    "back_pay": "money of other months that is paid, or held back, together with a month's; never a part of that. "
    "code=arrears (below 0: held back)|deducted, fen",
    "account": "where the money goes. text=account number, code=bank",
    "account_holder": "text=name of the holder",
    "pay_result": "answer of the bank. month=paid for, code=success|failed, fen, text=reason, day=booked",
}
