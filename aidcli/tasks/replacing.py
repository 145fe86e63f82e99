"""`import NEW --replaces b12`: a corrected file in the place of its predecessor, with what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..errors import AidError
from ..store import Actor, Session, batches, rows
from ..store.answers import Spot
from ..store.batches import BatchRow
from .comparing import Compared, Side, between, side_of_batch
from .inheriting import inherit_replaced, judged_in
from .patching import match_again
from .undo import Taken, kept, take_back

if TYPE_CHECKING:
    from ..intake import Reading


class Left(NamedTuple):
    """A predecessor that was taken out: the batch, what it had said, what is to be redone, whom answers were about."""

    old: BatchRow
    side: Side
    taken: Taken
    judged: Mapping[Spot, str]


def predecessors(session: Session, batch: int | None, lists: Sequence[Reading]) -> Mapping[str, int]:
    """Source → the batch that the list of this source replaces.

    Where the predecessor held several lists too, each list replaces its own. Raises `AidError`.
    """
    if batch is None:
        return {}
    old = kept(session, batch)
    meant = next((one for one in lists if one.template.key == old.source), lists[0])
    predecessor(session, batch, meant)
    for one in lists:
        known = batches.by_content(session, one.sha256, one.template.key)
        if known is not None:
            raise same_content(one.path.name, known)
    found = {old.source: old.id}
    for sibling in rows.with_content(session, rows.content_of(session, batch)[0]):
        row = batches.get(session, sibling)
        if row is not None and any(
            (one.template.key, one.period) == (row.source, row.period) for one in lists
        ):
            found.setdefault(row.source, row.id)
    return found


def left_standing(session: Session, olds: Mapping[str, int]) -> list[tuple[str, str]]:
    """Sheets (name, what is to be said) of a predecessor's other lists, which the new file does not hold."""
    if not olds:
        return []
    said = []
    content = rows.content_of(session, next(iter(olds.values())))[0]
    for sibling in rows.with_content(session, content):
        row = batches.get(session, sibling)
        if row is None or row.source in olds:  # the same content may be here for another period too
            continue
        reason = (
            f"原来的文件里还有{row.period}的{row.source_label}（b{row.id}），这份文件里缺少，b{row.id} 仍然有效；"
            f"确实不要了的，用 aidcli undo b{row.id} 撤销"
        )
        names = [name for name, _ in rows.layouts(session, row.id).values()]
        said.append(("、".join(names), reason))
    return said


def predecessor(session: Session, batch: int, reading: Reading) -> BatchRow:
    """The batch that a file may replace: in use, of the same source and period. Raises `AidError`."""
    old = kept(session, batch)
    name = reading.path.name
    root = rows.root_of(session, batch)
    if root != old.id:
        raise AidError(
            "replaces_a_supplement",
            f"批次 b{batch} 是 b{root} 的补入或更正，不是整份文件，不能替换",
            file=name,
            hint=f"要替换整份，用 --replaces b{root}；只去掉这次更正，用 aidcli undo b{batch}",
        )
    template = reading.template
    if (old.source, old.period) != (template.key, reading.period):
        raise AidError(
            "replaces_another",
            f"“{name}”是{reading.period}的{template.label}，批次 b{batch} 是{old.period}的{old.source_label}"
            f"（{old.file}），不是同一种同一期间，不能替换",
            file=name,
            hint="请核对批次号（aidcli log 有导入记录）；期间认错了用 --period 写明",
        )
    return old


def same_content(name: str, batch: int) -> AidError:
    """The error for a file that is here already: it cannot take the place of anything."""
    return AidError(
        "same_content",
        f"“{name}”的内容已经导入（批次 b{batch}），没有什么可替换的",
        file=name,
        hint="请核对拿到的是不是更正后的那一份",
    )


def take_out(session: Session, old: BatchRow) -> Left:
    """Takes the predecessor out as undo does; refuses as undo does when an approved run stands on it."""
    side = side_of_batch(session, old.id)
    judged = judged_in(session, old.id)
    return Left(old, side, take_back(session, old), judged)


def settle(session: Session, actor: Actor, left: Left, batch: int) -> Compared:
    """Matches again and says what the new batch changed, person by person."""
    rows.mark_replaces(session, batch, left.old.id)
    compared = between(left.side, side_of_batch(session, batch))
    inherit_replaced(session, actor, left.judged, compared, batch)
    match_again(session, actor, left.taken.lost)
    return compared
