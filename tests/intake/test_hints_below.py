"""What is told of a list comes with its first person, whatever stands between them and the header."""

from __future__ import annotations

from pathlib import Path

from intake_files import TEMPLATES, TODAY, id_number, text_file

from aidcli.intake.lists import open_lists


def test_what_is_told_of_a_list_is_not_lost_on_a_row_of_hints(tmp_path: Path) -> None:
    header = ["预警编号", "预警指标", "预警内容", "预警对象", "身份证件号码", "预警时间"]
    hints = ["系统自动"] * 6
    alerts = [
        [f"YJ{n}", "新增就业登记", "签订劳动合同", "张三丰", id_number(n), f"2026-09-0{n}"]
        for n in range(1, 8)
    ]
    path = text_file(tmp_path / "预警信息下发清单.csv", [header, hints, *alerts])
    (reading,) = open_lists(path, TEMPLATES, today=TODAY)
    told = [one.code for block in reading.blocks(0) for _, row in block.odd for one in row.problems]
    assert told == ["period_of_column"]
