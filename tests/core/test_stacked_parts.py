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


GONE: list[Rows] = [
    [["户主姓名", "户主身份证号", "停保原因", "停保时间"], ["李四", id_number(3), "死亡", "2026.8.3"]],
    [["序号", "姓名", "身份证号码", "减少原因"], [1, "李四", id_number(3), "自愿退出"]],
    [HEAD, ["李四", id_number(3), 2, 500, 500]],
    [["李四", id_number(3), 2, 500, 500]],  # the header above holds
]


def ended(session: Session) -> list[str]:
    return names(session, "fact AS r", "WHERE r.kind = 'ended'")


def listed(session: Session) -> list[str]:
    return names(session, "roster_member AS r", "")


def names(session: Session, table: str, where: str) -> list[str]:
    rows = session.conn.execute(
        f"SELECT DISTINCT m.name FROM {table} JOIN sighting AS s ON s.id = r.sighting_id "
        f"JOIN mention AS m ON m.id = s.mention_id {where} ORDER BY m.name"
    )
    return [name for (name,) in rows]


@pytest.mark.parametrize(
    "title",
    [
        "二、本月停保",
        "本月减少（1户）",
        "（三）停发对象（共1户）",
        "停保户",
        "死亡注销人员",
        "2.本月退保：1户",
    ],
)
@pytest.mark.parametrize("gone", GONE)
def test_who_left_in_a_lower_section_is_not_on_the_roster(
    gone: Rows, title: str, session: Session, tmp_path: Path
) -> None:
    rows: Rows = [["一、在保"], HEAD, line(3), line(4), line(6), [], [title], *gone]
    done = take(session, xlsx(tmp_path / NAME, ("S", rows)))
    assert (done.status, done.rows_kept) == ("kept", 4)
    assert (ended(session), listed(session)) == (["李四"], ["张七", "张五", "张四"])


def test_after_those_who_left_others_may_follow(session: Session, tmp_path: Path) -> None:
    rows: Rows = [
        HEAD,
        line(3),
        ["二、停发人员（1户）"],
        line(4),
        ["三、在保人员"],
        line(6),
        ["在保户"],
        line(8),
    ]
    take(session, xlsx(tmp_path / NAME, ("S", rows)))
    assert (ended(session), listed(session)) == (["张五"], ["张七", "张九", "张四"])


def test_who_is_new_below_those_who_left_is_read_once_or_told(session: Session, tmp_path: Path) -> None:
    new: Rows = [["三、本月新增"], ["序号", "姓名", "身份证号码", "新增原因"]]
    new += [[1, "张四", id_number(7), "患病"], [2, "钱六", id_number(77), "患病"]]
    rows: Rows = [["一、在保"], HEAD, line(3), line(6), ["二、本月减少"], *GONE[1], *new]
    done = take(session, xlsx(tmp_path / NAME, ("S", rows)))
    assert (ended(session), listed(session)) == (["李四"], ["张七", "张四"])
    assert [said for _, said in done.skipped_sheets] == [
        "是新增的名单，有1人名册里没有（第11行），没有读取；请把他们补进名册，再导入"
    ]


@pytest.mark.parametrize("foot", [["本月停发", "3户"], ["停保"], ["本月减少：无"]])
def test_a_foot_that_counts_who_left_ends_nobody(
    foot: list[object], session: Session, tmp_path: Path
) -> None:
    rows: Rows = [HEAD, line(3), line(6), foot, ["填表人：张三", "", "审核人：李四"]]
    take(session, xlsx(tmp_path / NAME, ("S", rows)))
    assert (ended(session), listed(session)) == ([], ["张七", "张四"])


def test_a_word_under_the_remarks_ends_nobody(session: Session, tmp_path: Path) -> None:
    remark: list[object] = [None, None, None, None, "停发"]
    take(session, xlsx(tmp_path / NAME, ("S", [HEAD, line(3), remark, line(6)])))
    assert (ended(session), listed(session)) == ([], ["张七", "张四"])


def test_sections_of_a_list_of_leavers_stay_with_it(session: Session, tmp_path: Path) -> None:
    rows: Rows = [["2026年9月农村低保停发名单"], HEAD, ["一、柳湾村"], line(3), ["二、石桥村"], line(6)]
    take(session, xlsx(tmp_path / NAME, ("S", rows)))
    assert (ended(session), listed(session)) == (["张七", "张四"], [])


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


def test_sections_of_one_list_of_prisoners_each_tell_their_kind(session: Session, tmp_path: Path) -> None:
    rows: Rows = [["在押、在矫、强戒人员名单（截至2026年9月30日）"], ["一、服刑人员"]]
    rows += [["序号", "姓名", "身份证号", "罪名", "刑期", "刑期起日", "刑期止日"]]
    rows += [[1, "张三", id_number(1), "盗窃罪", "9年", "20240325", "20330325"], ["二、社区矫正对象"]]
    rows += [["序号", "姓名", "性别", "居住地", "身份证号", "矫正类别", "矫正起止"]]
    rows += [[1, "李四", "男", "白河乡", id_number(3), "缓刑", "2026.4.16-2028.4.16"]]
    rows += [
        ["三、强制隔离戒毒人员（禁毒大队提供）"],
        ["姓名", "身份证号码", "决定日期", "期限", "戒毒所", "预计出所"],
    ]
    rows += [["王五", id_number(5), "2025/5/26", "两年", "市强制隔离戒毒所", "2027/5/26"]]
    done = take(session, xlsx(tmp_path / "司法局名单.xlsx", ("S", rows)))
    found = session.conn.execute(
        "SELECT kind, code, day FROM fact WHERE kind LIKE 'in_prison%' ORDER BY 2, 1"
    )
    assert found.fetchall() == [
        ("in_prison", "community", "2026-04-16"),
        ("in_prison_until", "community", "2028-04-16"),
        ("in_prison", "compulsory_detox", "2025-05-26"),
        ("in_prison_until", "compulsory_detox", "2027-05-26"),
        ("in_prison", "prison", "2024-03-25"),
        ("in_prison_until", "prison", "2033-03-25"),
    ]
    assert not done.problems
