"""`sources try`: how a file would be read."""

from __future__ import annotations

import json
from pathlib import Path

from intake_files import MARGIN, TEMPLATES, UNEMPLOYED, id_number, read, text_file, xlsx
from openpyxl import load_workbook

from aidcli.intake.drafts.near import nearest
from aidcli.intake.drafts.trial import describe


def test_a_trial_shows_the_plan_and_the_first_rows_masked(tmp_path: Path) -> None:
    lines = [["李四", id_number(number), "2026-09-01", "裁员", "登记失业", "x"] for number in range(30)]
    path = text_file(tmp_path / "失业202609.csv", [[*UNEMPLOYED, "备注"], *lines, ["", "", "2026-09-01"]])
    told = describe(read(path), limit=10)
    (sheet,) = told["sheets"]  # type: ignore[misc]
    assert (told["source"], told["period"], told["period_from"]) == (
        "registered_unemployed",
        "2026-09",
        "file",
    )
    assert (sheet["header_row"], sheet["rows_kept"], sheet["rows_set_aside"]) == (1, 30, 1)
    assert sheet["columns"][1] == {
        "field": "id", "label": "身份证号", "column": "B", "heading": "身份证号", "unit": "",
        "how": "exact", "score": 100, "example": f"990101********{id_number(0)[-4:]}（有效）", "filled": 30,
    }  # fmt: skip
    assert sheet["unmapped"] == ["备注"]
    assert len(sheet["rows"]) == 10 and sheet["rows"][0]["row"] == 2
    assert sheet["rows"][0]["values"]["id"] == f"990101********{id_number(0)[-4:]}（有效）"
    (problem,) = sheet["problems"]
    assert (problem["severity"], problem["code"], problem["count"]) == ("row", "no_person", 1)
    assert problem["places"] == [{"row": 32, "column": "A"}]
    whole = json.dumps(told, ensure_ascii=False)
    assert not any(id_number(number) in whole for number in range(30))


def margin(path: Path, printed: int = 4) -> Path:
    people = [("张三", "户主"), ("张小三", "长子"), ("李四", "户主"), ("李小四", "次女")]
    rows = [
        ["河东镇", "东村", f"B{n // 2}", name, id_number(n + 1), relation, 2]
        for n, (name, relation) in enumerate(people)
    ]
    total = ["小计", "", "", "", "", "", printed]
    return xlsx(path, ("边缘家庭", [["低保边缘家庭花名册"], MARGIN, *rows, total]))


def test_a_trial_tells_townships_and_hidden_rows_and_columns(tmp_path: Path) -> None:
    path = margin(tmp_path / "低保边缘家庭2026年9月.xlsx")
    book = load_workbook(path)
    book.active.row_dimensions[4].hidden = True
    book.active.column_dimensions["G"].hidden = True
    book.save(path)
    (sheet,) = describe(read(path))["sheets"]
    assert sheet["townships"] == {"河东镇": 4}
    assert (sheet["hidden_rows"], sheet["hidden_columns"]) == ([4], ["G"])
    assert (sheet["header_row"], sheet["header_levels"], sheet["rows_skipped"]) == (2, 1, 1)
    assert sheet["totals"]["printed"] == 1


def test_a_printed_total_that_is_wrong_is_counted(tmp_path: Path) -> None:
    head = ["户名", "账号", "金额", "处理结果", "失败原因", "处理日期", "流水号"]
    lines = [
        [f"王{name}", f"99010000{n:08d}", "100", "成功", "", "2026-09-10", f"S{n}"]
        for n, name in enumerate("甲乙丙")
    ]
    path = text_file(tmp_path / "回盘202609.csv", [head, *lines, ["合计", "", "299", "", "", "", ""]])
    (sheet,) = describe(read(path))["sheets"]
    assert sheet["totals"] == {"printed": 1, "disagreeing": 1}


def test_the_nearest_templates_are_those_that_know_most_of_the_file(tmp_path: Path) -> None:
    path = text_file(tmp_path / "a.csv", [["姓名", "身份证号", "失业原因"], ["李四", id_number(1), "裁员"]])
    near = nearest(path, {"registered_unemployed": TEMPLATES["registered_unemployed"]})
    (one,) = near
    assert (one.template.key, one.header_row) == ("registered_unemployed", 1)
    assert one.missing == ("失业登记日期",) and "失业原因" in one.found
    every = nearest(path, TEMPLATES)
    assert len(every) == 3
    assert every[0].template.key == "registered_unemployed"
