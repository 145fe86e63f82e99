"""`import` of a partition: claims that were compared elsewhere, with the links that were found there.

The claims come in as a batch like any other. Their links are found anew: the same points and the same kernel give
the same links, and so they stay right with every import, undo and answer that follows. What was found elsewhere
is kept with the rows and held against what is found here; each difference is noted at its row.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import AidError, Problem
from ..linkage import keys_of
from ..linkage.scoring import load_model
from ..model import Block, Fact, Identity, Named, Record, RowRead, SheetPlan
from ..store import Actor, Session, batches, carried, events, links
from ..store.batches import BatchHead
from ..store.writing import BatchWriter
from ..terms import ROLES
from . import asides, keeping, loading
from .ahead import packed
from .imported import Imported, Options
from .matching import rematch
from .taking import keyed

if TYPE_CHECKING:
    from ..intake import Template

_SHEET, _HEADER = "关联分区", 1
_IDENTITY = {"id": "id_value", "name": "name", "birth": "birth", "phone": "phone", "village": "village"}


class _DryRun(Exception):
    """Leaves the transaction without keeping anything."""


class _Claim(NamedTuple):
    """A claim with the records of the register that were found for it, the best first."""

    row: int
    said: Mapping[str, Any]
    found: tuple[Mapping[str, Any], ...]

    @property
    def auto(self) -> bool:
        return bool(self.said["tier"] == "auto")


def is_partition(path: Path) -> bool:
    """Whether this is what `match --out` writes for a district: its folder, or a Parquet file out of it."""
    return path.suffix == ".parquet" or (path.is_dir() and path.name.startswith("region="))


def import_partition(
    session: Session,
    actor: Actor,
    path: Path,
    template_folders: Sequence[Path],
    options: Options,
    wait: float = 0.0,
) -> list[Imported]:
    """Takes the claims in, a batch for each source and period, and links them; all or nothing. Raises `AidError`."""
    from ..linkage.engines.session import require_arrow

    require_arrow()
    lines = _lines(path)
    templates = loading.templates(template_folders)
    done = []
    try:
        with session.transaction(actor, wait):
            _refuse_others(session, path, lines)
            for (source, period), said in _by_list(lines).items():
                template = _template(templates, source, path)
                done.append((*_take(session, actor, path, template, period, said), said))
            if any(one.status == "kept" for one, _, _ in done):
                rematch(session, actor)
            told = [_compared(session, one, keys, claims) for one, keys, claims in done]
            told = [_with_asides(session, one, options) for one in told]
            if options.dry_run:
                raise _DryRun
    except _DryRun:
        return [one._replace(batch=None) if one.status == "kept" else one for one in told]
    return told


def _with_asides(session: Session, done: Imported, options: Options) -> Imported:
    """What became of a list, with what stands aside of it where the workbook is asked for."""
    found = batches.get(session, done.batch) if options.set_aside and done.batch is not None else None
    if found is None:
        return done
    kept = done.status != "kept" or not options.dry_run
    return done._replace(asides=tuple(asides.collect(session, found, kept=kept)))


def _lines(path: Path) -> list[dict[str, Any]]:
    from ..linkage.engines import arrow
    from ..linkage.engines.layouts import LINKED

    found = arrow.read_links(path, LINKED).sort_by([("claim", "ascending"), ("register", "ascending")])
    if not len(found):
        raise AidError("empty_file", f"“{path.name}”里一行也没有", file=path.name)
    lines: list[dict[str, Any]] = found.to_pylist()
    return lines


def _refuse_others(session: Session, path: Path, lines: Sequence[Mapping[str, Any]]) -> None:
    """What is for another district or was compared by other rules cannot come in."""
    districts = sorted({line["district"] for line in lines})
    region = session.setting("region")
    if len(districts) > 1 or (region and districts != [region]):
        raise AidError(
            "other_district",
            f"“{path.name}”是{'、'.join(districts)}的分区，本库是{region or '一个区县的'}",
            file=path.name,
            hint="请只导入本区县的分区：match --out 的文件夹里 region=本区县代码 的那一个",
        )
    held = links.epoch(session)
    own = held[0] if held else load_model().hash
    epochs = sorted({line["epoch"] for line in lines})
    if epochs != [own]:
        newer = epochs == [load_model().hash]
        raise AidError(
            "other_epoch",
            f"“{path.name}”是按另一版认人规则（{'、'.join(epochs)}）比对的，本库用的是 {own}，两边的分数不能混用",
            file=path.name,
            hint="先在本库运行 aidcli match --rebuild 换用同一版规则，再导入"
            if newer
            else "请把两边的 aidcli 升级到同一版本：本库运行 aidcli match --rebuild，分区请用新版本重新比对",
        )


def _by_list(lines: Iterable[dict[str, Any]]) -> dict[tuple[str, str], list[_Claim]]:
    """Claims by source and period; rows are numbered from 2 in each, below a header."""
    claims: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        claims.setdefault(line["claim"], []).append(line)
    lists: dict[tuple[str, str], list[_Claim]] = {}
    for found in claims.values():
        found.sort(key=lambda line: -line["score"])
        at = lists.setdefault((found[0]["source"], found[0]["period"]), [])
        at.append(_Claim(len(at) + _HEADER + 1, found[0], tuple(found)))
    return dict(sorted(lists.items()))


def _template(templates: Mapping[str, Template], source: str, path: Path) -> Template:
    """The template of a source; a roster tells of households, which claims do not."""
    template = templates.get(source)
    if template is None or template.kind == "roster":
        why = "没有这种来源" if template is None else "名册不能这样导入，请导入名册原来的表"
        raise AidError(
            "partition_source",
            f"“{path.name}”的列 source 写着“{source}”：{why}",
            file=path.name,
            column="source",
            hint="source 应是 aidcli sources list 里部门来源的代号",
        )
    return template


def _take(
    session: Session, actor: Actor, path: Path, template: Template, period: str, claims: Sequence[_Claim]
) -> tuple[Imported, dict[int, str]]:
    """One list as a batch, and row → the key of its mention; what came before is not taken again."""
    text = json.dumps([claim.found for claim in claims], ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    known = batches.by_content(session, digest, template.key, period)
    if known is not None:
        return keeping.already(session, path, (), known, Options(), period), {}
    body = {"file": path.name, "sha256": digest, "epoch": claims[0].said["epoch"]}
    seq = events.record(
        session, actor, "import", template.key, f"导入{template.label} {period}（已比对的分区）", body
    )
    head = BatchHead(
        template.key, template.label, template.kind, "", path.name, digest, template.hash, period, "change"
    )
    writer = BatchWriter(session, head, actor.at, actor.operator, seq, keys_of(template.key, False))
    from ..linkage.engines.layouts import LINKS

    letters = {name: place for place, name in enumerate(LINKS)}
    columns = {field: (_letter(letters[name]), name, "") for field, name in _IDENTITY.items()}
    writer.sheet(0, SheetPlan(_SHEET, _HEADER, columns, ()))
    read = [_read(claim, template, path) for claim in claims]
    cells = [(one.row, one.cells) for one in read]
    seen: set[str] = set()
    persons = [
        keyed(one.record, template.key, claim.said["claim"], seen=seen) if one.record else []
        for one, claim in zip(read, claims, strict=True)
    ]
    keys = {one.row: named.key for one, row in zip(read, persons, strict=True) for named in row}
    writer.block(0, packed(Block(cells, None, list(enumerate(read)))), persons)
    writer.finish(writer.townships)
    aside = tuple(problem for one in read for problem in one.problems)
    return Imported(
        file=path.name,
        status="kept",
        batch=writer.id,
        source=template.key,
        source_label=template.label,
        period=period,
        coverage="change",
        scope=tuple(sorted(writer.townships)),
        sheets=(_SHEET,),
        rows_read=writer.rows_read,
        rows_kept=writer.rows_kept,
        rows_set_aside=writer.rows_set_aside,
        problems=aside,
    ), keys


def _read(claim: _Claim, template: Template, path: Path) -> RowRead:
    """A claim as a row: all that was found for it stands in its cells; set aside if others may be meant."""
    said = claim.said
    cells = tuple("" if value is None else str(value) for value in said.values())
    if not claim.auto and said["elsewhere"]:
        message = (
            f"{said['name']}：另有{said['elsewhere']}个区县也有相近的登记人员，本区县看不到他们，"
            "不能由本库认定；请与发来分区的单位核实后，再按原表导入"
        )
        return RowRead(
            claim.row, cells, "set_aside", None, (_problem(claim, "rival_elsewhere", message, "row"),)
        )
    return RowRead(claim.row, cells, "kept", _record(said, template, path), ())


def _record(said: Mapping[str, Any], template: Template, path: Path) -> Record:
    from ..intake.fields import FACT_KINDS

    role = said["role"] or template.role or "subject"
    for column, value, known in (("role", role, ROLES), ("fact", said["fact"], FACT_KINDS)):
        if value and value not in known:
            raise AidError(
                "partition_value",
                f"“{path.name}”的列 {column} 写着“{value}”，没有这一种",
                file=path.name,
                column=column,
                hint=f"可用：{'、'.join(sorted(known))}",
            )
    identity = Identity(*(said[name] for name in Identity._fields))
    slots = [said[name] for name in ("month", "day", "fen", "num", "code", "text")]
    facts = (Fact(0, said["fact"], 0, *slots),) if said["fact"] else ()
    return Record((Named(role, 0, identity),), facts)


def _compared(
    session: Session, done: Imported, keys: Mapping[int, str], claims: Sequence[_Claim]
) -> Imported:
    """What was found elsewhere against what stands here, each difference noted at its row."""
    if done.status != "kept" or done.batch is None:
        return done
    here = carried.standing(session, {*keys.values(), *(one["register"] for c in claims for one in c.found)})
    problems = [
        _problem(claim, *said, "note")
        for claim in claims
        if claim.row in keys
        for said in [_difference(claim, here.get(keys[claim.row]), here)]
        if said is not None
    ]
    carried.note(session, done.batch, [(p.row, p.value, p.code, p.message) for p in problems])
    sure = sum(claim.auto for claim in claims)
    differ = sum(1 for problem in problems if problem.code != "linked_here")
    told = f"分区里自动关联{sure}条，本库按同一规则重算，{sure - differ}条一致" + (
        f"，{differ}条不同，已在该行标注" if differ else ""
    )
    asked = len(problems) - differ
    told += f"；另有{asked}条分区里是待确认，本库自动关联了，已在该行标注" if asked else ""
    return done._replace(problems=(*done.problems, *problems), changes_told=told)


def _difference(
    claim: _Claim, now: carried.Standing | None, here: Mapping[str, carried.Standing]
) -> tuple[str, str] | None:
    """(code, message) where a claim stands otherwise here than it was found elsewhere."""
    told = claim.said
    record = here.get(told["register"])
    score = f"{told['score']}分，{told['sentence']}"
    if claim.auto and record is None:
        return (
            "register_gone",
            f"{told['name']}：分区里关联到的登记记录本库已没有（当时{score}），请核对此人现在的情况",
        )
    if claim.auto and record is not None and (now is None or now.person != record.person):
        return "link_differs", f"{told['name']}：分区里关联到的登记人员（{score}）与本库认定的不同，请核对"
    people = {here[one["register"]].person for one in claim.found if one["register"] in here}
    if not claim.auto and now is not None and now.status == "auto" and now.person in people:
        return "linked_here", f"{told['name']}：分区里是待确认（{score}），本库已自动关联，请核对"
    return None


def _problem(claim: _Claim, code: str, message: str, severity: Any) -> Problem:
    return Problem(_SHEET, claim.row, "", str(claim.said["name"]), code, message, severity)


def _letter(place: int) -> str:
    from ..intake.rows.rereading import letter_of

    return letter_of(place)
