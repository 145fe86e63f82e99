"""Corrected rows that come back: whatever the order of supplements, corrections and undos, one list as if right at once."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from care_world import ACTOR, DAY, FOLDERS, content, everything, fill_in, set_aside, take
from intake_files import HOUSEHOLD, MARGIN, UNEMPLOYED, household_row, id_number, xlsx
from laws import examples
from openpyxl import load_workbook

from aidcli.errors import AidError
from aidcli.idnumber import check_digit
from aidcli.store import Session, create, current
from aidcli.tasks import correcting, matching, undo

ROWS = 9
HOUSEHOLDS = "农村低保家庭查询_202610.xlsx"
MARGINS = "低保边缘家庭花名册_2026年10月.xlsx"
SEEKERS = "登记失业人员名单_2026年9月.xlsx"


def households(path: Path, broken: bool) -> Path:
    """Nine households; broken: one has no name and number, one no readable sum, one another township."""
    rows: list[list[object]] = [HOUSEHOLD]
    for n in range(1, ROWS + 1):
        cells: dict[str, object] = {
            "户主姓名": "张" + "三四五六七八九海河"[n - 1],
            "户主身份证号": id_number(n),
            "低保（特困）证号": f"C{n:05d}",
            "合计（元）": 500 + n,
        }
        if broken and n == 3:
            cells |= {"户主姓名": "", "户主身份证号": ""}
        if broken and n == 5:
            cells |= {"合计（元）": "伍佰零伍圆多"}
        if n == 7:
            cells |= {"所属街道": "误写镇" if broken else "河东镇"}
        if n == 3:
            cells |= {"所属街道": "河西镇"}
        rows.append(household_row(**cells))
    return xlsx(path, ("Sheet1", rows))


def margin(path: Path, broken: bool) -> Path:
    """Two households, members under their heads; broken: the first head cannot be read, so nobody has a home."""
    head = ["河东镇", "东村", "B001", "" if broken else "王大", "" if broken else id_number(31), "户主", 3]
    rows = [
        MARGIN,
        head,
        ["", "", "", "王二", id_number(32), "妻", ""],
        ["", "", "", "王三", id_number(33), "子", ""],
        ["河东镇", "东村", "B002", "赵大", id_number(34), "户主", 2],
        ["", "", "", "赵二", id_number(35), "妻", ""],
    ]
    return xlsx(path, ("花名册", rows))


def seekers(path: Path) -> Path:
    """A department's list that finds its people over numbers, names and households of the rosters."""
    people = [
        ("张五", id_number(3)),
        ("王大", id_number(31)[:14]),
        ("王二", id_number(31)),
        ("王三", id_number(33)[:16] + id_number(33)[:15:-1]),
        ("赵而", id_number(35)),
        ("张四", id_number(8)),
    ]
    rows = [[*who, "2026-09-01", "其他", "失业"] for who in people]
    return xlsx(path, ("名单", [UNEMPLOYED, *rows]))


PUT_RIGHT = {
    (4, "户主姓名"): "张五",
    (4, "户主身份证号"): id_number(3),
    (6, "合计（元）"): "505",
    (2, "姓名"): "王大",
    (2, "身份证号"): id_number(31),
}


def world(folder: Path, broken: bool) -> tuple[Path, Path]:
    folder.mkdir()
    return households(folder / HOUSEHOLDS, broken), margin(folder / MARGINS, broken)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    folder = tmp_path_factory.mktemp("clean")
    session = create(folder / "aid.db", ACTOR)
    for path in world(folder / "files", broken=False):
        take(session, path)
    take(session, seekers(folder / SEEKERS))
    matching.match(session, ACTOR)
    found = content(session)
    assert sum("'auto', " in link and "'own'" not in link for link in found["links"]) >= 3 and found["pairs"]
    return found


