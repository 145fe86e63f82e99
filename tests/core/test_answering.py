"""Answers, merges and splits: what they do, what they refuse, what they bring to light."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from review_world import (
    PERIOD,
    a_database,
    a_district,
    department,
    home,
    one_row_of_two,
    paid_under_two_numbers,
    who,
)
from roster_world import ACTOR, FileOfRecords, fingerprint

from aidcli.errors import AidError
from aidcli.linkage import scoring
from aidcli.store import Session, alerts, people
from aidcli.store.people import PersonInfo
from aidcli.tasks import flagging, matching, merging, modelling, paying, reviewing, scheduling

DAY = date(2026, 10, 8)


@pytest.fixture
def district(tmp_path: Path) -> Session:
    return a_district(tmp_path / "aid.db")


def person(session: Session, name: str) -> PersonInfo:
    (found,) = [one for one in people.find(session, name) if one.name == name]
    return found


def answer(session: Session, place: int, verdict: str, why: str = "") -> str:
    one = reviewing.listing(session, DAY)[place]
    return reviewing.decide(session, ACTOR, one.pair, verdict, why, DAY).pair


def test_an_answered_question_is_not_asked_again_and_says_who_answered(district: Session) -> None:
    number = answer(district, 0, "different", "电话核实")
    assert number not in {one.pair for one in reviewing.listing(district, DAY)}
    (told,) = reviewing.listing(district, DAY, answered=True)
    assert (told.pair, told.status) == (number, "different")
    assert told.note == "2026-01-01 测试员答“不是同一人”：电话核实"
    matching.match(district, ACTOR, rebuild=True)
    assert number not in {one.pair for one in reviewing.listing(district, DAY)}


def test_an_answer_again_keeps_the_evidence_that_was_known(district: Session) -> None:
    number = answer(district, 0, "unsure")
    reviewing.decide(district, ACTOR, number, "different", "", DAY)
    (told,) = reviewing.listing(district, DAY, answered=True)
    assert told.sentence.startswith("身份证号一致；姓名不同（")


def test_a_doubt_comes_back_only_when_another_model_sees_the_records_otherwise(
    district: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = answer(district, 0, "unsure", "找不到本人")
    matching.match(district, ACTOR, rebuild=True)
    assert reviewing.count(district) == 3
    # Another version that counts alike sees the same: nothing comes back.
    shipped = scoring.load_model()
    data = {**shipped.data, "points": {**shipped.data["points"], "version": "next"}}
    monkeypatch.setattr(matching, "load_model", lambda: scoring.Model(data))
    matching.match(district, ACTOR, rebuild=True)
    assert reviewing.count(district) == 3
    # The doubt was given on other evidence than what is found now.
    with district.transaction(ACTOR):
        district.conn.execute("DROP TRIGGER judgement_no_update")
        district.conn.execute("UPDATE judgement SET code = '0108000000'")
    (back,) = [one for one in reviewing.listing(district, DAY) if one.pair == number]
    assert (
        "答“存疑”：找不到本人；当时的依据：身份证号一致；姓名有遮盖，只露出一个字" in back.note
        and "请再答一次" in back.note
    )
    assert reviewing.count(district) == 4 and back.rank == 1
    reviewing.decide(district, ACTOR, number, "different", "", DAY)
    assert reviewing.count(district) == 3


def test_two_people_are_merged_and_taken_apart_again(district: Session) -> None:
    before = fingerprint(district)
    kept, gone = person(district, "王甲"), person(district, "赵五")
    done = merging.merge(district, ACTOR, kept.id, gone.id, "户口簿", DAY, sure=True)
    assert (done.person, done.gone, done.paid_twice) == (kept.id, gone.id, [])
    assert people.infos(district, [gone.id])[gone.id].id == kept.id, "the old id leads to who remains"
    (told,) = reviewing.listing(district, DAY, answered=True)
    assert told.pair == done.pair and "户口簿" in told.note
    reviewing.decide(district, ACTOR, done.pair, "withdrawn", "", DAY)
    assert fingerprint(district) == before


def test_what_was_judged_different_is_not_merged(district: Session) -> None:
    number = answer(district, 0, "different")
    one, other = person(district, "王甲"), person(district, "李错")
    before = fingerprint(district)
    with pytest.raises(AidError, match="有人答过他们的记录不是同一人") as caught:
        merging.merge(district, ACTOR, one.id, other.id, "", DAY)
    assert caught.value.code == "merge_refused" and number in str(caught.value.hint)
    assert fingerprint(district) == before
    with pytest.raises(AidError, match="已经是同一个人"):
        merging.merge(district, ACTOR, one.id, one.id, "", DAY)
    with pytest.raises(AidError, match="不是人员编号"):
        merging.merge(district, ACTOR, number, one.id, "", DAY)


def test_records_are_split_from_a_person_and_stay_together(tmp_path: Path) -> None:
    roster = FileOfRecords("dibao_rural_household", "roster", PERIOD, (home("C1", who(0), 62000),))
    lists = [department(f"department_{n}", who(0)) for n in range(3)]
    session = a_database(tmp_path / "aid.db", roster, *lists)
    before = fingerprint(session)
    (one,) = people.find(session, "王甲")
    kept = people.mentions_of(session, one.id)
    leaving = [row.key for row in kept if row.source_label in ("department_1", "department_2")]
    done = merging.split(session, ACTOR, one.id, leaving, "是同名同号的另一人")
    assert done.person == one.id != done.other
    assert len(done.pairs) == 4, "each that leaves, against each that stays"
    assert sorted(row.key for row in people.mentions_of(session, done.other)) == sorted(leaving)
    for number in done.pairs:
        reviewing.decide(session, ACTOR, number, "withdrawn", "", DAY)
    assert fingerprint(session) == before


def test_an_answer_by_splitting_says_on_what_it_rests(tmp_path: Path) -> None:
    roster = FileOfRecords("dibao_rural_household", "roster", PERIOD, (home("C1", who(0), 62000),))
    session = a_database(tmp_path / "aid.db", roster, department("department_1", who(0)))
    (one,) = people.find(session, "王甲")
    leaving = people.mentions_of(session, one.id)[1].key
    merging.split(session, ACTOR, one.id, [leaving], "同名同号的另一人")
    (told,) = reviewing.listing(session, DAY, answered=True)
    assert told.sentence == "身份证号一致；姓名一致；同村（社区）"
    (view,) = session.conn.execute("SELECT evidence FROM pairs WHERE pair_id = ?", (told.pair,)).fetchone()
    assert view == told.sentence


def test_two_whole_numbers_are_merged_only_by_who_is_sure(district: Session) -> None:
    before = fingerprint(district)
    with pytest.raises(AidError, match="各有一个完整、正确而不同的身份证号") as caught:
        merging.merge(district, ACTOR, person(district, "王甲").id, person(district, "赵五").id, "", DAY)
    assert caught.value.code == "two_numbers" and fingerprint(district) == before


def test_only_records_of_the_person_can_be_split_off_and_not_all(district: Session) -> None:
    one, other = person(district, "王甲"), person(district, "赵五")
    own, foreign = (people.mentions_of(district, who.id)[0].key for who in (one, other))
    with pytest.raises(AidError, match=r"不是 p-.* 的"):
        merging.split(district, ACTOR, one.id, [foreign], "")
    with pytest.raises(AidError, match="只有这1条记录"):
        merging.split(district, ACTOR, one.id, [own], "")
    with pytest.raises(AidError, match="不是记录编号"):
        merging.split(district, ACTOR, one.id, [other.id], "")


def test_two_that_were_paid_and_turn_out_to_be_one_raise_an_alert(tmp_path: Path) -> None:
    session = paid_under_two_numbers(tmp_path / "aid.db")
    (run,) = scheduling.schedule(session, ACTOR, "2026-10", DAY, ["dibao"]).runs
    paying.approve(session, ACTOR, run.id)
    (one,) = reviewing.listing(session, DAY)
    done = reviewing.decide(session, ACTOR, one.pair, "same", "残疾证", DAY)
    assert sorted(paid.fen for paid in done.paid_twice) == [50000, 62000]
    (alert,) = alerts.listing(session)
    assert (alert.rule, alert.status, alert.period) == ("paid_twice_same_person", "open", "2026-10")
    flagging.flag(session, ACTOR, DAY)
    assert [row.status for row in alerts.listing(session) if row.rule == alert.rule] == ["open"]
    paying.correct(session, ACTOR, done.paid_twice[0].payment, "多发")
    flagging.flag(session, ACTOR, DAY)
    (after,) = [row for row in alerts.listing(session) if row.rule == alert.rule]
    assert after.status == "close_proposed", "reversed: its evidence is gone"


def test_a_merge_that_brings_up_two_payments_says_so(tmp_path: Path) -> None:
    session = paid_under_two_numbers(tmp_path / "aid.db")
    (run,) = scheduling.schedule(session, ACTOR, "2026-10", DAY, ["dibao"]).runs
    paying.approve(session, ACTOR, run.id)
    (one,) = reviewing.listing(session, DAY)
    done = merging.merge(session, ACTOR, one.left.person, one.right.person, "户口簿", DAY)
    assert len(done.paid_twice) == 2 and len(alerts.listing(session)) == 1
    third = person(session, "王丙")
    more = merging.merge(session, ACTOR, done.person, third.id, "", DAY, sure=True)
    assert more.paid_twice, "and one more household"


def test_another_model_lists_the_records_that_moved(
    district: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = scoring.load_model()
    done, moved = modelling.rebuild(district, ACTOR)
    assert moved == [] and done.changed == 0
    points = {**shipped.data["points"], "auto": 70, "version": "laxer"}
    monkeypatch.setattr(matching, "load_model", lambda: scoring.Model({**shipped.data, "points": points}))
    done, moved = modelling.rebuild(district, ACTOR)
    assert {(one.row.name, one.before) for one in moved} >= {("李错", "本人记录")}
    (of_li,) = [one for one in moved if one.row.name == "李错"]
    assert of_li.after.startswith("身份证号一致；姓名不同") and of_li.row.from_person != of_li.row.to_person
    assert done.changed == len(moved)
    held = modelling.explain(district)
    assert held.frozen and held.table.version == "laxer" and held.shipped == shipped.version


def test_the_model_is_explained_without_a_database() -> None:
    told = modelling.explain(None)
    assert not told.frozen and told.table.version == told.shipped


# ------------------------------------------------------------ one row that would be two people of the register


def asked(session: Session) -> list[str]:
    return sorted(one.pair for one in reviewing.listing(session, DAY))


def test_one_row_is_not_answered_to_be_two_people_of_the_register(tmp_path: Path) -> None:
    session = one_row_of_two(tmp_path / "aid.db")
    first, second = asked(session)
    reviewing.decide(session, ACTOR, first, "same", "看了病历", DAY)
    before = fingerprint(session)
    with pytest.raises(AidError, match="把名册上的两个人，孙玉珍") as caught:
        reviewing.decide(session, ACTOR, second, "same", "", DAY)
    assert caught.value.code == "joins_two_registered" and fingerprint(session) == before
    assert "2026-01-01 测试员答过“是”（看了病历），department_1第2行的孙玉珍由此算作孙玉珍（p-" in str(
        caught.value
    )
    assert f"aidcli review undo {first}" in str(caught.value.hint)
    assert "aidcli review merge p-" in str(caught.value.hint)


def test_who_takes_the_first_answer_back_may_give_the_second(tmp_path: Path) -> None:
    session = one_row_of_two(tmp_path / "aid.db")
    first, second = asked(session)
    reviewing.decide(session, ACTOR, first, "same", "", DAY)
    reviewing.decide(session, ACTOR, first, "withdrawn", "", DAY)
    assert reviewing.decide(session, ACTOR, second, "same", "", DAY).pair == second


def test_two_of_the_register_who_are_asked_about_may_be_one(tmp_path: Path) -> None:
    session = paid_under_two_numbers(tmp_path / "aid.db")
    (one,) = reviewing.listing(session, DAY)
    reviewing.decide(session, ACTOR, one.pair, "same", "", DAY)
    assert len({info.id for info in people.find(session, "王甲")}) == 1


def test_evidence_of_a_record_says_against_which_record_it_speaks(tmp_path: Path) -> None:
    roster = FileOfRecords("dibao_rural_household", "roster", PERIOD, (home("C1", who(0), 62000),))
    session = a_database(tmp_path / "aid.db", roster, department("department_1", who(0, village="")))
    (one,) = people.find(session, "王甲")
    rows = people.mentions_of(session, one.id)
    own, linked = reviewing.lines_of_records(session, rows)
    assert own == f"dibao_rural_household第2行：王甲，本人记录，出现1次，{rows[0].key[:10]}"
    assert linked.startswith(
        "department_1第2行：王甲，与dibao_rural_household第2行的王甲对照，身份证号一致；姓名一致"
    )
    assert reviewing.lines_of_records(session, rows, [rows[1].key]) == [linked]


def test_what_only_the_number_says_is_not_told_as_the_row_s_own(district: Session) -> None:
    one = reviewing.listing(district, DAY)[0]
    number = who(0).id_value
    day = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    assert {(told.birth, told.sex) for told in one.told} == {("", "")}
    assert {told.by_number[-10:] for told in one.told} == {day}
    missing = next(
        row for row in reviewing.listing(district, DAY) if "missing" in (row.left.id_kind, row.right.id_kind)
    )
    assert "" in {told.by_number for told in missing.told}
