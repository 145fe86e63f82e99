"""The 核对报告: its long list, and each section as a table of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden_notation import Case, check

CASES = (
    Case(
        "check_list",
        "核对报告202609.xlsx",
        """
姓名 | 张三 | 张三 | 李四 | 李四 | 李四 | 李四
身份证号 | #1 | #1 | #2 | #2 | #2 | #2
项目 | 存款 | 不动产 | 车辆登记 | 个人所得税 | 商业保险 | 婚姻
结果 | 有 | 查无 | 无 | 未反馈 | 持有1份 |
数值 | 12,345.67元 |  |  |  | 1份 |
基准日 | 2026-08-31 | 2026-09-15 | 2026-09-15 |  | 2026/9/15 |
来源单位 | 示例银行 | 不动产登记中心 | 车管所 | 税务局 |  |
备注 |  |  |  |  |  |
""",
        """
subject 张三 #1
  check_result 2026-08-31 =deposit “found”
  check_figure 2026-08-31 =deposit “12,345.67元”
  check_source =deposit “示例银行”
subject 张三 #1
  check_result 2026-09-15 =real_estate “none”
  check_source =real_estate “不动产登记中心”
subject 李四 #2
  check_result 2026-09-15 =vehicle “none”
  check_source =vehicle “车管所”
subject 李四 #2
  check_result =tax “unanswered”
  check_source =tax “税务局”
subject 李四 #2
  check_result 2026-09-15 =insurance “持有1份”
  check_figure 2026-09-15 =insurance “1份”
subject 李四 #2
""",
        above="""
示例区居民家庭经济状况核对报告
核对编号：HD001 | 核对时间：2026-09-20
""",
    ),
    Case(
        "check_deposit_over",
        "核对反馈-存款202609.xlsx",
        """
家庭成员姓名 | 张三 | 李四 | 王五
身份证号 | #1 | #2 | #3
个人存款是否超限 | 否 | 超限 | 不详
家庭存款是否超限 | 未超限 |  |
反馈时间 | 2026-09-20 10:00:00 | 2026-09-20 | 2026-09-20
""",
        """
subject 张三 #1
  deposit_over =no
  deposit_over_household =no
  check_answered 2026-09-20
subject 李四 #2
  deposit_over =yes
  check_answered 2026-09-20
- value_missing@C
""",
    ),
    Case(
        "check_deposit",
        "核对存款余额202609.xlsx",
        """
家庭成员姓名 | 张三
身份证号 | #1
银行名称 | 示例农商行
存款余额（元） | 12,345.6
查询日期 | 2026-08-31
反馈时间 | 2026-09-20
""",
        """
subject 张三 #1
  deposit 2026-08-31 1234560分 “示例农商行”
  check_answered 2026-09-20
""",
    ),
    Case(
        "check_securities",
        "核对证券202609.xlsx",
        """
家庭成员姓名 | 张三
股票总市值 | 0
新三板估值 |
基金总市值 | 1000.5
债券总市值 |
实际查询日期 | 2026-09-01
结果标识 | 成功
反馈时间 | 2026-09-20
""",
        """
subject 张三 missing
  securities 2026-09-01 0分 =stock
  securities 2026-09-01 100050分 =fund
  check_answered 2026-09-20
""",
    ),
    Case(
        "check_real_estate",
        "核对不动产202609.xlsx",
        """
家庭成员姓名 | 张三
身份证号 | #1
坐落 | 人民路1号
建筑面积 | 120.55
规划用途 | 住宅
房屋性质 | 商品房
不动产权证号 | 证1
登记时间 | 2015-01-01
共有方式 | 共同共有
反馈时间 | 2026-09-20
""",
        """
subject 张三 #1
  real_estate 2015-01-01 ×12055 =residential “人民路1号”
  real_estate_share “共同共有”
  check_answered 2026-09-20
""",
    ),
    Case(
        "check_vehicles",
        "核对车辆202609.xlsx",
        """
