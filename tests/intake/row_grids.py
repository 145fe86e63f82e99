"""The same list laid out as offices lay lists out: what is drawn is the layout, what must not change is the content."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from cell_spellings import spelt, wide
from grid_people import FILES, Person, is_shared, persons
from intake_files import TEMPLATES, text_file, xlsx
from openpyxl.utils import get_column_letter, range_boundaries

from aidcli.intake.fields import FIELDS

Cell = object
Line = list[Cell]

_UNKNOWN = {"serial": "序号", "remark": "备注", "note": "领取人签字（章）"}
_HINTS = ("必填", "选填", "格式：2026-10-09", "下拉选择", "例如：张三")
_PARENTS = ("基本信息", "基本情况", "相关信息", "其他情况", "审批信息", "登记情况")
_ABOVE: tuple[Line, ...] = (
    ["附件2"],
    [],
    ["示例区2026年9月份情况表"],
    ["填报单位（盖章）：示例区民政局", "", "", "填报日期：2026年10月8日"],
    ["说明：本表一式两份，请于每月5日前报送。"],
    ["制表人：赵某某", "", "审核人：钱某某", "", "单位负责人："],
    ["", "", "（此表按月填报）"],
    ["统计范围：全区各镇街"],
)
_BELOW: tuple[Line, ...] = (
    ["制表人：赵某某", "", "审核人：钱某某", "", "单位负责人："],
    ["注：1.本表由民政所填报；2.不得涂改。"],
    ["填表日期：2026年10月8日"],
    ["以上人员均已核对，请审核"],
    ["第1页，共1页"],
    ["", "制表：赵某某"],
)
EXTRAS = (
    "serial",  # a column of running numbers
    "remarks",  # columns that no template knows
    "units",  # a row of units below the header
    "numbers",  # a row of column numbers
    "hints",  # a row that tells how to fill in the form
    "again",  # the header once more on every page
    "titles",  # and the titles with it
    "subtotals",
    "total",
    "blanks",
    "signatures",
    "wider",  # empty columns to the right
    "shifted",  # empty columns to the left
)


class Layout(NamedTuple):
    """One way to lay a list out.

    `order`: places of the columns; `titles`: how many rows stand above the header; `extras`: of `EXTRAS`;
    `every`: after how many persons a page ends; `wan`: where 万元 is said (heading, row, line) or ''.
    `spread`: members in columns of their own; `fill`: repeat, merge or leave blank what holds for several rows.
    """

    source: str
    people: int
    fields: tuple[str, ...]
    order: tuple[int, ...]
    titles: int
    levels: int
    extras: frozenset[str]
    every: int
    wan: str
    spread: bool
    fill: str
    habits: frozenset[str]
    heading_habits: frozenset[str]
    seed: int
    workbook: bool


# ---------------------------------------------------------------- the plain layout and any other


def plain_layout(layout: Layout) -> Layout:
    """The same list as a system exports it: one header row of the first headings, nothing else."""
    return layout._replace(
        order=tuple(range(len(layout.order))),
        titles=0,
        levels=1,
        extras=frozenset(),
        wan="",
        spread=False,
        fill="repeat",
        habits=frozenset(),
        heading_habits=frozenset(),
        seed=-1,
        workbook=False,
    )


def write(layout: Layout, folder: Path) -> Path:
    """The list laid out, as a workbook or as text."""
    grid = _Grid(layout)
    name = folder / FILES[layout.source]
    if layout.workbook:
        lines = [[None if cell == "" else cell for cell in line] for line in grid.lines]
        return xlsx(name.with_suffix(".xlsx"), ("名单", lines), merges=grid.merges)
    return text_file(name.with_suffix(".csv"), grid.lines)


def _shifted(area: str) -> str:
    """A merged area two columns further right."""
    left, top, right, bottom = range_boundaries(area)
    return f"{get_column_letter(left + 2)}{top}:{get_column_letter(right + 2)}{bottom}"


class _Grid:
    """The lines of a sheet and what is merged in it, put together from the top."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.lines: list[Line] = []
        self.merges: list[str] = []
        self._template = TEMPLATES[layout.source]
        self._chance = random.Random(layout.seed)
        self._people = persons(layout.source, layout.fields, layout.people)
        self._columns = self._order(self._expanded(layout.fields))
        self._headings = [self._heading(column) for column in self._columns]
        self._top()
        self._body()
        if "wider" in layout.extras:
            self.lines = [[*line, "", "", ""] for line in self.lines]
        if "shifted" in layout.extras:
            self.lines = [["", "", *line] for line in self.lines]
            self.merges = [_shifted(area) for area in self.merges]

    def _expanded(self, fields: Sequence[str]) -> list[str]:
        """The columns: members in one cell, or each in columns of their own."""
        lists = {"member_names", "member_ids"}
        columns = list(fields)
        if self.layout.spread and lists <= set(fields):
            columns = [field for field in fields if field not in lists]
            columns += ["member_name:1", "member_id:1", "member_name:2", "member_id:2"]
        columns += ["serial"] if "serial" in self.layout.extras else []
        return columns + (["remark", "note"] if "remarks" in self.layout.extras else [])

    def _order(self, columns: list[str]) -> list[str]:
        known = sorted(range(len(columns)), key=lambda place: (*self.layout.order, *range(999))[place])
        return [columns[place] for place in known]

    # ------------------------------------------------------------ what stands above

    def _heading(self, column: str) -> str:
        field, _, slot = column.partition(":")
        if slot:
            return f"成员{slot}{'姓名' if field == 'member_name' else '身份证号'}"
        if field in _UNKNOWN:
            return _UNKNOWN[field]
        written = [one for one in self._template.fields[field].headings if "季" not in one]  # another sum
        heading = written[0] if self.layout.seed < 0 else self._chance.choice(written)
        if FIELDS[field].type == "money" and self.layout.wan:
            heading = heading.replace("（元）", "").replace("(元)", "")
            said = "万元" in heading
            heading += "（万元）" if self.layout.wan == "heading" and not said else ""
        return self._as_written(heading)

    def _as_written(self, heading: str) -> str:
        habits, chance = self.layout.heading_habits, self._chance
        if "blanks" in habits and len(heading) > 1:
            place = chance.randrange(1, len(heading))
            heading = heading[:place] + chance.choice((" ", "　", "\n", "  ")) + heading[place:]
        if "marks" in habits:
            heading = chance.choice(("*{}", "{}：", "{}*", " {} ")).format(heading)
        if "wide" in habits:
            heading = wide(heading)
        if "account" in habits:
            heading = heading.replace("账", "帐")
        return heading

    def _top(self) -> None:
        chance = self._chance
        for number in range(self.layout.titles):
            line = list(chance.choice(_ABOVE))
            if self.layout.workbook and line and number == 0:
                self.merges.append(f"A1:{get_column_letter(max(2, len(self._columns)))}1")
                line = line[:1]
            self.lines.append(line)
        if self.layout.wan == "line":
            self.lines.append(["", "单位：万元"])
        self._titles = [line for line in self.lines if line]
        self._header = self._levels()
        self.lines += self._header
        if "units" in self.layout.extras or self.layout.wan == "row":
            units = {"money": "万元" if self.layout.wan else "元", "count": "人"}
            line = [units.get(self._kind(column), "") for column in self._columns]
            if any(line):
                self.lines.append(list(line))
        if "hints" in self.layout.extras:
            self.lines.append([chance.choice(_HINTS) for _ in self._columns])
        if "numbers" in self.layout.extras:
            self.lines.append([str(number) for number in range(1, len(self._columns) + 1)])

    def _levels(self) -> list[Line]:
        """The header: neighbours under words that say nothing of their own, over them perhaps another such word.

        A heading without a word above it stands in the first row and reaches to the last.
        """
        depth, width, first = self.layout.levels, len(self._columns), len(self.lines) + 1
        header: list[Line] = [[""] * width for _ in range(depth)]
        under = [0] * width
        words = iter(self._chance.sample(_PARENTS, len(_PARENTS)))
        for start, end, level in self._groups(depth, width):
            header[level][start] = next(words)
            self._merge(first + level, start, first + level, end - 1)
            under[start:end] = [level + 1] * (end - start)
        for place, heading in enumerate(self._headings):
            header[under[place]][place] = heading
            self._merge(first + under[place], place, first + depth - 1, place)
        return header

    def _groups(self, depth: int, width: int) -> list[tuple[int, int, int]]:
        """(first column, behind the last, level) of the words above headings, the widest first."""
        if depth == 1 or width < 5:
            return []
        start = self._chance.randrange(0, width - 4)
        if depth == 3:
            end = self._chance.randrange(start + 4, width + 1)
            cut = self._chance.randrange(start + 2, end - 1)
            return [(start, end, 0), (start, cut, 1), (cut, end, 1)]
        cut = self._chance.randrange(start + 2, width - 1)
        return [(start, cut, 0), (cut, self._chance.randrange(cut + 2, width + 1), 0)]

    def _merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if self.layout.workbook and (top, left) != (bottom, right):
            letters = get_column_letter(left + 1), get_column_letter(right + 1)
            self.merges.append(f"{letters[0]}{top}:{letters[1]}{bottom}")

    # ------------------------------------------------------------ the rows

    def _kind(self, column: str) -> str:
        field = column.partition(":")[0]
        return FIELDS[field].type if column not in _UNKNOWN else ""

    def _body(self) -> None:
        layout, extras, page = self.layout, self.layout.extras, 0
        since = 0
        for number, person in enumerate(self._people):
            if number and number % layout.every == 0:
                if "subtotals" in extras:
                    self._total("小计", self._people[since:number])
                    since = number
                if "signatures" in extras:
                    self._add(self._chance.choice(_BELOW))
                if "blanks" in extras:
                    self._add([])
                for line in self._titles if "titles" in extras else ():
                    self._add(line)
                if "again" in extras:
                    for line in self._header:
                        self._add(line)
                page = len(self.lines)
            self._add([self._cell(column, number, person, page) for column in self._columns])
        if "subtotals" in extras:
            self._total("本页小计", self._people[since:])
        if "total" in extras:
            self._total("合计", self._people)
        if "signatures" in extras:
            for line in self._chance.sample(_BELOW, 3):
                self._add(line)
        if "blanks" in extras:
            self.lines += [[], []]

    def _add(self, line: Iterable[Cell]) -> None:
        self.lines.append(list(line))

    def _cell(self, column: str, number: int, person: Person, page: int) -> Cell:
        field, _, slot = column.partition(":")
        if column in _UNKNOWN:
            return number + 1 if column == "serial" else self._chance.choice(("", "", "已核对"))
        if slot:
            listed = person.values["member_names" if field == "member_name" else "member_ids"].split("；")
            return self._spelt(field, listed[int(slot) - 1])
        value = person.values[field]
        if self._holds_on(field, number, person, value, page):
            return ""
        if FIELDS[field].type == "list":
            return self._listed(field, value)
        if FIELDS[field].type == "money" and self.layout.wan and value:
            value = f"{Decimal(value) / 10000:f}"
        return self._spelt(field, value)

    def _spelt(self, field: str, value: str) -> Cell:
        layout = self.layout
        return spelt(
            field,
            self._template,
            value,
            layout.habits,
            self._chance,
            typed=layout.workbook and not layout.wan,
        )

    def _listed(self, field: str, value: str) -> str:
        sign = self._chance.choice("；;、,，\n") if "words" in self.layout.habits else "；"
        kind = "member_name" if field == "member_names" else "member_id"
        return sign.join(str(self._spelt(kind, one)) for one in value.split("；"))

    def _holds_on(self, field: str, number: int, person: Person, value: str, page: int) -> bool:
        """Whether the cell is left blank because the one above it holds for it too."""
        if self._left_blank(field, person):
            return True
        if self.layout.fill != "merge" or not self.layout.workbook or not FIELDS[field].fills or not number:
            return False
        before = self._people[number - 1].values[field]
        place = self._columns.index(field)
        row = len(self.lines) + 1
        if before != value or not value or row - 1 <= max(page, len(self.lines) - number % 3):
            return False
        self._stretch(place, row)
        return True

    def _left_blank(self, field: str, person: Person) -> bool:
        """Whether a member under their head leaves out what the head's row says for all."""
        under = self._template.grouped and not person.is_head
        return under and self.layout.fill == "blank" and is_shared(field)

    def _stretch(self, place: int, row: int) -> None:
        """Merges the cell with the one above it, or with those that this one is merged with already."""
        letter = get_column_letter(place + 1)
        for at, area in enumerate(self.merges):
            if area.startswith(letter) and area.endswith(f":{letter}{row - 1}"):
                self.merges[at] = f"{area.partition(':')[0]}:{letter}{row}"
                return
        self.merges.append(f"{letter}{row - 1}:{letter}{row}")

    def _total(self, label: str, people: Sequence[Person]) -> None:
        """A line of printed sums, its word in the first column that holds none."""
        line: Line = [""] * len(self._columns)
        for place, column in enumerate(self._columns):
            kind = self._kind(column)
            if kind not in ("money", "count"):
                continue
            printed = [person.values[column] for person in people if not self._left_blank(column, person)]
            total = sum((Decimal(value or 0) for value in printed), Decimal())
            line[place] = f"{total / 10000 if self.layout.wan and kind == 'money' else total:f}"
        line[next(place for place, cell in enumerate(line) if cell == "")] = label
        self._add(line)
