"""Money that was paid, the fund platform, accounts, and what the bank answered."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden_notation import Case, check
from intake_files import HOUSEHOLD, household_row, id_number, read, text_file, xlsx

from aidcli.errors import AidError

CASES = (
    Case(
        "paid_dibao",
        "低保金发放明细202608.csv",
        """
地区 | 河东镇 | 河东镇 | 合计
名称(姓名) | 张三 | 李四 |
身份证号码 | #1 | #2 |
保障人数 | 2 | 1 | 3
保障金(元) | 500 | 300 | 800
分类施保金(元) | 21 |  | 21
发放合计(元) | 521 | 300 | 821
账户名称 | 张三 | 李四 |
开户银行 | 农商行 | 农商行 |
账号 | 6217000000000000001 | 6217000000000000002 |
""",
        """
head 张三 #1 河东镇
  account =农商行 “6217000000000000001”
  account_holder “张三”
  paid 52100分 ×2 =dibao
  paid_item 50000分 =base
  paid_item 2100分 =category_supplement
head 李四 #2 河东镇
  account =农商行 “6217000000000000002”
  account_holder “李四”
  paid 30000分 ×1 =dibao
  paid_item 30000分 =base
""",
    ),
    Case(
        "paid_tekun",
        "特困供养资金发放花名册2026年8月.xlsx",
        """
序号 | 1 | 2 |
姓名 | 张三 | 李四 | 合计
身份证号 | #1 | #2 |
发放合计（元） | 1,200.00 | 900 | 2100
发放状态 | 发放成功 | 发放未成功 |
账号 | 6217000000000000001 | 6217000000000000002 |
""",
        """
head 张三 #1
  account “6217000000000000001”
  paid 120000分 =tekun “paid”
head 李四 #2
  account “6217000000000000002”
  paid 90000分 =tekun “failed”
""",
        above="""
河东镇2026年8月特困人员供养金发放花名册
""",
    ),
    Case(
        "paid_list",
        "发放明细2026年8月.xlsx",
        """
业务名称 | 农村低保 | 特困人员供养 | 高龄津贴 | 春节慰问
所属地区 | 河东镇 | 河东镇 | 河东镇 | 河东镇
发放年月 | 2026-07 | 202608 | 202608 | 202608
户主姓名 | 张三 | 李四 | 王五 | 赵六
户主身份证号 | #1 | #2 | #3 | #4
开户人名称 | 张三 | 李四 | 王五 | 赵六
开户银行 | 农商行 | 农商行 | 农商行 |
银行卡号 | 6217000000000000001 | 6217000000000000002 | 6217000000000000003 |
发放金额 | 521 | 900 | -50 | 100
发放状态 | 已支付 | 成功后退票 | 正常 |
""",
        """
head 张三 #1 河东镇
  account =农商行 “6217000000000000001”
  account_holder “张三”
  paid 2026-07 52100分 =dibao “paid”
head 李四 #2 河东镇
  account =农商行 “6217000000000000002”
  account_holder “李四”
  paid 90000分 =tekun “returned”
head 王五 #3 河东镇
  account =农商行 “6217000000000000003”
  account_holder “王五”
  paid -5000分 =elderly_allowance “paid”
head 赵六 #4 河东镇 ! bad_choice@A
  account_holder “赵六”
  paid 10000分
""",
    ),
    Case(
        "onecard_list",
        "惠农一卡通发放清册202608.xlsx",
        """
排序序号 | 1
户主姓名* | 张三
户主身份证号* | #1
收款人姓名* | 李四
收款人身份证号* | #2
银行账号* | 6217000000000000001
开户银行* | 农商行
村(居)委会* | 东村
村(居)民小组* | 一组
享受人* | 张三
享受人身份证号* | #1
联系电话 | 13900000001
补贴标准 | 100
补贴金额* | 100
补贴名称 | 高龄津贴
填报日期 | 2026-08-05
支付状态 | 支付失败
备注 |
""",
        """
subject 张三 #1 东村 13900000001 + account_holder 李四 #2 + head 张三 #1
  account =农商行 “6217000000000000001”
  paid 2026-08-05 10000分 =elderly_allowance “failed”
""",
    ),
    Case(
        "account_list",
        "救助对象银行账户202608.xlsx",
        """
