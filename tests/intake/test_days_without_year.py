"""Days without a year in lists whose titles tell a span of months, a half or a whole year."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import codes, facts, id_number, rows, text_file

DEAD = ["逝者姓名", "身份证号", "死亡日期", "火化时间"]


def _row(folder: Path, title: str, written: str, name: str = "火化") -> tuple[list[str], dict[str, str]]:
    table = [[title], DEAD, ["张三", id_number(1), written, "2026-09-14"]]
    (row,) = rows(text_file(folder / f"{name}.csv", table), period="2026-09")
    return [fact.day for fact in facts(row, "death")], codes(row)


@pytest.mark.parametrize(
    "title",
    [
        "2026年8-9月火化登记表",
        "2026年8月至9月火化登记表",
        "2026年7—9月火化登记表",
        "2026年度火化登记表",
        "2026年下半年火化登记表",
    ],
)
def test_a_span_of_months_of_one_year_tells_it(tmp_path: Path, title: str) -> None:
    assert _row(tmp_path, title, "9月8日") == (["2026-09-08"], {"year_of_title": "note"})


def test_the_name_of_the_file_may_tell_another_month_of_the_year(tmp_path: Path) -> None:
    assert _row(tmp_path, "2026年8月火化登记表", "9月8日", "火化202609")[0] == ["2026-09-08"]


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("2026年8-9月火化登记表", "10月3日"),  # behind its end: may be of the year before
        ("2026年上半年火化登记表", "9月8日"),
        ("2026年度火化登记表", "12月28日"),  # has not been yet
        ("2025年12月至2026年9月火化登记表", "9月8日"),
        ("2025年度、2026年度火化登记表", "9月8日"),
    ],
)
def test_what_may_be_of_another_year_is_not_read(tmp_path: Path, title: str, written: str) -> None:
    assert _row(tmp_path, title, written)[1] == {"bad_day": "cell"}
