"""Who changed household is of the one in which the newest roster lists them, in whatever order the rosters came."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from care_world import ACTOR, content, take
from intake_files import id_number, xlsx
from roster_world import FileOfRecords, take_back, take_in
from small_steps import listed, number, roster, someone

from aidcli.canon import content_key
from aidcli.store import Session, create
from aidcli.tasks import matching, undo

FATHER = someone("刘建国", number("19750312", 13))
MOTHER = someone("张玉梅", number("19780312", 24))
CHILD = someone("刘小宝", number("20140506", 35))
OF_FATHER, OF_MOTHER = "H1", "H2"


def month(period: str, case: str) -> FileOfRecords:
    """Both parents with a household each, the child in that of `case`."""
    return roster(period, (OF_FATHER, FATHER), (OF_MOTHER, MOTHER), (case, CHILD))


def home(case: str) -> str:
    return content_key("h", ("case", "dibao", case))


def child_of(session: Session) -> list[str]:
    """In which households the child stands, one for each record of a roster that names it."""
    rows = session.conn.execute(
        "SELECT h.home FROM mention AS m JOIN mention_home AS h ON h.mention_id = m.id WHERE m.name = '刘小宝'"
    )
    return [row[0] for row in rows]


@pytest.mark.parametrize("cases", [("H1", "H1", "H2"), ("H1", "H2", "H1"), ("H2", "H1", "H1")])
@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_newest_month_says_where_somebody_lives(
    tmp_path: Path, cases: tuple[str, ...], order: tuple[int, ...]
) -> None:
    session = create(tmp_path / "aid.db", ACTOR)
    for n in order:
        take_in(session, month(f"2026-0{n + 1}", cases[n]))
    assert child_of(session) == [home(cases[-1])]


@pytest.mark.parametrize(("before", "after"), [(OF_FATHER, OF_MOTHER), (OF_MOTHER, OF_FATHER)])
def test_undo_of_the_newest_month_brings_the_household_before_it_back(
    tmp_path: Path, before: str, after: str
) -> None:
    session = create(tmp_path / "aid.db", ACTOR)
    take_in(session, month("2026-09", before))
    newest = take_in(session, month("2026-10", after))
    take_in(session, month("2026-08", after))
    assert child_of(session) == [home(after)]
    take_back(session, newest)
    assert child_of(session) == [home(before)]


@pytest.mark.parametrize("cases", [(OF_FATHER, OF_MOTHER), (OF_MOTHER, OF_FATHER)])
def test_of_two_households_in_one_month_it_is_the_same_whichever_is_listed_first(
    tmp_path: Path, cases: tuple[str, str]
) -> None:
    session = create(tmp_path / "aid.db", ACTOR)
    take_in(session, roster("2026-10", *((case, CHILD) for case in cases)))
    take_in(session, month("2026-09", OF_FATHER))
    assert child_of(session) == [min(home(OF_FATHER), home(OF_MOTHER))]


@pytest.mark.parametrize(("before", "after"), [(OF_FATHER, OF_MOTHER), (OF_MOTHER, OF_FATHER)])
@pytest.mark.parametrize("turned", [False, True])
def test_a_row_with_a_number_of_the_newest_household_finds_the_child(
    tmp_path: Path, before: str, after: str, turned: bool
) -> None:
    session = create(tmp_path / "aid.db", ACTOR)
    numbers = {OF_FATHER: FATHER.id_value, OF_MOTHER: MOTHER.id_value}
    take_in(session, listed("medical", CHILD._replace(id_value=numbers[after])))
    take_in(session, listed("pension", CHILD._replace(id_value=numbers[before])))
    months = [month("2026-09", before), month("2026-10", after)]
    for file in reversed(months) if turned else months:
        take_in(session, file)
        matching.match(session, ACTOR)
    rows = session.conn.execute(
        "SELECT m.source, l.person_id FROM mention AS m JOIN link AS l ON l.mention_id = m.id WHERE m.name = '刘小宝'"
    )
    person = dict(rows)
    assert person["medical"] == person["dibao_rural_person"] != person["pension"]


def _persons(path: Path, case: str, child_is: str = "子") -> Path:
    father, mother, child = id_number(13, "19750312"), id_number(24, "19780312"), id_number(35, "20140506")
    head = {"D1": father, "D2": mother}[case]
    heading = ["姓名", "身份证号", "户主身份证号", "与户主关系", "所属乡镇", "低保证号"]
    rows = [
        ["刘建国", father, father, "户主", "河东镇", "D1"],
        ["张玉梅", mother, mother, "户主", "河东镇", "D2"],
        ["刘小宝", child, head, child_is, "河东镇", case],
    ]
    return xlsx(path, ("S", [heading, *rows]))


def test_a_corrected_list_in_place_of_the_newest_and_its_undo(tmp_path: Path) -> None:
    def fresh(name: str, *files: Path) -> Session:
        session = create(tmp_path / name, ACTOR)
        for file in files:
            take(session, file)
        matching.match(session, ACTOR)
        return session

    (tmp_path / "更正").mkdir()
    september = _persons(tmp_path / "农村低保人员_202609.xlsx", "D1")
    october = _persons(tmp_path / "农村低保人员_202610.xlsx", "D2")
    corrected = _persons(tmp_path / "更正" / "农村低保人员_202610.xlsx", "D1", "长子")
    session = fresh("a.db", september, october)
    assert child_of(session) == [home("D2")]
    done = take(session, corrected, replaces=2)
    matching.match(session, ACTOR)
    assert child_of(session) == [home("D1")]
    assert content(session) == content(fresh("b.db", september, corrected))
    assert done.batch is not None
    undo.undo(session, ACTOR, done.batch)
    take(session, october)
    matching.match(session, ACTOR)
    assert child_of(session) == [home("D2")]
    assert content(session) == content(fresh("c.db", october, september))


def test_a_person_lives_where_their_own_record_says(tmp_path: Path) -> None:
    """Not where the record with the smallest key does: of eight other villages some key is smaller."""
    session = create(tmp_path / "aid.db", ACTOR)
    own = FATHER._replace(village="西坡村")
    take_in(session, roster("2026-09", (OF_FATHER, own)))
    for n in range(8):
        moved = FATHER._replace(village=f"{n}号村")
        take_in(session, listed("pension", moved)._replace(period=f"2026-0{n + 1}"))
    matching.match(session, ACTOR)
    assert session.conn.execute("SELECT DISTINCT name, village FROM people").fetchall() == [
        ("刘建国", "西坡村")
    ]
