"""Separated values: encodings without a mark, stray signs, line ends, what is no text."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import text_file
from reader_files import filled, only_sheet

from aidcli.errors import AidError
from aidcli.intake.formats.source import open_source

LINES = "姓名,身份证号,金额\n张三,990101196001010015,100.00\n李四,990101196001010023,200.00\n"
TABLE = [
    (1, ("姓名", "身份证号", "金额")),
    (2, ("张三", "990101196001010015", "100.00")),
    (3, ("李四", "990101196001010023", "200.00")),
]


def text(path: Path, content: bytes | str, encoding: str = "utf-8") -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_separator_and_line_end(
    tmp_path: Path, encoding: str, separator: str, end: str
) -> None:
    said = LINES.replace(",", separator).replace("\n", end)
    assert filled(only_sheet(text(tmp_path / "a.csv", said, encoding))) == TABLE


def test_separators_at_the_end_make_no_cells(tmp_path: Path) -> None:
    found = list(only_sheet(text(tmp_path / "a.csv", LINES.replace("\n", ",,, ,\n") + ",,,,,\n\n")).rows())
    assert found == [*TABLE, (4, ()), (5, ())]


def test_a_mark_in_the_middle_of_files_put_together_is_dropped(tmp_path: Path) -> None:
    said = "\ufeff" + LINES + "\ufeff" + LINES
    found = filled(only_sheet(text(tmp_path / "a.csv", said)))
    assert found[3][1] == ("姓名", "身份证号", "金额")
    wide = filled(only_sheet(text(tmp_path / "b.csv", said, "utf-16-le")))
    assert wide == found


def test_padding_of_zero_bytes_and_the_old_end_sign_are_dropped(tmp_path: Path) -> None:
    said = LINES.replace("张三", "张三\0\0\0").encode("gbk") + b"\x1a"
    assert filled(only_sheet(text(tmp_path / "a.txt", said))) == TABLE


def test_quoted_cells_keep_separators_quotes_and_line_ends(tmp_path: Path) -> None:
    said = 'a,b,c\n"一,二","他说""好""","三\n四"\n'
    assert filled(only_sheet(text(tmp_path / "a.csv", said)))[1] == (2, ("一,二", '他说"好"', "三\n四"))


@pytest.mark.parametrize(
    "title", [["填报单位：", "", "", "2026年9月"], ["高龄津贴"], ["甲", "乙", "丙", "丁", "戊"]]
)
def test_headings_with_line_ends_below_narrower_titles_are_no_broken_quotes(
    tmp_path: Path, title: list[str]
) -> None:
    header = ["户主\n姓名", "身份\n证号", "家庭\n人口", "保障\n人口", "金额\n（元）", "备注"]
    path = text_file(tmp_path / "a.csv", [title, header, ["李四", "1", "2", "3", "4", "无"]])
    assert filled(only_sheet(path))[1] == (2, tuple(header))


def test_numbers_wrapped_as_formulas_are_unwrapped_in_wide_text_too(tmp_path: Path) -> None:
    said = LINES.replace("990101196001010015", '="990101196001010015"')
    assert filled(only_sheet(text(tmp_path / "a.csv", said, "utf-16"))) == TABLE


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(256)) * 8,
        b"\x00\x01\x02\x03" * 500,
        "姓名,金额\n".encode() + b"\x01\x02\x03\x04" * 200,
        "姓名".encode("utf-16") + b"\x41",
        "姓名,身份证号\n".encode() + b"\xff\xff\xff",
    ],
    ids=["all bytes", "records", "control signs", "half a sign", "no encoding"],
)
def test_what_is_no_text_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(AidError) as caught:
        list(open_source(text(tmp_path / "名单.csv", content)).sheets[0].rows())
    assert caught.value.code == "unreadable_workbook" and "也不是文本" in caught.value.message


def test_a_text_tells_of_nothing_hidden_or_merged(tmp_path: Path) -> None:
    sheet = only_sheet(text(tmp_path / "a.csv", LINES))
    assert (sheet.merges, sheet.hidden_rows, sheet.hidden_columns) == ((), frozenset(), frozenset())
