"""A corrected file in the place of its predecessor, knowingly: what changed, and what stands in the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from care_world import ACTOR, content, everything, take
from intake_files import HOUSEHOLD, household_row, id_number, xlsx

from aidcli.errors import AidError
from aidcli.store import Session, batches, create
from aidcli.tasks import matching, undo


def roster(path: Path, totals: dict[int, int], name: str = "张三") -> Path:
    rows = [HOUSEHOLD]
    for n, total in totals.items():
        cells = {"户主姓名": name + "甲乙丙丁"[n % 4], "户主身份证号": id_number(n), "合计（元）": total}
        rows.append(household_row(**cells, **{"低保（特困）证号": f"C{n}"}))
    return xlsx(path, ("Sheet1", rows))


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "更正").mkdir()
    first = roster(tmp_path / "农村低保家庭查询_202609.xlsx", {1: 500, 2: 600, 3: 700})
    second = roster(tmp_path / "更正" / "农村低保家庭查询_202609.xlsx", {1: 500, 2: 650, 4: 400})
    return first, second


def test_without_replaces_the_second_full_list_is_refused_and_the_hint_names_the_way(
    session: Session, files: tuple[Path, Path]
) -> None:
    take(session, files[0])
    with pytest.raises(AidError) as refused:
        take(session, files[1])
    assert refused.value.code == "roster_twice" and "--replaces b1" in (refused.value.hint or "")


def test_replacing_says_who_came_who_left_and_what_changed(
    session: Session, files: tuple[Path, Path]
) -> None:
    take(session, files[0])
    done = take(session, files[1], replaces=1)
    assert (done.status, done.replaces) == ("kept", 1)
    changed = done.changed
    assert changed is not None
    assert [entry.identity.id_value for entry in changed.added] == [id_number(4)]
    assert [entry.identity.id_value for entry in changed.missing] == [id_number(3)]
    ((one,),) = [[(c.field, c.old, c.new) for c in matched.changes] for matched in changed.changed]
    assert one == ("amount:total", (60000,), (65000,))
    assert changed.same == 1
    assert batches.get(session, 1).status == "undone"  # type: ignore[union-attr]


def test_replacing_gives_what_a_clean_import_of_the_new_file_gives(
    tmp_path: Path, session: Session, files: tuple[Path, Path]
) -> None:
    take(session, files[0])
    matching.match(session, ACTOR)
    take(session, files[1], replaces=1)
    fresh = create(tmp_path / "fresh.db", ACTOR)
    take(fresh, files[1])
    matching.match(fresh, ACTOR)
    assert content(session) == content(fresh)


def test_a_dry_run_of_a_replacement_changes_nothing(session: Session, files: tuple[Path, Path]) -> None:
    take(session, files[0])
    matching.match(session, ACTOR)
    before = everything(session)
    done = take(session, files[1], replaces=1, dry_run=True)
    assert done.batch is None and done.changed is not None and len(done.changed.added) == 1
    assert everything(session) == before


def test_another_month_or_an_undone_batch_cannot_be_replaced(
    tmp_path: Path, session: Session, files: tuple[Path, Path]
) -> None:
    take(session, files[0])
    with pytest.raises(AidError) as refused:
        take(session, files[0], replaces=1)
    assert refused.value.code == "same_content"
    later = roster(tmp_path / "农村低保家庭查询_202610.xlsx", {1: 500, 2: 600, 3: 701})
    with pytest.raises(AidError) as refused:
        take(session, later, replaces=1)
    assert refused.value.code == "replaces_another" and "2026-09" in refused.value.message
    undo.undo(session, ACTOR, 1)
    with pytest.raises(AidError) as refused:
        take(session, files[1], replaces=1)
    assert refused.value.code == "already_undone"
