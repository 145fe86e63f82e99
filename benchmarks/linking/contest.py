"""One contestant in its own process: tables in, answers and stage times out."""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

from .ours import ours
from .peers import normalised, vlookup
from .preparing import prepared
from .scoring import Answer
from .world import columns_of

PEERS = ("vlookup", "normalised", "splink-plain", "splink-best")
OURS = "aidcli"


def missing(name: str) -> str:
    """Why a contestant cannot take part, '' if it can."""
    if name.startswith("splink") and not (find_spec("splink") and find_spec("duckdb")):
        return "splink, duckdb and pyarrow are not installed"
    return ""


def run(name: str, folder: Path) -> None:
    """Reads `register.csv` and `claims.csv`; writes `NAME.csv` and `NAME.json`."""
    stages: dict[str, float] = {}
    since = time.monotonic()

    def clock(stage: str) -> None:
        nonlocal since
        now = time.monotonic()
        stages[stage] = stages.get(stage, 0.0) + now - since
        since = now

    register, claims = columns_of(folder / "register.csv"), columns_of(folder / "claims.csv")
    clock("read")
    if name != "vlookup":
        townships = frozenset(register["township"]) - {""}
        register = {"household": register["household"], **prepared(register, townships)}
        claims = prepared(claims, townships)
        clock("normalise")
    answers = list(_contestant(name, clock)(register, claims))
    clock("match")
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(answers)
    (folder / f"{name}.json").write_text(json.dumps(stages), encoding="utf-8")


def answers_of(name: str, folder: Path) -> Iterator[Answer]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        for right, left, score, tier in csv.reader(stream):
            yield Answer(int(right), int(left), float(score), tier)


def _contestant(name: str, clock: Callable[[str], None]) -> Callable[..., Iterator[Answer]]:
    if name == "vlookup":
        return vlookup
    if name == "normalised":
        return normalised
    if name == OURS:
        return ours
    from . import splink_peer

    if name == "splink-plain":
        return lambda register, claims: splink_peer.plain(register, claims, clock)
    return lambda register, claims: splink_peer.best(register, claims, clock)
