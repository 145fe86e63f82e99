"""A second person (staff, guardian, keeper) whose name and number are merged over several rows is that of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from both_ways import in_order
from intake_files import TEMPLATES, TODAY, id_number, xlsx

from aidcli.intake import Reading, open_file
from aidcli.model import Named, RowRead

STAFF = [
    "工作人员姓名",
    "工作人员身份证号",
    "工作单位",
    "职务",
    "近亲属姓名",
    "近亲属身份证号",
    "与工作人员关系",
]


def _open(folder: Path, source: str, table: Sequence[Sequence[object]], merges: Sequence[str]) -> Reading:
    path = xlsx(folder / "名单2026年9月.xlsx", ("S", table), merges=merges)
    return open_file(path, TEMPLATES, source=source, period="2026-09", today=TODAY)


def _read(
    folder: Path, source: str, table: Sequence[Sequence[object]], merges: Sequence[str]
) -> list[RowRead]:
    return list(_open(folder, source, table, merges).rows(0))


def _second(read: RowRead, role: str) -> Named | None:
    assert read.record is not None
    return next((one for one in read.record.persons if one.role == role), None)


def _kin(n: int, *who: object) -> list[object]:
    return [*(who or (None,) * 4), f"赵{'一二三四五'[n]}", id_number(n + 1), "兄弟"]


STAFF_A = ("钱大", id_number(51), "河东镇", "村支书")
STAFF_B = ("孙大", id_number(53), "沙河镇", "村会计")


def test_kin_of_one_member_of_staff_are_all_theirs(tmp_path: Path) -> None:
    table = [STAFF, _kin(0, *STAFF_A), _kin(1), _kin(2), _kin(3, *STAFF_B)]
    reads = _read(tmp_path, "kin_filings", table, ["A2:A4", "B2:B4", "C2:C4", "D2:D4"])
    assert [_second(read, "staff").identity.id_value for read in reads] == [  # type: ignore[union-attr]
        id_number(51), id_number(51), id_number(51), id_number(53),
    ]  # fmt: skip
    told = [{fact.kind: fact.text for fact in read.record.facts} for read in reads if read.record]
    assert [(one["kin_staff"], one["kin_staff_post"]) for one in told] == [
        *[("河东镇", "村支书")] * 3,
        ("沙河镇", "村会计"),
    ]


@pytest.mark.parametrize("merges", [[], ["A2:A3"], ["B2:B3"], ["C2:C3", "D2:D3"]])
def test_a_second_person_is_not_made_up_where_only_one_of_both_is_merged(
    tmp_path: Path, merges: list[str]
) -> None:
    reads = _read(tmp_path, "kin_filings", [STAFF, _kin(0, *STAFF_A), _kin(1)], merges)
    assert _second(reads[0], "staff") is not None and _second(reads[1], "staff") is None


def test_a_guardian_merged_over_brothers_and_sisters_is_the_guardian_of_each(tmp_path: Path) -> None:
    table: list[list[object]] = [
        ["儿童姓名", "儿童身份证号", "监护人姓名", "监护人身份证号", "发放金额（元）"]
    ]
    table += [["张小", id_number(1), "王大", id_number(51), 1300], ["张二", id_number(2), None, None, 1300]]
    table += [["李小", id_number(3), "赵大", id_number(53), 1300]]
    reads = _read(tmp_path, "orphans", table, ["C2:C3", "D2:D3"])
    assert [_second(read, "guardian").identity.name for read in reads] == ["王大", "王大", "赵大"]  # type: ignore[union-attr]


def test_where_the_sheet_has_no_number_the_merged_name_suffices(tmp_path: Path) -> None:
    table: list[list[object]] = [["儿童姓名", "儿童身份证号", "监护人姓名", "发放金额（元）"]]
    table += [["张小", id_number(1), "王大", 1300], ["张二", id_number(2), None, 1300]]
    reads = _read(tmp_path, "orphans", table, ["C2:C3"])
    assert [_second(read, "guardian").identity.name for read in reads] == ["王大", "王大"]  # type: ignore[union-attr]


def test_merged_seconds_say_what_the_same_rows_say_written_out(tmp_path: Path) -> None:
    whole = [STAFF, *(_kin(n, *STAFF_A) for n in range(3)), _kin(3, *STAFF_B)]
    holed = [STAFF, _kin(0, *STAFF_A), _kin(1), _kin(2), _kin(3, *STAFF_B)]
    one = _read(tmp_path, "kin_filings", whole, [])
    two = _read(tmp_path, "kin_filings", holed, [f"{letter}2:{letter}4" for letter in "ABCD"])
    for plain, merged in zip(one, two, strict=True):
        assert plain.record is not None and merged.record is not None
        assert plain.record.persons == merged.record.persons
        assert in_order(plain.record.facts) == in_order(merged.record.facts)


def _under_parents(folder: Path, parent: str) -> dict[str, str]:
    above = [None, parent, None, None, None, None, "享受救助的近亲属信息", None, None]
    heads = ["序号", "姓名", "身份证号", "工作单位", "职务", "联系电话", "姓名", "身份证号", "与经办人员关系"]
    row = [1, "钱大", id_number(51), "河东镇", "村支书", "13900000001", "赵一", id_number(1), "兄弟"]
    reading = _open(folder, "kin_filings", [above, heads, row], ["B1:F1", "G1:I1"])
    (read,) = reading.rows(0)
    assert read.record is not None
    assert read.record.persons[0].identity.phone == ""  # the telephone is the other one's
    return {field: letter for field, (letter, *_) in reading.sheets[0].columns.items()}


@pytest.mark.parametrize("parent", ["经办人员（村干部）信息", "经办人员信息", "经办人员", "工作人员信息"])
def test_unit_and_post_under_a_heading_that_names_the_staff_are_theirs(tmp_path: Path, parent: str) -> None:
    columns = _under_parents(tmp_path, parent)
    assert (columns["staff_unit"], columns["staff_post"]) == ("D", "E")


def test_a_unit_under_another_person_is_not_the_staffs(tmp_path: Path) -> None:
    above = [None, None, None, "监护人信息", None]
    heads = ["工作人员姓名", "救助对象姓名", "与工作人员关系", "工作单位", "职务"]
    reading = _open(
        tmp_path, "kin_filings", [above, heads, ["钱大", "赵一", "兄弟", "某厂", "工人"]], ["D1:E1"]
    )
    assert not {"staff_unit", "staff_post"} & reading.sheets[0].columns.keys()
