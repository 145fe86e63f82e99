"""学籍号 in a column of ID numbers: G and the pupil's own number, or a number that stands for nobody."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import TEMPLATES, TODAY, codes, id_number, person, text_file

from aidcli import idnumber
from aidcli.intake import open_file

WHOLE = id_number(1, "20120301")
WRONG = WHOLE[:-1] + ("0" if WHOLE[-1] != "0" else "1")


@pytest.mark.parametrize(
    "written", [f"G{WHOLE}", f"g{WHOLE.lower()}", f" Ｇ{WHOLE}", f"G {WHOLE}", f"G{WHOLE}（在读）"]
)
def test_behind_g_stands_the_pupil_s_own_number(written: str) -> None:
    assert idnumber.read(written) == ("valid", WHOLE)
    assert idnumber.is_wrapped(written)


@pytest.mark.parametrize(
    "written",
    [
        f"L{WHOLE}",
        f"G{WRONG}",
        f"G{WHOLE[:17]}",
        f"G{WHOLE}1",
        f"GG{WHOLE}",
        f"J{WHOLE}",
        "G99010120120230001X",
    ],
)
def test_any_other_letter_or_a_number_that_is_not_right_stays_as_written(written: str) -> None:
    assert idnumber.read(written) == ("other", written)
    assert not idnumber.is_valid(written)


def test_a_pupil_of_the_future_is_nobody() -> None:
    unborn = id_number(1, "20990101")
    assert not idnumber.read(f"G{unborn}", today=TODAY).whole


def test_the_number_behind_g_is_taken_and_told(tmp_path: Path) -> None:
    headings = ["学校", "学段", "学生姓名", "身份证号", "困难类型"]
    rows = [
        ["示例小学", "小学", "张小丰", f"G{WHOLE}", "低保"],
        ["示例小学", "小学", "李小四", f"L{WHOLE}", "低保"],
    ]
    path = text_file(tmp_path / "学生.csv", [headings, *rows])
    reading = open_file(path, TEMPLATES, source="hardship_students", period="2026-09", today=TODAY)
    first, second = reading.rows(0)
    assert (person(first).identity.id_kind, person(first).identity.id_value) == ("valid", WHOLE)
    assert "id_wrapped" in codes(first)
    assert (person(second).identity.id_kind, codes(second).get("id_other")) == ("other", "note")