def put_cell_right(session: Session, batch: int) -> int:
    done = correcting.correct(session, ACTOR, batch, None, 8, "所属街道", "河东镇", "乡镇来函", FOLDERS, DAY)
    return done.batch


@pytest.mark.law
@pytest.mark.parametrize("seed", range(examples(3, 16)))
def test_any_order_of_supplements_corrections_and_undos_equals_one_clean_import(
    tmp_path: Path, clean: dict[str, list[str]], seed: int
) -> None:
    random_ = random.Random(seed)
    session = create(tmp_path / "aid.db", ACTOR)
    files = world(tmp_path / "files", broken=True)
    kept: dict[str, int] = {}
    for path in files:
        kept[path.name] = take(session, path).batch or 0
    returned = {}
    for path in files:
        assert set_aside(session, path, tmp_path / f"搁置_{path.stem}.xlsx") > 0
        returned[path.name] = fill_in(
            tmp_path / f"搁置_{path.stem}.xlsx", tmp_path / f"改好_{path.stem}.xlsx", PUT_RIGHT
        )
    upon: dict[str, int] = {}
    department, seeking = seekers(tmp_path / SEEKERS), 0
    for _ in range(8):
        move = random_.choice(("supplement", "correct", "undo", "match", "again", "department"))
        name = random_.choice([path.name for path in files])
        if move == "supplement" and name in kept:
            done = take(session, returned[name])
            if done.status == "kept":
                upon[f"s{name}"] = done.batch or 0
        elif move == "correct" and HOUSEHOLDS in kept and "c" not in upon:
            upon["c"] = put_cell_right(session, kept[HOUSEHOLDS])
        elif move == "undo" and upon:
            undo.undo(session, ACTOR, upon.pop(random_.choice(sorted(upon))))
        elif move == "match":
            matching.match(session, ACTOR)
        elif move == "department" and seeking:
            undo.undo(session, ACTOR, seeking)
            seeking = 0
        elif move == "department":
            seeking = take(session, department).batch or 0
        elif move == "again":
            undo.undo(session, ACTOR, kept[name])
            upon = {
                key: batch
                for key, batch in upon.items()
                if name != key[1:] and (key, name) != ("c", HOUSEHOLDS)
            }
            kept[name] = take(session, next(path for path in files if path.name == name)).batch or 0
        if random_.random() < 0.5:
            matching.match(session, ACTOR)
    if not seeking:
        take(session, department)
    for name in returned:
        take(session, returned[name])
    if "c" not in upon:
        put_cell_right(session, kept[HOUSEHOLDS])
    matching.match(session, ACTOR)
    got = content(session)
    for name in clean:
        assert got[name] == clean[name], name


def test_the_broken_files_differ_from_the_clean_ones(tmp_path: Path, clean: dict[str, list[str]]) -> None:
    session = create(tmp_path / "aid.db", ACTOR)
    for path in world(tmp_path / "files", broken=True):
        take(session, path)
    matching.match(session, ACTOR)
    got = content(session)
    assert (
        got["facts"] != clean["facts"]
        and got["members"] != clean["members"]
        and got["scope"] != clean["scope"]
    )


def test_a_supplement_counts_as_part_of_the_full_list_and_not_as_a_second_one(tmp_path: Path) -> None:
    session = create(tmp_path / "aid.db", ACTOR)
    path, _ = world(tmp_path / "files", broken=True)
    base = take(session, path).batch
    set_aside(session, path, tmp_path / "搁置.xlsx")
    done = take(session, fill_in(tmp_path / "搁置.xlsx", tmp_path / "改好.xlsx", PUT_RIGHT))
    assert (done.status, done.supplements, done.rows_kept) == ("kept", base, 2)
    matching.match(session, ACTOR)
    holding = list(current.households(session, "2026-10"))
    assert sorted(home.case_number for home in holding) == [f"C{n:05d}" for n in range(1, ROWS + 1)]
    assert next(home for home in holding if home.case_number == "C00005").total_fen == 50500


