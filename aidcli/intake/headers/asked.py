"""Headers that would be read, but wrongly: sums in two units side by side, a day of death under an odd heading."""

from __future__ import annotations

import re
from pathlib import Path

from ...errors import AidError, Problem
from ..fields import FIELDS
from ..templates import Template
from .doubts import letter, titled
from .wording import Column, HeaderMatch, heading_key, money_factor

_DAY_OF_DEATH = re.compile(
    r"(?:死亡|去世|逝世|亡故|过世|离世|身故|故去|病故|逝|亡|殁).{0,4}(?:日|时间|年月|时刻|何时)"
)
_OTHER_DAY = re.compile(
    r"注销|登记|报告|申报|上报|证|开具|出具|签发|打印|火化|安葬|受理|办理|核实|停[保发]|录入|年龄|原因|地"
)


def refuse_mixed_units(path: Path, sheet: str, match: HeaderMatch) -> None:
    """Raises `AidError` (``unit_mixed``) where of sums of one kind some are in 万元 and others name no unit.

    医疗总费用（万元） beside 医疗救助金额: the second is most likely in 万元 too, but nobody says so. 家庭年收入（万元）
    beside 人均年收入 may be either.
    """
    by_kind: dict[str, list[Column]] = {}
    for field, column in match.columns.items():
        if FIELDS[field].type == "money" and "_" in field:
            by_kind.setdefault(_kind_of(field), []).append(column)
    for several in by_kind.values():
        large = [column for column in several if (money_factor(column.unit) or 1) > 1]
        silent = [column for column in several if not column.unit]
        if large and silent:
            raise _mixed(path, sheet, match.row, large[0], silent)


def _kind_of(field: str) -> str:
    """Of what a sum is: medical, aid …; whosever income it is, for a month or a year, it is income."""
    return "income" if "income" in field.split("_") else field.partition("_")[0]


def _mixed(path: Path, sheet: str, row: int, large: Column, silent: list[Column]) -> AidError:
    listed = "、".join(f"“{column.heading.strip()}”" for column in silent[:4])
    return AidError(
        "unit_mixed",
        f"文件“{path.name}”工作表“{sheet}”第{row}行：列“{large.heading.strip()}”写明{large.unit}，"
        f"同类的列{listed}没有写单位，分不清是元还是{large.unit}，整个文件没有导入",
        file=path.name,
        sheet=sheet,
        row=row,
        column=letter(silent[0]),
        hint=f"请把单位写进每一列的列名，例如“{silent[0].heading.strip()}（元）”或“{silent[0].heading.strip()}（{large.unit}）”，再导入",
    )


def death_day_unread(template: Template, match: HeaderMatch) -> Column | None:
    """A column of a list of the dead that is headed like the day of death and not read."""
    if "death_day" not in template.fields or "death_day" in match.columns:
        return None
    taken = {column.place for column in match.columns.values()}
    for place, heading in enumerate(match.headings):
        key = heading_key(heading)
        if place not in taken and _DAY_OF_DEATH.search(key) and not _OTHER_DAY.search(key):
            return Column(place, heading, "")
    return None


def unread_deaths(sheet: str, match: HeaderMatch, template: Template) -> list[Problem]:
    """The note on such a column: another day is not taken for that of the death."""
    column = death_day_unread(template, match)
    if column is None:
        return []
    message = (
        f"{titled(column)}（{letter(column)}列）像是死亡日期，模板里没有这个列名，没有采用；"
        "火化、登记的日子也没有当作死亡日期。请把列名改为“死亡日期”后重新导入"
    )
    return [
        Problem(sheet, match.row, letter(column), column.heading.strip(), "death_day_unread", message, "note")
    ]
