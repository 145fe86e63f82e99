"""A generator of invented rosters and department lists as records, and the ways to import and undo them."""

from __future__ import annotations

import random
from typing import NamedTuple

import pytest
from care_world import indexed
from invented_district import Columns, Home, Person, Population, as_listed, as_written

from aidcli.linkage import candidates, keys_of
from aidcli.linkage.resolve import resolve
from aidcli.linkage.scoring import parse_model
from aidcli.model import Block, Fact, Identity, Named, Record, RowRead, SheetPlan
from aidcli.store import Actor, Session, batches, blocks, events, links, rosters
from aidcli.store.writing import BatchWriter
from aidcli.tasks import taking, undo
from aidcli.tasks.ahead import packed
from aidcli.terms import ASSISTANCE

ACTOR = Actor("测试员", "tester", "host", "test", "2026-01-01T00:00:00")
Content = dict[str, list[tuple[object, ...]]]


class FileOfRecords(NamedTuple):
    """A file as the importer would have read it: kind of source, period, rows."""

    source: str
    kind: str
    period: str
    records: tuple[Record, ...]
    programme: str = "dibao"

    @property
    def sha(self) -> str:
        return f"{self.source}/{self.period}"


# What each department's list holds; a department may send several.
DEPARTMENTS = (
    Columns(place=0, faults=0.5),
    Columns(birth=True, place=2, phone=True),
    Columns(number="", birth=True, sex=True, place=2),
    Columns(number="masked", hidden_names=True, place=2),
    Columns(number="", place=2, phone=True, former=True),
    Columns(number="masked", place=1, birth=True, sex=True),
    Columns(place=1, former=True, faults=0.5),
    Columns(number="", birth=True, place=0, phone=True),
)


