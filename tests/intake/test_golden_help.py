"""Disasters, housing, help from other bodies, and those whom the public purse or a prison keeps."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden_notation import Case, check

CASES = (
    Case(
        "disaster_affected",
        "受灾人员台账2026年8月.xlsx",
        """
序号 | 1 | 2 |
乡镇 | 河东镇 | 河东镇人民政府 |
村 | 东村 | 西村 |
户主姓名 | 张三 | 李　四 | 合计
身份证号 | #1 | #2 |
家庭人口 | 4 | 2 | 6
受灾类型 | 洪涝灾害 | 家庭火灾 |
受灾时间 | 2026.8.3 | 2026年8月9日 |
倒塌间数 | 2 |  | 2
严重损坏间数 | 1 |  | 1
直接经济损失（万元） | 3.5 |  | 3.5
农作物损失 | 水稻3亩 |  |
""",
        """
head 张三 #1 河东镇 东村
  household_size ×4
  disaster 2026-08-03 3500000分 =flood “水稻3亩”
  rooms_collapsed 2026-08-03 ×2
  rooms_damaged 2026-08-03 ×1
head 李四 #2 河东镇 西村
  household_size ×2
  disaster 2026-08-09 =fire
""",
        above="""
示例区2026年8月洪涝受灾人员台账
填报单位：应急管理局 |  |  | 单位：间、元
""",
        below="""
制表人： |  | 审核人：
""",
    ),
    Case(
        "winter_relief",
        "冬春救助花名册2026年10月.xlsx",
        """
序号 | 1 | 2
乡镇 | 河东镇 | 河东镇
村（社区） | 东村 | 东村
户主姓名 | 张三 | 李四
身份证号码 | #1 |
家庭人口 | 4 | 1
需救助人口 | 3 | 1
救助金额（元） | ￥600 | 200
发放时间 | 2026-10-05 | 2026-10-05
救助方式 | 口粮 | 衣被
一卡通账号 | 6217000000000000001 | 无
""",
        """
head 张三 #1 河东镇 东村
  household_size ×4
  account “6217000000000000001”
  winter_aid 2026-10-05 60000分 ×3
  help_goods 2026-10-05 “口粮”
head 李四 missing 河东镇 东村 ! id_missing@E
  household_size ×1
  winter_aid 2026-10-05 20000分 ×1
  help_goods 2026-10-05 “衣被”
""",
        above="""
2026—2027年度冬春救助花名册
""",
    ),
    Case(
        "dangerous_houses",
        "农村危房改造对象2026Q3.xlsx",
        """
危房id | W001 | W002
户主姓名 | 张三 | 李四
身份证号 | #1 | #2
人口数 | 3 | 1
贫困类型 | 低保户 | 分散供养特困人员
危房等级 | D级 | Ｃ
纳入改造时间 | 202604 | 2026年5月
补助金额 | 21,000.00 | 8000
一卡通开户行 | 农商行 |
一卡通帐号 | 6217000000000000001 |
乡镇 | 河东镇 | 河东镇
村组 | 东村3组 | 西村1组
工程进度 | 已竣工 | 未开工
""",
        """
head 张三 #1 河东镇 东村3组
  household_size ×3
  account =农商行 “6217000000000000001”
  dangerous_housing 2026-04 2100000分 =D “已竣工”
head 李四 #2 河东镇 西村1组
  household_size ×1
  dangerous_housing 2026-05 800000分 =C “未开工”
""",
    ),
    Case(
        "public_rental",
        "公租房和租赁补贴2026年三季度.xlsx",
        """
申请人 | 张三 | 李四
身份证号 | #1 | #2
家庭人口 | 3 | 2
保障方式 | 实物配租 | 租赁补贴
项目/地址 | 阳光苑1-201 |
面积（㎡） | 50.45 |
合同开始日期 | 2025-01-01 | 2026/1/1
合同到期日 | 2027-12-31 | 长期
月租金/补贴 | 120.5 | 300
状态 | 在租 | 正常
""",
        """
applicant 张三 #1
  household_size ×3
  public_rental 2025-01-01 12050分 ×5045 =in_kind
  public_rental_state =current “in_kind”
  public_rental_until 2027-12-31
  public_rental_place “阳光苑1-201”
applicant 李四 #2
  household_size ×2
  public_rental 2026-01-01 30000分 =subsidy
  public_rental_state =current “subsidy”
""",
    ),
    Case(
        "helped_persons",
        "总工会帮扶名单2026年9月.xlsx",
        """
序号 | 1 | 2
单位/街镇 | 区总工会 | 区慈善总会
姓名 | 张三 | 李四
性别 | 男 | 女
身份证号 | #1 | 9901011960****0025
困难原因 | 患病 | 残疾
帮扶项目 | 金秋助学 | 慈善助困
金额 | 2000 | —
发放时间 | 2026-09-10 | 2026.9.11
联系电话 | 13900000001 |
备注 |  | 米面油
""",
        """
