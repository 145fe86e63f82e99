from __future__ import annotations

from datetime import date

import pytest
from fake_view import FakeView, run

RULE = "exclusive_programmes"


def found(view: FakeView, as_of: date = date(2026, 10, 8)) -> list[tuple[str, str, str]]:
    return [(a.household, a.person, a.threshold) for a in run(view, RULE, as_of=as_of).alerts]


def test_dibao_and_tekun_at_once() -> None:
    view = FakeView()
    view.household("h-1", "dibao", "p-1", "p-2")
    view.household("h-2", "tekun", "p-2")
    (alert,) = run(view, RULE).alerts
    assert (alert.household, alert.person, alert.threshold) == ("", "p-2", "dibao+tekun")
    assert "同时享受低保和特困" in alert.reason
    assert "农村低保（户主户主p-1" in alert.reason and "农村特困（户主户主p-2" in alert.reason
    assert alert.citation.startswith("产品默认值：")
    assert alert.evidence == (2, 3)


def test_urban_and_rural_dibao_is_its_own_pair() -> None:
    view = FakeView()
    view.household("h-1", "dibao", "p-1", residence="urban")
    view.household("h-2", "dibao", "p-1", residence="rural")
    assert found(view) == [("", "p-1", "dibao:rural+dibao:urban")]


def test_two_households_of_one_programme() -> None:
    view = FakeView()
    view.household("h-1", "dibao", "p-1", "p-2")
    view.household("h-2", "dibao", "p-3", "p-2")
    view.household("h-3", "dibao", "p-4", "p-2", residence="")
    (alert,) = run(view, RULE).alerts
    assert (alert.person, alert.threshold) == ("p-2", "dibao+dibao")
    assert alert.detail["households"] == ["h-1", "h-2", "h-3"]


def test_tekun_of_town_and_country_is_two_households() -> None:
    view = FakeView()
    view.household("h-1", "tekun", "p-1", residence="urban")
    view.household("h-2", "tekun", "p-1", residence="rural")
    assert found(view) == [("", "p-1", "tekun+tekun")]


def test_head_twice_in_one_household_is_nothing() -> None:
    view = FakeView()
    view.household("h-1", "dibao", "p-1", "p-2")
    view.member("h-1", "dibao", "p-1")
    assert found(view) == []


def test_single_person_dibao_may_stay_in_the_marginal_household() -> None:
    view = FakeView()
    view.household("h-1", "dibao", "p-1")
    view.member("h-1", "dibao", "p-1")
    view.household("h-2", "dibao_margin", "p-2", "p-1")
    assert found(view) == []


def test_dibao_of_a_whole_family_and_margin_is_found() -> None:
    view = FakeView()
    view.household("h-1", "dibao", "p-1", "p-3")
    view.household("h-2", "dibao_margin", "p-2", "p-1")
    (alert,) = run(view, RULE).alerts
    assert alert.threshold == "dibao+dibao_margin"
    assert alert.citation == "《最低生活保障审核确认办法》（民发〔2021〕57号）第八条"


def test_single_person_dibao_is_no_excuse_beside_tekun() -> None:
    view = FakeView()
    view.household("h-1", "dibao", "p-1")
    view.household("h-2", "tekun", "p-1")
    assert found(view) == [("", "p-1", "dibao+tekun")]


@pytest.mark.parametrize("other", ["dibao", "tekun", "dibao_margin"])
def test_rigid_expenditure_excludes_the_others_once_its_document_is_in_force(other: str) -> None:
    view = FakeView()
    view.household("h-1", other, "p-1", "p-2")
    view.household("h-2", "rigid_expenditure", "p-1")
    assert [pair for _, _, pair in found(view)] == ["+".join(sorted([other, "rigid_expenditure"]))]
    assert "民发〔2024〕57号" in run(view, RULE).alerts[0].citation
    assert found(view, date(2024, 12, 31)) == []


def test_namesakes_on_two_rosters_are_two_persons() -> None:
    view = FakeView()
    view.household("h-1", "dibao", "p-1")
    view.household("h-2", "tekun", "p-1b")
    assert found(view) == []


def test_three_programmes_give_one_alert_a_pair() -> None:
    view = FakeView()
    view.household("h-1", "dibao", "p-1", "p-2")
    view.household("h-2", "tekun", "p-1")
    view.household("h-3", "rigid_expenditure", "p-1")
    assert sorted(pair for _, _, pair in found(view)) == [
        "dibao+rigid_expenditure",
        "dibao+tekun",
        "rigid_expenditure+tekun",
    ]
