from __future__ import annotations

import pytest
from fake_view import FakeView, run

RULE = "severe_disability_not_in_dibao"


def margin(*others: tuple[str, str]) -> FakeView:
    """p-1 lives in a marginal household; `others` are (programme, person) elsewhere."""
    view = FakeView()
    view.household("h-1", "dibao_margin", "p-0", "p-1")
    view.household("h-2", "dibao", "p-8")
    view.household("h-3", "tekun", "p-9")
    for number, (programme, person) in enumerate(others):
        view.household(f"h-x{number}", programme, person)
    return view


@pytest.mark.parametrize(
    ("category", "grade", "flagged"),
    [
        ("hearing", 1, True),
        ("limb", 2, True),
        ("multiple", 1, True),
        ("intellectual", 3, True),
        ("mental", 3, True),
        ("hearing", 3, False),
        ("limb", 3, False),
        ("mental", 4, False),
        ("multiple", 4, False),
    ],
)
def test_category_and_grade_decide(category: str, grade: int, flagged: bool) -> None:
    view = margin()
    view.fact("p-1", "disability", month="2026-09", code=category, num=grade, text="有效")
    result = run(view, RULE)
    assert [alert.threshold for alert in result.alerts] == ([f"{category}:{grade}"] if flagged else [])
    assert result.undetermined == []


def test_alert_says_who_where_and_on_what_ground() -> None:
    view = margin()
    card = view.fact("p-1", "disability", month="2026-09", code="mental", num=3, text="有效")
    (alert,) = run(view, RULE).alerts
    assert (alert.household, alert.person, alert.priority, alert.route) == ("h-1", "p-1", 2, "apply")
    assert "精神三级残疾，残疾证有效" in alert.reason
    assert alert.citation == "《最低生活保障审核确认办法》（民发〔2021〕57号）第八条第一款第（一）项"
    assert card in alert.evidence and view.people[1].sighting in alert.evidence


@pytest.mark.parametrize(("category", "grade"), [("multiple", 3), ("", 3), ("mental", None)])
def test_what_the_card_leaves_open_is_undetermined(category: str, grade: int | None) -> None:
    view = margin()
    view.fact("p-1", "disability", month="2026-09", code=category, num=grade)
    result = run(view, RULE)
    assert result.alerts == []
    assert [(item.rule, item.person) for item in result.undetermined] == [(RULE, "p-1")]
    assert "请查看残疾证" in result.undetermined[0].reason


@pytest.mark.parametrize("state", ["注销", "已过期", "作废", "失效（2025年）"])
def test_cancelled_card_is_not_flagged(state: str) -> None:
    view = margin()
    view.fact("p-1", "disability", month="2026-09", code="limb", num=1, text=state)
    assert run(view, RULE).alerts == []


@pytest.mark.parametrize("programme", ["dibao", "tekun"])
def test_who_is_covered_is_not_flagged(programme: str) -> None:
    view = margin((programme, "p-1"))
    view.fact("p-1", "disability", month="2026-09", code="limb", num=1)
    assert run(view, RULE).alerts == []


def test_who_is_in_no_marginal_household_is_not_flagged() -> None:
    view = margin()
    view.fact("p-5", "disability", month="2026-09", code="limb", num=1)
    assert run(view, RULE).alerts == []


def test_latest_report_decides() -> None:
    view = margin()
    view.fact("p-0", "disability", month="2026-09", code="limb", num=3)
    view.fact("p-0", "disability", month="2026-Q2", code="limb", num=1)
    view.fact("p-1", "disability", month="2026-06", code="limb", num=1, text="有效")
    view.fact("p-1", "disability", month="2026-06", code="limb", num=1, text="注销")
    assert run(view, RULE).alerts == []


def test_missing_dibao_roster_is_said_in_the_reason() -> None:
    view = FakeView()
    view.household("h-1", "dibao_margin", "p-1")
    view.fact("p-1", "disability", month="2026-09", code="limb", num=1)
    (alert,) = run(view, RULE).alerts
    assert "没有导入低保、特困名册" in alert.reason


def test_recorded_death_is_said_in_the_reason() -> None:
    view = margin()
    view.fact("p-1", "disability", month="2026-09", code="limb", num=1)
    view.fact("p-1", "death", day="2026-08-03", code="cremation")
    (alert,) = run(view, RULE).alerts
    assert "另有殡葬火化记录2026-08-03" in alert.reason


def test_without_marginal_roster_or_disability_list_the_rule_is_skipped_aloud() -> None:
    view = FakeView()
    view.household("h-2", "dibao", "p-8")
    assert run(view, RULE).skipped[0].reason == "缺少来源：残联残疾人名单、低保边缘名册"
