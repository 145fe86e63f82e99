"""Who lives with the tenant of a 公租房: in one cell, in columns of their own, and never as somebody enrolled."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden_notation import told_of
from intake_files import id_number

A, B, C = id_number(1), id_number(2), id_number(3)
BESIDE = [
    "applicant 张三 #1 + member 李四 #2 + member 王小明 #3",
    "  public_rental =in_kind",
]


@pytest.mark.parametrize("between", ["、", "；", "，", "\n"])
def test_several_in_one_cell(tmp_path: Path, between: str) -> None:
    table = [
        ["主申请人姓名", "主申请人身份证号", "共同申请人姓名", "共同申请人身份证号", "保障方式"],
        ["张三", A, between.join(("李四", "王小明")), between.join((B, C)), "实物配租"],
        ["赵六", id_number(5), "", "", "实物配租"],
    ]
    assert told_of(tmp_path, "公租房2026年9月.xlsx", table)[1:] == [
        *BESIDE,
        "  1:household_member",
        "  2:household_member",
        "applicant 赵六 #5",
        "  public_rental =in_kind",
    ]


def test_each_in_columns_of_their_own(tmp_path: Path) -> None:
    table = [
        [
            *("主申请人姓名", "主申请人身份证号"),
            *("共同申请人1姓名", "共同申请人1身份证号", "与主申请人关系"),
            *("共同申请人2姓名", "共同申请人2身份证号", "与主申请人关系", "保障方式"),
        ],
        ["张三", A, "李四", B, "配偶", "王小明", C, "子", "实物配租"],
    ]
    assert told_of(tmp_path, "公租房2026年9月.xlsx", table)[1:3] == BESIDE


def test_members_of_the_household_under_the_usual_heading(tmp_path: Path) -> None:
    table = [
        ["申请人", "身份证号", "家庭成员姓名", "家庭成员身份证号", "保障方式", "状态"],
        ["张三", A, "张三、李四", f"{A}、{B}", "实物配租", "已退租"],
    ]
    assert told_of(tmp_path, "公租房2026年9月.xlsx", table)[1:] == [
        "applicant 张三 #1 + member 李四 #2",
        "  public_rental_state =left “in_kind”",
        "  1:household_member",
    ]


@pytest.mark.parametrize("number", ["身份证号", "家庭成员{}身份证号"])
def test_the_family_of_who_applies(tmp_path: Path, number: str) -> None:
    own = ["申请人", "身份证号", "申请日期", "申请项目"]
    table = [
        [*own, "家庭成员1", number.format(1), "家庭成员2", number.format(2)],
        ["张三", A, "2026-09-01", "农村低保", "李四", B, "王小明", C],
    ]
    assert told_of(tmp_path, "救助申请登记2026年9月.xlsx", table)[1:] == [
        "applicant 张三 #1 + member 李四 #2 + member 王小明 #3",
        "  applied 2026-09-01 =dibao",
        "  1:household_member",
        "  2:household_member",
    ]
