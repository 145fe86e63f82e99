from __future__ import annotations

from fake_view import FakeView, run

RULE = "paid_twice_same_person"


def paying() -> FakeView:
    return FakeView(kinds={"enrolled"})


def test_two_households_paid_for_one_person_and_month_is_one_alert() -> None:
    view = paying()
    view.payment("p-1", "y-bbbbbbbbbb", "h-2")
    view.payment("p-1", "y-aaaaaaaaaa", "h-1")
    (alert,) = run(view, RULE).alerts
    assert (alert.household, alert.person, alert.period, alert.threshold) == ("", "p-1", "2026-09", "dibao")
    assert "y-aaaaaaaa（发放批次r1，付给户主h-1500.00元）；y-bbbbbbbb（" in alert.reason
    assert (alert.department, alert.priority) == ("civil_affairs", 1)
    assert alert.detail["payments"] == ["y-aaaaaaaaaa", "y-bbbbbbbbbb"] and alert.detail["fen"] == 100000
    assert alert.evidence == (1, 2)
    assert "一人只计入一户" in alert.citation


def test_an_institution_that_is_paid_for_one_person_as_two_is_an_alert() -> None:
    view = paying()
    view.payment("p-1", "y-aaaaaaaaaa", "h-1", programme="tekun")
    view.payment("p-1", "y-aaaaaaaaaa", "h-2", programme="tekun")
    assert len(run(view, RULE).alerts) == 1


def test_near_misses_are_nothing() -> None:
    view = paying()
    view.payment("p-1", "y-1", "h-1", month="2026-08")
    view.payment("p-1", "y-2", "h-2", month="2026-09")  # another month
    view.payment("p-2", "y-3", "h-3", programme="dibao")
    view.payment("p-2", "y-4", "h-4", programme="tekun")  # another programme: that is 重复享受
    view.payment("p-3", "y-5", "h-5")
    view.payment("p-3", "y-5", "h-5")  # base and supplement of one payment
    view.payment("p-4", "y-6", "h-6")
    view.payment("p-5", "y-7", "h-7")  # another person
    assert run(view, RULE).alerts == []


def test_each_month_and_programme_is_an_alert_of_its_own() -> None:
    view = paying()
    for month in ("2026-08", "2026-09"):
        view.payment("p-1", f"y-1{month}", "h-1", month=month)
        view.payment("p-1", f"y-2{month}", "h-2", month=month)
    found = run(view, RULE).alerts
    assert [alert.period for alert in found] == ["2026-08", "2026-09"]
