"""A partition that was compared elsewhere comes into the district's database with its links and their evidence."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from roster_world import ACTOR, FileOfRecords, make_files, take_in

from aidcli.cli.main import run
from aidcli.errors import AidError
from aidcli.store import Session, create, open_store
from aidcli.tasks import asides, carrying, correcting, intake, matching, registering, undo
from aidcli.tasks.imported import Imported, Options
from aidcli.tasks.partition import match_files
from aidcli.tasks.setup import template_folders

pytestmark = pytest.mark.spark  # Parquet comes with that extra

DAY = date(2026, 10, 8)
SOURCES = ("cremation", "disabled_persons", "pension", "prisoners")


@pytest.fixture(scope="module")
def files() -> tuple[list[FileOfRecords], list[FileOfRecords]]:
    """Rosters, and departments' lists under sources that have a template."""
    made = make_files(7, 60, 2)
    rosters = [one for one in made if one.kind == "roster"]
    lists = [one for one in made if one.kind != "roster"]
    return rosters, [one._replace(source=source) for source, one in zip(SOURCES, lists, strict=False)]


@pytest.fixture
def district(files: tuple[list[FileOfRecords], Any], tmp_path: Path) -> Session:
    return _district(tmp_path / "aid.db", files[0])


def _district(path: Path, rosters: list[FileOfRecords]) -> Session:
    session = create(path, ACTOR)
    session.set_setting("region", "990101")
    for one in rosters:
        take_in(session, one)
    matching.match(session, ACTOR)
    return session


def key_of(file: FileOfRecords, row: int) -> str:
    return f"{file.sha}:0:{row}"


def claims(lists: list[FileOfRecords], path: Path) -> str:
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = [
        {
            **record.persons[0].identity._asdict(),
            "mention": key_of(one, row),
            "source": one.source,
            "period": one.period,
            "fact": "death",
            "day": record.facts[0].day,
        }
        for one in lists
        for row, record in enumerate(one.records, start=2)
    ]
    pq.write_table(pa.Table.from_pylist(rows), path)
    return str(path)


def partition(district: Session, lists: list[FileOfRecords], folder: Path) -> Path:
    """What comes back to the district."""
    registering.export(district, ACTOR, folder / "register.parquet")
    match_files(
        str(folder / "register.parquet"), claims(lists, folder / "claims.parquet"), str(folder / "out")
    )
    return folder / "out" / "region=990101"


def carry(session: Session, path: Path, **options: Any) -> list[Imported]:
    folders = template_folders(session, "sources")
    return carrying.import_partition(session, ACTOR, path, folders, Options(**options))


def read(path: Path) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    rows: list[dict[str, Any]] = pq.read_table(next(path.glob("*.parquet"))).to_pylist()
    return rows


def view(session: Session, name: str = "links") -> list[tuple[Any, ...]]:
    return session.conn.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall()


def test_links_and_evidence_come_in_and_are_what_importing_the_claims_here_gives(
    district: Session, files: tuple[list[FileOfRecords], list[FileOfRecords]], tmp_path: Path
) -> None:
    rosters, lists = files
    folder = partition(district, lists, tmp_path)
    rows = read(folder)
    done = carry(district, folder)
    assert [one.source for one in done] == sorted(SOURCES)
    assert sum(one.rows_kept for one in done) == len({row["claim"] for row in rows})
    here = view(district)
    assert matching.match(district, ACTOR).changed == 0
    assert view(district) == here

    other = _district(tmp_path / "other.db", rosters)
    told = {row["claim"] for row in rows}
    for one in lists:
        kept = [(n, record) for n, record in enumerate(one.records, start=2) if key_of(one, n) in told]
        _take_some(other, one, kept)
    matching.match(other, ACTOR)
    assert view(other) == here
    assert view(other, "pairs") == view(district, "pairs")

    noted = {problem.value for one in done for problem in one.problems if problem.code == "link_differs"}
    persons = {mention: person for mention, person, *_ in here}
    evidence = {mention: (score, code) for mention, _, score, code in _links(district)}
    same = 0
    for row, mention in _mentions(district, rows):
        if row["tier"] == "auto":
            assert persons[mention] == persons[row["register"]] or row["name"] in noted
            same += evidence[mention] == (row["score"], row["evidence"])
    assert same > 50  # many are as they were told, points and code too; others found stronger evidence here


