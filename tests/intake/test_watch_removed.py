"""Whoever the roster of 防返贫监测 marks as 风险已消除 is watched no longer: they have left it."""

from __future__ import annotations

from pathlib import Path

import pytest
from both_ways import told_by_blocks, told_by_rows
from intake_files import TEMPLATES, TODAY, codes, facts, id_number, rows, text_file

from aidcli.intake import open_file
from aidcli.model import RowRead

HEADINGS = ["户编号", "姓名", "证件号码", "与户主关系", "监测对象类别", "识别监测时间"]
STANDING = {"enrolled", "member", "watch_household"}


def _table(heading: str, *said: str) -> list[list[object]]:
    """One household, a person for each answer, the head first."""
    table: list[list[object]] = [[*HEADINGS, heading, "消除监测时间"]]
    for n, word in enumerate(said, start=1):
        relation = "户主" if n == 1 else "之子"
        table.append(["101", "张三丰", id_number(n), relation, "突发严重困难户", "202503", word, ""])
    return table


def _rows(folder: Path, table: list[list[object]]) -> list[RowRead]:
    return rows(text_file(folder / "防返贫监测对象202609.csv", table))


def _kinds(row: RowRead) -> set[str]:
    assert row.record is not None
    return {fact.kind for fact in row.record.facts}


@pytest.mark.parametrize(
    ("heading", "word"),
    [("风险是否已消除", "是"), ("风险是否已消除", "1"), ("消除情况", "自然消除"), ("监测状态", "已消除")],
)
def test_a_household_whose_risk_is_gone_has_left(tmp_path: Path, heading: str, word: str) -> None:
    for row in _rows(tmp_path, _table(heading, word, word)):
        assert (row.outcome, codes(row)) == ("kept", {"row_ended": "note"})
        assert not _kinds(row) & STANDING and "watch_removed" in _kinds(row)
        (ended,) = facts(row, "ended")
        assert (ended.code, ended.text, ended.month) == ("relapse_watch", word, "2026-09")
        assert word in row.problems[0].message and "监测" in row.problems[0].message


@pytest.mark.parametrize("word", ["否", "", "未消除"])
def test_a_household_at_risk_is_watched_on(tmp_path: Path, word: str) -> None:
    head, son = _rows(tmp_path, _table("风险是否已消除", word, word))
    assert _kinds(head) >= STANDING and "member" in _kinds(son)
    assert codes(head) == {} and codes(son) == {}


def test_members_share_what_their_head_says_and_one_who_stays_is_told(tmp_path: Path) -> None:
    head, shares, stays = _rows(tmp_path, _table("风险是否已消除", "是", "", "否"))
    assert not _kinds(head) & STANDING
    assert facts(shares, "ended") and codes(shares) == {"row_ended": "note"}
    assert "没有填写" in shares.problems[0].message
    assert facts(stays, "member") and codes(stays) == {"head_ended": "note"}


def test_a_member_who_alone_is_out_of_risk_leaves_the_others(tmp_path: Path) -> None:
    head, son = _rows(tmp_path, _table("风险是否已消除", "否", "是"))
    assert "enrolled" in _kinds(head) and codes(head) == {}
    assert facts(son, "ended") and "member" not in _kinds(son)


@pytest.mark.parametrize("word", ["拟消除待审", "部分消除"])
def test_an_answer_that_cannot_be_told_is_asked_about(tmp_path: Path, word: str) -> None:
    (row,) = _rows(tmp_path, _table("风险是否已消除", word))
    assert (row.outcome, codes(row)) == ("set_aside", {"state_unclear": "row"})
    assert word in row.problems[0].message and "已消除" in row.problems[0].message


@pytest.mark.parametrize("word", ["否", ""])
def test_a_month_of_removal_without_the_word_is_kept_and_pointed_at(tmp_path: Path, word: str) -> None:
    table = _table("风险是否已消除", word)
    table[1][-1] = "202606"
    (row,) = _rows(tmp_path, table)
    assert _kinds(row) >= STANDING and codes(row) == {"state_unread": "note"}
    assert "202606" in row.problems[0].message


def test_on_another_roster_the_answer_ends_nobody_and_rows_read_together_say_the_same(tmp_path: Path) -> None:
    watch = TEMPLATES["relapse_watch"]
    flat = watch.model_copy(update={"grouped": False})
    dibao = flat.model_copy(update={"programme": "dibao"})
    table: list[list[object]] = [[*HEADINGS, "户主身份证号", "风险是否已消除", "消除监测时间"]]
    for n, word in enumerate(("是", "否", "", "已消除", "拟消除", "说不清") * 6):
        month = "202606" if n % 4 == 0 else ""
        number = id_number(n + 1)
        table.append(["101", "张三丰", number, "户主", "突发户", "202503", number, word, month])
    path = text_file(tmp_path / "防返贫监测对象202609.csv", table)
    ended = []
    for template in (flat, dibao):
        reading = open_file(
            path, {template.key: template}, source=template.key, period="2026-09", today=TODAY
        )
        told = told_by_rows(reading)
        assert told == told_by_blocks(reading)
        ended.append(sum(fact.kind == "ended" for one in told for fact in one.facts))
    assert ended == [12, 0]
