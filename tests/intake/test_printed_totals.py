"""Lines of sums between the rows: page sums, sums carried over, sums of sums, sums that reach back further."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake_files import BANK, codes, rows, text_file

from aidcli.intake.rows.skiprows import total_label
from aidcli.model import RowRead


def _paid(name: str, yuan: object) -> list[object]:
    return [name, "6217000000000000001", yuan, "成功", None, "2026-09-10", name]


def _read(folder: Path, *lines: object) -> list[RowRead]:
    """Rows of a bank's list: a figure is a payment, a pair a line of sums."""
    table: list[list[object]] = [BANK]
    for line in lines:
        if isinstance(line, tuple):
            table.append([line[0], None, line[1]])
        else:
            table.append(_paid("张三丰", line))
    return rows(text_file(folder / "回盘202609.csv", table))


def _wrong(found: list[RowRead]) -> list[int]:
    """Places of the lines of sums that something was noted of; no line of sums may be a person."""
    assert [row.outcome for row in found] == ["kept" if row.cells[1] else "skipped" for row in found]
    return [place for place, row in enumerate(found) if codes(row) == {"total_mismatch": "note"}]


@pytest.mark.parametrize(
    "word",
    [
        "累计",
        "本年累计",
        "本月累计：",
        "1-9月累计",
        "截至2026年9月累计发放",
        "承前页",
        "过次页：",
        "接上页",
        "（承前页）",
        "转下页",
        "9月合计",
    ],
)
def test_a_line_of_sums_is_nobody(word: str, tmp_path: Path) -> None:
    assert total_label(["", word, "300"])
    found = _read(tmp_path, 100, 200, (word, ""), 50)
    assert [row.outcome for row in found] == ["kept", "kept", "skipped", "kept"]


@pytest.mark.parametrize("seal", ["示例区医保局（盖章）", "示例区民政局(公章)"])
def test_the_line_of_a_seal_is_nobody(seal: str, tmp_path: Path) -> None:
    path = text_file(tmp_path / "回盘202609.csv", [BANK, _paid("张三丰", 100), [seal]])
    assert [row.outcome for row in rows(path)] == ["kept", "skipped"]


@pytest.mark.parametrize("name", ["李承前", "合计明", "过次", "承前", "张累"])
def test_a_name_that_looks_like_one_is_a_name(name: str) -> None:
    assert total_label([name]) == ""


def test_pages_that_carry_their_sums_over_are_right(tmp_path: Path) -> None:
    pages = [
        100,
        200,
        ("过次页", 300),
        ("承前页", 300),
        50,
        ("小计", 350),
        25,
        ("过次页", 375),
        ("接上页", 375),
    ]
    assert _wrong(_read(tmp_path, *pages, 5, ("合计", 380))) == []


def test_pages_that_print_their_own_sum_are_right(tmp_path: Path) -> None:
    pages = [100, 200, ("本页小计", 300), ("累计", 300), 50, ("本页小计", 50), ("累计", 350), ("合计", 350)]
    assert _wrong(_read(tmp_path, *pages)) == []
    alone = [100, 200, ("过次页", 300), 50, 60, ("过次页", 110), ("合计", 410)]
    assert _wrong(_read(tmp_path, *alone)) == []


def test_a_sum_that_is_carried_wrongly_is_told_once(tmp_path: Path) -> None:
    pages = [100, 200, ("过次页", 320), ("承前页", 320), 50, ("过次页", 350), ("承前页", 360), 5]
    found = _read(tmp_path, *pages)
    assert _wrong(found) == [2, 6]
    assert "320.00元" in found[2].problems[0].message and "20.00元" in found[2].problems[0].message


def test_the_second_file_of_a_list_may_begin_with_what_the_first_came_to(tmp_path: Path) -> None:
    pages = [
        ("承前页", 9000),
        100,
        200,
        ("过次页", 9300),
        ("承前页", 9300),
        50,
        ("本页小计", 50),
        ("累计", 9350),
    ]
    assert _wrong(_read(tmp_path, *pages, ("合计", 9350))) == []
    assert _wrong(_read(tmp_path, *pages, ("合计", 350))) == []
    assert _wrong(_read(tmp_path, *pages, ("合计", 9000))) == [8]


def test_a_sum_of_the_year_is_no_wrong_sum(tmp_path: Path) -> None:
    pages = [100, 200, ("本月累计", 300), ("本年累计", 2700), 50, ("本月累计", 350), ("本年累计", 2750)]
    assert _wrong(_read(tmp_path, *pages, ("1-9月合计", 2750), ("本年合计", 5000))) == []


def test_a_running_sum_that_followed_the_rows_must_go_on_doing_so(tmp_path: Path) -> None:
    pages = [100, 200, ("小计", 300), ("累计", 300), 50, ("小计", 50), ("累计", 360), ("本年累计", 2750)]
    assert _wrong(_read(tmp_path, *pages)) == [6]


def test_sums_of_villages_and_of_townships_are_both_right(tmp_path: Path) -> None:
    """Before, the sum of the second township was held against all townships."""
    first = [100, ("东村小计", 100), 200, ("西村小计", 200), ("河东镇合计", 300)]
    second = [10, ("南村小计", 10), 20, ("北村小计", 20), ("河西镇合计", 30)]
    assert _wrong(_read(tmp_path, *first, *second, ("总计", 330))) == []
    of_towns = [(word.replace("镇合计", "镇小计"), sum_) for word, sum_ in (first[-1], second[-1])]
    assert _wrong(_read(tmp_path, *first[:-1], of_towns[0], *second[:-1], of_towns[1], ("总计", 330))) == []


def test_a_total_of_the_last_part_alone_is_told(tmp_path: Path) -> None:
    pages = [100, ("小计", 100), 200, ("小计", 200), ("合计", 200)]
    assert _wrong(_read(tmp_path, *pages)) == [4]


@given(
    parts=st.lists(st.lists(st.integers(1, 500), min_size=1, max_size=4), min_size=2, max_size=5),
    word=st.sampled_from(("小计", "本页合计", "过次页", "累计")),
    carried=st.booleans(),
    off=st.integers(0, 1),
)
def test_right_sums_are_never_doubted_and_a_wrong_last_one_always_is(
    parts: list[list[int]], word: str, carried: bool, off: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lines: list[object] = []
    whole = 0
    for part in parts:
        lines += part
        whole += sum(part)
        lines.append((word, whole if carried or word == "累计" else sum(part)))
    lines.append(("总计", whole + off * 100_000))
    found = _read(tmp_path_factory.mktemp("sums"), *lines)
    assert _wrong(found) == ([len(lines) - 1] if off else [])
