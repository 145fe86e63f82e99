from __future__ import annotations

import pytest
from fake_view import FakeView, run

RULE = "roster_after_death"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-08", "养老金领取名单登记死亡日期2026-08（未写明日）"),
        ("2026", "养老金领取名单登记死亡日期2026（未写明月日）"),
        ("2026-08-16", "养老金领取名单登记死亡日期（不晚于2026-08-16）"),
        ("", "养老金领取名单登记死亡日期（未载明日期）"),
    ],
)
def test_a_death_told_without_its_day_says_what_is_told(text: str, said: str) -> None:
    view = FakeView()
    view.household("h-1", "dibao", "p-head")
    view.fact("p-head", "death", code="养老金领取名单", text=text)
    (alert,) = run(view, RULE).alerts
    assert said in alert.reason and alert.due == ""
    assert "来源没有写明死亡的日子，无法推算期限" in alert.reason


def test_two_sources_agree_only_where_both_tell_the_day() -> None:
    for text, agreed in (("2026-08", "不一致"), ("", "不一致")):
        view = FakeView()
        view.household("h-1", "dibao", "p-head")
        view.fact("p-head", "death", day="2026-08-03", code="cremation")
        view.fact("p-head", "death", code="养老金领取名单", text=text)
        (alert,) = run(view, RULE).alerts
        assert f"两处{agreed}" in alert.reason and alert.due == "2026-11-03"