subject 张三 #1 13900000001
  helped 2026-09-10 200000分 =trade_union “金秋助学”
  hardship “患病”
subject 李四 masked ! id_masked@E
  helped 2026-09-11 =charity “慈善助困”
  hardship “残疾”
""",
    ),
    Case(
        "sheltered_persons",
        "救助管理站受助人员202609.xlsx",
        """
序号 | 1 | 2
姓名 | 张三 | 无名氏（男）
性别 | 男 | 男
身份证号 | #1 | 不详
户籍地址 | 示例区河东镇 |
入站时间 | 2026-09-01 21:30 | 2026-09-05
离站时间 | 2026-09-02 09:00 |
人员类别 | 流浪乞讨人员 | 走失人员
求助原因 | 流浪乞讨 | 走失
离站去向 | 护送返乡 |
""",
        """
subject 张三 #1
  sheltered 2026-09-01 =vagrant “流浪乞讨”
  sheltered_until 2026-09-02 “护送返乡”
subject 无名氏 missing ! name_note@B id_missing@D
  sheltered 2026-09-05 =lost “走失”
""",
    ),
    Case(
        "ltc_insurance",
        "长护险待遇人员202609.xlsx",
        """
姓名 | 张三 | 李四 | 王五
身份证号 | #1 | #2 | #3
失能等级 | 重度失能Ⅱ级 | 五级 | 五级
服务方式 | 居家上门护理 | 养老机构护理 | 上门
待遇开始日期 | 2025-11-01 | 2026.1.1 | 2025-02-01
待遇终止日期 | 2027-12-31 | | 2026-08-09
待遇标准（元/月） | 1,200 | | 900
基金支付金额（元） | 1,200 | | 270
待遇状态 | 正常 | 暂停 | 终止
终止原因 | | | 死亡
街道 | 河东镇 | 河东镇 | 河东镇
""",
        """
subject 张三 #1 河东镇
  benefit_state =paid
  ltc_insurance 2025-11-01 120000分 =home “重度失能II级”
  ltc_since 2025-11-01
  ltc_insurance_until 2027-12-31
  ltc_paid 120000分
subject 李四 #2 河东镇
  benefit_state =paused
  ltc_insurance 2026-01-01 =institution “五级”
  ltc_since 2026-01-01
subject 王五 #3 河东镇 ! death_told@J
  benefit_state =ended
  ltc_since 2025-02-01
  ltc_insurance_until 2026-08-09
  ltc_paid 27000分
  death =长期护理保险待遇名单
""",
    ),
    Case(
        "prisoners",
        "服刑强戒人员202609.xlsx",
        """
姓名 | 张三 | 李四
身份证号 | #1 | #2
罪名 | 略 |
刑期起止 |  |
收监日期 | 2025-03-01 | 2026/1/5
释放日期 | 2028-02-28 | 2028.1.4
监所 | 示例监狱 | 示例戒毒所
人员类别 | 服刑人员 | 强制隔离戒毒
""",
        """
subject 张三 #1
  in_prison 2025-03-01 =prison “示例监狱”
  in_prison_until 2028-02-28 =prison
subject 李四 #2
  in_prison 2026-01-05 =compulsory_detox “示例戒毒所”
  in_prison_until 2028-01-04 =compulsory_detox
""",
    ),
    Case(
        "public_payroll",
        "财政供养人员2026Q3.xlsx",
        """
序号 | 1 | 2 | 3
单位名称 | 示例区中学 | 河东镇人民政府 | 示例区水务局
姓名 | 张三 | 李四 | 王五
身份证号 | #1 | #2 | #3
性别 | 男 | 女 | 男
编制类型 | 事业编制 | 行政编制 | 退休
职务 | 教师 | 科员 |
参加工作时间 | 1998-07-01 | 2010.7.1 |
""",
        """
subject 张三 #1
  public_payroll 1998-07-01 =institution “示例区中学”
  public_post =institution “教师”
subject 李四 #2
  public_payroll 2010-07-01 =civil_servant “河东镇人民政府”
  public_post =civil_servant “科员”
subject 王五 #3
  public_payroll =retired “示例区水务局”
""",
    ),
    Case(
        "village_cadres",
        "村居干部名册2026Q3.xlsx",
        """
乡镇 | 河东镇 |
村 | 东村 |
姓名 | 张三 | 李四
性别 | 男 | 女
身份证号 | #1 | #2
职务 | 党支部书记、村委会主任 | 妇联主席
任职时间 | 2021-01-10 | 2021-01-10
联系电话 | 13900000001 |
""",
        """
subject 张三 #1 河东镇 东村 13900000001
  public_payroll 2021-01-10 =village_cadre “党支部书记、村委会主任”
subject 李四 #2
  public_payroll 2021-01-10 =village_cadre “妇联主席”
""",
        above="""
2026年村（居）“两委”干部名册
""",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.source)
def test_help_files_are_recognised_and_read(case: Case, tmp_path: Path) -> None:
    check(case, tmp_path)
