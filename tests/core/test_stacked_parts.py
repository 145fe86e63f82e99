"""Tables one below the other on a sheet come in as if each stood on a sheet of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from care_world import ACTOR, take
from intake_files import id_number, xlsx

from aidcli.errors import AidError
from aidcli.store import Session, create
from aidcli.tasks import ahead

NAME = "农村低保家庭202609.xlsx"
HEAD = ["户主姓名", "户主身份证号", "保障人数", "月保障金", "合计"]
OTHER = ["户主姓名", "户主身份证号", "月保障金", "保障人数", "合计"]
Rows = list[list[object]]


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return create(tmp_path / "aid.db", ACTOR)


def line(sequence: int) -> list[object]:
    return [f"张{'一二三四五六七八九'[sequence % 9]}", id_number(2 * sequence + 1), 2, 500, 500]


def turned(sequence: int) -> list[object]:
    name, number, people, fen, total = line(sequence)
    return [name, number, fen, people, total]


def found(session: Session) -> list[tuple[str, int, int]]:
    """(sheet, row, fen) of every sum that was read."""
    return session.conn.execute(
        "SELECT h.name, s.row, f.fen FROM sighting AS s JOIN fact AS f ON f.sighting_id = s.id "
        "JOIN batch_sheet AS h ON h.batch_id = s.batch_id AND h.sheet_no = s.sheet_no "
        "WHERE f.kind = 'amount' AND f.text = 'total' OR f.kind = 'amount' AND f.code = 'total' ORDER BY s.row"
    ).fetchall()


def both(first: int, second: int) -> Rows:
    above: Rows = [["一、山上各村"], HEAD, *(line(n) for n in range(first))]
    below: Rows = [["二、山下各村"], OTHER, *(turned(first + n) for n in range(second))]
    return [*above, [], *below]


@pytest.mark.parametrize("first", [3, 150])
@pytest.mark.parametrize("elsewhere", [False, True])
def test_both_tables_come_in_with_the_rows_where_they_stand(
    first: int, elsewhere: bool, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the first rows and far below them; read here and by the process beside."""
    monkeypatch.setattr(ahead, "_is_large", lambda reading: elsewhere)
    done = take(session, xlsx(tmp_path / NAME, ("S", both(first, 4))))
    assert (done.status, done.rows_kept) == ("kept", first + 4)
    sums = found(session)
    assert {sheet for sheet, _, _ in sums} == {"S", f"S（第{first + 4}行起）"}
    assert [row for _, row, _ in sums] == [*range(3, first + 3), *range(first + 6, first + 10)]
    assert {fen for _, _, fen in sums} == {50000}


def test_what_is_wrong_in_the_lower_table_is_told_with_its_row(session: Session, tmp_path: Path) -> None:
    rows = both(3, 4)
    rows[-1][2] = "五百"
    done = take(session, xlsx(tmp_path / NAME, ("S", rows)))
    told = [(one.sheet, one.row, one.column) for one in done.problems if one.value == "五百"]
    assert told == [("S（第7行起）", 12, "C")]


def test_who_left_in_a_lower_table_is_not_on_the_roster(session: Session, tmp_path: Path) -> None:
    gone: Rows = [["二、本月停保"], ["户主姓名", "户主身份证号", "停保原因", "停保时间"]]
    gone += [["李四", id_number(3), "死亡", "2026.8.3"], ["王五", id_number(5), "自愿退出", "2026.9.1"]]
    rows: Rows = [["一、在保"], HEAD, line(3), line(4), line(6), [], *gone]
    path = xlsx(tmp_path / NAME, ("S", rows))
    try:
        take(session, path)
    except AidError as error:
        assert error.code == "second_table"
    listed = session.conn.execute(
        "SELECT m.name FROM roster_member AS r JOIN sighting AS s ON s.id = r.sighting_id "
        "JOIN mention AS m ON m.id = s.mention_id"
    ).fetchall()
    assert not {"李四", "王五"} & {name for (name,) in listed}


def test_a_lower_table_that_nothing_reads_stops_the_file(session: Session, tmp_path: Path) -> None:
    rows: Rows = [
        HEAD,
        line(1),
        line(2),
        [],
        ["户主姓名", "户主身份证号", "体重", "鞋码"],
        ["李四", id_number(3), 60, 42],
    ]
    with pytest.raises(AidError) as caught:
        take(session, xlsx(tmp_path / NAME, ("S", rows)))
    assert (caught.value.code, caught.value.row) == ("second_table", 5)
    assert found(session) == []


def test_the_same_header_once_more_makes_no_second_table(session: Session, tmp_path: Path) -> None:
    take(session, xlsx(tmp_path / NAME, ("S", [HEAD, line(1), ["第2页"], HEAD, line(2)])))
    assert {sheet for sheet, _, _ in found(session)} == {"S"}