家庭成员姓名 | 张三
身份证号 | #1
品牌 | 示例牌
号牌 | 示A12345
型号 | X1
初次登记日期 | 2020-01-01
使用性质 | 非营运
状态 | 正常
反馈时间 | 2026-09-20
""",
        """
subject 张三 #1
  vehicle 2020-01-01 =in_use “示例牌”
  vehicle_kind “示A12345”
  check_answered 2026-09-20
""",
    ),
    Case(
        "check_business",
        "核对企业高管202609.xlsx",
        """
家庭成员姓名 | 张三
身份证号 | #1
企业名称 | 示例商贸有限公司
注册资本 | 50万元
职务 | 监事
在业状态 | 在业
反馈时间 | 2026-09-20
""",
        """
subject 张三 #1 ! unit_missing@D
  business =active “示例商贸有限公司”
  business_post =executive
  check_answered 2026-09-20
""",
    ),
    Case(
        "check_tax",
        "核对个税202609.xlsx",
        """
家庭成员姓名 | 张三
身份证号 | #1
税款所属期起 | 2026-07-01
税款所属期止 | 2026-07-31
收入额 | 3000
应纳税所得额 | 0
单位名称 | 示例公司
所得项目 | 工资薪金所得
反馈时间 | 2026-09-20
""",
        """
subject 张三 #1
  taxed_income 2026-07 300000分 =wage “示例公司”
  check_answered 2026-09-20
""",
    ),
    Case(
        "check_housing_fund",
        "核对公积金202609.xlsx",
        """
家庭成员姓名 | 张三
职工缴交率 | 7%
汇缴年月 | 202608
月缴额 | 420
单位缴交率 | 7%
单位代码 | 01
单位名称 | 示例公司
职工月缴额 | 210
汇缴状态 | 正常汇缴
反馈时间 | 2026-09-20
""",
        """
subject 张三 missing
  housing_fund 2026-08 42000分 =active “示例公司”
  check_answered 2026-09-20
""",
    ),
    Case(
        "check_housing_fund_loan",
        "核对公积金贷款202609.xlsx",
        """
家庭成员姓名 | 张三
月还金额 | 1,500
还款账户 | 6217
反馈时间 | 2026-09-20
""",
        """
subject 张三 missing
  housing_fund_loan 150000分
  check_answered 2026-09-20
""",
    ),
    Case(
        "check_death",
        "核对死亡202609.xlsx",
        """
家庭成员姓名 | 张三
性别 | 男
出生日期 | 1960-01-01
死亡日期 | 2026-08-01
注销标识 | 死亡注销
派出所 | 河东派出所
反馈时间 | 2026-09-20
""",
        """
subject 张三 missing
  check_answered 2026-09-20
  death 2026-08-01 =hukou_cancelled
""",
    ),
    Case(
        "check_funeral",
        "核对殡葬202609.xlsx",
        """
家庭成员姓名 | 张三
身份证号 | #1
死亡日期 | 2026-08-01
死亡原因 | 疾病
死亡地点 | 家中
殡仪馆名称 | 示例殡仪馆
反馈时间 | 2026-09-20
""",
        """
subject 张三 #1
  check_answered 2026-09-20
  death 2026-08-01 =cremation
""",
    ),
    Case(
        "check_disability",
        "核对残疾202609.xlsx",
        """
家庭成员姓名 | 张三
市区 | 示例区
镇街 | 河东镇
村委 | 东村
残疾人证号码 | 99010119600101001543
残疾类别 | 肢体
残疾等级 | 三级
复审日期 |
反馈时间 | 2026-09-20
""",
        """
subject 张三 #1 河东镇 东村 ! id_from_card@E
  check_answered 2026-09-20
  disability ×3 =limb
""",
    ),
    Case(
        "check_ltc",
        "核对长护险202609.xlsx",
        """
