"""Alerts that a higher platform handed down join ours until somebody has answered them."""

from __future__ import annotations

from fake_view import FakeView, run

from aidcli.model import Alert, PersonFact

RULE = "platform_alert"


def _handed(
    view: FakeView, number: str, text: str, *, person: str = "p-1", due: str = "", answer: str = ""
) -> int:
    view.kinds |= {"platform_alert"}
    view.next_sighting += 1
    sighting = view.next_sighting

    def told(kind: str, said: str, day: str = "", code: str = "") -> None:
        view.told.append(
            PersonFact(
                person,
                "张三丰",
                "青禾镇",
                "东塘村",
                kind,
                day,
                "2026-09",
                None,
                None,
                code,
                said,
                "platform_alerts",
                sighting,
            )
        )

    told("platform_alert", text, due, "死亡")
    if number:
        told("platform_alert_number", number)
    told("platform_alert_sent", "", "2026-09-20")
    if answer:
        told("platform_answer", answer, "2026-09-28")
    return sighting


def _found(view: FakeView) -> list[Alert]:
    return [alert for alert in run(view, RULE).alerts if alert.rule == RULE]


def test_an_unanswered_one_joins_with_its_number_and_its_day() -> None:
    view = FakeView()
    view.household("h-1", "dibao", "p-1")
    sighting = _handed(view, "YJ001", "疑似死亡仍在享受低保", due="2026-10-20")
    (alert,) = _found(view)
    assert (alert.household, alert.person, alert.threshold, alert.due) == (
        "h-1",
        "p-1",
        "YJ001",
        "2026-10-20",
    )
    assert alert.evidence == (sighting,)
    assert "YJ001" in alert.reason and "疑似死亡" in alert.reason and "2026-10-20" in alert.reason


def test_an_answered_one_does_not_also_when_the_answer_came_in_a_later_list() -> None:
    view = FakeView()
    _handed(view, "YJ001", "疑似死亡", answer="已核实，停发")
    _handed(view, "YJ002", "疑似死亡")
    _handed(view, "YJ002", "疑似死亡", answer="查无此事")
    assert _found(view) == []


def test_the_same_one_handed_down_twice_is_one_alert() -> None:
    view = FakeView()
    first = _handed(view, "YJ003", "疑似死亡")
    second = _handed(view, "YJ003", "疑似死亡")
    (alert,) = _found(view)
    assert alert.evidence == (first, second)


def test_somebody_who_is_on_no_roster_is_told_as_such() -> None:
    view = FakeView()
    _handed(view, "YJ004", "疑似漏保", person="p-9")
    (alert,) = _found(view)
    assert alert.household == "" and "没有此人" in alert.reason


def test_without_the_list_the_rule_is_skipped_and_said() -> None:
    skipped = {one.rule: one.reason for one in run(FakeView(), RULE).skipped}
    assert "上级平台预警下发清单" in skipped[RULE]