序号 | 1 | 2 | 3
地区 | 河东镇 | 河东镇 | 河东镇
户主姓名 | 张三 | 李四 | 王五
身份证号 | #1 | #2 | #3
低保证号 | D001 | D002 | D003
起始保障年月 | 202001 | 202001 | 202001
开户银行 | 农商行 | 农商行 |
账户名称 | 张三 | 李小四 |
银行账号 | 6217000000000000001 | 6217000000000000002 |
账号状态 | 正常 | 须更新 | 未采集
救助类型 | 农村低保 | 农村低保 | 农村低保
""",
        """
head 张三 #1 河东镇
  residence =rural
  case “D001”
  since 2020-01
  account =农商行 “6217000000000000001”
  account_holder “张三”
  account_state =normal “6217000000000000001”
head 李四 #2 河东镇
  residence =rural
  case “D002”
  since 2020-01
  account =农商行 “6217000000000000002”
  account_holder “李小四”
  account_state =outdated “6217000000000000002”
head 王五 #3 河东镇
  residence =rural
  case “D003”
  since 2020-01
  account_state =missing
""",
    ),
    Case(
        "fund_platform",
        "资金内控平台拨付明细202608.xlsx",
        """
支付单号 | ZF001 | ZF002
资金项目 | 城乡居民最低生活保障金 | 特困人员救助供养
所属月份 | 202608 | 202608
收款人姓名 | 张三 | 李四
身份证号 | #1 | #2
收款人账号 | 6217000000000000001 | 6217000000000000002
开户行 | 农商行 | 农商行
拨付金额（元） | 521.00 | 900
拨付日期 | 2026-08-10 | 2026-08-10
拨付状态 | 已拨付 | 拨付失败
""",
        """
subject 张三 #1
  account =农商行 “6217000000000000001”
  transferred 2026-08-10 52100分 =dibao “paid”
  transfer_number 2026-08-10 “ZF001”
subject 李四 #2
  account =农商行 “6217000000000000002”
  transferred 2026-08-10 90000分 =tekun “failed”
  transfer_number 2026-08-10 “ZF002”
""",
        above="""
资金内控监管平台拨付明细
""",
    ),
    Case(
        "bank_return",
        "代发回盘202608.xlsx",
        """
序号 | 1 | 2 | 3 | 4
收款人姓名 | 张三 | 李四 | 王五 | 赵六
卡号 | 6217000000000000001 | 6217000000000000002 | 6217000000000000003 | 6217000000000000004
金额 | 521.00 | 900 | 300 | 300
处理结果 | 支付成功 | 支付失败 | 已退款 | 已停发
失败原因 |  | 账号不存在 | 长期不动户 |
处理日期 | 2026-08-11 | 20260811 | 20260812 | 20260812
流水号 | L1 | L2 | L3 | L4
""",
        """
account_holder 张三 missing L1
  account “6217000000000000001”
  pay_result 2026-08-11 52100分 =success
account_holder 李四 missing L2
  account “6217000000000000002”
  pay_result 2026-08-11 90000分 =failed “账号不存在”
account_holder 王五 missing L3
  account “6217000000000000003”
  pay_result 2026-08-12 30000分 =failed “长期不动户”
account_holder 赵六 missing L4
  account “6217000000000000004”
  pay_result 2026-08-12 30000分 =failed
""",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.source)
def test_money_files_are_recognised_and_read(case: Case, tmp_path: Path) -> None:
    check(case, tmp_path)


def test_a_payment_list_that_does_not_say_for_what_is_refused_with_the_candidates(tmp_path: Path) -> None:
    path = text_file(
        tmp_path / "名单202608.csv",
        [["姓名", "身份证号", "发放合计", "账号"], ["张三", id_number(1), "521", "6217000000000000001"]],
    )
    with pytest.raises(AidError) as caught:
        read(path)
    assert caught.value.code == "template_ambiguous"
    assert "paid_dibao" in caught.value.message and "paid_tekun" in caught.value.message
    assert read(path, source="paid_tekun").template.programme == "tekun"


def test_a_household_roster_is_not_taken_for_a_list_of_payments(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "农村低保家庭202610.xlsx", ("S", [HOUSEHOLD, household_row()]))
    assert read(path).template.key == "dibao_rural_household"
