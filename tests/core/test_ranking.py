"""In which order questions are asked, and what is said of each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from review_world import a_database, a_district, department, home, misspelt, paid_under_two_numbers, who
from roster_world import ACTOR, FileOfRecords

from aidcli.model import Alert
from aidcli.store import Session, alerts, events
from aidcli.tasks import paying, reviewing, scheduling

DAY = date(2026, 10, 8)


@pytest.fixture
def district(tmp_path: Path) -> Session:
    return a_district(tmp_path / "aid.db")


def names(session: Session) -> list[frozenset[str]]:
    return [frozenset((one.left.name, one.right.name)) for one in reviewing.listing(session, DAY)]


def test_more_money_comes_first_then_what_can_be_settled_and_nobody_on_the_register_last(
    district: Session,
) -> None:
    assert names(district) == [{"李错", "王甲"}, {"陈误", "王丙"}, {"上官堃"}, {"赵五", "钱六"}]
    said = [(one.rank, one.hangs, one.check) for one in reviewing.listing(district, DAY)]
    assert said == [
        (1, "在册低保每月620.00元", "两边是同一个号码：看证件上是谁，再问填的是不是本人"),
        (2, "在册低保每月300.00元", "两边是同一个号码：看证件上是谁，再问填的是不是本人"),
        (3, "在册低保每月300.00元", "没有可比的号码，须问本人或村里"),
        (4, "两边都不在册", "两边是同一个号码：看证件上是谁，再问填的是不是本人"),
    ]


def test_an_open_alert_goes_before_any_money(district: Session) -> None:
    (person,) = district.conn.execute(
        "SELECT l.person_id FROM link AS l JOIN mention AS m ON m.id = l.mention_id WHERE m.name = '赵五'"
    ).fetchone()
    alert = Alert("rule", "", person, "", "", 1, "stop", "civil_affairs", "", "疑", "依据", (), {})
    with district.transaction(ACTOR):
        seq = events.record(district, ACTOR, "flag", "", "")
        alerts.open_new(district, "a-0123456789", alert, seq, "2026-10-08", {})
    first = reviewing.listing(district, DAY)[0]
    assert {first.left.name, first.right.name} == {"赵五", "钱六"} and first.hangs == "疑点1条"
    with district.transaction(ACTOR):
        seq = events.record(district, ACTOR, "close_alert", "", "")
        alerts.close(district, "a-0123456789", "不属实", "张三", "2026-10-08", seq, {})
    assert names(district)[-1] == {"赵五", "钱六"}, "a closed alert hangs on nothing"


def test_drafts_and_what_was_paid_are_said(district: Session) -> None:
    (run,) = scheduling.schedule(district, ACTOR, "2026-10", DAY, ["dibao"]).runs
    assert reviewing.listing(district, DAY)[0].hangs == "在册低保每月620.00元；低保2026-10在草稿r1里"
    paying.approve(district, ACTOR, run.id)
    assert reviewing.listing(district, DAY)[0].hangs == "在册低保每月620.00元；低保已发到2026-10"


def test_who_left_the_roster_is_still_asked_about_because_of_what_was_paid(tmp_path: Path) -> None:
    session = paid_under_two_numbers(tmp_path / "aid.db")
    (run,) = scheduling.schedule(session, ACTOR, "2026-10", DAY, ["dibao"]).runs
    paying.approve(session, ACTOR, run.id)
    (one,) = reviewing.listing(session, date(2026, 9, 1))
    assert one.hangs == "低保已发到2026-10", "the roster of October does not hold in September"


def test_both_households_of_two_registered_people_count(tmp_path: Path) -> None:
    (one,) = reviewing.listing(paid_under_two_numbers(tmp_path / "aid.db"), DAY)
    assert one.hangs == "在册低保每月620.00元、500.00元"


def test_a_limit_takes_the_first_and_keeps_their_rank(district: Session) -> None:
    assert [one.rank for one in reviewing.listing(district, DAY, limit=2)] == [1, 2]


def test_two_questions_of_one_record_can_be_told_apart(tmp_path: Path) -> None:
    """The reference begins with one record: where it has several questions, more of it is shown."""
    homes = (home("C1", who(0), 62000), home("C2", misspelt(0), 50000))
    lists = department("registered_unemployed", who(0, "李错"))
    roster = FileOfRecords("dibao_rural_household", "roster", "2026-10", homes)
    session = a_database(tmp_path / "aid.db", roster, lists)
    found = reviewing.listing(session, DAY)
    assert len(found) == 2
    for one in found:
        assert one.pair.startswith(one.short)
        assert sum(other.pair.startswith(one.short) for other in found) == 1
    answered = reviewing.decide(session, ACTOR, found[1].short, "unsure", "", DAY)
    assert answered.pair == found[1].pair
