"""A roster named for a quarter and taken as its last month: nobody is asked to name the quarter again."""

from __future__ import annotations

from pathlib import Path

import pytest
from care_world import take
from intake_files import id_number, text_file

from aidcli.store import Session

AGED = ["姓名", "身份证号", "人员类型", "津贴标准", "发放金额"]
HEAD = ["户主姓名", "户主身份证号", "受灾时间", "灾害种类"]


def _aged(path: Path) -> Path:
    rows = [["张三丰", id_number(n), "80-89周岁", 100, 300] for n in range(1, 9)]
    return text_file(path, [AGED, *rows])


@pytest.mark.parametrize("period", ["2026-Q3", "2026-09", None])
def test_the_last_month_of_the_quarter_in_the_name_is_no_other_period(
    period: str | None, tmp_path: Path, session: Session
) -> None:
    done = take(session, _aged(tmp_path / "高龄津贴2026年三季度.csv"), period=period)
    assert (done.status, done.period, done.told_period) == ("kept", "2026-09", "")


def test_another_month_of_it_is_told(tmp_path: Path, session: Session) -> None:
    done = take(session, _aged(tmp_path / "高龄津贴2026年三季度.csv"), period="2026-08")
    assert (done.period, done.told_period) == ("2026-08", "2026-Q3")


def test_of_a_department_s_list_the_last_month_is_another_period(tmp_path: Path, session: Session) -> None:
    rows = [["张三丰", id_number(n), "2026-08-01", "洪涝"] for n in range(1, 9)]
    path = text_file(tmp_path / "受灾台账2026年三季度.csv", [HEAD, *rows])
    done = take(session, path, period="2026-09")
    assert (done.period, done.told_period) == ("2026-09", "2026-Q3")
