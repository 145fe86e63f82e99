"""Two lists side by side: whole numbers decide, everything less is shown as a question."""

from __future__ import annotations

from pathlib import Path

from care_world import DAY, FOLDERS, take
from intake_files import HOUSEHOLD, MARGIN, household_row, id_number, xlsx

from aidcli.store import Session
from aidcli.tasks import comparing


def roster(path: Path, *rows: dict[str, object]) -> Path:
    return xlsx(path, ("Sheet1", [HOUSEHOLD, *(household_row(**row) for row in rows)]))


def home(n: int, **cells: object) -> dict[str, object]:
    return {"户主姓名": f"张{'甲乙丙丁戊己庚辛'[n]}", "户主身份证号": id_number(n), **cells}


def compare(old: Path, new: Path) -> comparing.Compared:
    return comparing.compare(None, str(old), str(new), FOLDERS, None, DAY)


def names(entries: object) -> list[str]:
    return [entry.identity.name for entry in entries]  # type: ignore[attr-defined]


def test_two_files_need_no_database(tmp_path: Path) -> None:
    old = roster(
        tmp_path / "农村低保家庭查询_202609.xlsx", home(1), home(2), home(3, **{"银行帐号": "62170001"})
    )
    new = roster(
        tmp_path / "农村低保家庭查询_202610.xlsx",
        home(2, **{"合计（元）": 600, "保障人口数": 3}),
        home(3, **{"银行帐号": "62170002", "所属街道": "河西镇"}),
        home(4),
    )
    done = compare(old, new)
    assert (names(done.missing), names(done.added)) == (["张乙"], ["张戊"])
    fields = {one.new.identity.name: {c.field: (c.old, c.new) for c in one.changes} for one in done.changed}
    assert fields == {
        "张丙": {"amount:total": ((52100,), (60000,)), "covered": ((2,), (3,))},
        "张丁": {"account": (("62170001",), ("62170002",)), "township": (("河东镇",), ("河西镇",))},
    }
    assert all(one.certain for one in done.changed)
    assert (done.old.list.fen, done.new.list.fen) == (156300, 164200)


def test_a_cut_or_masked_number_is_a_question_and_not_an_answer(tmp_path: Path) -> None:
    masked = id_number(2)[:6] + "********" + id_number(2)[14:]
    old = roster(tmp_path / "农村低保家庭查询_202609.xlsx", home(1), home(2))
    new = roster(
        tmp_path / "农村低保家庭查询_202610.xlsx",
        {"户主姓名": "张乙", "户主身份证号": float(id_number(1)[:15] + "000")},
        {"户主姓名": "张丙", "户主身份证号": masked},
    )
    done = compare(old, new)
    assert (done.missing, done.added) == ((), ())
    assert [(one.new.identity.name, one.certain) for one in done.unsure] == [("张乙", False), ("张丙", False)]
    assert "号码看得见的部分一致" in done.unsure[0].by


def test_two_of_one_name_that_both_fit_are_left_to_a_person(tmp_path: Path) -> None:
    twin = id_number(1)[:15]
    others = [number for n in range(1, 10) if (number := id_number(n))[:15] == twin][:2]
    assert len(others) == 2
    old = roster(
        tmp_path / "农村低保家庭查询_202609.xlsx",
        {"户主姓名": "张甲", "户主身份证号": float(twin + "000")},
    )
    new = roster(
        tmp_path / "农村低保家庭查询_202610.xlsx",
        *({"户主姓名": "张甲", "户主身份证号": number} for number in others),
    )
    done = compare(old, new)
    assert [len(one.new) for one in done.possible] == [2]
    assert (done.missing, done.added, done.unsure) == ((), (), ())


def test_another_person_of_the_same_name_is_another_person(tmp_path: Path) -> None:
    old = roster(tmp_path / "农村低保家庭查询_202609.xlsx", home(1))
    new = roster(
        tmp_path / "农村低保家庭查询_202610.xlsx", home(1, **{"户主身份证号": id_number(5, "19700303")})
    )
    done = compare(old, new)
    assert (names(done.missing), names(done.added), done.changed) == (["张乙"], ["张乙"], ())


