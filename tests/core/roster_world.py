"""A generator of invented rosters and department lists as records, and the ways to import and undo them."""

from __future__ import annotations

import random
from typing import NamedTuple

from aidcli import idnumber
from aidcli.linkage import keys_of
from aidcli.model import Block, Fact, Identity, Named, Record, RowRead, SheetPlan
from aidcli.store import Actor, Session, batches, events, rosters
from aidcli.store.writing import BatchWriter
from aidcli.tasks import taking, undo
from aidcli.tasks.ahead import packed

ACTOR = Actor("测试员", "tester", "host", "test", "2026-01-01T00:00:00")
TOWNSHIPS = ("青禾镇", "白塘镇", "石桥街道")


class FileOfRecords(NamedTuple):
    """A file as the importer would have read it: kind of source, period, rows."""

    source: str
    kind: str
    period: str
    records: tuple[Record, ...]

    @property
    def sha(self) -> str:
        return f"{self.source}/{self.period}"


def person(random_: random.Random, n: int) -> Identity:
    born = f"{1940 + n % 60:04d}{1 + n % 12:02d}{1 + n % 28:02d}"
    body = f"990101{born}{n % 1000:03d}"
    number = body + idnumber.check_digit(body)
    name = (
        random_.choice("赵钱孙李周吴郑王冯陈褚卫")
        + random_.choice("安平宁和顺康")
        + random_.choice("文武山川江海")
    )
    return Identity(name, "valid", number, township=TOWNSHIPS[n % 3], village=f"{n % 9}村")


def dirty(random_: random.Random, who: Identity) -> Identity:
    """The same person as a department writes them: whole, cut, old, misspelt, or without a number."""
    roll = random_.random()
    if roll < 0.6:
        return who._replace(township="", village="")
    if roll < 0.75:
        return who._replace(id_kind="cut", id_value=who.id_value[:15])
    if roll < 0.85 and who.id_value[6:8] == "19":
        return who._replace(id_kind="legacy15")
    if roll < 0.95:
        return who._replace(name=who.name[0] + "某")
    return who._replace(id_kind="missing", id_value="")


def make_files(seed: int, people: int, months: int = 12, lists: int = 6) -> list[FileOfRecords]:
    random_ = random.Random(seed)
    persons = [person(random_, n) for n in range(people)]
    households = [persons[n : n + 3] for n in range(0, people - 3, 3)][: people // 5]
    files = []
    for month in range(1, months + 1):
        listed = [h for h in households if random_.random() > 0.05]
        period = f"2026-{month:02d}"
        files.append(FileOfRecords("dibao_rural_household", "roster", period, _heads(listed, period)))
        files.append(FileOfRecords("dibao_rural_person", "roster", period, _members(listed, period)))
    for n in range(lists):
        seen = random_.sample(persons, people // 6)
        rows = tuple(
            Record((Named("subject", 0, dirty(random_, who)),), (Fact(0, "death", day="2026-03-01"),))
            for who in seen
        )
        files.append(FileOfRecords(f"department_{n}", "department", "2026-06", rows))
    return files


def _heads(households: list[list[Identity]], period: str) -> tuple[Record, ...]:
    rows = []
    for home in households:
        head = home[0]
        facts = (
            Fact(0, "enrolled", month=period, code="dibao", num=len(home)),
            Fact(0, "case", code="dibao", text="C" + head.id_value[-8:]),
            Fact(0, "head", code="valid", text=head.id_value),
            Fact(0, "amount", code="total", fen=30000 * len(home)),
        )
        rows.append(Record((Named("head", 0, head),), facts))
    return tuple(rows)


def _members(households: list[list[Identity]], period: str) -> tuple[Record, ...]:
    rows = []
    for home in households:
        for n, who in enumerate(home):
            facts = (
                Fact(0, "member", month=period, code="dibao", text="本人" if n == 0 else "子"),
                Fact(0, "head", code="valid", text=home[0].id_value),
            )
            rows.append(Record((Named("member" if n else "head", 0, who),), facts))
    return tuple(rows)


def take_in(session: Session, file: FileOfRecords) -> int:
    """Imports without the Excel: the same calls that `import` makes once a row is read."""
    with session.transaction(ACTOR):
        seq = events.record(session, ACTOR, "import", file.sha, "")
        head = batches.BatchHead(
            file.source, file.source, file.kind, "dibao", file.sha, file.sha, "", file.period, "full"
        )
        on_roster = file.kind == "roster"
        keys = keys_of(file.source, on_roster)
        writer = BatchWriter(session, head, ACTOR.at, ACTOR.operator, seq, keys)
        writer.sheet(0, SheetPlan("Sheet1", 1, {}, ()))
        for row, record in enumerate(file.records, start=2):
            read = RowRead(row, (), "kept", record, ())
            keyed = taking.keyed(record, file.source, f"{file.sha}:0:{row}", on_roster)
            writer.block(0, packed(Block([(row, ())], None, [(0, read)])), [keyed])
        writer.finish(writer.townships)
        rosters.project(session, rosters.months_of_batch(session, writer.id))
    return writer.id


def take_back(session: Session, batch: int) -> None:
    undo.undo(session, ACTOR, batch)


def fingerprint(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Everything that must be the same whatever the order: by content keys, never by row numbers."""
    queries = {
        "links": "SELECT m.key, l.person_id, l.tier, l.score, l.code, l.status, l.epoch FROM link AS l "
        "JOIN mention AS m ON m.id = l.mention_id ORDER BY m.key",
        "mentions": "SELECT key, source, name, id_kind, id_value, anchor FROM mention ORDER BY key",
        "people": "SELECT id FROM person WHERE live = 1 ORDER BY id",
        "pairs": "SELECT * FROM pair ORDER BY left_key, right_key",
        "households": "SELECT * FROM household ORDER BY id",
        "listed": "SELECT r.household_id, r.programme, r.month, m.key, b.file, s.row FROM roster_household AS r "
        "JOIN sighting AS s ON s.id = r.sighting_id JOIN mention AS m ON m.id = s.mention_id "
        "JOIN batch AS b ON b.id = s.batch_id ORDER BY 1, 2, 3, 4, 5, 6",
        "members": "SELECT r.household_id, r.month, r.is_head, m.key, b.file, s.row FROM roster_member AS r "
        "JOIN sighting AS s ON s.id = r.sighting_id JOIN mention AS m ON m.id = s.mention_id "
        "JOIN batch AS b ON b.id = s.batch_id ORDER BY 1, 2, 3, 4, 5, 6",
        "facts": "SELECT b.file, s.row, s.ordinal, s.role, f.kind, f.n, f.month, f.day, f.fen, f.code, f.text "
        "FROM fact AS f JOIN sighting AS s ON s.id = f.sighting_id JOIN batch AS b ON b.id = s.batch_id "
        "ORDER BY 1, 2, 3, 4, 5, 6",
        "spans": "SELECT * FROM members ORDER BY 1, 2, 3, 4, 5, 6",
        "dirty": "SELECT * FROM dirty",
    }
    return {name: session.conn.execute(query).fetchall() for name, query in queries.items()}
