"""The inverted index of matching as the database holds it: runs of (key, mention), packed and sorted by key.

A row for each key of each mention would be a million rows for a district, and half the time of a match. A run is
two columns of numbers instead; what is taken away is noted beside it until runs are put together.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .session import Session

_KEY, _ID = np.dtype("<u8"), np.dtype("<i8")
_GONE_SHARE = 0.25  # of all mentions: from here on their keys are taken out of the runs


class Index(NamedTuple):
    """(key, mention) in the order of the keys."""

    keys: NDArray[np.uint64]
    mentions: NDArray[np.int64]

    def sizes(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        """How many mentions share each of these keys."""
        found: NDArray[np.int64] = self._ends(keys) - self._starts(keys)
        return found

    def sharing(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        """The mentions that have one of these keys, which are all different; one that has two comes twice."""
        starts = self._starts(keys)
        sizes = self._ends(keys) - starts
        before = np.repeat(np.cumsum(sizes) - sizes - starts, sizes)
        found: NDArray[np.int64] = self.mentions[np.arange(len(before)) - before]
        return found

    def of(self, mentions: NDArray[np.int64]) -> Index:
        """The part that is about these mentions."""
        mine = np.isin(self.mentions, mentions)
        return Index(self.keys[mine], self.mentions[mine])

    def _starts(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        found: NDArray[np.int64] = np.searchsorted(self.keys, keys, side="left")
        return found

    def _ends(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        found: NDArray[np.int64] = np.searchsorted(self.keys, keys, side="right")
        return found


def load(session: Session) -> Index:
    rows = session.conn.execute("SELECT seq, keys, mentions FROM block ORDER BY seq").fetchall()
    gone = session.conn.execute("SELECT mention_id, seq FROM block_gone").fetchall()
    runs = [_without(seq, _run(keys, mentions), gone) for seq, keys, mentions in rows]
    return _merged(runs)


def append(session: Session, run: Index) -> None:
    """Adds the keys of mentions that have none yet, each once and in the order of the keys.

    A run takes up those before it that are not much longer.
    """
    conn = session.conn
    runs = [run]
    rows = conn.execute("SELECT seq, length(keys) FROM block ORDER BY seq DESC").fetchall()
    size = _KEY.itemsize * len(run.keys)
    for seq, length in rows:
        if length > 2 * size:
            break
        runs.append(_taken(session, seq))
        size += length
    if len(runs) > len(rows):
        clear(session)
    _put(session, _merged(runs))


def forget(session: Session, table: str) -> None:
    """Takes the mentions of a temporary table of ids out of the index; their ids may be given again."""
    conn = session.conn
    conn.execute(
        f"INSERT OR REPLACE INTO block_gone SELECT id, (SELECT coalesce(max(seq), 0) FROM block) FROM {table}"
    )
    gone, known = conn.execute(
        "SELECT (SELECT count(*) FROM block_gone), (SELECT count(*) FROM mention)"
    ).fetchone()
    if gone > _GONE_SHARE * known:
        whole = load(session)
        clear(session)
        _put(session, whole)


def clear(session: Session) -> None:
    for table in ("block", "block_gone"):
        session.conn.execute(f"DELETE FROM {table}")


def _run(keys: bytes, mentions: bytes) -> Index:
    return Index(np.frombuffer(keys, _KEY), np.frombuffer(mentions, _ID))


def _without(seq: int, run: Index, gone: list[tuple[int, int]]) -> Index:
    """A run without what went since it was written."""
    mentions = np.array([mention for mention, until in gone if seq <= until], np.int64)
    if not mentions.size:
        return run
    left = ~np.isin(run.mentions, mentions)
    return Index(run.keys[left], run.mentions[left])


def _merged(runs: list[Index]) -> Index:
    """One run of several that are about different mentions."""
    if len(runs) == 1:
        return runs[0]
    keys = np.concatenate([run.keys for run in runs]) if runs else np.zeros(0, np.uint64)
    mentions = np.concatenate([run.mentions for run in runs]) if runs else np.zeros(0, np.int64)
    order = np.argsort(keys, kind="stable")
    return Index(keys[order], mentions[order])


def _taken(session: Session, seq: int) -> Index:
    conn = session.conn
    keys, mentions = conn.execute("SELECT keys, mentions FROM block WHERE seq = ?", (seq,)).fetchone()
    gone = conn.execute("SELECT mention_id, seq FROM block_gone").fetchall()
    conn.execute("DELETE FROM block WHERE seq = ?", (seq,))
    return _without(seq, _run(keys, mentions), gone)


def _put(session: Session, run: Index) -> None:
    if not run.keys.size:
        return
    last = session.conn.execute(
        "SELECT max(coalesce((SELECT max(seq) FROM block), 0), coalesce((SELECT max(seq) FROM block_gone), 0))"
    ).fetchone()[0]
    keys, mentions = run.keys.astype(_KEY).tobytes(), run.mentions.astype(_ID).tobytes()
    session.conn.execute("INSERT INTO block VALUES (?, ?, ?)", (last + 1, keys, mentions))
