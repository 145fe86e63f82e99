"""The office's own registers; where two persons stand in a row, both are read."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden_notation import Case, check

CASES = (
    Case(
        "applications",
        "救助申请登记2026年9月.xlsx",
        """
序号 | 1 | 2
受理编号 | SL001 | SL002
申请日期 | 2026-09-01 | 2026/9/2
申请人 | 张三 | 李四
身份证号 | #1 | #2
家庭人口 | 3 | 1
申请项目 | 农村低保 | 临时救助（小额）
申请原因 | 因病致贫 |
受理日期 | 2026-09-03 | 2026-09-02
办理结果 | 审核中 | 不予确认
办结日期 |  | 2026-09-20
所属社区 | 东村 | 西村
联系电话 | 13900000001 |
""",
        """
applicant 张三 #1 东村 13900000001
  household_size ×3
  applied 2026-09-01 =dibao “因病致贫”
  application_accepted 2026-09-03 =dibao “SL001”
  application_state =accepted
applicant 李四 #2 西村
  household_size ×1
  applied 2026-09-02 =temporary_aid
  application_accepted 2026-09-02 =temporary_aid “SL002”
  application_state 2026-09-20 =refused
""",
        above="""
河东镇2026年9月社会救助申请登记台账
""",
    ),
    Case(
        "self_reports",
        "主动报告登记202609.xlsx",
        """
序号 | 1 | 2
街道 | 河东镇 | 河东镇
户主姓名 | 张三 | 王五
身份证号 | #1 | #3
报告日期 | 2026-09-05 | 2026-09-06
变动事项 | 就业（务工） | 婚姻变化
变化情况 | 长子外出务工，月收入4000元 | 女儿结婚
报告人 | 李四 |
报告人身份证号 | #2 |
""",
        """
subject 张三 #1 河东镇 + reporter 李四 #2
  reported 2026-09-05 =employment “长子外出务工,月收入4000元”
subject 王五 #3 河东镇
  reported 2026-09-06 =marriage “女儿结婚”
""",
    ),
    Case(
        "visits",
        "入户走访记录202609.xlsx",
        """
走访日期 | 2026-09-07 | 9月8日 | 2026-09-09
镇街 | 河东镇 | 河东镇 | 河东镇
村居 | 东村 | 东村 | 西村
走访对象 | 张三 | 李四 | 王五
身份证号 | #1 | #2 | #3
走访情况 | 身体状况稳定 |  | 家中无人
走访结论 | 维持 |  | 未见到本人
走访人 | 赵六、钱七 | 赵六 | 钱七
""",
        """
subject 张三 #1 河东镇 东村
  visited 2026-09-07 =keep “身体状况稳定”
  visited_by 2026-09-07 “赵六、钱七”
subject 李四 #2 河东镇 东村 ! year_of_title@A
  visited 2026-09-08
  visited_by 2026-09-08 “赵六”
subject 王五 #3 河东镇 西村
  visited 2026-09-09 =not_met “家中无人”
  visited_by 2026-09-09 “钱七”
""",
    ),
    Case(
        "kin_filings",
        "近亲属备案2026年9月.xlsx",
        """
序号 | 1 | 2
工作人员姓名 | 赵六 | 钱七
工作人员身份证号 | #11 | #13
工作单位 | 河东镇人民政府 | 东村村委会
职务 | 民政办主任 | 会计
关系 | 母亲 | 兄弟
救助对象姓名 | 张三 | 李四
救助身份证号 | #1 | #2
户籍地址 | 东村 | 东村
救助种类 | 农村低保 | 特困供养
月保障金 | 500 |
备案日期 | 2026-09-01 | 2026年9月2日
""",
        """
subject 张三 #1 + staff 赵六 #11
  address “东村”
  kin_filed 2026-09-01 =dibao “母亲”
  kin_aid 50000分 =dibao
  kin_staff “河东镇人民政府”
  kin_staff_post “民政办主任”
subject 李四 #2 + staff 钱七 #13
  address “东村”
  kin_filed 2026-09-02 =tekun “兄弟”
  kin_staff “东村村委会”
  kin_staff_post “会计”
""",
        above="""
近亲属享受社会救助备案登记表
""",
    ),
    Case(
        "card_custody",
        "卡折代管备案202609.xlsx",
        """
序号 | 1 | 2
持卡人姓名 | 张三 | 李四
持卡人身份证号 | #1 | #2
卡折号 | 6217000000000000001 | 6217000000000000002
代管人姓名 | 赵六 | 赵六
代管人身份证号 | #11 | #11
与持卡人关系 | 村干部 | 村干部
代管原因 | 无民事行为能力 | 行动不便
备案日期 | 2026-09-01 | 2026-09-01
代管期限 | 2027-08-31 | 长期
""",
        """
