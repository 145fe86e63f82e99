"""Files that come back corrected: helpers for the tests of supplements, corrections, replacement and undo."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from aidcli.resources import data_dir
from aidcli.store import Actor, Session, index
from aidcli.tasks import asides, intake

sys.path.append(str(Path(__file__).resolve().parents[1] / "intake"))

ACTOR = Actor("测试员", "tester", "host", "test", "2026-01-01T00:00:00")
DAY = date(2026, 10, 8)
FOLDERS = [data_dir("templates/sources")]

# What the database holds of the content of files, by content keys: never by row numbers, and blind to whether
# a row came at once or later. Batches themselves are history.
_CONTENT = {
    "links": "SELECT m.key, l.person_id, l.tier, l.score, l.code, l.status FROM link AS l "
    "JOIN mention AS m ON m.id = l.mention_id",
    "mentions": "SELECT key, source, name, id_kind, id_value, birth, sex, township, village, phone, "
    "former_name, row_key, anchor, anchor_rank FROM mention",
    "people": "SELECT id, live, redirect_to FROM person",
    "pairs": "SELECT left_key, right_key, tier, score, code FROM pair",
    "households": "SELECT * FROM household",
    "homes": "SELECT m.key, h.home FROM mention_home AS h JOIN mention AS m ON m.id = h.mention_id",
    "listed": "SELECT r.household_id, r.programme, r.month, m.key FROM roster_household AS r "
    "JOIN sighting AS s ON s.id = r.sighting_id JOIN mention AS m ON m.id = s.mention_id",
    "members": "SELECT r.household_id, r.programme, r.month, r.is_head, m.key FROM roster_member AS r "
    "JOIN sighting AS s ON s.id = r.sighting_id JOIN mention AS m ON m.id = s.mention_id",
    "facts": "SELECT m.key, s.role, s.ordinal, f.kind, f.n, f.month, f.day, f.fen, f.num, f.code, f.text "
    "FROM fact AS f JOIN sighting AS s ON s.id = f.sighting_id JOIN mention AS m ON m.id = s.mention_id",
    "entries": "SELECT b.source, b.period, e.kind, e.label, e.json FROM entry AS e JOIN batch AS b ON b.id = e.batch_id",
    "spans": "SELECT * FROM members",
    "entitled": "SELECT * FROM entitlements",
    "scope": "SELECT DISTINCT b.source, b.period, s.township FROM batch_scope AS s JOIN batch AS b "
    "ON b.id = s.batch_id",
    "dirty": "SELECT * FROM dirty",
}
# What tells where things stand: the same before an import and after its undo.
_PLACES = {
    "stand": "SELECT b.file, s.sheet_no, s.row, s.ordinal, s.role, m.key FROM sighting AS s "
    "JOIN batch AS b ON b.id = s.batch_id JOIN mention AS m ON m.id = s.mention_id",
    "aside": "SELECT b.file, a.sheet_no, a.row, a.column, a.code, a.value, a.message, a.severity, a.resolved_by "
    "FROM aside AS a JOIN batch AS b ON b.id = a.batch_id",
    "raw": "SELECT b.file, r.sheet_no, r.first_row, r.last_row, r.data FROM raw_chunk AS r "
    "JOIN batch AS b ON b.id = r.batch_id",
    "sheets": "SELECT b.file, s.sheet_no, s.name, s.columns FROM batch_sheet AS s JOIN batch AS b ON b.id = s.batch_id",
    "layouts": "SELECT b.file, s.sheet_no, s.data FROM sheet_layout AS s JOIN batch AS b ON b.id = s.batch_id",
    "superseded": "SELECT batch_id, sheet_no, row, by_batch, old_batch, new_batch FROM superseded",
}


def content(session: Session) -> dict[str, list[str]]:
    """The content of all files, in no order."""
    found = {name: sorted(map(repr, session.conn.execute(sql))) for name, sql in _CONTENT.items()}
    return found | {"blocks": sorted(map(repr, indexed(session)))}


def indexed(session: Session) -> list[tuple[int, str]]:
    """(key, mention's key) of the inverted index; a mention that is not there any more is an error."""
    called = dict(session.conn.execute("SELECT id, key FROM mention"))
    held = index.load(session)
    return sorted(
        (key, called[number]) for key, number in zip(held.keys.tolist(), held.mentions.tolist(), strict=True)
    )


def everything(session: Session) -> dict[str, list[str]]:
    """The content and where each of it stands."""
    return content(session) | {
        name: sorted(map(repr, session.conn.execute(sql))) for name, sql in _PLACES.items()
    }


def take(session: Session, path: Path, **options: object) -> intake.Imported:
    """Imports one file that yields one outcome."""
    (done,) = intake.import_any(
        session,
        ACTOR,
        path,
        FOLDERS,
        intake.Options(**options),
        DAY,  # type: ignore[arg-type]
    )
    return done


def set_aside(session: Session, path: Path, out: Path) -> int:
    """Writes the workbook of what stands aside of a file that is here already or comes in now."""
    done = take(session, path, set_aside=True)
    return asides.write(session, ACTOR, done.asides, out, DAY)


def fill_in(workbook: Path, out: Path, cells: dict[tuple[int, str], str]) -> Path:
    """The workbook with (row of the original, heading) → what somebody wrote there."""
    book = load_workbook(workbook)
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        headings = [cell.value for cell in sheet[1]]
        for line in sheet.iter_rows(min_row=2):
            for (row, heading), value in cells.items():
                if line[1].value == str(row) and heading in headings:
                    line[headings.index(heading)].value = value
    book.save(out)
    return out
