"""Rows below the header that are no data: totals, signatures, notes, column numbers, repeated headers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from .headings import heading_key, is_unit_row

_BLANK = re.compile(r"\s+")
_TOTAL = re.compile(r"[^\d]{0,12}(小计|合计|总计|共计|累计)(?:$|[:：(（\d])")
_SIGNATURE = (
    "制表|审核|复核|填报|填表|填写|经办|经手|负责|主要负责|分管|单位负责|单位领导|领导|领导签批|财政所|民政所|主管|"
    "局长|镇长|签字|签章|盖章|联系人|打印|导出|制单|会计|出纳|入户|日期|单位"
)
_OFFICE = "人|员|者|人员|长|所长|领导|意见|单位|时间|日期|签字|签名|签章|盖章|签批"
_FOOTER = re.compile(rf"(?:{_SIGNATURE})(?:{_OFFICE})*(?:[:(]|$)")
_DATE_LINE = re.compile(r"\d{4}年\d{0,2}月\d{0,2}日?$")
_NOTE = re.compile(r"(?:注|备注|说明|填表说明|附注|注意|提示)\d*[:.、]|\*|※|第\d+页|共\d+页|以下空白|-+以下")

_REMARK = re.compile(
    r"以上|以下|上述|共计?\d+[户人名笔]|"
    r"(?:\(?\d{1,2}\)?[.、)]|[一二三四五六七八九十]+、)?(?:请|本表|此表|特此|如有|联系电话|(?:经|按|根据).{4})"
)


def total_label(cells: Sequence[str]) -> str:
    """小计, 合计 … when the row is a line of totals; '' otherwise."""
    for cell in _first_words(cells):
        found = _TOTAL.match(cell)
        if found:
            return found.group(1)
    return ""


def is_footer(cells: Sequence[str]) -> bool:
    """Whether the row holds signatures (制表人：…) or a note (注：…)."""
    words = _first_words(cells)
    return bool(words) and any(form.match(words[0]) for form in (_FOOTER, _NOTE, _DATE_LINE))


def is_remark(cells: Sequence[str]) -> bool:
    """Whether the one filled cell of a row is a sentence to the reader: 以上共8户，请审核; 2.请于10日前上报."""
    filled = [_BLANK.sub("", unicodedata.normalize("NFKC", cell)) for cell in cells if cell.strip()]
    return len(filled) == 1 and _REMARK.match(filled[0]) is not None


def _first_words(cells: Sequence[str]) -> list[str]:
    """The first three filled cells that are not plain numbers, blanks gone."""
    words: list[str] = []
    for cell in cells:
        text = _BLANK.sub("", unicodedata.normalize("NFKC", cell))
        if text and not text.isdigit():
            words.append(text)
            if len(words) == 3:
                break
    return words


def is_column_numbers(cells: Sequence[str]) -> bool:
    """Whether the row numbers the columns: 1 2 3 …, also behind 甲, 乙 or 栏次, also in brackets."""
    words = [_BLANK.sub("", unicodedata.normalize("NFKC", cell)).strip("()") for cell in cells]
    words = [word for word in words if word and word not in ("甲", "乙", "丙", "丁", "栏次", "序号")]
    return len(words) >= 3 and words == [str(number) for number in range(1, len(words) + 1)]


def is_repeated_header(cells: Sequence[str], header: Sequence[str]) -> bool:
    """Whether most filled cells say what the header says in their column."""
    filled = [(index, cell) for index, cell in enumerate(cells) if cell.strip()]
    same = sum(
        index < len(header) and heading_key(cell) == heading_key(header[index]) for index, cell in filled
    )
    return same >= 2 and same * 2 > len(filled)


def is_decoration(
    cells: Sequence[str], header: Sequence[str], above: Sequence[tuple[str, ...]], has_figures: bool
) -> bool:
    """Whether a row is one of those that print-outs repeat; totals are asked for apart.

    A row that holds sums or counts (`has_figures`) is no signature, whatever its first word.
    """
    return (
        (is_footer(cells) and not has_figures)
        or is_column_numbers(cells)
        or is_repeated_header(cells, header)
        or is_unit_row(cells)
        or tuple(cells) in above
    )
