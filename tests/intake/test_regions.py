"""Townships and villages against the list of the district: what is found, what is only offered, what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidcli.errors import AidError
from aidcli.intake.coercion import answers
from aidcli.intake.regionlist import load_regions
from aidcli.intake.regions import Place, Regions
from aidcli.resources import data_dir
from sample_data import words

REGIONS = load_regions("990101", [data_dir("templates/regions")])


@pytest.mark.parametrize(
    ("written", "name", "how"),
    [
        ("青禾镇", "青禾镇", "exact"),
        (" 青禾 镇", "青禾镇", "exact"),
        ("青禾", "青禾镇", "alias"),
        ("青禾镇人民政府", "青禾镇", "suffix"),
        ("石桥街道办事处", "石桥街道", "suffix"),
        ("石桥街道办", "石桥街道", "suffix"),
        ("新城办事处", "新城街道", "alias"),
        ("示例区青禾镇", "青禾镇", "suffix"),
        ("示例省示例市示例区青禾镇", "青禾镇", "suffix"),
        ("示例县青禾镇人民政府", "青禾镇", "suffix"),
        ("青禾镇东塘村", "青禾镇", "suffix"),
        ("青禾乡", "青禾镇", "former"),
        ("石桥镇", "石桥街道", "former"),
        ("柳林乡", "云岭镇", "former"),
        ("990101101", "青禾镇", "exact"),
        ("990101101000", "青禾镇", "exact"),
        ("990101101-青禾镇", "青禾镇", "exact"),
        ("青禾镇（990101101）", "青禾镇", "exact"),
        ("990101201", "云岭镇", "former"),
    ],
)
def test_a_township_in_every_spelling(written: str, name: str, how: str) -> None:
    place = REGIONS.township(written)
    assert (place.name, place.how) == (name, how)
    assert place.code.startswith("9901010") or place.code.startswith("9901011")


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("青木镇", "青禾镇"),
        ("青禾街道", "青禾镇"),
        ("邻县青禾镇", ""),
        ("县本级", ""),
        ("990101999", ""),
        ("990101101-白塘镇", "青禾镇"),
    ],
)
def test_an_unknown_township_stays_as_written(written: str, near: str) -> None:
    assert REGIONS.township(written) == Place(written, "", "unknown", near)


@pytest.mark.parametrize(
    ("written", "name", "how"),
    [
        ("东塘村", "东塘村", "exact"),
        ("东塘", "东塘村", "suffix"),
        ("东塘村委会", "东塘村", "suffix"),
        ("东塘村村委会", "东塘村", "suffix"),
        ("东塘村民委员会", "东塘村", "suffix"),
        ("东塘村村民委员会", "东塘村", "suffix"),
        ("东塘行政村", "东塘村", "suffix"),
        ("东塘村3组", "东塘村", "suffix"),
        ("东塘村第三村民小组", "东塘村", "suffix"),
        ("东塘村3组12号", "东塘村", "suffix"),
        ("青禾镇东塘村", "东塘村", "suffix"),
        ("示例区青禾镇东塘村3组", "东塘村", "suffix"),
        ("东塘大队", "东塘村", "former"),
        ("旱塘村", "东塘村", "former"),
        ("旱塘村委会", "东塘村", "former"),
        ("990101101201", "东塘村", "exact"),
        ("990101101201-东塘村", "东塘村", "exact"),
        ("990101101299", "东塘村", "former"),
        ("和平社区居委会", "和平社区", "suffix"),
        ("和平社区居民委员会", "和平社区", "suffix"),
        ("和平居委会", "和平社区", "suffix"),
    ],
)
def test_a_village_in_every_spelling(written: str, name: str, how: str) -> None:
    place = REGIONS.village(written, "青禾镇")
    assert (place.name, place.how, place.township) == (name, how, "青禾镇")


@pytest.mark.parametrize(
    ("written", "township", "near"),
    [
        ("东糖村", "青禾镇", "东塘村"),
        ("东塘社区", "青禾镇", "东塘村"),
        ("南塘村", "青禾镇", ""),  # one letter off from four villages
        ("后塘村", "青禾镇", ""),
        ("东塘村", "别的镇", ""),
        ("和平社区", "", "青禾镇和平社区、石桥街道和平社区、新城街道和平社区"),
        ("990101101201-北塘村", "青禾镇", "青禾镇东塘村"),
        ("990101101201", "白塘镇", "青禾镇东塘村"),
        ("青禾镇东塘村", "白塘镇", "青禾镇（与乡镇栏的白塘镇不同）"),
    ],
)
def test_an_unknown_or_doubtful_village_stays_as_written(written: str, township: str, near: str) -> None:
    place = REGIONS.village(written, township)
    assert (place.name, place.code, place.how, place.near) == (written, "", "unknown", near)


def test_a_name_that_occurs_once_in_the_district_needs_no_township() -> None:
    assert REGIONS.village("东塘村").township == "青禾镇"
    assert REGIONS.village("石桥街道和平社区").code == "990101001005"


@pytest.mark.parametrize("written", ["", "  ", "无", "——"])
def test_nothing_written_is_missing(written: str) -> None:
    assert REGIONS.township(written).how == REGIONS.village(written, "青禾镇").how == "missing"


def test_the_shipped_list_holds_every_place_of_the_sample_district() -> None:
    for number, (town, street) in enumerate(words.TOWNSHIPS):
        assert REGIONS.township(town).how == "exact"
        for village in (*words.villages(number, 5), *words.communities(number, 5 if street else 2)):
            assert REGIONS.village(village, town).how == "exact", (town, village)


@given(st.text("青禾白塘镇乡村委会示例区县990101-1（）3组社", max_size=12))
def test_a_place_is_one_of_the_list_or_what_is_written(written: str) -> None:
    towns = {town for town, _ in words.TOWNSHIPS}
    place = REGIONS.township(written)
    assert (
        (place.name in towns)
        if place.how not in ("unknown", "missing")
        else place.name == (answers.township(written) or "")
    )
    for township in ("", "青禾镇"):
        village = REGIONS.village(written, township)
        assert village.how in ("unknown", "missing") or village.code.startswith("990101")


@given(st.text("青禾镇人民政府街道办 ", max_size=10))
def test_without_a_list_a_township_is_read_as_ever(written: str) -> None:
    place = Regions().township(written)
    assert place.name == (answers.township(written) or "") and place.how in ("unchecked", "missing")


# ---------------------------------------------------------------- the file


def _write(folder: Path, text: str, code: str = "990102") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / f"{code}.yaml").write_text(text, encoding="utf-8")
    return folder


SMALL = """
region: "990102"
name: 乙区
townships:
  - name: 甲镇
    code: "990102101"
    villages:
      - name: 一村
