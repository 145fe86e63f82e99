"""Numbers that only count the households of a list are no case numbers: nobody shares a home through them."""

from __future__ import annotations

from pathlib import Path

import pytest
from roster_world import ACTOR, FileOfRecords, at_once, stored, take_in
from small_steps import number, someone

from aidcli.model import Fact, Identity, Named, Record
from aidcli.store import Session, create
from aidcli.tasks import matching

XU = someone("许大山", number("19600202", 31), village="西坡村")
HE = someone("何桂花", number("19620212", 32), village="西坡村")
WANG = someone("王秀英", number("19640222", 34), village="西坡村")
SU = someone("苏守信", number("19500202", 37), village="西坡村")
MEI = someone("苏玉梅", number("19620202", 38), village="东塘村")
SON = someone("王小军", number("19900222", 35), village="西坡村")


def households(month: str, *rows: tuple[str, str, str, Identity]) -> FileOfRecords:
    records = []
    for case, head, role, who in rows:
        facts = [
            Fact(0, "member", month=month, code="dibao", text="本人" if role == "head" else "子"),
            Fact(0, "case", code="dibao", text=case),
        ]
        if head:
            facts.append(Fact(0, "head", code="valid", text=head))
        records.append(Record((Named(role, 0, who),), tuple(facts)))
    return FileOfRecords("dibao_rural_person", "roster", month, tuple(records))


def homes(session: Session) -> dict[str, set[str]]:
    """The households in which each name stands."""
    found: dict[str, set[str]] = {}
    for name, home in session.conn.execute(
        "SELECT m.name, h.home FROM mention AS m JOIN mention_home AS h ON h.mention_id = m.id"
    ):
        found.setdefault(name, set()).add(home)
    return found


def head(case: str, who: Identity) -> tuple[str, str, str, Identity]:
    return case, who.id_value, "head", who


def test_households_that_are_counted_anew_each_month_stay_who_they_are(tmp_path: Path) -> None:
    session = create(tmp_path / "aid.db", ACTOR)
    take_in(session, households("2026-09", head("1", XU), head("2", HE), head("3", WANG)))
    take_in(session, households("2026-10", head("1", HE), head("2", WANG)))
    found = homes(session)
    assert all(len(found[name]) == 1 for name in ("许大山", "何桂花", "王秀英"))
    assert len(set.union(*found.values())) == 3


@pytest.mark.parametrize("case", ["1", "0017", "9999"])
def test_two_heads_of_two_villages_with_the_same_count_are_not_one(case: str, tmp_path: Path) -> None:
    session = create(tmp_path / "aid.db", ACTOR)
    here = someone("王守信", number("19480909", 33), village="西坡村")
    there = someone("王守信", village="东塘村")
    take_in(session, households("2026-09", head(case, here), (case, "", "head", there)))
    matching.match(session, ACTOR)
    homes_found = {home for (home,) in session.conn.execute("SELECT home FROM mention_home")}
    people = {person for (person,) in session.conn.execute("SELECT person_id FROM link")}
    assert len(homes_found) == len(people) == 2


def test_a_case_number_still_joins_its_household_under_two_heads(tmp_path: Path) -> None:
    session = create(tmp_path / "aid.db", ACTOR)
    take_in(session, households("2026-09", head("99010100001", XU), ("99010100001", "", "member", HE)))
    take_in(session, households("2026-10", head("99010100001", HE)))
    found = homes(session)
    assert found["许大山"] == found["何桂花"]


@pytest.mark.parametrize("of_son", ["", WANG.id_value])
def test_members_that_name_no_head_stand_with_the_only_head_of_that_count_and_village(
    of_son: str, tmp_path: Path
) -> None:
    session = create(tmp_path / "aid.db", ACTOR)
    take_in(session, households("2026-09", head("3", WANG), ("3", of_son, "member", SON), head("4", HE)))
    found = homes(session)
    assert found["王秀英"] == found["王小军"] != found["何桂花"]


def test_where_nobody_names_a_head_the_count_holds_within_a_village(tmp_path: Path) -> None:
    session = create(tmp_path / "aid.db", ACTOR)
    far = someone("赵海", number("19700101", 11), village="东塘村")
    rows = [("5", "", "member", WANG), ("5", "", "member", SON), ("5", "", "member", far)]
    take_in(session, households("2026-09", *rows))
    found = homes(session)
    assert found["王秀英"] == found["王小军"] != found["赵海"]


def test_counted_households_are_the_same_step_by_step_and_at_once(tmp_path: Path) -> None:
    session = create(tmp_path / "aid.db", ACTOR)
    for month, rows in (("2026-10", (HE, WANG)), ("2026-09", (XU, HE, WANG)), ("2026-11", (WANG,))):
        take_in(session, households(month, *(head(str(n), who) for n, who in enumerate(rows, start=1))))
        matching.match(session, ACTOR)
    assert stored(session) == at_once(session)


@pytest.mark.parametrize("case", ["00001", "2026003", "DB0005", "低保第7号"])
def test_a_number_that_two_townships_give_is_no_household(case: str, tmp_path: Path) -> None:
    session = create(tmp_path / "aid.db", ACTOR)
    here, there = SU._replace(township="青禾镇"), MEI._replace(township="白石镇")
    take_in(session, households("2026-09", head(case, here), head(case, there)))
    found = homes(session)
    assert not found["苏守信"] & found["苏玉梅"]


def test_two_heads_in_one_township_or_in_two_months_keep_their_number(tmp_path: Path) -> None:
    session = create(tmp_path / "aid.db", ACTOR)
    here, son = SU._replace(township="青禾镇"), MEI._replace(township="青禾镇")
    take_in(session, households("2026-08", head("2026003", here), head("2026003", son)))
    take_in(session, households("2026-09", head("2026003", son._replace(township="白石镇"))))
    found = homes(session)
    assert found["苏守信"] & found["苏玉梅"]
