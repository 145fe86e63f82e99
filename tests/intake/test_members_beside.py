"""Members side by side under numbered headings: whose they are, and whose they never are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from intake_files import TEMPLATES, TODAY, codes, id_number, read, rows, text_file, xlsx

from aidcli.errors import AidError
from aidcli.intake.lists import open_lists
from aidcli.model import RowRead

FAMILY = ["李四", id_number(2), "妻", "王五", id_number(3), "子"]
PERSON = ["姓名", "身份证号", "关系"]
WELFARE = (["保障人口数", "月保障金"], [3, 500])
MARGIN = (["家庭人口", "纳入月份"], [3, "2025-03"])


def _merged(path: Path, own: Sequence[str], cells: Sequence[object], parents: Sequence[str]) -> Path:
    """A header on two rows: the head's own columns, and below each of the parents one member's."""
    upper = [*own, *(cell for parent in parents for cell in (parent, None, None))]
    lower = [*[None] * len(own), *PERSON * len(parents)]
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    merges = [f"{letters[place]}1:{letters[place]}2" for place in range(len(own))]
    starts = range(len(own), len(own) + 3 * len(parents), 3)
    merges += [f"{letters[start]}1:{letters[start + 2]}1" for start in starts]
    return xlsx(path, ("S", [upper, lower, ["张三", id_number(1), *cells, *FAMILY]]), merges=merges)


def _people(row: RowRead) -> list[tuple[str, str, str]]:
    assert row.record is not None
    return [(one.role, one.identity.name, one.identity.id_value) for one in row.record.persons]


ALL = [
    ("head", "张三", id_number(1)),
    ("member", "李四", id_number(2)),
    ("member", "王五", id_number(3)),
]


@pytest.mark.parametrize(
    "own", [("姓名", "身份证号"), ("户主姓名", "户主身份证号"), ("户主", "公民身份号码")]
)
@pytest.mark.parametrize(
    "name, columns",
    [
        ("农村低保名册2026年9月.xlsx", WELFARE),
        ("城市低保名册2026年9月.xlsx", WELFARE),
        ("低保边缘家庭名册2026年9月.xlsx", MARGIN),
        ("刚性支出困难家庭名册2026年9月.xlsx", MARGIN),
    ],
)
def test_merged_parents_are_members_whatever_the_roster(
    name: str, columns: tuple[list[str], list[object]], own: tuple[str, str], tmp_path: Path
) -> None:
    path = _merged(tmp_path / name, [*own, *columns[0]], columns[1], ["家庭成员1", "家庭成员2"])
    (row,) = rows(path)
    assert _people(row) == ALL and set(codes(row).values()) <= {"note"}


@pytest.mark.parametrize(
    "parents",
    [
        ("共同生活家庭成员1", "共同生活家庭成员2"),
        ("成员（一）", "成员（二）"),
        ("第1位家庭成员", "第2位家庭成员"),
        ("成员①", "成员②"),
        ("家庭成员", "家庭成员"),
        ("家庭成员2", "家庭成员3"),
        ("共同生活成员-1", "共同生活成员-2"),
    ],
)
def test_parents_may_be_worded_in_many_ways(parents: tuple[str, str], tmp_path: Path) -> None:
    name = "农村低保名册2026年9月.xlsx"
    path = _merged(tmp_path / name, ["户主姓名", "户主身份证号", *WELFARE[0]], WELFARE[1], parents)
    assert _people(rows(path)[0]) == ALL


@pytest.mark.parametrize(
    "form", ["家庭成员{}{}", "成员{} {}", "共同生活成员{} {}", "第{}个家庭成员{}", "成员{}：{}"]
)
def test_flat_headings_are_members(form: str, tmp_path: Path) -> None:
    head = ["姓名", "身份证号", *WELFARE[0], *(form.format(n, word) for n in "12" for word in PERSON)]
    path = text_file(
        tmp_path / "城市低保名册2026年9月.csv", [head, ["张三", id_number(1), *WELFARE[1], *FAMILY]]
    )
    assert _people(rows(path)[0]) == ALL


def test_the_head_s_own_relation_is_not_a_member_s(tmp_path: Path) -> None:
    own = ["姓名", "身份证号", "与户主关系", *WELFARE[0]]
    path = _merged(
        tmp_path / "农村低保名册2026年9月.xlsx", own, ["户主", *WELFARE[1]], ["家庭成员1", "家庭成员2"]
    )
    assert _people(rows(path)[0]) == ALL


def test_names_and_numbers_of_two_wordings_go_together(tmp_path: Path) -> None:
    head = ["户主", "身份证号", *WELFARE[0], *["家庭成员姓名", "身份证号"] * 2]
    people = [FAMILY[0], FAMILY[1], FAMILY[3], FAMILY[4]]
    path = text_file(
        tmp_path / "农村低保名册2026年9月.csv", [head, ["张三", id_number(1), *WELFARE[1], *people]]
    )
    assert _people(rows(path)[0]) == ALL


def test_what_is_told_of_a_member_is_not_told_of_the_head(tmp_path: Path) -> None:
    words = ["姓名", "身份证号", "性别", "残疾等级", "联系电话"]
    head = ["户主姓名", "户主身份证号", *WELFARE[0], *(f"成员1{word}" for word in words)]
    table = [head, ["张三", id_number(1), *WELFARE[1], "李四", id_number(2), "女", "一级", "13800000000"]]
    upper = ["户主姓名", "户主身份证号", *WELFARE[0], "家庭成员1", None, None, None, None]
    merged = [upper, [None] * 4 + words, table[1]]
    for path in (
        text_file(tmp_path / "农村低保名册2026年9月.csv", table),
        xlsx(tmp_path / "农村低保名册2026年9月.xlsx", ("S", merged), merges=["E1:I1"]),
    ):
        (row,) = rows(path)
        assert row.record is not None
        assert row.record.persons[0].identity.phone == "" and row.record.persons[0].identity.sex == "male"
        assert not [fact for fact in row.record.facts if fact.kind == "disability"]
        assert _people(row)[1:] == ALL[1:2]


def test_a_member_without_a_number_who_is_said_to_be_the_head_is_the_head(tmp_path: Path) -> None:
    head = ["户主姓名", "户主身份证号", *WELFARE[0], *(f"成员1{word}" for word in PERSON)]
    lines = [["张三", id_number(1), *WELFARE[1], "张三", None, word] for word in ("本人", "子")]
    first, second = rows(text_file(tmp_path / "农村低保名册2026年9月.csv", [head, *lines]))
    assert _people(first) == ALL[:1] and len(_people(second)) == 2


@pytest.mark.parametrize("parents", [("共同申请人1", "共同申请人2"), ("同住人1", "同住人2")])
def test_other_persons_of_a_department_s_row_are_left_out_and_told(
    parents: tuple[str, str], tmp_path: Path
) -> None:
    own = ["户主姓名", "户主身份证号", "房屋鉴定等级", "改造方式"]
    path = _merged(tmp_path / "农村危房改造2026年9月.xlsx", own, ["D级", "重建"], parents)
    (reading,) = open_lists(path, TEMPLATES, today=TODAY)
    (row,) = reading.rows(0)
    assert [name for _, name, _ in _people(row)] == ["张三"]
    assert f"{parents[1]}/身份证号" in reading.sheets[0].unmapped
    assert "other_id_column" not in codes(row)


def test_a_list_of_persons_says_how_members_must_stand(tmp_path: Path) -> None:
    own = ["户编号", "户主姓名", "户主身份证号", "监测对象类别", "识别监测时间"]
    upper = [*own, "家庭成员1", None, None, "家庭成员2", None, None]
    line = ["H1", "张三", id_number(1), "边缘易致贫户", "202503", *FAMILY]
    path = xlsx(
        tmp_path / "防返贫监测对象2026年9月.xlsx",
        ("S", [upper, [None] * 5 + PERSON * 2, line]),
        merges=["F1:H1", "I1:K1"],
    )
    with pytest.raises(AidError) as refused:
        read(path)
    assert refused.value.code == "template_unknown" and "成员各一行" in str(refused.value.hint)


def test_sheets_with_the_same_headings_are_read_alike(tmp_path: Path) -> None:
    head = ["户主姓名", "户主身份证号", "姓名", "身份证号", "与户主关系", "供养方式", "自理能力"]
    lines = [["张三", id_number(1), "张三", id_number(1), "本人", mode, "自理"] for mode in ("分散", "集中")]
    sheets = [
        (mode, [[f"青禾镇{mode}供养特困人员名册"], head, line])
        for mode, line in zip(("分散", "集中"), lines, strict=True)
    ]
    found = open_lists(xlsx(tmp_path / "特困人员名册2026年9月.xlsx", *sheets), TEMPLATES, today=TODAY)
    assert [[sheet.name for sheet in one.sheets] for one in found] == [["分散", "集中"]]


def test_ticks_are_no_second_column_of_money(tmp_path: Path) -> None:
    upper = ["申请人", "身份证号", "困难类型", "救助方式", None, "救助金额", None, "审批日期"]
    lower = [None, None, None, "现金", "实物", "现金（元）", "实物折款（元）", None]
    lines = [
        ["张三", id_number(1), "疾病", "√", None, 2000, None, "2026-09-03"],
        ["李四", id_number(2), "意外", None, "√", None, 500, "2026-09-12"],
        ["合计", None, None, 1, 1, 2000, 500],
    ]
    path = xlsx(
        tmp_path / "临时救助台账2026年9月.xlsx", ("S", [upper, lower, *lines]), merges=["D1:E1", "F1:G1"]
    )
    assert [row.outcome for row in rows(path)] == ["kept", "kept", "skipped"]