def test_a_row_without_a_number_is_noted_only_where_it_stands_otherwise_here(
    district: Session, files: tuple[Any, list[FileOfRecords]], tmp_path: Path
) -> None:
    folder = partition(district, files[1][2:3], tmp_path)
    (done,) = carry(district, folder)
    sightings = district.conn.execute(
        "SELECT s.row, l.person_id FROM sighting AS s JOIN link AS l ON l.mention_id = s.mention_id "
        "WHERE s.batch_id = ?",
        (done.batch,),
    )
    here = dict(sightings.fetchall())
    persons = {mention: person for mention, person, *_ in view(district)}
    best: dict[str, dict[str, Any]] = {}
    for row in sorted(read(folder), key=lambda row: (row["claim"], -row["score"], row["register"])):
        best.setdefault(row["claim"], row)
    agrees = {
        number: here[number] == persons[row["register"]]
        for number, row in enumerate(best.values(), start=2)
        if row["tier"] == "auto"
    }
    assert {row["id_kind"] for row in best.values()} == {"missing"} and sum(agrees.values()) > 5
    noted = {problem.row for problem in done.problems if problem.code == "link_differs"}
    assert noted == {number for number, same in agrees.items() if not same}


def _links(session: Session) -> list[tuple[Any, ...]]:
    return session.conn.execute(
        "SELECT m.key, l.person_id, l.score, l.code FROM link AS l JOIN mention AS m ON m.id = l.mention_id"
    ).fetchall()


def _mentions(session: Session, rows: list[dict[str, Any]]) -> list[tuple[dict[str, Any], str]]:
    from aidcli.model import Identity, Named, Record
    from aidcli.tasks.taking import keyed

    found = []
    for row in rows:
        named = Named("subject", 0, Identity(*(row[name] for name in Identity._fields)))
        found.append((row, keyed(Record((named,), ()), row["source"], row["claim"])[0].key))
    return found


def _take_some(session: Session, file: FileOfRecords, kept: list[tuple[int, Any]]) -> None:
    """Some rows of a list, each under the number that it has there."""
    for row, record in kept:
        _take_row(session, file._replace(records=(record,)), row, file.sha)


def _take_row(session: Session, file: FileOfRecords, row: int, sha: str) -> None:
    from aidcli.linkage import keys_of
    from aidcli.model import Block, RowRead, SheetPlan
    from aidcli.store import batches, events
    from aidcli.store.writing import BatchWriter
    from aidcli.tasks import taking
    from aidcli.tasks.ahead import packed

    with session.transaction(ACTOR):
        seq = events.record(session, ACTOR, "import", sha, "")
        head = batches.BatchHead(
            file.source, file.source, file.kind, "", sha, f"{sha}{row}", "", file.period, "change"
        )
        writer = BatchWriter(session, head, ACTOR.at, ACTOR.operator, seq, keys_of(file.source, False))
        writer.sheet(0, SheetPlan("Sheet1", 1, {}, ()))
        record = file.records[0]
        persons = [taking.keyed(record, file.source, f"{sha}:0:{row}")]
        writer.block(
            0, packed(Block([(row, ())], None, [(0, RowRead(row, (), "kept", record, ()))])), persons
        )
        writer.finish(writer.townships)


def test_it_is_undone_and_taken_again_like_every_batch(
    district: Session, files: tuple[Any, list[FileOfRecords]], tmp_path: Path
) -> None:
    before = view(district)
    folder = partition(district, files[1], tmp_path)
    first = carry(district, folder)
    after = view(district)
    assert [one.status for one in carry(district, folder)] == ["already"] * len(first)
    assert [one.batch for one in carry(district, folder, dry_run=True)] == [one.batch for one in first]
    for one in first:
        undo.undo(district, ACTOR, one.batch or 0)
    assert view(district) == before
    assert [one.status for one in carry(district, folder, dry_run=True)] == ["kept"] * len(first)
    assert view(district) == before
    carry(district, folder)
    assert view(district) == after


def test_a_cell_of_it_is_not_corrected_here(
    district: Session, files: tuple[Any, list[FileOfRecords]], tmp_path: Path
) -> None:
    batch = carry(district, partition(district, files[1], tmp_path))[0].batch or 0
    before = view(district)
    with pytest.raises(AidError) as error:
        correcting.correct(
            district, ACTOR, batch, None, 2, "A", "王五", "写错", template_folders(district, "sources"), DAY
        )
    assert error.value.code == "carried_batch"
    assert view(district) == before


def test_what_is_said_of_a_person_comes_along(
    district: Session, files: tuple[Any, list[FileOfRecords]], tmp_path: Path
) -> None:
    done = carry(district, partition(district, files[1], tmp_path))
    days = district.conn.execute("SELECT DISTINCT kind, day FROM fact WHERE kind = 'death'").fetchall()
    assert days == [("death", "2026-03-01")]
    batches = ", ".join(str(one.batch) for one in done)
    (cells,) = district.conn.execute(
        f"SELECT count(*) FROM sighting WHERE batch_id IN ({batches})"
    ).fetchone()
    assert cells == sum(one.rows_kept for one in done)