def test_undo_of_supplement_and_correction_brings_back_every_row(tmp_path: Path) -> None:
    session = create(tmp_path / "aid.db", ACTOR)
    files = world(tmp_path / "files", broken=True)
    bases = [take(session, path).batch or 0 for path in files]
    for number, path in enumerate(files):
        set_aside(session, path, tmp_path / f"搁置{number}.xlsx")
        fill_in(tmp_path / f"搁置{number}.xlsx", tmp_path / f"改好{number}.xlsx", PUT_RIGHT)
    matching.match(session, ACTOR)
    before = everything(session)
    patches = [take(session, tmp_path / f"改好{number}.xlsx").batch or 0 for number in range(2)]
    patches.append(put_cell_right(session, bases[0]))
    assert content(session) != before
    for batch in patches:
        undo.undo(session, ACTOR, batch)
    assert everything(session) == before


def test_a_correction_upon_a_supplement_goes_first(tmp_path: Path) -> None:
    session = create(tmp_path / "aid.db", ACTOR)
    path, _ = world(tmp_path / "files", broken=True)
    base = take(session, path).batch or 0
    set_aside(session, path, tmp_path / "搁置.xlsx")
    patch = take(session, fill_in(tmp_path / "搁置.xlsx", tmp_path / "改好.xlsx", PUT_RIGHT)).batch or 0
    matching.match(session, ACTOR)
    before = everything(session)
    upon = correcting.correct(session, ACTOR, base, None, 6, "合计（元）", "606", "复核", FOLDERS, DAY)
    with pytest.raises(AidError) as refused:
        undo.undo(session, ACTOR, patch)
    assert refused.value.code == "corrected_later" and f"b{upon.batch}" in refused.value.message
    undo.undo(session, ACTOR, upon.batch)
    assert everything(session) == before
    gone = undo.undo(session, ACTOR, base)
    assert gone.with_it == (patch,)
    assert content(session)["mentions"] == []


def test_a_number_that_lost_digits_stays_cut_and_merged_cells_stay_filled(tmp_path: Path) -> None:
    session = create(tmp_path / "aid.db", ACTOR)
    # as a number it ends in 000; here the zeros happen to make a number that would pass for a whole one
    cut = (f"990101{1950 + n}0101000" for n in range(60))
    body = next(first + "0" for first in cut if check_digit(first) == "0")
    rows = [
        HOUSEHOLD,
        household_row(**{"户主姓名": "张甲", "户主身份证号": id_number(1), "所属社区": "东村"}),
        household_row(
            **{
                "户主姓名": "张乙",
                "户主身份证号": float(body),
                "所属社区": None,
                "合计（元）": "伍佰零伍圆多",
            }
        ),
    ]
    place = HOUSEHOLD.index("所属社区")
    letter = chr(ord("A") + place)
    path = xlsx(tmp_path / HOUSEHOLDS, ("Sheet1", rows), merges=[f"{letter}2:{letter}3"])
    take(session, path)
    assert set_aside(session, path, tmp_path / "搁置.xlsx") == 1
    assert load_workbook(tmp_path / "搁置.xlsx").worksheets[0].cell(2, place + 3).value == "东村"
    take(session, fill_in(tmp_path / "搁置.xlsx", tmp_path / "改好.xlsx", {(3, "合计（元）"): "505"}))
    told = session.conn.execute(
        "SELECT id_kind, id_value, village FROM mention WHERE name = '张乙'"
    ).fetchall()
    assert told == [("cut", body[:15], "东村")]
    base = 1
    done = correcting.correct(session, ACTOR, base, None, 3, "保障人口数", "3", "复核", FOLDERS, DAY)
    told = session.conn.execute(
        "SELECT id_kind, id_value, village FROM mention WHERE name = '张乙'"
    ).fetchall()
    assert told == [("cut", body[:15], "东村")] and done.old == "2"
