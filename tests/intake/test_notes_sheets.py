"""The period that a sheet of notes or a cover tells, where neither name nor titles do."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import TEMPLATES, TODAY, id_number, xlsx

from aidcli.errors import AidError
from aidcli.intake import Reading
from aidcli.intake.lists import open_lists

HEAD = ["户主姓名", "身份证号", "保障人数", "月保障金"]
ROW = ["张三", id_number(1), 1, 300]


def _opened(folder: Path, *notes: object, name: str = "农村低保名册", title: str = "") -> Reading:
    lines = [[title], HEAD, ROW] if title else [HEAD, ROW]
    told = [list(line) if isinstance(line, tuple) else [line] for line in notes]
    path = xlsx(folder / f"{name}.xlsx", ("说明", told), ("名单", lines))
    (reading,) = open_lists(path, TEMPLATES, today=TODAY)
    return reading


@pytest.mark.parametrize(
    "notes",
    [
        ("数据截至2026年9月30日",),
        ("填报说明", "1.按《救助办法》（2014年5月1日起施行）填报。", "2.数据时点：2026年9月30日；"),
        (("统计期间", "2026年9月"), ("填报日期", "2026年10月5日")),
        ("示例区青禾镇", "2026年9月农村低保名册", "二〇二六年十月五日"),
        ("所属月份：2026年9月", "本表截止2026年9月底"),
    ],
)
def test_a_sheet_of_notes_tells_the_month(notes: tuple[object, ...], tmp_path: Path) -> None:
    reading = _opened(tmp_path, *notes)
    assert (reading.period, reading.period_from) == ("2026-09", "notes")
    told = [p.message for row in reading.rows(0) for p in row.problems if p.code == "period_of_column"]
    assert len(told) == 1 and "工作表“说明”" in told[0] and "2026-09" in told[0]


@pytest.mark.parametrize(
    "name, title", [("农村低保名册2026年8月", ""), ("农村低保名册", "2026年8月农村低保名册")]
)
def test_names_and_titles_go_before(name: str, title: str, tmp_path: Path) -> None:
    assert _opened(tmp_path, "数据截至2026年9月30日", name=name, title=title).period == "2026-08"


def test_a_month_without_its_year_may_be_that_of_the_notes(tmp_path: Path) -> None:
    assert _opened(tmp_path, "数据截至2026年9月30日", title="青禾镇9月农村低保名册").period == "2026-09"


@pytest.mark.parametrize(
    "notes, title",
    [
        (("自2026年3月起执行新标准",), ""),
        (("根据济民发〔2026〕13号文件，2026年9月起提标",), ""),
        (("数据截至2026年9月30日", "所属月份：2026年8月"), ""),
        (("数据截至2028年9月30日",), ""),
        (("数据截至2026年9月30日",), "青禾镇8月农村低保名册"),
    ],
)
def test_what_is_no_time_of_the_data_or_contradicts_is_asked(
    notes: tuple[object, ...], title: str, tmp_path: Path
) -> None:
    with pytest.raises(AidError) as refused:
        _opened(tmp_path, *notes, title=title)
    assert refused.value.code == "period_unknown" and "--period" in str(refused.value.hint)


def test_a_quarter_is_told_too(tmp_path: Path) -> None:
    people = [["姓名", "身份证号", "发放金额"], ["张三", id_number(1), 300]]
    path = xlsx(tmp_path / "高龄津贴名册.xlsx", ("封面", [["统计期间：2026年三季度"]]), ("名单", people))
    (reading,) = open_lists(path, TEMPLATES, today=TODAY)
    assert (reading.period, reading.period_from) == ("2026-09", "notes")
