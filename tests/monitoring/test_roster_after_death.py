from __future__ import annotations

from fake_view import AS_OF, FakeView, run

from aidcli.monitoring import alert_id

RULE = "roster_after_death"


def family() -> FakeView:
    view = FakeView()
    view.household("h-1", "dibao", "p-head", "p-wife")
    return view


def test_two_sources_that_disagree_give_one_alert_naming_both() -> None:
    view = family()
    view.fact("p-wife", "death", day="2026-08-05", code="hukou_cancelled")
    view.fact("p-wife", "death", day="2026-08-03", code="cremation")
    (alert,) = run(view, RULE).alerts
    assert (alert.household, alert.person, alert.priority, alert.route) == ("h-1", "p-wife", 1, "stop")
    assert "殡葬火化登记死亡日期2026-08-03；公安死亡注销登记2026-08-05，两处不一致" in alert.reason
    assert "农村低保（户主户主p-head，示例镇东村，2026-09名册）" in alert.reason
    assert "不是停发决定" in alert.reason
    assert alert.due == "2026-11-03"
    assert "民发〔2022〕83号" in alert.citation


def test_deadline_that_has_passed_is_said() -> None:
    view = family()
    view.fact("p-head", "death", day="2026-07-07", code="cremation")
    view.fact("p-wife", "death", day="2026-07-08", code="cremation")
    late, today = run(view, RULE).alerts
    assert (late.due, "现已逾期" in late.reason) == ("2026-10-07", True)
    assert (today.due, "现已逾期" in today.reason) == ("2026-10-08", False)


def test_repeated_rows_of_one_source_count_once_in_words_and_all_in_evidence() -> None:
    view = family()
    rows = [view.fact("p-wife", "death", day="2026-08-03", code="cremation") for _ in range(3)]
    (alert,) = run(view, RULE).alerts
    assert alert.reason.count("2026-08-03") == 1
    assert "处" not in alert.reason.split("。")[0]
    assert set(rows) < set(alert.evidence)
    assert view.people[1].sighting in alert.evidence


def test_sources_that_agree_say_so() -> None:
    view = family()
    view.fact("p-wife", "death", day="2026-08-03", code="cremation")
    view.fact("p-wife", "death", day="2026-08-03", code="medical_certificate")
    (alert,) = run(view, RULE).alerts
    assert "死亡医学证明登记2026-08-03，两处一致" in alert.reason


def test_death_on_the_day_itself_is_found_and_one_day_later_is_not() -> None:
    view = family()
    view.fact("p-head", "death", day="2026-10-08", code="cremation")
    view.fact("p-wife", "death", day="2026-10-09", code="cremation")
    assert [alert.person for alert in run(view, RULE).alerts] == ["p-head"]


def test_namesake_is_another_person() -> None:
    view = family()
    view.fact("p-namesake", "death", day="2026-08-03", code="cremation")
    assert run(view, RULE).alerts == []


def test_person_in_two_households_gets_an_alert_in_each() -> None:
    view = family()
    view.household("h-2", "tekun", "p-wife")
    view.fact("p-wife", "death", day="2026-08-03", code="cremation")
    alerts = run(view, RULE).alerts
    assert [alert.household for alert in alerts] == ["h-1", "h-2"]
    assert len({alert_id(alert) for alert in alerts}) == 2


def test_head_who_also_stands_in_the_member_sheet_is_one_alert() -> None:
    view = family()
    view.member("h-1", "dibao", "p-head")
    view.fact("p-head", "death", day="2026-08-03", code="cremation")
    (alert,) = run(view, RULE).alerts
    assert {row.sighting for row in view.people if row.person == "p-head"} <= set(alert.evidence)


def test_tekun_cites_its_own_ground_and_says_the_period_is_borrowed() -> None:
    view = FakeView()
    view.household("h-9", "tekun", "p-old")
    view.fact("p-old", "death", day="2026-11-30", code="cremation")
    (alert,) = run(view, RULE, as_of=AS_OF.replace(month=12)).alerts
    assert alert.due == "2027-02-28"
    assert alert.citation.startswith("《特困人员认定办法》（民发〔2021〕43号）第二十四条第（一）项")
    assert "产品默认" in alert.citation


def test_death_without_a_day_is_still_found_but_has_no_deadline() -> None:
    view = family()
    view.fact("p-wife", "death", code="cremation")
    (alert,) = run(view, RULE).alerts
    assert alert.due == ""
    assert "无法推算期限" in alert.reason


def test_without_a_death_list_the_rule_is_skipped_aloud() -> None:
    result = run(family(), RULE)
    assert result.ran == []
    assert result.skipped[0].rule == RULE
    assert result.skipped[0].reason.startswith("缺少来源：殡葬火化")