"""


def test_a_region_without_a_file_has_an_empty_list(tmp_path: Path) -> None:
    assert not load_regions("990102", [tmp_path])
    assert not load_regions("../secret", [tmp_path])


def test_the_office_s_own_list_goes_before_the_shipped_one(tmp_path: Path) -> None:
    shipped = _write(tmp_path / "shipped", SMALL)
    own = _write(tmp_path / "own", SMALL.replace("甲镇", "丙镇"))
    assert load_regions("990102", [shipped, own]).township("丙镇").how == "exact"
    assert load_regions("990102", [shipped, own]).township("甲镇").how == "unknown"
    assert load_regions("990102", [shipped, tmp_path]).township("甲镇").how == "exact"


def test_mergers_are_followed_to_their_end(tmp_path: Path) -> None:
    text = (
        SMALL
        + """  - {name: 乙乡, merged_into: 丙乡}
  - {name: 丙乡, merged_into: 甲镇, former: [丁公社]}
"""
    )
    regions = load_regions("990102", [_write(tmp_path, text)])
    for written in ("乙乡", "丙乡", "丁公社", "丙乡人民政府"):
        assert regions.township(written)[:3] == ("甲镇", "990102101", "former")


def test_the_kind_that_people_leave_out_can_be_told(tmp_path: Path) -> None:
    text = SMALL + "  - {name: 东方物流园区, kind: 物流园区}\n"
    assert load_regions("990102", [_write(tmp_path, text)]).township("东方").name == "东方物流园区"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (SMALL.replace('990102"\nname', '990103"\nname'), 2, "应与文件名 990102.yaml 相同"),
        (SMALL.replace("990102101", "99010210"), 6, "区划代码应为9位或12位数字，不能是“99010210”"),
        (SMALL + "  - name: 甲镇\n", 9, "“甲镇”的名称或代码“甲镇”写了两次"),
        (SMALL + "  - {name: 乙镇, former: [甲镇]}\n", 9, "“乙镇”的名称或代码“甲镇”与“甲镇”的重复"),
        (SMALL + "      - name: 一村\n", 9, "“一村”写了两次"),
        (SMALL + "  - name: 乙乡\n    merged_into: 丁镇\n", 10, "“乙乡”并入的“丁镇”不在同一级名单里"),
        (
            SMALL + "  - {name: 乙乡, merged_into: 丙乡}\n  - {name: 丙乡, merged_into: 乙乡}\n",
            9,
            "“乙乡”的并入关系绕成了一圈",
        ),
        (SMALL.replace("villages", "vilages"), 7, "不认识“vilages”这一项"),
        (SMALL.replace("  - name: 甲镇\n    code", "  - code"), 5, "缺少“name”这一项"),
        ('region: "990102"\nname: 乙区\n', 1, "缺少“townships”这一项"),
    ],
)
def test_a_fault_in_the_list_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    with pytest.raises(AidError) as caught:
        load_regions("990102", [_write(tmp_path, text)])
    assert caught.value.code == "bad_region_list"
    assert f"990102.yaml 第{line}行" in caught.value.message
    assert message in caught.value.message
