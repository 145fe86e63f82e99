"""Money that was approved stands on rows: those cannot be changed under it, what is added can be paid later."""

from __future__ import annotations

from pathlib import Path

import pytest
from care_world import ACTOR, DAY, FOLDERS, content, fill_in, set_aside, take
from intake_files import HOUSEHOLD, household_row, id_number, xlsx

from aidcli.errors import AidError
from aidcli.store import Session, open_store, runs
from aidcli.tasks import correcting, matching, paying, scheduling, setup, undo

MONTH = "2026-10"


@pytest.fixture
def session(tmp_path: Path) -> Session:
    setup.init(tmp_path / "aid.db", ACTOR, "990101")
    return open_store(tmp_path / "aid.db")


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """Three households; the second names nobody."""
    rows = [HOUSEHOLD]
    for n in range(1, 4):
        cells: dict[str, object] = {
            "户主姓名": "" if n == 2 else f"张{'甲乙丙'[n - 1]}",
            "户主身份证号": "" if n == 2 else id_number(n),
            "低保（特困）证号": f"C{n}",
            "银行帐号": f"621700001{n:07d}",
            "开户银行": "示例银行",
            "银行账户名称": f"张{'甲乙丙'[n - 1]}",
        }
        rows.append(household_row(**cells))
    return xlsx(tmp_path / "农村低保家庭查询_202610.xlsx", ("Sheet1", rows))


def pay(session: Session) -> int:
    matching.match(session, ACTOR)
    scheduling.schedule(session, ACTOR, MONTH, DAY)
    (run,) = [row.id for row in runs.listing(session) if row.programme == "dibao" and row.status == "draft"]
    paying.approve(session, ACTOR, run)
    return run


def test_a_row_that_was_paid_is_not_changed_under_the_payment(session: Session, roster: Path) -> None:
    take(session, roster)
    run = pay(session)
    matching.match(session, ACTOR)
    before = content(session)
    for column, value in (("合计（元）", "600"), ("户主姓名", "张丁")):
        with pytest.raises(AidError) as refused:
            correcting.correct(session, ACTOR, 1, None, 2, column, value, "函", FOLDERS, DAY)
        assert refused.value.code == "row_paid" and "pay correct" in (refused.value.hint or "")
    assert content(session) == before
    for payment in runs.payment_ids(session, run):
        paying.correct(session, ACTOR, payment, "重来")
    assert correcting.correct(session, ACTOR, 1, None, 2, "合计（元）", "600", "函", FOLDERS, DAY).batch == 2


def test_a_household_that_comes_later_is_added_and_paid_in_a_supplement(
    tmp_path: Path, session: Session, roster: Path
) -> None:
    take(session, roster, accept_suspicious=True)
    pay(session)
    set_aside(session, roster, tmp_path / "搁置.xlsx")
    corrected = {(3, "户主姓名"): "张乙", (3, "户主身份证号"): id_number(2)}
    done = take(session, fill_in(tmp_path / "搁置.xlsx", tmp_path / "改好.xlsx", corrected))
    assert done.rows_kept == 1
    run = pay(session)
    (payment,) = runs.payments(session, run)
    assert (payment.payee, payment.fen) == ("张乙", 52100)
    for batch in (done.batch, 1):
        with pytest.raises(AidError) as refused:
            undo.undo(session, ACTOR, batch or 0)
        assert refused.value.code == "batch_paid"


def test_a_correction_makes_the_draft_worthless(session: Session, roster: Path) -> None:
    take(session, roster)
    matching.match(session, ACTOR)
    scheduling.schedule(session, ACTOR, MONTH, DAY)
    (draft,) = [row.id for row in runs.listing(session) if row.programme == "dibao"]
    done = correcting.correct(session, ACTOR, 1, None, 2, "合计（元）", "600", "函", FOLDERS, DAY)
    assert done.drafts == (draft,)
    scheduling.schedule(session, ACTOR, MONTH, DAY)
    (draft,) = [row.id for row in runs.listing(session) if row.programme == "dibao"]
    assert undo.undo(session, ACTOR, done.batch).drafts == (draft,)
