"""Lines that head a section of a list, and what they say of those below: 二、本月停保, （三）新增对象（2户）."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_LIST = (
    r"(?:人员|对象|家庭|户|低保|特困|[（(]?停[发保][）)]?)*(?:名单|名册|花名册|明细|清单|台账|情况|表|册)*"
)
_WHEN = r"(?:(?:20\d\d年)?\d{1,2}月份?|本[月季期]|当[月季期]|月度)?"
_OF = r"(?:城市|城镇|农村|城乡|低保|特困|边缘|低边|刚性支出|高龄|津贴|补贴|两补|残补|孤儿|儿童|人员|对象|家庭|户)*"
_FEWER = re.compile(rf"{_WHEN}{_OF}(?:减少|核减|调出){_LIST}")
_LEFT = re.compile(
    rf"{_WHEN}(?:已)?{_OF}(?:减少|核减|调出|停[保发]|停止(?:救助|享受|发放)|取消|退[保出]|清退|死亡|去世|注销|[、及和])+{_LIST}"
)
_MORE = re.compile(rf"{_WHEN}{_OF}(?:增加|新增|新进|调入){_LIST}")
_STANDING = re.compile(rf"{_WHEN}{_OF}(?:在[保册享]|继续享受|继续保障|正常享受){_LIST}")
_UNSURE = re.compile(r"拟|公示|预警|疑似|待|申请|累计|历年|全年|增减|变动")
_NUMBERED = re.compile(r"[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[)）]|[、.．:：](?!\d))")
_COUNT = re.compile(r"[(（]?[:：]?(?:共|合计|计)?\d{1,5}[户人名个](?:[、,，/]?\d{1,5}[户人名])*[)）]?$")
_LONGEST = 30
_LEFTMOST = 1  # the column in which such a line may begin


def compact(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def bare_title(text: str) -> str:
    """A title without the number of its section, and without how many stand below it."""
    found = compact(text)
    numbered = _NUMBERED.match(found)
    return _COUNT.sub("", found[numbered.end() :] if numbered else found).rstrip(":：。")


def is_fewer(title: str) -> bool:
    """Whether a sheet is called a list of those who are fewer."""
    return _FEWER.fullmatch(bare_title(title)) is not None


def is_more(title: str) -> bool:
    return _MORE.fullmatch(bare_title(title)) is not None


def is_unsure(text: str) -> bool:
    """Whether a title speaks of what is not done yet, or of more than one time."""
    return _UNSURE.search(text) is not None


def leavers_line(cells: Sequence[str]) -> str:
    """What a row says that stands above those who left, in the middle of a list; '' for any other row."""
    said = bare_title(_line(cells))
    return said if _LEFT.fullmatch(said) and not is_unsure(said) else ""


def standing_line(cells: Sequence[str]) -> str:
    """What a row says that stands, below those who left, above others who did not; '' for any other row."""
    said = bare_title(_line(cells))
    return said if _MORE.fullmatch(said) or _STANDING.fullmatch(said) else ""


def _line(cells: Sequence[str]) -> str:
    """A row of one or two short cells as one text; one that begins further right is somebody's remark."""
    places = [place for place, cell in enumerate(cells) if cell.strip()]
    if not places or len(places) > 2 or places[0] > _LEFTMOST:
        return ""
    line = "".join(cells[place] for place in places)
    return line if len(line) <= _LONGEST and not re.search(r"\d{6}", line) else ""