subject 张三 #1 + keeper 赵六 #11
  account “6217000000000000001”
  card_custody 2026-09-01 “无民事行为能力”
  card_custody_until 2027-08-31
  keeper_relation “村干部”
subject 李四 #2 + keeper 赵六 #11
  account “6217000000000000002”
  card_custody 2026-09-01 “行动不便”
  keeper_relation “村干部”
""",
    ),
    Case(
        "care_agreements",
        "分散供养照护协议202609.xlsx",
        """
特困人员姓名 | 张三 | 李四
身份证号 | #1 | #2
照料人 | 赵六 |
照料人身份证号 | #11 |
签订日期 | 2026-01-01 | 2026/1/1
协议到期日 | 2026-12-31 | 2027.1.1
服务机构 |  | 示例养老服务中心
评估等级 | 半自理 | 全护理
""",
        """
subject 张三 #1 + carer 赵六 #11
  care_grade =partial
  care_agreement 2026-01-01
  care_agreement_until 2026-12-31
subject 李四 #2
  care_grade =dependent
  care_agreement 2026-01-01 “示例养老服务中心”
  care_agreement_until 2027-01-01
""",
    ),
    Case(
        "service_records",
        "服务记录2026年9月.xlsx",
        """
服务日期 | 2026-09-03 | 2026-09-04
服务对象 | 张三 | 李四
身份证号 | #1 | #2
服务类型 | 助洁服务 | 陪诊
服务内容 | 打扫卫生 | 陪同就医
服务人员 | 赵六 | 钱七
""",
        """
subject 张三 #1
  served 2026-09-03 =cleaning “打扫卫生”
  served_by 2026-09-03 “赵六”
subject 李四 #2
  served 2026-09-04 =hospital_care “陪同就医”
  served_by 2026-09-04 “钱七”
""",
    ),
    Case(
        "platform_alerts",
        "省平台预警下发清单2026年9月.xlsx",
        """
预警编号 | YJ20260901001 | YJ20260901002 | YJ20260901003
预警类型 | 死亡预警 | 车辆信息 | 星座预警
姓名 | 张三 | 张三 | 李四
身份证号 | #1 | #1 | #2
预警内容 | 疑似死亡仍享受低保 | 名下有小型汽车1辆 | 其他情况
下发日期 | 2026-09-10 | 2026-09-10 | 2026-09-10
核查期限 | 2026-11-09 | 2026-11-09 | 2026-11-09
核查结果 |  | 核查属实，已停发 |
核查人 |  | 赵六 |
核查日期 |  | 2026-09-20 |
""",
        """
subject 张三 #1 YJ20260901001
  platform_alert 2026-11-09 =death “疑似死亡仍享受低保”
  platform_alert_number “YJ20260901001”
  platform_alert_sent 2026-09-10
subject 张三 #1 YJ20260901002
  platform_alert 2026-11-09 =vehicle “名下有小型汽车1辆”
  platform_alert_number “YJ20260901002”
  platform_alert_sent 2026-09-10
  platform_answer 2026-09-20 “核查属实,已停发”
  platform_answer_by 2026-09-20 “赵六”
subject 李四 #2 YJ20260901003 ! bad_choice@B
  platform_alert 2026-11-09 “其他情况”
  platform_alert_number “YJ20260901003”
  platform_alert_sent 2026-09-10
""",
    ),
    Case(
        "advisers",
        "社区救助顾问人员清单2026Q3.xlsx",
        """
序号 | 1 | 2
街道 | 河东镇 | 河东镇
姓名 | 赵六 | 钱七
身份证号 | #11 |
人员类别 | 社区救助顾问 | 专职网格员
服务区域 | 东村、西村 | 西村第2网格
联系电话 | 13900000011 | 13900000012
""",
        """
adviser 赵六 #11 河东镇 13900000011
  adviser =adviser “东村、西村”
adviser 钱七 missing 河东镇 13900000012 ! id_missing@D
  adviser =grid_worker “西村第2网格”
""",
    ),
    Case(
        "needs",
        "低收入人口需求清单202609.xlsx",
        """
乡镇 | 河东镇 |
村 | 东村 |
姓名 | 张三 | 李四
身份证号 | #1 | #2
需求类型 | 助餐服务 | 住房改造
需求内容 | 每日午餐配送 | 卫生间无障碍改造
登记日期 | 2026-09-01 | 2026-09-02
""",
        """
subject 张三 #1 河东镇 东村
  need 2026-09-01 =meals “每日午餐配送”
subject 李四 #2
  need 2026-09-02 =housing “卫生间无障碍改造”
""",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.source)
def test_office_files_are_recognised_and_read(case: Case, tmp_path: Path) -> None:
    check(case, tmp_path)
