"""Who left by a list of changes is off the rosters that hold from its month on, until a later list names them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path

import pytest
from care_world import ACTOR, take
from intake_files import id_number, xlsx

from aidcli.store import Session, create, current
from aidcli.tasks import looking, matching, undo

HOUSEHOLD = [
    "户主姓名",
    "户主身份证号",
    "保障人口数",
    "户月保障金额（元）",
    "所属乡镇",
    "低保证号",
    "变动类型",
]
PERSON = ["姓名", "身份证号", "户主身份证号", "与户主关系", "所属乡镇", "低保证号", "是否享受"]
CALLED = "一二三四五"


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return create(tmp_path / "aid.db", ACTOR)


def _homes(
    path: Path, numbers: Sequence[int], *, kind: str = "", town: str = "河东镇", case: bool = True
) -> Path:
    """Households by number: 张一 with the case D1 …"""
    rows = [
        [f"张{CALLED[n - 1]}", id_number(n), 2, 500, town, f"D{n}" if case else "", kind] for n in numbers
    ]
    return xlsx(path, ("S", [HOUSEHOLD, *rows]))


def _persons(path: Path, *members: tuple[int, str], town: str = "河东镇", case: bool = True) -> Path:
    """Heads and wives (张一, 李一) by number of the household, each with what 是否享受 says."""
    rows = []
    for n, said in members:
        called, number, relation = ("张", n, "户主") if n > 0 else ("李", 20 - n, "妻")
        home = abs(n)
        case_number = f"D{home}" if case else ""
        name, numbers = called + CALLED[home - 1], (id_number(number), id_number(home))
        rows.append([name, *numbers, relation, town, case_number, said])
    return xlsx(path, ("S", [PERSON, *rows]))


def _both(*numbers: int) -> list[tuple[int, str]]:
    return [(one, "是") for n in numbers for one in (n, -n)]


def _homes_in(session: Session, month: str) -> list[str]:
    matching.match(session, ACTOR)
    return sorted(row.head_name for row in current.households(session, month))


def _people_in(session: Session, month: str) -> list[str]:
    matching.match(session, ACTOR)
    return sorted(row.name for row in current.people(session, month))


@pytest.mark.parametrize("case", [True, False])
def test_from_its_month_on_a_household_is_off_all_lists(session: Session, tmp_path: Path, case: bool) -> None:
    take(session, _homes(tmp_path / "农村低保家庭_202608.xlsx", (1, 2), case=case))
    take(session, _persons(tmp_path / "农村低保人员_202608.xlsx", *_both(1, 2), case=case))
    take(session, _homes(tmp_path / "农村低保停发_202609.xlsx", (2,), case=case), coverage="change")
    assert _homes_in(session, "2026-08") == ["张一", "张二"]
    assert _homes_in(session, "2026-09") == _homes_in(session, "2026-10") == ["张一"]
    assert _people_in(session, "2026-08") == sorted(["张一", "李一", "张二", "李二"])
    assert _people_in(session, "2026-09") == sorted(["张一", "李一"])


def test_a_column_says_it_as_well(session: Session, tmp_path: Path) -> None:
    take(session, _homes(tmp_path / "农村低保家庭_202608.xlsx", (1, 2)))
    take(session, _homes(tmp_path / "农村低保变动_202609.xlsx", (1,), kind="停保"), coverage="change")
    assert _homes_in(session, "2026-09") == ["张二"]


def test_a_member_leaves_alone(session: Session, tmp_path: Path) -> None:
    take(session, _homes(tmp_path / "农村低保家庭_202608.xlsx", (1, 2)))
    take(session, _persons(tmp_path / "农村低保人员_202608.xlsx", *_both(1, 2)))
    take(session, _persons(tmp_path / "农村低保人员减员_202609.xlsx", (-1, "")), coverage="change")
    assert _homes_in(session, "2026-09") == ["张一", "张二"]
    assert _people_in(session, "2026-09") == sorted(["张一", "张二", "李二"])


def test_the_list_of_a_later_month_brings_them_back(session: Session, tmp_path: Path) -> None:
    take(session, _homes(tmp_path / "农村低保家庭_202608.xlsx", (1, 2)))
    take(session, _homes(tmp_path / "农村低保停发_202609.xlsx", (2,)), coverage="change")
    take(session, _homes(tmp_path / "农村低保家庭_202610.xlsx", (1, 2, 3)))
    assert _homes_in(session, "2026-09") == ["张一"]
    assert _homes_in(session, "2026-10") == ["张一", "张三", "张二"]


@pytest.mark.parametrize(
    ("told", "stands"),
    [
        ("2026-08", [True, False, False, False, False]),
        ("2026-10", [True, True, True, False, False]),
        ("2026-11", [True, True, True, True, False]),
    ],
)
def test_the_month_that_a_list_of_leavers_tells_holds_beside_its_own(
    session: Session, tmp_path: Path, told: str, stands: list[bool]
) -> None:
    for month, other in (("202607", ()), ("202608", (3,)), ("202609", (4,)), ("202610", (5,))):
        done = take(session, _homes(tmp_path / f"农村低保家庭_{month}.xlsx", (1, 2, *other)))
        assert done.status == "kept"
    left = [["张二", id_number(2), 2, "", "河东镇", "D2", told]]
    path = xlsx(tmp_path / "农村低保停发_202610.xlsx", ("S", [[*HOUSEHOLD[:-1], "停发月份"], *left]))
    done = take(session, path, coverage="change")
    assert ["张二" in _homes_in(session, f"2026-{month:02d}") for month in range(7, 12)] == stands
    assert done.batch is not None
    undo.undo(session, ACTOR, done.batch)
    assert all("张二" in _homes_in(session, f"2026-{month:02d}") for month in range(7, 12))


def test_undo_brings_them_back(session: Session, tmp_path: Path) -> None:
    take(session, _homes(tmp_path / "农村低保家庭_202608.xlsx", (1, 2)))
    done = take(session, _homes(tmp_path / "农村低保停发_202609.xlsx", (2,)), coverage="change")
    assert _homes_in(session, "2026-09") == ["张一"]
    assert done.batch is not None
    undo.undo(session, ACTOR, done.batch)
    assert _homes_in(session, "2026-09") == ["张一", "张二"]


def test_the_order_of_imports_does_not_matter(tmp_path: Path) -> None:
    lists = {
        "农村低保家庭_202608": (1, 2, 3),
        "农村低保停发_202609": (2, 3),
        "农村低保家庭新增_202610": (3,),
    }
    found = set()
    for place, order in enumerate(itertools.permutations(lists)):
        folder = tmp_path / str(place)
        folder.mkdir()
        session = create(folder / "aid.db", ACTOR)
        for name in order:
            coverage = {} if name.endswith("08") else {"coverage": "change"}
            take(session, _homes(folder / f"{name}.xlsx", lists[name]), **coverage)
        months = ("2026-08", "2026-09", "2026-10")
        found.add(tuple(tuple(_homes_in(session, month)) for month in months))
    assert found == {(("张一", "张三", "张二"), ("张一",), ("张一", "张三"))}


def test_of_one_month_the_list_of_changes_goes_before_the_whole_list(
    session: Session, tmp_path: Path
) -> None:
    take(session, _homes(tmp_path / "农村低保停发_202609.xlsx", (2,)), coverage="change")
    take(session, _homes(tmp_path / "农村低保家庭_202609.xlsx", (1, 2)))
    assert _homes_in(session, "2026-09") == ["张一"]


def test_who_moved_away_from_one_township_stays_on_the_list_of_the_other(
    session: Session, tmp_path: Path
) -> None:
    take(session, _homes(tmp_path / "农村低保家庭_202609.xlsx", (1,), town="河西镇"))
    take(session, _homes(tmp_path / "农村低保减员_202609.xlsx", (1,), town="河东镇"), coverage="change")
    assert _homes_in(session, "2026-09") == ["张一"]


def test_a_list_of_one_programme_says_nothing_of_another(session: Session, tmp_path: Path) -> None:
    take(session, _homes(tmp_path / "农村低保家庭_202609.xlsx", (1,)))
    table = [
        ["特困人员姓名", "身份证号", "基本生活费", "所属乡镇"],
        ["张一", id_number(1), 900, "河东镇"],
    ]
    take(session, xlsx(tmp_path / "特困人员停发_202609.xlsx", ("S", table)), coverage="change")
    assert _homes_in(session, "2026-09") == ["张一"]


def test_a_member_who_is_not_covered_is_on_no_roster_and_in_the_household(
    session: Session, tmp_path: Path
) -> None:
    take(session, _homes(tmp_path / "农村低保家庭_202609.xlsx", (1,)))
    take(session, _persons(tmp_path / "农村低保人员_202609.xlsx", (1, "是"), (-1, "否")))
    assert _people_in(session, "2026-09") == ["张一"]
    listed = session.conn.execute(
        "SELECT m.name FROM roster_member AS r JOIN sighting AS s ON s.id = r.sighting_id "
        "JOIN mention AS m ON m.id = s.mention_id ORDER BY m.name"
    )
    assert {str(name) for (name,) in listed} == {"张一", "李一"}


def test_explain_says_that_a_member_is_not_covered(session: Session, tmp_path: Path) -> None:
    take(session, _homes(tmp_path / "农村低保家庭_202609.xlsx", (1,)))
    take(session, _persons(tmp_path / "农村低保人员_202609.xlsx", (1, "是"), (-1, "否")))
    matching.match(session, ACTOR)
    (home,) = current.households(session, "2026-09")
    assert "李一（妻，不享受）" in looking.explain(session, home.household).text
    ((wife,),) = session.conn.execute("SELECT person_id FROM people WHERE name = '李一'").fetchall()
    assert "家庭成员（不享受）：" in looking.explain(session, wife).text
    assert "在册：" in looking.explain(session, home.head).text


def _spans(session: Session, view: str) -> list[tuple[object, ...]]:
    matching.match(session, ACTOR)
    counted = "v.counted, " if view == "members" else ""
    return sorted(
        session.conn.execute(
            f"SELECT p.name, {counted}v.from_month, v.to_month FROM {view} AS v JOIN people AS p USING (person_id)"
        ).fetchall()
    )


def test_the_views_end_an_enrolment_before_the_month_of_the_list(session: Session, tmp_path: Path) -> None:
    take(session, _homes(tmp_path / "农村低保家庭_202608.xlsx", (1, 2)))
    done = take(session, _homes(tmp_path / "农村低保停发_202610.xlsx", (2,)))
    still = ("张一", "2026-08", None)
    for view in ("enrolments", "entitlements"):
        assert _spans(session, view) == [still, ("张二", "2026-08", "2026-09")]
    take(session, _homes(tmp_path / "农村低保家庭_202611.xlsx", (1, 2, 3)))
    again = [still, ("张三", "2026-11", None), ("张二", "2026-08", "2026-09"), ("张二", "2026-11", None)]
    assert _spans(session, "enrolments") == again
    assert done.batch is not None
    undo.undo(session, ACTOR, done.batch)
    assert _spans(session, "enrolments") == [still, ("张三", "2026-11", None), ("张二", "2026-08", None)]


def test_the_views_count_nobody_who_is_not_covered(session: Session, tmp_path: Path) -> None:
    take(session, _persons(tmp_path / "农村低保人员_202609.xlsx", (1, "是"), (-1, "否")))
    assert _spans(session, "members") == [("张一", 1, "2026-09", None), ("李一", 0, "2026-09", None)]
    assert _spans(session, "enrolments") == [("张一", "2026-09", None)]
