from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from aidcli.policy import Profile, load_profile, regions
from aidcli.policy.kinds import DisabilityGroup, read_disability_groups, read_money
from aidcli.policy.vocabulary import VOCABULARY, show_yuan
from aidcli.resources import data_dir

CITY = """region: "990100"
name: 示例市
parent: "100000"
documents:
  city_rule: {title: 示例市办法, number: 示政发〔2024〕2号, issued: 2024-05-01, force: in_force, seen: excerpt}
  old_rule: {title: 示例市旧办法, issued: 2020-01-01, force: repealed, seen: full}
values:
  pay.dibao.day:
    label: 低保金最迟发放日
    unit: 日
    entries:
      - {from: 2024-06-01, value: 15, citation: {document: city_rule, article: 第九条}}
      - {from: 2020-01-01, to: 2024-05-31, value: 20, citation: {document: old_rule, article: 第三条}}
"""
DISTRICT = """region: "990101"
name: 示例区
parent: "990100"
values:
  pay.dibao.day:
    label: 低保金最迟发放日
    unit: 日
    entries:
      - {from: 2025-01-01, to: 2025-12-31, value: 8, sample: true, reason: 试行一年}
  medical.self_paid_12m:
    label: 12个月医疗合规自付预警线
    unit: 元
    entries:
      - {from: 2024-01-01, to: 2024-12-31, value: 10000, sample: true, reason: 试行一年}
"""


def profile(folder: Path, city: str = CITY, district: str = DISTRICT) -> Profile:
    (folder / "990100.yaml").write_text(city, "utf-8")
    (folder / "990101.yaml").write_text(district, "utf-8")
    return load_profile("990101", [folder, data_dir("templates/policies")])


def test_nearest_level_that_holds_on_the_day_wins(tmp_path: Path) -> None:
    found = profile(tmp_path)
    values = [
        found.get("pay.dibao.day", date.fromisoformat(day))
        for day in ("2024-05-31", "2024-06-01", "2025-01-01", "2025-12-31", "2026-01-01")
    ]
    assert [value and (value.value, value.level) for value in values] == [
        (20, "示例市"),
        (15, "示例市"),
        (8, "示例区"),
        (8, "示例区"),
        (15, "示例市"),
    ]


def test_citation_is_written_out_and_an_excerpt_is_marked(tmp_path: Path) -> None:
    value = profile(tmp_path).get("pay.dibao.day", date(2026, 1, 1))
    assert value is not None
    assert value.citation == "《示例市办法》（示政发〔2024〕2号）第九条（仅见摘录，待核原文）"
    assert (value.basis, value.since, value.until, value.text) == ("cited", "2024-06-01", "", "15日")


def test_expired_value_is_shown_but_not_handed_out(tmp_path: Path) -> None:
    found = profile(tmp_path)
    assert found.get("medical.self_paid_12m", date(2026, 1, 1)) is None
    value = found.look("medical.self_paid_12m", date(2026, 1, 1))
    assert (value.expired, value.value, value.until) == (True, 1_000_000, "2024-12-31")
    assert value.citation == "示例区样例值：试行一年"


def test_not_configured_is_none_and_listed_as_such(tmp_path: Path) -> None:
    found = profile(tmp_path)
    assert found.get("medical.self_paid_12m", date(2023, 12, 31)) is None
    values = {value.key: value for value in found.values(date(2023, 12, 31))}
    assert list(values) == list(VOCABULARY)
    assert values["medical.self_paid_12m"].text == "未配置"
    assert values["medical.self_paid_12m"].basis == "not_configured"


def test_hash_follows_the_content_of_the_whole_chain_and_not_its_layout(tmp_path: Path) -> None:
    first = profile(tmp_path).hash
    assert len(first) == 64
    assert profile(tmp_path, city="# 说明\n" + CITY.replace("value: 15,", 'value: "15",')).hash == first
    assert profile(tmp_path, city=CITY.replace("value: 15", "value: 16")).hash != first
    assert profile(tmp_path, district=DISTRICT.replace("试行一年", "试行")).hash != first


def test_first_folder_wins_and_parents_come_from_any(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "990101.yaml").write_text('region: "990101"\nname: 我区\nparent: "990100"\n', "utf-8")
    folders = [mine, data_dir("templates/policies")]
    found = load_profile("990101", folders)
    assert found.chain == (("990101", "我区"), ("990100", "示例市"), ("100000", "全国"))
    assert regions(folders)["990101"] == "我区"


def test_bom_of_windows_notepad_is_taken(tmp_path: Path) -> None:
    (tmp_path / "990101.yaml").write_text('region: "990101"\nname: 区\nparent: "990100"\n', "utf-8-sig")
    assert load_profile("990101", [tmp_path, data_dir("templates/policies")]).name == "区"


@given(st.integers(min_value=0, max_value=10**14 - 1))
def test_money_reads_back_what_is_shown(fen: int) -> None:
    assert read_money(show_yuan(fen).removesuffix("元")) == fen


def test_money_with_one_decimal_is_tenths_of_a_yuan() -> None:
    assert [read_money(text) for text in ("0", "632.5", "632.05", "20000")] == [0, 63250, 63205, 2_000_000]


def test_disability_groups_read_in_words() -> None:
    groups = read_disability_groups(
        [{"categories": "all", "grades": ["1", "2"]}, {"categories": ["intellectual"], "grades": ["3"]}]
    )
    assert [group.text for group in groups] == ["一、二级（各类别）", "三级智力残疾"]
    assert groups[1] == DisabilityGroup(frozenset({"intellectual"}), frozenset({3}))
