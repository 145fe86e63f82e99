"""Rows of a roster that say that they are over, imported: nobody is enrolled, it is told, and most of them stop a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from care_world import take
from intake_files import id_number, xlsx

from aidcli.errors import AidError
from aidcli.store import Session

_HEADINGS = ["户主姓名", "户主身份证号", "保障人口数", "户月保障金额（元）", "所属乡镇", "享受状态"]


def _roster(folder: Path, states: Sequence[str], name: str = "农村低保家庭_202609.xlsx") -> Path:
    rows: list[list[object]] = [
        ["张三丰", id_number(n), 2, 500, "河东镇", state] for n, state in enumerate(states, start=1)
    ]
    return xlsx(folder / name, ("S", [_HEADINGS, *rows]))


def test_who_has_left_is_on_no_list_and_that_is_told_with_their_number(
    tmp_path: Path, session: Session
) -> None:
    done = take(session, _roster(tmp_path, ["在保", "停保", "在保", "死亡", "在保"]))
    assert done.rows_kept == 5
    assert done.changes_told.startswith("有2行写明已停保")
    count = session.conn.execute("SELECT count(*) FROM roster_household").fetchone()
    assert count == (3,)
    assert session.conn.execute("SELECT count(*) FROM fact WHERE kind = 'ended'").fetchone() == (2,)


def test_a_whole_roster_of_people_who_left_stops(tmp_path: Path, session: Session) -> None:
    path = _roster(tmp_path, ["停保", "退出", "在保"])
    with pytest.raises(AidError) as refused:
        take(session, path)
    assert refused.value.code == "suspicious_leavers"
    assert "3行中有2行" in refused.value.message
    done = take(session, path, accept_suspicious=True)
    assert done.accepted == ("suspicious_leavers",)


def test_a_list_of_changes_may_hold_nothing_else(tmp_path: Path, session: Session) -> None:
    done = take(session, _roster(tmp_path, ["停保", "退出"]), coverage="change")
    assert done.status == "kept" and done.changes_told.startswith("有2行")
