"""`match --explain-model`: the rules by which records are found to be one person, as a clerk's table."""

from __future__ import annotations

from typing import Any

from .common import Common
from .outcome import Outcome, Table

_NOTE = "每样依据各算几分，加起来看；多10分，可能性就大十倍。姓名的五个分，从最常见的姓名到最少见的。"
_CAPS = "几样依据互相牵连时，合计最高只算到多少分（一行里的条件要同时符合）"


def explained(common: Common) -> Outcome:
    """The model of the database, else the one that the program brings along; no database is needed."""
    from ..tasks import modelling

    if common.db.exists():
        with common.session() as session:
            told = modelling.explain(session)
    else:
        told = modelling.explain(None)
    model = told.table
    used = "这个数据库在用的" if told.frozen else "程序自带的，第一次认人时启用"
    lines = [f"认人的规则，版本 {model.version}（{used}）"]
    if told.frozen and told.digest != model.digest:
        lines.append(f"程序自带的是版本 {told.shipped}，要换用：aidcli match --rebuild")
    return Outcome(_data(told), [*lines, _NOTE], _tables(model))


def _tables(model: Any) -> list[Table]:
    return [
        Table(
            "多少分怎么办",
            ("", "分", "意思", "为什么"),
            [(one.label, str(one.points), one.meaning, one.reason) for one in model.bounds],
        ),
        Table(
            "每样依据算几分",
            ("依据", "情形", "分", "为什么"),
            [(one.part_label, one.label, _points(one.points), one.reason) for one in model.lines],
        ),
        Table(
            _CAPS,
            ("条件", "最高", "为什么"),
            [(one.label, str(one.at_most), one.reason) for one in model.caps],
        ),
    ]


def _points(points: tuple[int, ...]) -> str:
    """One number where all are the same."""
    return str(points[0]) if len(set(points)) == 1 else " ".join(map(str, points))


def _data(told: Any) -> dict[str, object]:
    model = told.table
    return {
        "epoch": model.digest,
        "version": model.version,
        "in_force": told.frozen,
        "shipped_version": told.shipped,
        "bounds": [dict(one._asdict()) for one in model.bounds],
        "evidence": [{**one._asdict(), "points": list(one.points)} for one in model.lines],
        "caps": [
            {**one._asdict(), "when": {part: list(levels) for part, levels in one.when.items()}}
            for one in model.caps
        ],
    }
