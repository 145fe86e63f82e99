"""Doubts that come back: what was answered with 存疑 is asked again once other evidence speaks."""

from __future__ import annotations

from collections.abc import Sequence

from ..linkage.edges import Pool, edges_among
from ..linkage.resolve import argued_among
from ..linkage.scoring import parse_model
from ..store import Session, links, pairs
from ..store.blocks import Neighbours
from ..store.pairs import AskedRow


def reopened(session: Session, answered: Sequence[AskedRow]) -> list[AskedRow]:
    """Doubts of an earlier epoch whose records are compared otherwise now, with the code and points of now.

    What two records say of each other changes with the epoch alone, for what a record says is in its key.
    """
    opened = pairs.epoch_opened(session)
    old = [row for row in answered if row.status == "unsure" and row.seq < opened]
    now = _compared(session, old) if old else {}
    found = []
    for row in old:
        score, code = now.get((row.left, row.right), (0, row.code))
        if code != row.code:
            found.append(row._replace(score=score, code=code, was=row.code))
    return found


def _compared(session: Session, rows: Sequence[AskedRow]) -> dict[tuple[str, str], tuple[int, str]]:
    """(left, right) → points and evidence code under the model in force, where they are worth asking about."""
    held = links.epoch(session)
    if held is None:
        return {}
    model = parse_model(held[1])
    wanted = set(pairs.numbers(session, [key for row in rows for key in (row.left, row.right)]).values())
    known = links.mentions(session, wanted)
    neighbours = Neighbours(session)
    neighbours.want(*Pool(list(known.values()), model).index_rows(list(known)))
    known |= links.mentions(session, neighbours.near(wanted) - known.keys())
    ordered = sorted(known.items(), key=lambda item: item[1].key)
    pool = Pool([mention for _, mention in ordered], model)
    neighbours.want(*pool.index_rows([number for number, _ in ordered]))
    argued = argued_among(pool.mentions, links.judgements(session))
    edges = edges_among(pool, model, neighbours.capped(), argued)
    keys = [mention.key for _, mention in ordered]
    return {
        (keys[left], keys[right]): (score, f"{code:010}")
        for left, right, score, code in edges.rows()
        if score >= model.review
    }
