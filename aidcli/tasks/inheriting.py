"""Answers about a record stay with what takes its place: the corrected row, the row of the file that replaces it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..linkage.resolve import pair_id
from ..model import Judgement
from ..store import Actor, Session, answers, events, links
from ..store.answers import Spot
from .comparing import Compared


def successors(old: Iterable[Mapping[str, Any]], new: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Record → the record in its place, of what a row yielded and yields now (`superseding.yields`)."""
    before = {(one["role"], one["ordinal"]): one["mention"][0] for one in old if "mention" in one}
    after = {(one["role"], one["ordinal"]): one["mention"][0] for one in new if "mention" in one}
    return {key: after[place] for place, key in before.items() if place in after and after[place] != key}


def judged_in(session: Session, batch: int) -> dict[Spot, str]:
    """The records of a batch, and of what lies on it, about which somebody answered, by where they stand."""
    return {spot: key for key, spot in answers.judged_in(session, batch).items()}


def inherit_replaced(
    session: Session, actor: Actor, judged: Mapping[Spot, str], compared: Compared, batch: int
) -> list[str]:
    """Carries the answers about persons of a replaced list over to the same persons of the new one."""
    if not judged:
        return []
    there = {spot[:3]: key for key, spot in answers.records_at(session, batch).items()}
    found = {}
    for one in compared.matched:
        for spot in one.old.spots:
            who = one.old.identity
            key = judged.get((spot.sheet, spot.row, who.name, who.id_kind, who.id_value, who.birth))
            places = [there.get((new.sheet, new.row, one.new.identity.name)) for new in one.new.spots]
            now = next((place for place in places if place is not None), None)
            if key is not None and now is not None and now != key:
                found[key] = now
    return inherit(session, actor, found)


def inherit(session: Session, actor: Actor, found: Mapping[str, str]) -> list[str]:
    """Gives each record what was answered about the one that it replaces; returns the pairs (`q-…`).

    Inside the caller's transaction. An answer about the new pair itself is left as it is.
    """
    told = []
    for one in answers.about(session, found):
        left, right = sorted((found.get(one.left, one.left), found.get(one.right, one.right)))
        if left == right or answers.is_given(session, left, right):
            continue
        why = f"沿用更正（替换）前的回答：{one.why}" if one.why else "沿用更正（替换）前的回答"
        body = {
            **{"left": left, "right": right, "verdict": one.verdict, "code": one.code, "why": why},
            **{"before": f"{one.left} {one.right}", "answered_by": one.operator, "answered_at": one.at},
        }
        seq = events.record(session, actor, "judge", left, "人工判断：沿用更正（替换）前的回答", body)
        links.judge(session, actor, Judgement(left, right, one.verdict, seq), one.code, why)
        told.append(pair_id(left, right))
    return told
