from __future__ import annotations

import random
from pathlib import Path

import pytest
from fake_view import AS_OF, FakeView, sample_profile

from aidcli import terms
from aidcli.errors import WrongUsage
from aidcli.monitoring import RULES, alert_id, run_rules
from aidcli.policy import VOCABULARY


def busy_district() -> FakeView:
    """Something for every rule."""
    view = FakeView()
    view.household("h-1", "dibao", "p-1", "p-2", account="62170000")
    view.household("h-2", "tekun", "p-2", account="62170000")
    view.household("h-3", "dibao_margin", "p-3", "p-4")
    view.fact("p-1", "death", day="2026-08-03", code="cremation")
    view.fact("p-2", "death", day="2026-07-03", code="hukou_cancelled")
    view.fact("p-3", "disability", month="2026-09", code="limb", num=1)
    view.fact("p-4", "disability", month="2026-09", code="multiple", num=3)
    view.fact("p-5", "medical_self", day="2026-05-05", fen=2_500_000)
    view.fact("p-1", "medical_self", day="2026-05-06", fen=2_500_000)
    view.fact("p-1", "platform_alert", day="2026-10-20", text="疑似死亡")
    view.payment("p-2", "y-1", "h-1")
    view.payment("p-2", "y-2", "h-2")
    return view


def test_every_rule_finds_its_case_and_says_so_in_order() -> None:
    result = run_rules(busy_district(), sample_profile(), AS_OF)
    assert result.ran == [rule.key for rule in RULES]
    assert list(dict.fromkeys(alert.rule for alert in result.alerts)) == result.ran
    assert [item.person for item in result.undetermined] == ["p-4"]
    assert result.skipped == []


def test_twice_is_the_same_and_the_order_of_rows_does_not_matter() -> None:
    view = busy_district()
    first = run_rules(view, sample_profile(), AS_OF)
    again = run_rules(view, sample_profile(), AS_OF)
    assert first == again
    random.Random(7).shuffle(view.people)
    random.Random(8).shuffle(view.homes)
    random.Random(9).shuffle(view.told)
    shuffled = run_rules(view, sample_profile(), AS_OF)
    assert shuffled == first


def test_identities_differ_between_alerts() -> None:
    alerts = run_rules(busy_district(), sample_profile(), AS_OF).alerts
    keys = [alert_id(alert) for alert in alerts]
    assert len(set(keys)) == len(alerts)
    assert all(key.startswith("a-") for key in keys)


def test_alerts_of_a_rule_come_most_urgent_first() -> None:
    alerts = run_rules(busy_district(), sample_profile(), AS_OF).alerts
    assert next(a.due for a in alerts if a.rule == "roster_after_death") == "2026-10-03"
    assert [a.person for a in alerts if a.rule == "medical_self_paid_12m"] == ["p-5", "p-1"]


def test_only_takes_key_or_label() -> None:
    result = run_rules(busy_district(), sample_profile(), AS_OF, only=("多户共用账号", "roster_after_death"))
    assert result.ran == ["roster_after_death", "account_shared"]


def test_unknown_rule_is_wrong_usage_and_lists_those_there_are() -> None:
    with pytest.raises(WrongUsage) as caught:
        run_rules(busy_district(), sample_profile(), AS_OF, only=("死亡",))
    assert caught.value.code == "unknown_rule"
    assert "roster_after_death（死亡后仍在册）" in caught.value.message


def test_empty_register_skips_every_rule_with_a_reason() -> None:
    result = run_rules(FakeView(), sample_profile(), AS_OF)
    assert [skip.rule for skip in result.skipped] == [rule.key for rule in RULES]
    lacking = {skip.rule: skip.reason for skip in result.skipped}
    assert lacking.pop("platform_alert") == "缺少来源：上级平台预警下发清单"
    assert all(reason.startswith("缺少来源：救助对象名册") for reason in lacking.values())
    assert result.ran == [] and result.alerts == []


def test_value_that_has_run_out_skips_the_rule(tmp_path: Path) -> None:
    (tmp_path / "990101.yaml").write_text(
        """region: "990101"
name: 示例区
parent: "990100"
values:
  medical.self_paid_12m:
    label: 12个月医疗合规自付预警线
    unit: 元
    entries:
      - {from: 2024-01-01, to: 2025-12-31, value: 20000, sample: true, reason: 试行}
""",
        encoding="utf-8",
    )
    result = run_rules(busy_district(), sample_profile("990101", tmp_path), AS_OF, only=("医疗自付过高",))
    assert result.skipped == [
        (
            "medical_self_paid_12m",
            "已过期：12个月医疗合规自付预警线（medical.self_paid_12m，示例区，截止2025-12-31）",
        )
    ]


def test_rules_name_only_what_terms_and_vocabulary_know() -> None:
    for rule in RULES:
        assert rule.route in terms.ROUTES and rule.department in terms.DEPARTMENTS
        assert rule.priority in terms.PRIORITIES
        assert {*rule.parameters, *rule.grounds} <= VOCABULARY.keys()
        assert rule.question.endswith("？") and set(rule.rosters) <= terms.PROGRAMMES.keys()


def test_alerts_carry_a_ground_and_a_detail_without_floats() -> None:
    for alert in run_rules(busy_district(), sample_profile(), AS_OF).alerts:
        assert alert.citation
        assert not any(isinstance(item, float) for item in alert.detail.values())
        assert alert.route in terms.ROUTES and alert.department in terms.DEPARTMENTS
        assert list(alert.evidence) and all(isinstance(item, int) for item in alert.evidence)
