"""One file with several lists: each becomes a batch of its own, the file is taken whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from care_world import ACTOR, DAY, FOLDERS, everything, fill_in, take
from intake_files import HOUSEHOLD, TEMPLATES, TODAY, household_row, id_number, xlsx

from aidcli.errors import AidError
from aidcli.intake.lists import open_lists
from aidcli.store import Session, create
from aidcli.tasks import asides, intake, matching, undo

PERSON = [
    "姓名",
    "身份证号",
    "户主身份证号",
    "与户主关系",
    "性别",
    "残疾类别",
    "劳动能力",
    "最初享受月份",
    "所属街道",
    "所属社区",
]
MEMBER = ["家庭成员姓名", "身份证号"]
VEHICLES = [*MEMBER, "品牌", "号牌", "型号", "初次登记日期", "使用性质", "状态", "反馈时间"]
HOUSES = [
    *MEMBER,
    "坐落",
    "建筑面积",
    "规划用途",
    "房屋性质",
    "不动产权证号",
    "登记时间",
    "共有方式",
    "反馈时间",
]
DEATHS = ["姓名", "公民身份号码", "死亡日期", "死亡注销类别", "受理单位", "受理时间"]
CREMATIONS = ["姓名", "身份证件号码", "年龄", "民族", "家庭住址", "火化时间", "火化单位"]
PAIR = "农村低保_202610.xlsx"


def person_row(number: int, **cells: object) -> list[object]:
    filled = {
        "姓名": f"张{number}三",
        "身份证号": id_number(number),
        "户主身份证号": id_number(number),
        "与户主关系": "本人",
    }
    filled |= {"所属街道": "河东镇", "所属社区": "东村", **cells}
    return [filled.get(heading) for heading in PERSON]


def pair(path: Path, total: object = 521, relation: str = "本人") -> Path:
    """A roster as the provincial system exports it, both of its lists in one workbook; persons stand first."""
    return xlsx(
        path,
        ("人员", [PERSON, person_row(1, 与户主关系=relation), person_row(3)]),
        (
            "家庭",
            [
                HOUSEHOLD,
                household_row(**{"合计（元）": total}),
                household_row(**{"户主姓名": "张3三", "户主身份证号": id_number(3)}),
            ],
        ),
        ("说明", [["本表由系统导出"]]),
    )


def deaths(path: Path, cremated: object = "2026-09-02") -> Path:
    return xlsx(
        path,
        ("火化", [CREMATIONS, ["张三丰", id_number(1), 66, "汉", "东村", cremated, "殡仪馆"]]),
        ("死亡注销", [DEATHS, ["张三丰", id_number(1), "2026-09-01", "死亡", "所", "2026-09-05"]]),
    )


def take_all(session: Session, path: Path, **options: object) -> list[intake.Imported]:
    return intake.import_any(session, ACTOR, path, FOLDERS, intake.Options(**options), DAY)  # type: ignore[arg-type]


def named(done: list[intake.Imported]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.status, one.source, one.sheets) for one in done]


def test_each_list_is_a_batch_the_households_of_a_roster_first(session: Session, tmp_path: Path) -> None:
    done = take_all(session, pair(tmp_path / PAIR))
    assert named(done) == [
        ("kept", "dibao_rural_household", ("家庭",)),
        ("kept", "dibao_rural_person", ("人员",)),
    ]
    assert [one.batch for one in done] == [1, 2] and {one.period for one in done} == {"2026-10"}
    assert [sheet for one in done for sheet, _ in one.skipped_sheets] == ["说明"]
    again = take_all(session, tmp_path / PAIR)
    assert [(one.status, one.batch) for one in again] == [("already", 1), ("already", 2)]


def test_sections_without_a_row_are_left_out_and_said(session: Session, tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "核对报告_202610.xlsx",
        ("不动产", [HOUSES]),
        (
            "车辆",
            [
                VEHICLES,
                ["张三丰", id_number(1), "某牌", "某A1", "x", "2020-01-01", "非营运", "正常", "2026-10-02"],
            ],
        ),
    )
    (done,) = take_all(session, path)
    assert done.source == "check_vehicles"
    assert done.skipped_sheets[0][0] == "不动产" and "没有数据" in done.skipped_sheets[0][1]


def test_a_file_is_taken_whole_or_not_at_all(session: Session, tmp_path: Path) -> None:
    before = everything(session)
    with pytest.raises(AidError) as refused:
        take_all(session, deaths(tmp_path / "202609死亡.xlsx", cremated="没写"))
    assert refused.value.code == "no_rows" and refused.value.sheet == "火化"
    assert "--sheet" in (refused.value.hint or "")
    assert everything(session) == before
    (done,) = take_all(session, tmp_path / "202609死亡.xlsx", sheets=("死亡注销",))
    assert done.source == "death_cancellation"


def test_a_trial_keeps_nothing_of_any_list(session: Session, tmp_path: Path) -> None:
    before = everything(session)
    done = take_all(session, pair(tmp_path / PAIR), dry_run=True)
    assert [(one.status, one.batch, one.rows_kept) for one in done] == [("kept", None, 2), ("kept", None, 2)]
    assert everything(session) == before


def test_each_batch_is_undone_by_itself_and_comes_again_by_itself(session: Session, tmp_path: Path) -> None:
    take_all(session, deaths(tmp_path / "202609死亡.xlsx"))
    matching.match(session, ACTOR)
    before = everything(session)
    done = take_all(session, pair(tmp_path / PAIR))
    matching.match(session, ACTOR)
    full = everything(session)
    undo.undo(session, ACTOR, done[0].batch or 0)
    again = take_all(session, tmp_path / PAIR)
    assert [one.status for one in again] == ["kept", "already"]
    matching.match(session, ACTOR)
    now = everything(session)
    assert [now[name] for name in full] == [full[name] for name in full]
    for one in again:
        undo.undo(session, ACTOR, one.batch or 0)
    assert everything(session) == before


def test_source_and_sheet_choose_one_of_them(session: Session, tmp_path: Path) -> None:
    path = pair(tmp_path / PAIR)
    (one,) = take_all(session, path, source="dibao_rural_person")
    assert one.sheets == ("人员",) and dict(one.skipped_sheets)["家庭"]
    (other,) = take_all(session, path, sheets=("家庭",))
    assert (other.status, other.source) == ("kept", "dibao_rural_household")


def test_what_two_templates_read_alike_is_not_guessed(session: Session, tmp_path: Path) -> None:
    bare = [HOUSEHOLD, household_row()]
    path = xlsx(
        tmp_path / "名册_202610.xlsx",
        ("火化", [CREMATIONS, ["张三丰", id_number(1), 66, "汉", "东村", "2026-09-02", "殡仪馆"]]),
        ("家庭", bare),
    )
    (done,) = take_all(session, path)
    assert done.source == "cremation"
    (reason,) = [reason for sheet, reason in done.skipped_sheets if sheet == "家庭"]
    assert "dibao_rural_household" in reason and "dibao_urban_household" in reason and "--source" in reason


def test_one_list_over_several_sheets_stays_one(tmp_path: Path) -> None:
    short = HOUSEHOLD[:8]
    path = xlsx(
        tmp_path / "农村低保家庭_202610.xlsx",
        ("河东镇", [HOUSEHOLD, household_row()]),
        ("河西镇", [short, household_row(**{"户主身份证号": id_number(5), "所属街道": "河西镇"})[:8]]),
    )
    (reading,) = open_lists(path, TEMPLATES, today=TODAY)
    assert [plan.name for plan in reading.sheets] == ["河东镇", "河西镇"]


def test_corrected_rows_go_to_the_list_they_came_from(session: Session, tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "202609死亡.xlsx",
        (
            "火化",
            [
                CREMATIONS,
                *[
                    [f"张{n}", id_number(n), 66, "汉", "", day, ""]
                    for n, day in enumerate(["2026-09-02"] * 5 + ["没写"])
                ],
            ],
        ),
        (
            "死亡注销",
            [
                DEATHS,
                *[
                    [f"张{n}", id_number(n), day, "", "", ""]
                    for n, day in enumerate(["不详"] + ["2026-09-01"] * 5)
                ],
            ],
        ),
    )
    done = take_all(session, path, set_aside=True)
    assert [one.rows_set_aside for one in done] == [1, 1]
    out = tmp_path / "搁置.xlsx"
    assert asides.write(session, ACTOR, [one for each in done for one in each.asides], out, DAY) == 2
    back = take_all(
        session,
        fill_in(out, tmp_path / "改好.xlsx", {(7, "火化时间"): "2026-09-03", (2, "死亡日期"): "2026-09-04"}),
    )
    assert [(one.supplements, one.rows_kept) for one in back] == [(1, 1), (2, 1)]
    told = session.conn.execute(
        "SELECT b.supplements, f.kind, f.code, f.day FROM fact AS f JOIN sighting AS s ON s.id = f.sighting_id "
        "JOIN batch AS b ON b.id = s.batch_id WHERE b.supplements IS NOT NULL AND f.day <> '' ORDER BY 1"
    ).fetchall()
    assert [(row[0], row[3]) for row in told] == [(1, "2026-09-03"), (2, "2026-09-04")]


def test_a_corrected_workbook_replaces_each_of_its_lists(session: Session, tmp_path: Path) -> None:
    take_all(session, pair(tmp_path / PAIR))
    (tmp_path / "更正").mkdir()
    fixed = pair(tmp_path / "更正" / PAIR, total=621, relation="户主")
    with pytest.raises(AidError) as refused:
        take_all(session, fixed)
    assert refused.value.code == "roster_twice"
    done = take_all(session, fixed, replaces=2)
    assert [(one.batch, one.replaces) for one in done] == [(3, 1), (4, 2)]
    assert [change.field for one in done[0].changed.changed for change in one.changes] == ["amount:total"]  # type: ignore[union-attr]
    matching.match(session, ACTOR)
    fresh = create(tmp_path / "fresh.db", ACTOR)
    take_all(fresh, fixed)
    matching.match(fresh, ACTOR)
    from care_world import content

    assert content(session) == content(fresh)


def test_only_the_named_list_is_replaced_where_a_source_is_named(session: Session, tmp_path: Path) -> None:
    take_all(session, pair(tmp_path / PAIR))
    (tmp_path / "更正").mkdir()
    fixed = pair(tmp_path / "更正" / PAIR, total=621)
    (done,) = take_all(session, fixed, replaces=1, source="dibao_rural_household")
    assert (done.batch, done.replaces) == (3, 1)
    status = session.conn.execute("SELECT id FROM batch WHERE status = 'kept' ORDER BY id").fetchall()
    assert status == [(2,), (3,)]


def test_a_replacement_of_another_kind_is_refused(session: Session, tmp_path: Path) -> None:
    base = take(
        session,
        xlsx(
            tmp_path / "火化_202609.xlsx",
            ("火化", [CREMATIONS, ["张三丰", id_number(1), 66, "", "", "2026-09-02", ""]]),
        ),
    )
    with pytest.raises(AidError) as refused:
        take_all(session, pair(tmp_path / PAIR), replaces=base.batch)
    assert refused.value.code == "replaces_another"


def test_the_period_of_one_list_serves_the_others_and_a_title_of_its_own_goes_first(tmp_path: Path) -> None:
    head = [
        ["2026年8月份火化情况", *[""] * 6],
        CREMATIONS,
        ["张三丰", id_number(1), 66, "汉", "", "2026-08-02", ""],
    ]
    path = xlsx(
        tmp_path / "死亡情况.xlsx",
        ("火化", head),
        ("死亡注销", [DEATHS, ["张三丰", id_number(1), "2026-08-01", "死亡", "所", "2026-08-05"]]),
    )
    assert [one.period for one in open_lists(path, TEMPLATES, today=TODAY)] == ["2026-08", "2026-08"]


def test_the_folder_tells_the_period_where_nothing_else_does(tmp_path: Path) -> None:
    path = deaths(tmp_path / "死亡情况.xlsx")
    with pytest.raises(AidError) as refused:
        open_lists(path, TEMPLATES, today=TODAY)
    assert refused.value.code == "period_unknown"
    for folders, period in (
        (("历史", "2026年7月"), "2026-07"),
        (("2026年6月来文", "残联"), "2026-06"),
    ):
        lists = open_lists(path, TEMPLATES, today=TODAY, folders=folders)
        assert [(one.period, one.period_from) for one in lists] == [(period, "folder")] * 2
    named_by_file = deaths(tmp_path / "死亡情况_202608.xlsx")
    lists = open_lists(named_by_file, TEMPLATES, today=TODAY, folders=("2026年7月",))
    assert {one.period for one in lists} == {"2026-08"}