def test_somebody_listed_twice_in_one_file_is_shown(tmp_path: Path) -> None:
    old = roster(tmp_path / "农村低保家庭查询_202609.xlsx", home(1), home(2))
    new = roster(tmp_path / "农村低保家庭查询_202610.xlsx", home(1), home(2), home(1))
    done = compare(old, new)
    assert names(done.new.list.twice) == ["张乙"]
    assert [spot.row for spot in done.new.list.twice[0].spots] == [2, 4]
    assert done.added == () and done.old.list.twice == []


def test_a_batch_and_a_file_of_another_system_are_compared_by_what_both_say(
    tmp_path: Path, session: Session
) -> None:
    old = roster(tmp_path / "农村低保家庭查询_202609.xlsx", home(1), home(2))
    take(session, old)
    new = xlsx(
        tmp_path / "低保边缘家庭花名册_2026年10月.xlsx",
        (
            "花名册",
            [
                MARGIN,
                ["河东镇", "东村", "B1", "张乙", id_number(1), "户主", 2],
                ["河西镇", "西村", "B2", "张丙", id_number(2), "户主", 2],
            ],
        ),
    )
    done = comparing.compare(session, "b1", str(new), FOLDERS, None, DAY)
    assert (done.old.batch, done.new.batch) == (1, None)
    assert (done.missing, done.added, done.same) == ((), (), 1)
    (one,) = done.changed
    assert {change.field for change in one.changes} == {"township", "village"}


def test_one_number_under_two_names_is_a_question(tmp_path: Path) -> None:
    old = roster(tmp_path / "农村低保家庭查询_202609.xlsx", home(1), home(2), home(3))
    new = roster(
        tmp_path / "农村低保家庭查询_202610.xlsx",
        {"户主姓名": "李某某", "户主身份证号": id_number(1)},
        {"户主姓名": "张炳", "户主身份证号": id_number(2)},
        home(3),
    )
    done = compare(old, new)
    assert (done.missing, done.added) == ((), ())
    assert [(one.old.identity.name, one.certain, one.by) for one in done.unsure] == [
        ("张乙", False, "身份证号相同，但姓名不同")
    ]
    assert {one.new.identity.name for one in done.changed} == {"李某某", "张炳"}


def test_who_is_listed_again_with_a_cut_number_is_neither_gone_nor_new(tmp_path: Path) -> None:
    again = {"户主姓名": "张乙", "户主身份证号": float(id_number(1)[:15] + "000")}
    once = roster(tmp_path / "农村低保家庭查询_202609.xlsx", home(1), home(2))
    twice = roster(tmp_path / "农村低保家庭查询_202610.xlsx", home(1), home(2), again)
    for old, new in ((once, twice), (twice, once)):
        done = compare(old, new)
        assert (done.missing, done.added) == ((), ())
        (one,) = done.possible
        assert {one.old.identity.name, *names(one.new)} == {"张乙"}


def test_a_slip_in_the_number_and_a_missing_number_are_questions(tmp_path: Path) -> None:
    slip = id_number(1)[:-1] + ("1" if id_number(1)[-1] != "1" else "2")
    old = roster(tmp_path / "农村低保家庭查询_202609.xlsx", home(1), home(2), home(3, **{"所属社区": "西村"}))
    new = roster(
        tmp_path / "农村低保家庭查询_202610.xlsx",
        home(1, **{"户主身份证号": slip}),
        home(2, **{"户主身份证号": ""}),
        home(3, **{"户主身份证号": ""}),
    )
    done = compare(old, new)
    assert {one.old.identity.name: one.by for one in done.unsure} == {
        "张乙": "姓名相同，号码只差一位",
        "张丙": "姓名、村（社区）相同，缺号码",
    }
    assert (names(done.missing), names(done.added)) == (["张丁"], ["张丁"])
