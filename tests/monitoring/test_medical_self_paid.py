from __future__ import annotations

from datetime import date

from fake_view import FakeView, run

from aidcli.monitoring import alert_id

RULE = "medical_self_paid_12m"


def settle(view: FakeView, person: str, day: str, paid: int, excluded: int = 0, total: int = 0) -> int:
    sighting = view.fact(person, "medical_self", day=day, fen=paid)
    view.fact(person, "medical_excluded", day=day, fen=excluded)
    view.fact(person, "medical_total", day=day, fen=total or paid * 2)
    return sighting


def district() -> FakeView:
    view = FakeView()
    view.household("h-1", "dibao", "p-1")
    return view


def test_line_is_reached_to_the_fen() -> None:
    view = district()
    settle(view, "p-2", "2026-03-01", 2_100_000, 100_000)
    settle(view, "p-3", "2026-03-01", 2_100_000, 100_001)
    assert [alert.person for alert in run(view, RULE).alerts] == ["p-2"]


def test_alert_tells_the_sums_the_days_and_that_nobody_helps_yet() -> None:
    view = district()
    settle(view, "p-2", "2025-10-09", 1_500_000, 500_000, 3_000_000)
    settle(view, "p-2", "2026-10-08", 1_000_050, 0, 2_000_000)
    (alert,) = run(view, RULE).alerts
    assert (alert.household, alert.period, alert.threshold, alert.priority) == ("", "2026", "2000000", 2)
    assert "合规自付20000.50元（个人负担25000.50元，其中全自费5000元不计）" in alert.reason
    assert "医疗总费用50000元；共2笔结算，首笔2025-10-09，末笔2026-10-08" in alert.reason
    assert "姓名p-2（示例镇东村）" in alert.reason
    assert "可能需要救助" in alert.reason
    assert alert.citation.startswith("示例区样例值：")


def test_window_is_twelve_months_up_to_and_with_the_day() -> None:
    view = district()
    settle(view, "p-2", "2025-10-08", 2_000_000)
    settle(view, "p-3", "2026-10-09", 2_000_000)
    settle(view, "p-4", "2025-10-09", 2_000_000)
    settle(view, "p-5", "2026-10-08", 2_000_000)
    assert [alert.person for alert in run(view, RULE).alerts] == ["p-4", "p-5"]


def test_window_that_ends_on_a_leap_day_takes_no_day_twice() -> None:
    view = district()
    settle(view, "p-2", "2023-02-28", 2_000_000)
    settle(view, "p-3", "2023-03-01", 2_000_000)
    assert [a.person for a in run(view, RULE, as_of=date(2024, 2, 29)).alerts] == ["p-3"]


def test_who_is_on_a_roster_comes_second_and_the_roster_is_named() -> None:
    view = district()
    settle(view, "p-1", "2026-03-01", 2_000_000)
    (alert,) = run(view, RULE).alerts
    assert (alert.household, alert.detail["households"], alert.priority) == ("", ["h-1"], 3)
    assert "现在册：农村低保（户主户主p-1" in alert.reason


def test_evidence_is_the_twenty_largest_and_the_detail_counts_all() -> None:
    view = district()
    large = [settle(view, "p-2", "2026-03-01", 100_000 + number) for number in range(20)]
    small = [settle(view, "p-2", "2026-03-02", 50_000) for _ in range(15)]
    (alert,) = run(view, RULE).alerts
    assert set(alert.evidence) == set(large) and not set(alert.evidence) & set(small)
    assert (alert.detail["settlements"], alert.detail["settlements_shown"]) == (35, 20)


def test_each_stream_of_settlements_is_read_once() -> None:
    view = district()
    settle(view, "p-2", "2026-03-01", 3_000_000)
    run(view, RULE)
    assert sorted(kind for kind in view.streams if kind.startswith("medical")) == [
        "medical_excluded",
        "medical_self",
        "medical_total",
    ]


def test_identity_stays_when_the_sum_grows() -> None:
    view = district()
    settle(view, "p-2", "2026-03-01", 2_000_000)
    (before,) = run(view, RULE).alerts
    settle(view, "p-2", "2026-04-01", 1_000)
    (after,) = run(view, RULE).alerts
    assert before.reason != after.reason
    assert alert_id(before) == alert_id(after)


def test_refund_counts_against_the_sum() -> None:
    view = district()
    settle(view, "p-2", "2026-03-01", 2_000_000)
    settle(view, "p-2", "2026-03-02", -1, total=-2)
    assert run(view, RULE).alerts == []


def test_source_without_excluded_costs_is_said() -> None:
    view = district()
    view.fact("p-2", "medical_self", day="2026-03-01", fen=2_000_000)
    (alert,) = run(view, RULE).alerts
    assert "来源没有全自费金额" in alert.reason and "来源没有医疗总费用" in alert.reason


def test_recorded_death_is_said() -> None:
    view = district()
    settle(view, "p-2", "2026-03-01", 2_000_000)
    view.fact("p-2", "death", day="2026-08-03", code="cremation")
    assert "请先核实本人是否在世" in run(view, RULE).alerts[0].reason


def test_region_without_a_line_skips_the_rule_aloud() -> None:
    view = district()
    settle(view, "p-2", "2026-03-01", 3_000_000)
    result = run(view, RULE, region="990100")
    assert result.alerts == []
    assert result.skipped == [(RULE, "未配置：12个月医疗合规自付预警线（medical.self_paid_12m，示例市）")]
