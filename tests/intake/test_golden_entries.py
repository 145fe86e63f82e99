"""Lists of resources and services: no row of theirs is a person."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden_notation import Case, check

CASES = (
    Case(
        "resources",
        "社会救助资源清单2026Q3.xlsx",
        """
序号 | 1 | 2 |
机构名称 | 示例社工服务中心 | 示例慈善会 |
资源类型 | 服务 | 资金 |
服务内容 | 心理疏导 | 助学金 |
服务对象 | 低收入人口 | 困难学生 |
可服务人数 | 50 |  |
联系人 | 赵六 |  |
联系电话 | 13900000011 |  |
""",
        """
resources 示例社工服务中心
  contact=赵六
  phone=13900000011
  resource_by=示例社工服务中心
  resource_count=50
  resource_for=低收入人口
  resource_kind=服务
  resource_text=心理疏导
resources 示例慈善会
  resource_by=示例慈善会
  resource_for=困难学生
  resource_kind=资金
  resource_text=助学金
""",
        above="""
社会救助资源清单
""",
        below="""
注：以上资源每季度更新
""",
    ),
    Case(
        "services",
        "社区救助顾问服务清单2026Q3.xlsx",
        """
序号 | 1 | 2
服务名称 | 政策咨询 | 协助申请
服务内容 | 解答救助政策 | 代为填报
服务对象 | 低收入人口 | 行动不便的老人
责任单位 | 社区救助顾问站 | 社区救助顾问站
联系电话 | 02100000000 |
""",
        """
services 政策咨询
  phone=02100000000
  resource_by=社区救助顾问站
  resource_for=低收入人口
  resource_name=政策咨询
  resource_text=解答救助政策
services 协助申请
  resource_by=社区救助顾问站
  resource_for=行动不便的老人
  resource_name=协助申请
  resource_text=代为填报
""",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.source)
def test_entries_files_are_recognised_and_read(case: Case, tmp_path: Path) -> None:
    check(case, tmp_path)