def changed(folder: Path, **values: Any) -> Path:
    """The partition with some columns otherwise in all rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = next(folder.glob("*.parquet"))
    rows = [{**row, **values} for row in pq.read_table(file).to_pylist()]
    pq.write_table(pa.Table.from_pylist(rows, pq.read_schema(file)), file)
    return folder


@pytest.mark.parametrize(
    ("values", "code", "said"),
    [
        ({"epoch": "0123"}, "other_epoch", "另一版认人规则"),
        ({"district": "990102"}, "other_district", "990102"),
        ({"source": "nothing"}, "partition_source", "没有这种来源"),
        ({"source": "dibao_rural_person"}, "partition_source", "名册"),
        ({"fact": "birthday"}, "partition_value", "birthday"),
        ({"role": "king"}, "partition_value", "king"),
    ],
)
def test_what_cannot_come_in_is_refused_whole(
    district: Session,
    files: tuple[Any, list[FileOfRecords]],
    tmp_path: Path,
    values: dict[str, str],
    code: str,
    said: str,
) -> None:
    folder = changed(partition(district, files[1], tmp_path), **values)
    before = view(district)
    with pytest.raises(AidError) as caught:
        carry(district, folder)
    assert caught.value.code == code and said in caught.value.message
    assert view(district) == before


def test_a_record_of_the_register_that_is_gone_is_noted_at_its_row(
    district: Session, files: tuple[Any, list[FileOfRecords]], tmp_path: Path
) -> None:
    folder = changed(partition(district, files[1][:1], tmp_path), register="m-0000")
    (done,) = carry(district, folder)
    sure = sum(row["tier"] == "auto" for row in read(folder))
    noted = [problem for problem in done.problems if problem.code == "register_gone"]
    assert len(noted) == sure > 0
    assert done.rows_kept == len({row["claim"] for row in read(folder)})
    kept = district.conn.execute(
        "SELECT count(*) FROM aside WHERE code = 'register_gone' AND severity = 'note'"
    )
    assert kept.fetchone() == (sure,)


def test_who_may_be_somebody_of_another_district_is_set_aside(
    district: Session, files: tuple[Any, list[FileOfRecords]], tmp_path: Path
) -> None:
    folder = changed(partition(district, files[1][:1], tmp_path), tier="review", elsewhere=1)
    (done,) = carry(district, folder)
    assert done.rows_kept == 0
    assert done.rows_set_aside == len({row["claim"] for row in read(folder)}) > 0
    assert {problem.code for problem in done.problems} == {"rival_elsewhere"}


def test_what_stands_aside_of_a_partition_goes_into_the_workbook(
    district: Session, files: tuple[Any, list[FileOfRecords]], tmp_path: Path
) -> None:
    folder = changed(partition(district, files[1][:1], tmp_path), tier="review", elsewhere=1)
    tried, *_ = carry(district, folder, set_aside=True, dry_run=True)
    assert tried.asides and tried.asides[0].meta["batch"] == ""
    (done,) = carry(district, folder, set_aside=True)
    (again,) = carry(district, folder, set_aside=True)
    (sheet,) = done.asides
    assert again.status == "already" and again.asides == done.asides
    assert {row.cells[sheet.headings.index("claim")] for row in sheet.rows} == {
        row["claim"] for row in read(folder)
    }
    out = tmp_path / "搁置.xlsx"
    assert asides.write(district, ACTOR, done.asides, out, DAY) == done.rows_set_aside > 0
    (back,) = intake.import_any(district, ACTOR, out, template_folders(district, "sources"), Options(), DAY)
    assert back.rows_kept == 0 and "出自关联分区" in back.problems[0].message


def test_the_commands_from_the_register_to_the_partition(
    files: tuple[list[FileOfRecords], list[FileOfRecords]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    _district(tmp_path / "aid.db", files[0]).close()
    assert run(["export", "register", "登记人员.parquet"]) == 0
    assert sys.platform == "win32" or Path("登记人员.parquet").stat().st_mode & 0o077 == 0
    right = claims(files[1], tmp_path / "部门.parquet")
    capsys.readouterr()
    assert run(["match", "--left", "登记人员.parquet", "--right", right, "--out", "结果"]) == 0
    assert "aidcli import 结果/region=990101" in capsys.readouterr().err
    assert run(["import", "结果/region=990101", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)["data"]["files"]
    assert [one["status"] for one in told] == ["kept"] * len(SOURCES)
    opened = open_store(tmp_path / "aid.db")
    assert opened.conn.execute("SELECT count(*) FROM events WHERE kind = 'export'").fetchone() == (1,)
    opened.close()
