"""A workbook of the employment office with both registers: who works, who is registered as unemployed."""

from __future__ import annotations

from pathlib import Path

from intake_files import facts, id_number, rows, xlsx

WORK = [
    "姓名",
    "身份证号码",
    "登记类型",
    "就业单位",
    "就业形式",
    "合同起始日",
    "合同终止日",
    "月工资（元）",
    "登记日期",
]
UNEMPLOYED = ["姓名", "身份证号码", "失业登记日期", "失业原因", "失业前单位", "状态"]


def test_a_job_is_told_with_its_wage_and_the_unemployed_stay_registered(tmp_path: Path) -> None:
    job = [
        "张三",
        id_number(1),
        "就业登记",
        "示例公司",
        "灵活就业",
        "2026-03-12",
        "2027-03-11",
        "2600.5",
        "2026-03-14",
    ]
    out = ["李四", id_number(2), "2026年3月15日", "停产歇业", "示例服装厂", "失业"]
    path = xlsx(
        tmp_path / "就业失业登记信息202610.xlsx", ("就业登记", [WORK, job]), ("失业登记", [UNEMPLOYED, out])
    )
    works, unemployed = rows(path)
    (employed,), (income,) = facts(works, "employed"), facts(works, "income")
    assert (employed.day, employed.code, employed.text) == ("2026-03-12", "flexible", "示例公司")
    assert (income.fen, income.code) == (260050, "person_month")
    assert facts(works, "unemployed")[0].code == "cancelled"
    assert facts(unemployed, "unemployed")[0].code == "registered" and facts(unemployed, "employed") == []
