"""What differs between two lists: as data for scripts, as tables for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..money import yuan
from .outcome import Table, mask_account, mask_id

_SHOWN = 50
_MONEY = ("amount:", "medical_")


def compared_data(compared: Any, whole: bool) -> dict[str, object]:
    """``{added, missing, changed, …}``; money in integer fen, numbers masked unless `whole`."""
    old, new = compared.old, compared.new
    return {
        "old": _side(old),
        "new": _side(new),
        "added": [_person(entry, whole) for entry in compared.added],
        "missing": [_person(entry, whole) for entry in compared.missing],
        "changed": [_matched(one, whole) for one in compared.changed],
        "unsure": [_matched(one, whole) for one in compared.unsure],
        "possible": [
            {"old": _person(one.old, whole), "new": [_person(entry, whole) for entry in one.new]}
            for one in compared.possible
        ],
        "duplicates": {
            "old": [_person(entry, whole) for entry in old.list.twice],
            "new": [_person(entry, whole) for entry in new.list.twice],
        },
        "same": compared.same,
    }


def compared_tables(compared: Any, whole: bool) -> list[Table]:
    """Sums, who left, who came, what changed, who must be looked at, who stands there twice."""
    old, new = compared.old, compared.new
    sums: list[tuple[str, ...]] = [
        (name, str(before), str(after), f"{after - before:+d}")
        for name, before, after in (
            ("人数", len(old.list.entries), len(new.list.entries)),
            ("户数", old.list.households, new.list.households),
        )
    ]
    money = (old.list.fen, new.list.fen)
    sums.append(("金额合计（元）", *(yuan(fen) for fen in money), yuan(money[1] - money[0])))
    tables = [Table("合计", ("", old.label, new.label, "差"), sums)]
    tables += _persons("减少的人（旧表有，新表没有）", compared.missing, whole)
    tables += _persons("增加的人（新表有，旧表没有）", compared.added, whole)
    changes = [
        (*_who(one.new, whole), _label(change.field), *_both(change, whole), "" if one.certain else one.by)
        for one in compared.changed
        for change in one.changes
    ]
    headers = ("姓名", "身份证号", "乡镇", "项目", "旧", "新", "不确定：依据")
    tables += _listed("改动", headers, changes)
    unsure = [
        (*_who(one.old, whole), mask_id(one.new.identity.id_value, whole), one.by) for one in compared.unsure
    ]
    tables += _listed(
        "没有把握，按下列依据当作同一人，请核对", ("姓名", "旧表号码", "乡镇", "新表号码", "依据"), unsure
    )
    possible = [
        (
            *_who(one.old, whole),
            str(len(one.new)),
            "、".join(f"第{spot.row}行" for entry in one.new for spot in entry.spots[:1]),
        )
        for one in compared.possible
    ]
    tables += _listed(
        "可能是同一人，但分不清是哪一个，请核对",
        ("姓名", "号码", "乡镇", "新表可能有几个", "在新表"),
        possible,
    )
    for title, side in (("旧表里重复的人", old), ("新表里重复的人", new)):
        twice = [(*_who(entry, whole), _spots(entry)) for entry in side.list.twice]
        tables += _listed(title, ("姓名", "身份证号", "乡镇", "出现在"), twice)
    return tables


def _listed(title: str, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Table]:
    if not rows:
        return []
    shown = rows[:_SHOWN]
    more = f"，只列前{_SHOWN}条，全部见 --format json" if len(rows) > _SHOWN else ""
    return [Table(f"{title}（{len(rows)}条{more}）", headers, shown)]


def _persons(title: str, entries: Iterable[Any], whole: bool) -> list[Table]:
    rows = [
        (
            *_who(entry, whole),
            _first(entry, "village"),
            _first(entry, "relation"),
            _total(entry),
            _spots(entry),
        )
        for entry in entries
    ]
    return _listed(title, ("姓名", "身份证号", "乡镇", "村（社区）", "关系", "金额（元）", "在表中"), rows)


def _who(entry: Any, whole: bool) -> tuple[str, str, str]:
    return entry.identity.name, mask_id(entry.identity.id_value, whole), _first(entry, "township")


def _first(entry: Any, name: str) -> str:
    told = entry.told.get(name, ())
    return str(told[0]) if told else ""


def _total(entry: Any) -> str:
    told = entry.told.get("amount:total", ())
    return yuan(told[0]) if told else ""


def _spots(entry: Any) -> str:
    return "、".join(f"{spot.sheet}第{spot.row}行" for spot in entry.spots[:4])


def _label(name: str) -> str:
    from ..tasks.listing import label

    return label(name)


def _both(change: Any, whole: bool) -> tuple[str, str]:
    return _text(change.field, change.old, whole), _text(change.field, change.new, whole)


def _text(name: str, told: tuple[Any, ...], whole: bool) -> str:
    if name.startswith(_MONEY):
        return "；".join(yuan(fen) for fen in told)
    return "；".join(_masked(name, value, whole) for value in told)


def _masked(name: str, value: object, whole: bool) -> str:
    text = str(value)
    if name in ("head", "case"):
        return mask_id(text, whole) if len(text) >= 11 else text
    return mask_account(text, whole) if name in ("account", "phone") else text


def _values(name: str, told: tuple[Any, ...], whole: bool) -> object:
    found = [value if isinstance(value, int) else _masked(name, value, whole) for value in told]
    return found[0] if len(found) == 1 else (found or None)


def _side(side: Any) -> dict[str, object]:
    return {
        "label": side.label,
        "file": side.file,
        "batch": f"b{side.batch}" if side.batch else None,
        "source": side.source,
        "period": side.period or None,
        "persons": len(side.list.entries),
        "households": side.list.households,
        "amount_fen": side.list.fen,
        "other_lists": list(side.others),
    }


def _person(entry: Any, whole: bool) -> dict[str, object]:
    i = entry.identity
    return {
        "name": i.name,
        "id_number": mask_id(i.id_value, whole),
        "id_state": i.id_kind,
        "role": entry.role,
        "rows": [{"sheet": spot.sheet, "row": spot.row} for spot in entry.spots],
        "says": {name: _values(name, told, whole) for name, told in sorted(entry.told.items())},
    }


def _matched(one: Any, whole: bool) -> dict[str, object]:
    return {
        **_person(one.new, whole),
        "certain": one.certain,
        "matched_by": one.by,
        "old_rows": [{"sheet": spot.sheet, "row": spot.row} for spot in one.old.spots],
        "changes": [
            {
                "field": change.field,
                "label": _label(change.field),
                "old": _values(change.field, change.old, whole),
                "new": _values(change.field, change.new, whole),
            }
            for change in one.changes
        ],
    }