家庭成员姓名 | 张三
身份证号 | #1
统筹区 | 示例区
残疾等级 | 重度失能
待遇开始日期 | 2026-01-01
待遇标准 | 900
反馈时间 | 2026-09-20
""",
        """
subject 张三 #1
  ltc_insurance 2026-01-01 90000分 “重度失能”
  ltc_since 2026-01-01
  check_answered 2026-09-20
""",
    ),
    Case(
        "check_medical",
        "核对高额医疗费202609.xlsx",
        """
家庭成员姓名 | 张三
参保所属区 | 示例区
医院名称 | 示例医院
医疗人员类别 | 居民
总费用 | 50000
统筹支出 | 20000
现金支付 | 25000
个人账户 | 0
大病救助 | 0
城乡救助 | 5000
大病保险 | 0
丙类费用 | 3000.5
入院时间 | 2026-08-01
出院时间 | 2026-08-20
结算日期 | 2026-08-20
人员类别 | 低保
反馈时间 | 2026-09-20
""",
        """
subject 张三 missing
  medical_total 2026-08-20 5000000分
  medical_excluded 2026-08-20 300050分
  medical_aid 2026-08-20 500000分
  check_answered 2026-09-20
""",
    ),
    Case(
        "check_marriage",
        "核对婚姻202609.xlsx",
        """
家庭成员姓名 | 张三
身份证号 | #1
配偶姓名 | 李四
配偶证件号码 | #2
登记类型 | 离婚登记
登记日期 | 2019-05-06
反馈时间 | 2026-09-20
""",
        """
subject 张三 #1 + spouse 李四 #2
  marriage 2019-05-06 =divorced
  check_answered 2026-09-20
""",
    ),
    Case(
        "check_unemployment",
        "核对就业失业202609.xlsx",
        """
家庭成员姓名 | 张三
身份证号 | #1
减少原因 |
失业原因 | 单位倒闭
失业登记时间 | 2026-05-06
就业登记日期 |
反馈时间 | 2026-09-20
""",
        """
subject 张三 #1
  unemployed 2026-05-06 =registered “单位倒闭”
  check_answered 2026-09-20
""",
    ),
    Case(
        "check_custody",
        "核对司法202609.xlsx",
        """
家庭成员姓名 | 张三
身份证号 | #1
是否重点人员 | 是
类型 | 社区矫正
起始日期 | 2026-01-01
结束日期 | 2027-01-01
反馈时间 | 2026-09-20
""",
        """
subject 张三 #1
  in_prison 2026-01-01 =community
  in_prison_until 2027-01-01 =community
  check_answered 2026-09-20
""",
    ),
    Case(
        "check_hukou",
        "核对户籍202609.xlsx",
        """
家庭成员姓名 | 张三
身份证号 | #1
性别 | 男
出生日期 | 1960-01-01
户籍地址 | 示例区河东镇东村1号
户号 | HK001
反馈时间 | 2026-09-20
""",
        """
subject 张三 #1
  hukou “HK001”
  hukou_address “示例区河东镇东村1号”
  check_answered 2026-09-20
""",
    ),
    Case(
        "check_college",
        "核对高考202609.xlsx",
        """
家庭成员姓名 | 张小三
户口所在地 | 示例区
院校名称 | 示例大学
批次名称 | 本科批
录取年度 | 2026
反馈时间 | 2026-09-20
""",
        """
subject 张小三 missing
  hukou_address “示例区”
  student “示例大学”
  check_answered 2026-09-20
""",
    ),
    Case(
        "check_hardship_worker",
        "核对特困职工202609.xlsx",
        """
家庭成员姓名 | 张三
行政区划 | 示例区
家庭住址 | 东村
联系电话 | 13900000001
救助原因 | 下岗
反馈时间 | 2026-09-20
""",
        """
subject 张三 missing 13900000001
  hardship “下岗”
  check_answered 2026-09-20
""",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.source)
def test_check_files_are_recognised_and_read(case: Case, tmp_path: Path) -> None:
    check(case, tmp_path)
