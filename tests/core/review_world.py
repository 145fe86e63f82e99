"""Small worlds in which somebody must say who is who, for the tests of `review`; invented persons, 990101."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from roster_world import ACTOR, FileOfRecords, take_in

from aidcli import idnumber
from aidcli.model import Fact, Identity, Named, Record
from aidcli.store import Session, open_store
from aidcli.tasks import matching, setup

PERIOD = "2026-10"
RARE = "上官堃"  # so rare that the name and the village are worth a question


def who(n: int, name: str = "", **changes: str) -> Identity:
    body = f"99010119600{1 + n % 9}{10 + n % 18}{n:03d}"
    number = body + idnumber.check_digit(body)
    given = Identity(
        name or f"王{'甲乙丙丁戊己庚辛'[n]}", "valid", number, township="青禾镇", village="东塘村"
    )
    return given._replace(**changes)


def numberless(n: int, name: str) -> Identity:
    """A row without a number, whose name and village fit somebody."""
    return who(n, name)._replace(id_kind="missing", id_value="")


def misspelt(n: int) -> Identity:
    """The same person with one digit of the number wrong."""
    right = who(n)
    digit = str((int(right.id_value[16]) + 1) % 10)
    return right._replace(id_kind="bad_check", id_value=right.id_value[:16] + digit + right.id_value[17])


def home(case: str, head: Identity, fen: int, programme: str = "dibao") -> Record:
    facts = (
        Fact(0, "enrolled", month=PERIOD, code=programme, num=1),
        Fact(0, "head", code=head.id_kind, text=head.id_value),
        Fact(0, "amount", code="total", fen=fen),
        Fact(0, "account", text=f"6217{case}"),
        Fact(0, "case", code=programme, text=case),
    )
    return Record((Named("head", 0, head),), facts)


def department(source: str, *people: Identity) -> FileOfRecords:
    rows = tuple(
        Record((Named("subject", 0, one),), (Fact(0, "unemployed", day="2026-09-01"),)) for one in people
    )
    return FileOfRecords(source, "department", "2026-09", rows)


def a_database(path: Path, *files: FileOfRecords) -> Session:
    """A district of region 990101 with these files, matched."""
    path.write_bytes(_matched(files))
    return open_store(path)


@cache
def _matched(files: tuple[FileOfRecords, ...]) -> bytes:
    """The same as a file, made once for all tests that begin with it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "aid.db"
        setup.init(path, ACTOR, "990101")
        session = open_store(path)
        for file in files:
            take_in(session, file)
        matching.match(session, ACTOR)
        session.close()
        assert [one.name for one in Path(folder).iterdir()] == [path.name]
        return path.read_bytes()


def a_district(path: Path) -> Session:
    """Four questions: other names under the numbers of 王甲 (620 yuan a month) and 王丙 (300), a 上官堃
    without number (300), and two names under one number that nobody on the register has."""
    homes = (home("C1", who(0), 62000), home("C2", who(1, RARE), 30000), home("C3", who(2), 30000))
    return a_database(
        path,
        FileOfRecords("dibao_rural_household", "roster", PERIOD, homes),
        department("registered_unemployed", who(0, "李错"), numberless(1, RARE), who(2, "陈误")),
        department("department_1", who(5, "赵五")),
        department("department_2", who(5, "钱六")),
    )


def paid_under_two_numbers(path: Path) -> Session:
    """One person as two households, each with its own number."""
    homes = (home("C1", who(0), 62000), home("C2", misspelt(0), 50000), home("C3", who(2), 30000))
    return a_database(path, FileOfRecords("dibao_rural_household", "roster", PERIOD, homes))


def one_row_of_two(path: Path) -> Session:
    """A cut number that two of the register may have had, one day and one serial digit apart."""
    first = who(0, "孙玉珍")
    body = first.id_value[:15] + "99"
    second = first._replace(id_value=body + idnumber.check_digit(body))
    cut = first._replace(id_kind="cut", id_value=first.id_value[:15], township="", village="")
    homes = (home("C1", first, 62000), home("C2", second, 30000))
    roster = FileOfRecords("dibao_rural_household", "roster", PERIOD, homes)
    return a_database(path, roster, department("department_1", cut))