def make_files(seed: int, households: int, months: int = 4) -> list[FileOfRecords]:
    """Rosters of two programmes for some months, and what departments say of the same people and others."""
    random_ = random.Random(seed)
    people = Population(random_, households)
    listed = households * 3 // 4
    written = _Register(random_)
    files = []
    for number, homes in enumerate(people.months(months, listed), start=1):
        period = f"2026-{number:02d}"
        alone = [home for home in homes if home.case.endswith(("3", "7"))][: listed // 8]
        files.append(_of_heads("dibao", "dibao_rural_household", homes, period, written))
        files.append(_of_members("dibao", "dibao_rural_person", homes, period, written))
        if number > 1:  # some are on a second roster, each as a household of their own
            singles = [Home("T" + home.case, home.people[-1:]) for home in alone]
            files.append(_of_heads("tekun", "tekun_list", singles, period, written))
    files += [
        _of_department(random_, people, f"department_{n}", columns) for n, columns in enumerate(DEPARTMENTS)
    ]
    return files


class _Register:
    """Who was listed once stays as written, mostly; the two lists of a programme are kept apart."""

    def __init__(self, random_: random.Random) -> None:
        self._random = random_
        self._known: dict[tuple[str, Person], Identity] = {}

    def identity(self, source: str, who: Person) -> Identity:
        if (source, who) not in self._known or self._random.random() < 0.01:
            self._known[source, who] = as_listed(self._random, who)
        return self._known[source, who]


def _of_heads(
    programme: str, source: str, homes: list[Home], period: str, written: _Register
) -> FileOfRecords:
    rows = []
    for home in homes:
        head = home.people[0]
        facts = (
            Fact(0, "enrolled", month=period, code=programme, num=len(home.people)),
            Fact(0, "case", code=programme, text=home.case),
            Fact(0, "head", code="valid", text=head.number),
            Fact(0, "amount", code="total", fen=30000 * len(home.people)),
        )
        if not head.number:
            facts = (*facts[:2], facts[3])
        rows.append(Record((Named("head", 0, written.identity(source, head)),), facts))
    return FileOfRecords(source, "roster", period, tuple(rows), programme)


def _of_members(
    programme: str, source: str, homes: list[Home], period: str, written: _Register
) -> FileOfRecords:
    rows = []
    for home in homes:
        for n, who in enumerate(home.people):
            facts = [Fact(0, "member", month=period, code=programme, text="本人" if n == 0 else "子")]
            if home.people[0].number:
                facts.append(Fact(0, "head", code="valid", text=home.people[0].number))
            if not home.without_case:
                facts.append(Fact(0, "case", code=programme, text=home.case))
            named = Named("member" if n else "head", 0, written.identity(source, who))
            rows.append(Record((named,), tuple(facts)))
    return FileOfRecords(source, "roster", period, tuple(rows), programme)


def _of_department(
    random_: random.Random, people: Population, source: str, columns: Columns
) -> FileOfRecords:
    seen = random_.sample(people.everybody, len(people.everybody) // 3)
    rows = []
    for who in seen:
        identity = as_written(random_, who, people.relatives[who], columns)
        rows.append(Record((Named("subject", 0, identity),), (Fact(0, "death", day="2026-03-01"),)))
    return FileOfRecords(source, "department", "2026-06", tuple(rows))


def take_in(session: Session, file: FileOfRecords) -> int:
    """Imports without the Excel: the same calls that `import` makes once a row is read."""
    with session.transaction(ACTOR):
        seq = events.record(session, ACTOR, "import", file.sha, "")
        head = batches.BatchHead(
            file.source, file.source, file.kind, file.programme, file.sha, file.sha, "", file.period, "full"
        )
        on_roster = file.kind == "roster"
        keys = keys_of(file.source, on_roster)
        writer = BatchWriter(session, head, ACTOR.at, ACTOR.operator, seq, keys)
        writer.sheet(0, SheetPlan("Sheet1", 1, {}, ()))
        rows = list(enumerate(file.records, start=2))
        odd = [(n, RowRead(row, (), "kept", record, ())) for n, (row, record) in enumerate(rows)]
        seen: set[str] = set()
        persons = [
            taking.keyed(record, file.source, f"{file.sha}:0:{row}", on_roster, seen) for row, record in rows
        ]
        writer.block(0, packed(Block([(row, ()) for row, _ in rows], None, odd)), persons)
        writer.finish(writer.townships)
        rosters.project(session, rosters.months_of_batch(session, writer.id))
    return writer.id


def take_back(session: Session, batch: int) -> None:
    undo.undo(session, ACTOR, batch)


def put_the_cap(patch: pytest.MonkeyPatch, keys: int, home: int = 60) -> None:
    """Lets `keys` mentions share a key, and `home` a household, before these bring nobody together."""
    for module in (blocks, candidates):
        patch.setattr(module, "KEY_CAP", keys)
    patch.setattr(candidates._matches, "__defaults__", (keys,))
    patch.setattr(candidates, "LARGEST_HOME", home)


def fingerprint(session: Session) -> Content:
    """Everything that must be the same whatever the order: by content keys, never by row numbers."""
    queries = {
        "links": "SELECT m.key, l.person_id, l.tier, l.score, l.code, l.status, l.epoch FROM link AS l "
        "JOIN mention AS m ON m.id = l.mention_id ORDER BY m.key",
        "mentions": "SELECT key, source, name, id_kind, id_value, anchor FROM mention ORDER BY key",
        "people": "SELECT id FROM person WHERE live = 1 ORDER BY id",
        "homes": "SELECT m.key, h.home FROM mention_home AS h JOIN mention AS m ON m.id = h.mention_id ORDER BY 1",
        "unexplained": "SELECT code FROM (SELECT code FROM link UNION SELECT code FROM pair) "
        "WHERE code NOT IN (SELECT code FROM evidence)",
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
    found = {name: session.conn.execute(query).fetchall() for name, query in queries.items()}
    return found | {"blocks": indexed(session)}


def stored(session: Session) -> Content:
    """Links, pairs, people and households as they stand, for `at_once`."""
    queries = {
        "links": "SELECT m.key, l.person_id, l.tier, l.score, l.code, l.status FROM link AS l "
        "JOIN mention AS m ON m.id = l.mention_id",
        "pairs": "SELECT left_key, right_key, tier, score, code FROM pair",
        "people": "SELECT id FROM person WHERE live = 1",
        "homes": "SELECT mention_id, home FROM mention_home",
    }
    return {name: sorted(session.conn.execute(query)) for name, query in queries.items()}


def at_once(session: Session) -> Content:
    """The same as one resolution of everything gives it, households looked up anew; nothing is written."""
    marks = ", ".join("?" * len(ASSISTANCE))
    homes: dict[int, str] = dict(
        session.conn.execute(
            "SELECT s.mention_id, r.household_id FROM roster_member AS r JOIN sighting AS s "
            f"ON s.id = r.sighting_id WHERE r.programme IN ({marks}) ORDER BY r.month, r.household_id DESC",
            sorted(ASSISTANCE),
        )
    )
    held = links.epoch(session)
    assert held is not None
    numbers, known = links.all_mentions(session)
    mentions = [known.mention(at)._replace(home=homes.get(number, "")) for at, number in enumerate(numbers)]
    found = resolve(mentions, links.judgements(session), parse_model(held[1]))
    return {
        "links": sorted(map(tuple, found.links)),
        "pairs": sorted(map(tuple, found.pairs)),
        "people": sorted({(link.person,) for link in found.links}),
        "homes": sorted(homes.items()),
    }
