"""What ships: every profile loads, and every citation stands on a document in force."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import yaml

from aidcli.policy import VOCABULARY, ExclusivePair, Value, load_profile, regions
from aidcli.resources import data_dir

FOLDER = data_dir("templates/policies")
REGIONS = list(regions([FOLDER]))
ON = date(2026, 10, 8)


def raw(region: str) -> dict[str, Any]:
    data = yaml.load((FOLDER / f"{region}.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    assert isinstance(data, dict)
    return data


def citations(node: object) -> Iterator[dict[str, str]]:
    if isinstance(node, dict):
        if isinstance(node.get("citation"), dict):
            yield node["citation"]
        for child in node.values():
            yield from citations(child)
    elif isinstance(node, list):
        for child in node:
            yield from citations(child)


def value(key: str, region: str = "990101") -> Value:
    found = load_profile(region, [FOLDER]).get(key, ON)
    assert found is not None
    return found


def test_the_regions_that_ship() -> None:
    assert REGIONS == ["100000", "990100", "990101"]


@pytest.mark.parametrize("region", REGIONS)
def test_every_citation_names_a_document_of_the_chain_and_none_is_a_draft(region: str) -> None:
    profile = load_profile(region, [FOLDER])
    documents: dict[str, dict[str, str]] = {}
    for code, _ in reversed(profile.chain):
        documents |= raw(code).get("documents") or {}
    for citation in citations(raw(region).get("values")):
        assert documents[citation["document"]]["force"] == "in_force"
        assert citation["article"].startswith("第")


def test_citations_are_really_found_in_the_national_file() -> None:
    assert len(list(citations(raw("100000")["values"]))) >= 8


def test_nation_configures_all_but_what_only_a_locality_can_set() -> None:
    nation = load_profile("100000", [FOLDER])
    assert [v.key for v in nation.values(ON) if v.basis == "not_configured"] == ["medical.self_paid_12m"]
    assert load_profile("990100", [FOLDER]).get("medical.self_paid_12m", ON) is None


@pytest.mark.parametrize("region", REGIONS)
def test_nothing_has_run_out(region: str) -> None:
    assert [v.key for v in load_profile(region, [FOLDER]).values(ON) if v.expired] == []


@pytest.mark.parametrize(
    ("key", "expected", "basis"),
    [
        ("death.check_months", 3, "cited"),
        ("medical.self_paid_12m", 2_000_000, "sample"),
        ("account.shared_households", 2, "product_default"),
        ("pay.dibao.cycle", "month", "cited"),
        ("pay.dibao.day", 10, "product_default"),
        ("pay.tekun.cycle", "quarter", "product_default"),
        ("pay.tekun.day", 10, "product_default"),
        ("pay.tekun.institution_single", "per_institution", "product_default"),
        ("pay.shift", "earlier", "product_default"),
    ],
)
def test_values_and_what_they_rest_on(key: str, expected: object, basis: str) -> None:
    found = value(key)
    assert (found.value, found.basis) == (expected, basis)
    assert found.label == VOCABULARY[key].label


def test_death_check_cites_the_notice_of_2022() -> None:
    assert value("death.check_months").citation == (
        "《关于进一步做好最低生活保障等社会救助兜底保障工作的通知》（民发〔2022〕83号）第一部分第（三）项"
    )


def test_single_application_by_disability() -> None:
    first, second = value("margin.single_dibao_disability").value
    assert (len(first.categories), first.grades) == (7, {1, 2})
    assert (second.categories, second.grades) == ({"intellectual", "mental"}, {3})


def test_pairs_carry_their_own_ground_and_the_list_is_no_stronger_than_its_weakest() -> None:
    found = value("programme.exclusive")
    pairs: dict[str, ExclusivePair] = {pair.key: pair for pair in found.value}
    assert found.basis == "product_default"
    assert pairs["dibao+tekun"].basis == "product_default"
    assert pairs["dibao+dibao_margin"].unless == "single_person_dibao"
    for other in ("dibao+rigid_expenditure", "rigid_expenditure+tekun", "dibao_margin+rigid_expenditure"):
        assert pairs[other].ground == "《刚性支出困难家庭认定办法》（民发〔2024〕57号）第四条第一款第（一）项"
    assert "dibao:rural+dibao:urban" in pairs
