from __future__ import annotations

import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

import openpyxl
import pytest
import rereading as again
import xlrd
from laws import examples

from aidcli import names
from sample_data import generate, tables

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = [sys.executable, str(ROOT / "sample_data/generate.py"), "--out", "made"]


def _bytes(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# ---------------------------------------------------------------- the same every time


def test_shipped_files_are_what_the_generator_makes(tmp_path: Path) -> None:
    generate.generate(tmp_path)
    for folder in ("inputs", "expected"):
        fresh = {path.name: path for path in (tmp_path / folder).iterdir()}
        shipped = {path.name: path for path in (ROOT / "sample_data" / folder).iterdir()}
        assert fresh.keys() == shipped.keys()
        for name, path in fresh.items():
            if path.suffix in (".csv", ".json"):
                assert path.read_bytes() == shipped[name].read_bytes(), name
            else:
                assert list(again.sheets(path)) == list(again.sheets(shipped[name])), name


def test_same_seed_gives_the_same_bytes_in_another_process_and_another_seed_does_not(tmp_path: Path) -> None:
    subprocess.run([*SCRIPT, "--households", "200", "--seed", "3"], cwd=tmp_path, check=True)
    for name, seed in (("same", 3), ("other", 6)):
        generate.generate(tmp_path / name, seed=seed)
    made, same, other = (_bytes(tmp_path / name) for name in ("made", "same", "other"))
    assert made == same
    assert made.keys() == other.keys() and all(made[name] != other[name] for name in made)


def test_script_refuses_too_few_households(tmp_path: Path) -> None:
    refused = subprocess.run(
        [*SCRIPT, "--households", "199"], cwd=tmp_path, capture_output=True, encoding="utf-8"
    )
    assert refused.returncode == 2 and "不能少于 200" in refused.stderr


@pytest.mark.law
@pytest.mark.parametrize("seed", range(20, examples(22, 32)))
def test_every_case_finds_its_place_whatever_the_seed(tmp_path: Path, seed: int) -> None:
    made = again.make(tmp_path, 200, seed)
    assert again.judge(made.inputs) == made.flagged()


def test_full_xls_goes_on_in_a_numbered_file(tmp_path: Path) -> None:
    table = tables.Table(tmp_path, "名单.xls", ["列"], limit=3)
    places = [table.append([f"第{number}行"]) for number in range(7)]
    table.close()
    assert [(place.file, place.row) for place in places] == [
        *(("名单.xls", row) for row in (2, 3, 4)),
        *(("名单_2.xls", row) for row in (2, 3, 4)),
        ("名单_3.xls", 2),
    ]
    for place, number in zip(places, range(7), strict=True):
        sheet = xlrd.open_workbook(str(tmp_path / place.file)).sheet_by_name(place.sheet)
        assert sheet.cell_value(0, 0) == "列" and sheet.cell_value(place.row - 1, 0) == f"第{number}行"


# ---------------------------------------------------------------- the files themselves


def test_headings_are_those_of_the_provincial_system_and_the_departments(made: again.Made) -> None:
    headings = {again.kind_of(row.file): "，".join(map(str, row.cells)) for row in again.rows(made.inputs)}
    assert headings[again.RURAL] == headings[again.URBAN]
    assert headings[again.RURAL] == (
        "户主姓名，户主身份证号，家庭人口数，保障人口数，家庭年总收入（元），家庭年均收入（元），户月保障金额（元），"
        "家庭分类施保总额（元），人员分类施保总额（元），合计（元），联系电话，家庭住址，所属省级，所属市级，所属区县，所属街道，"
        "所属社区，低保（特困）证号，最初享受月份，申请原因，救助金计算方式，分档类型，开户银行，银行账户名称，银行帐号，一卡通账号，"
        "拥有产权住房套数，住房总面积（平方米），金融资产总额（元），其他家庭财产情况，家庭成员姓名，家庭成员身份证号"
    )
    assert headings[again.TEKUN].startswith(
        "户主姓名，户主身份证号，家庭人口数，特困人员数，供养方式，户籍类型，基本生活总费用（元），"
    )
    assert headings["农村低保人员查询"].startswith(
        "姓名，身份证号，户主身份证号，与户主关系，性别，出生日期，年龄，"
    )
    assert "，生活自理能力，照料人姓名，照料人身份证号，" in headings["特困人员人员查询"]
    assert (
        headings[again.CREMATED]
        == "逝者姓名，身份证件号码，年龄，民族，家庭住址，死亡日期，火化时间，火化单位"
    )
    assert (
        headings[again.RETURN] == "序号，户名，账号，金额，开户行，用途，处理结果，失败原因，处理日期，流水号"
    )


def test_counts_of_rows_and_nameless_rows_are_those_of_the_files(made: again.Made) -> None:
    rows, nameless = Counter[str](), Counter[str]()
    for row in again.rows(made.inputs):
        rows[row.file] += 1
        nameless[row.file] += not any(again.mentions(row)) and "户名" not in row.cells
    assert {name: {"rows": rows[name], "set_aside": nameless[name]} for name in rows} == made.expected[
        "files"
    ]
    assert sum(nameless.values()) == 1


def test_household_totals_add_up_and_persons_are_as_many_as_covered(made: again.Made) -> None:
    for kind in (again.RURAL, again.URBAN):
        homes = again.rows(made.inputs, kind)
        for row in homes:
            parts = ("户月保障金额（元）", "家庭分类施保总额（元）", "人员分类施保总额（元）")
            assert row.fen("合计（元）") == sum(row.fen(part) for part in parts) > 0
            assert 1 + sum(m.place[4] == "member" for m in again.mentions(row)) == row.cells["家庭人口数"]
        persons = Counter(
            row.cells["低保（特困）证号"] for row in again.rows(made.inputs, kind.replace("家庭", "人员"))
        )
        assert persons == {row.cells["低保（特困）证号"]: row.cells["保障人口数"] for row in homes}
    for row in again.rows(made.inputs, again.TEKUN):
        assert row.fen("合计（元）") == row.fen("基本生活总费用（元）") + row.fen("照料护理总费用（元）")


def test_margin_list_has_merged_places_and_right_subtotals(made: again.Made) -> None:
    path = made.file(again.MARGIN)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    lines = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert lines[0][0] == "示例区2026年10月最低生活保障边缘家庭花名册"
    assert "A1:K1" in {str(area) for area in sheet.merged_cells.ranges}
    assert any(
        area.min_col == area.max_col == 3 and area.size["rows"] > 2 for area in sheet.merged_cells.ranges
    )
    counted, total, sizes = 0, 0, 0
    for line in lines[3:]:
        if line[0] == "小计":
            assert line[6] == counted == sizes
            total, counted, sizes = total + counted, 0, 0
        elif line[0] == "合计":
            assert line[6] == total > 0
        elif isinstance(line[0], int):
            counted, sizes = counted + 1, sizes + int(str(line[6] or 0))
            assert (line[6] is not None) == (line[5] == "户主")
    assert str(lines[-1][0]).startswith("制表人：")


def test_settlements_add_up(made: again.Made) -> None:
    assert made.file(again.BILLS).read_bytes().startswith(b"\xef\xbb\xbf")
    for row in again.rows(made.inputs, again.BILLS):
        borne, funds = row.fen("个人负担总金额"), row.fen("基金支付总额")
        assert row.fen("医疗费总额") == borne + funds
        pooled, serious = row.fen("基本医疗保险统筹基金支出"), row.fen("居民大病保险资金支出")
        assert funds == pooled + serious + row.fen("医疗救助基金支出")
        assert borne == row.fen("个人账户支出") + row.fen("现金支付金额") >= row.fen("全自费金额")
        assert "2025-10-01" <= row.cells["结算时间"][:10] <= "2026-09-30"


def test_cremations_are_gbk_with_repeats_and_other_days_than_the_police(made: again.Made) -> None:
    path = made.file(again.CREMATED)
    with pytest.raises(UnicodeDecodeError):
        path.read_bytes().decode("utf-8")
    cremated = again.people(again.rows(made.inputs, again.CREMATED))
    assert any(len(rows) == 2 for rows in cremated.values())
    police = again.people(again.rows(made.inputs, again.CANCELLED))
    both = cremated.keys() & police.keys()
    days = [
        (cremated[who][0].cells["死亡日期"].replace("-", ""), police[who][0].cells["死亡日期"])
        for who in both
    ]
    assert any(one == other for one, other in days) and any(one != other for one, other in days)


def test_every_kind_of_dirt_occurs(made: again.Made) -> None:
    raw: Counter[str] = Counter()
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for row in again.rows(made.inputs):
        for mention in again.mentions(row):
            kinds[again.kind_of(row.file)][mention.reading.kind] += 1
        for value in (str(cell) for cell in row.cells.values() if cell):
            raw["lower x"] += value.endswith("x") and len(value) == 18
            raw["full-width"] += value.startswith("９９０１０１")
            raw["apostrophe"] += value.startswith("'")
            raw["blank in name"] += len(value) in (3, 4) and value[1] in " 　" and value[0] > "一"
            raw["note"] += value.endswith("（已故）")
            raw["middle dot"] += "·" in value
            raw["other dot"] += any(value[0] > "一" and dot in value for dot in "．•") and len(value) < 12
    assert not [dirt for dirt, count in raw.items() if not count]
    assert kinds[again.JOBLESS]["masked"] and kinds[again.JOBLESS]["missing"]
    assert kinds[again.CARDS]["masked"] == 2 * made.sets
    assert not any(kinds[kind]["masked"] for kind in kinds if kind not in (again.JOBLESS, again.CARDS))
    assert sum(kinds[kind]["bad_check"] for kind in kinds) >= 3
    assert all(kinds[kind]["legacy15"] for kind in (again.CARDS, again.CREMATED, again.BILLS))
    cards = again.rows(made.inputs, again.CARDS)
    assert 0.05 < sum(isinstance(row.cells["身份证号码"], float) for row in cards) / len(cards) < 0.2
    assert {row.cells["状态"] for row in cards} == {"正常", "注销"}


def test_nobody_here_can_be_a_real_person(made: again.Made) -> None:
    for row in again.rows(made.inputs):
        for mention in again.mentions(row):
            assert not mention.reading.value or mention.reading.value.startswith("990101")


def test_names_are_common_rare_and_with_middle_dots(made: again.Made) -> None:
    everybody = {m.name for row in again.rows(made.inputs) for m in again.mentions(row)}
    assert any("·" in name for name in everybody)
    assert any(letter in name for name in everybody for letter in "堃喆燊龑犇垚㛃䶮𠮷")
    assert any(len(name) == 2 for name in everybody) and all(names.is_plausible(name) for name in everybody)
