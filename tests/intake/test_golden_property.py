"""What people own and earn: real estate, vehicles, machines, businesses, tax, housing fund."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden_notation import Case, check

CASES = (
    Case(
        "real_estate_register",
        "不动产登记查询结果2026年第3季度.xlsx",
        """
权利人 | 张三 | 李四 | 王五
证件号 | #1 | #2 | #3
权利人类型 | 个人 | 个人 | 个人
共有情况 | 单独所有 | 共同共有 |
权利比例 |  | 50% |
坐落 | 示例区河东镇东村1号 | 示例区人民路2号地下车位 | 示例区人民路3号
不动产单元号 | 990101000 |  |
权利类型 | 国有建设用地使用权 |  |
权利性质 | 出让 |  |
用途 | 城镇住宅 | 车位 | 商业服务
建筑面积 | 88.5 | 12.344㎡ | 约60
不动产权证号 | 证1 | 证2 | 证3
登记时间 | 2019-05-06 00:00:00 | 2020/1/2 |
""",
        """
subject 张三 #1
  real_estate 2019-05-06 ×8850 =residential “示例区河东镇东村1号”
  real_estate_share “单独所有”
subject 李四 #2
  real_estate 2020-01-02 ×1234 =garage “示例区人民路2号地下车位”
  real_estate_share “共同共有”
subject 王五 #3 ! bad_area@K
  real_estate =commercial “示例区人民路3号”
""",
    ),
    Case(
        "business_register",
        "市场主体2026Q3.xlsx",
        """
法定代表人/经营者 | 张三 | 李四 | 王五
身份证号 | #1 | #2 | #3
企业名称/字号 | 示例区张三小吃店 | 示例区李四建材有限公司 | 示例养殖专业合作社
统一社会信用代码/注册号 | 92990101MA | 91990101MA | 93
主体类型 | 个体工商户 | 有限责任公司(自然人独资) | 农民专业合作社
出资额（万元） | 5 | 100.5 |
成立日期 | 2015-03-01 | 2012年3月1日 | 2018-01-01
登记状态 | 存续（在营、开业、在册） | 吊销，未注销 | 注销
经营范围 | 餐饮 | 建材 | 养殖
""",
        """
subject 张三 #1
  business 2015-03-01 5000000分 =active “示例区张三小吃店”
  business_kind =sole_trader
subject 李四 #2
  business 2012-03-01 100500000分 =revoked “示例区李四建材有限公司”
  business_kind =company
subject 王五 #3
  business 2018-01-01 =cancelled “示例养殖专业合作社”
  business_kind =cooperative
""",
    ),
    Case(
        "vehicles",
        "机动车查询结果202609.xlsx",
        """
所有人 | 张三 | 李四 | 王五
身份证号 | #1 | #2 | #3
号牌号码 | 示A12345 | 示A1T567 | 示AB1234
号牌种类 | 小型汽车 | 残疾人专用 | 普通摩托车
车辆类型 | 小型轿车 | 残疾人专用汽车 | 普通二轮摩托车
使用性质 | 非营运 | 非营运 | 非营运
初次登记日期 | 2018-06-07 | 2020-01-01 | 20100405
品牌型号 | 大众牌SVW7167 |  | 建设牌
状态 | 正常 | 逾期未检验 | 达到报废标准，公告牌证作废
""",
        """
subject 张三 #1
  vehicle 2018-06-07 =in_use “大众牌SVW7167”
  vehicle_kind =car “示A12345”
subject 李四 #2
  vehicle 2020-01-01 =overdue
  vehicle_kind =disabled “示A1T567”
subject 王五 #3
  vehicle 2010-04-05 =cancelled “建设牌”
  vehicle_kind =motorcycle “示AB1234”
""",
    ),
    Case(
        "farm_machines",
        "农机购置补贴公示2026年1-9月.xlsx",
        """
序号 | 1 |
乡镇 | 河东镇 |
村 | 东村 |
购机者姓名 | 张三 | 合计
身份证号 | #1 |
机具品目 | 轮式拖拉机 |
购机日期 | 2026-03-04 |
单台销售价格 | 45000 | 45000
单台补贴额 | 12,600.00 | 12600
""",
        """
subject 张三 #1 河东镇 东村
  farm_machine 2026-03-04 4500000分 “轮式拖拉机”
  farm_machine_aid 2026-03-04 1260000分
""",
    ),
    Case(
        "income_tax",
        "个税申报信息202609.xlsx",
        """
纳税人姓名 | 张三 | 李四
证件类型 | 居民身份证 | 居民身份证
证件号码 | #1 | #2
扣缴义务人 | 示例建筑公司 | 示例劳务公司
所得项目 | 正常工资薪金 | 一般劳务报酬所得
税款所属期起 | 2026-08-01 | 2026-08
税款所属期止 | 2026-08-31 | 2026-08
收入额 | 4,500.00 | 800
应纳税额 | 0 |
""",
        """
subject 张三 #1
  taxed_income 2026-08 450000分 =wage “示例建筑公司”
  income_tax 2026-08 0分 =wage
subject 李四 #2
  taxed_income 2026-08 80000分 =labour “示例劳务公司”
""",
    ),
    Case(
        "housing_fund",
        "公积金缴存2026年9月.xlsx",
        """
姓名 | 张三 | 李四
身份证号 | #1 | #2
单位名称 | 示例公司 | 示例厂
个人账号 | 001 | 002
缴存基数 | 3000 | 2500
月缴存额 | 600 | 500
缴至年月 | 202609 | 2024.06
余额 | 12,345.67 | 800
账户状态 | 正常 | 封存
""",
        """
subject 张三 #1
  housing_fund 60000分 =active “示例公司”
  housing_fund_base 300000分
  housing_fund_balance 1234567分
subject 李四 #2
  housing_fund 2024-06 50000分 =sealed “示例厂”
  housing_fund_base 2024-06 250000分
  housing_fund_balance 2024-06 80000分
""",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.source)
def test_property_files_are_recognised_and_read(case: Case, tmp_path: Path) -> None:
    check(case, tmp_path)
