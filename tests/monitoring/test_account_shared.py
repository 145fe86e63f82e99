from __future__ import annotations

from fake_view import FakeView, run

RULE = "account_shared"
ACCOUNT = "6217000099990101234"


def test_one_account_for_two_households_is_one_alert_without_the_number() -> None:
    view = FakeView()
    view.household("h-2", "dibao", "p-2", account="6217 0000 9999 0101 234")
    view.household("h-1", "tekun", "p-1", account=ACCOUNT)
    (alert,) = run(view, RULE).alerts
    assert (alert.household, alert.person) == ("", "")
    assert alert.detail["households"] == ["h-1", "h-2"]
    assert len(alert.threshold) == 16
    assert "账号****1234" in alert.reason
    assert "户主p-1户（农村特困，示例镇东村）；户主p-2户（农村低保，示例镇东村）" in alert.reason
    assert ACCOUNT not in repr(alert)
    assert "第二十六条" in alert.citation
    assert alert.evidence == (1, 2)


def test_full_width_digits_are_the_same_account() -> None:
    view = FakeView()
    view.household("h-1", "dibao", "p-1", account="６２１７０００１")
    view.household("h-2", "dibao", "p-2", account="62170001")
    (alert,) = run(view, RULE).alerts
    assert "0001" not in alert.reason


def test_institution_account_is_left_out() -> None:
    view = FakeView()
    view.household("h-1", "tekun", "p-1", account=ACCOUNT, mode="institution")
    view.household("h-2", "tekun", "p-2", account=ACCOUNT, mode="institution")
    view.household("h-3", "tekun", "p-3", account=ACCOUNT, mode="home")
    assert run(view, RULE).alerts == []


def test_one_household_twice_and_empty_accounts_are_nothing() -> None:
    view = FakeView()
    view.household("h-1", "dibao", "p-1", account=ACCOUNT)
    view.household("h-1", "dibao", "p-1", account=ACCOUNT)
    view.household("h-2", "dibao", "p-2", account="无")
    view.household("h-3", "dibao", "p-3", account="—")
    assert run(view, RULE).alerts == []


def test_many_households_are_counted_and_the_first_twenty_named() -> None:
    view = FakeView()
    for number in range(25):
        view.household(f"h-{number:02}", "dibao", f"p-{number:02}", account=ACCOUNT)
    (alert,) = run(view, RULE).alerts
    assert "由25户共用" in alert.reason and "另有5户" in alert.reason
    assert "户主p-20户" not in alert.reason
    assert len(alert.evidence) == 25


def test_without_accounts_the_rule_is_skipped_aloud() -> None:
    view = FakeView()
    view.household("h-1", "dibao", "p-1")
    assert run(view, RULE).skipped == [(RULE, "缺少来源：名册上的银行账号")]
