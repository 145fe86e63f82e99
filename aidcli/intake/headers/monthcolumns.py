"""Columns of single months and of their sum, and of a quarter that is named: 7月 | 8月 | 9月 | 合计, 三季度发放金额."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from .wording import SUM_WORDS, Known, Vocabulary, bare_key, heading_key

_MONTHS = {word: number for number, word in enumerate("一二三四五六七八九十", start=1)} | {
    "十一": 11,
    "十二": 12,
}
_MONTH = re.compile(r"(?:20\d\d年?)?(1[0-2]|0?[1-9]|十[一二]|[一二三四五六七八九十])月(?:份)?(.*)\Z")
_MONEY = re.compile(
    r"/?(?:应发|实发|发放|补贴|补助|津贴|保障金|低保金|供养金|生活费|护理|救助金?|领取|金额|资金|标准|的|元)*\Z"
)
_SUM = re.compile(
    r"(?:第?[一二三四1-4]|本|全|该)?季度?(?:应发|实发|发放|补贴|补助|津贴)?(?:合计|小计|总计|总额|金额|共计)|"
    r"(?:应发|实发|发放)?(?:合计|小计|总计|共计)(?:金额|发放|应发|实发)?|(?:金额|发放)(?:合计|小计|总额)|三个月(?:合计|小计)"
)
_FEWEST = 2
_SEVERAL = 3
_QUARTERLY = "benefit_fen"  # what may be paid out for three months at once
_QUARTER = re.compile(r"(?:20\d\d年?)?第?([一二三四1-4])季度?(?=[^节])")


def months_and_sum(keys: Sequence[str]) -> tuple[tuple[int, ...], int] | None:
    """Months that follow one another under headings of one wording, and the nearest sum to their right."""
    by_words: dict[str, list[tuple[int, int]]] = {}
    for place, key in enumerate(keys):
        month = _MONTH.match(key)
        if month and _MONEY.match(month.group(2)):
            number = _number(month.group(1))
            by_words.setdefault(month.group(2), []).append((place, number))
    for several in by_words.values():
        numbers = [number for _, number in several]
        if len(several) < _FEWEST or any(two - one != 1 for one, two in itertools.pairwise(numbers)):
            continue
        last = several[-1][0]
        sums = [place for place in range(last + 1, len(keys)) if _SUM.fullmatch(keys[place])]
        if sums:
            return tuple(place for place, _ in several), sums[0]
    return None


def months_beside(headings: Sequence[str]) -> list[int]:
    """Columns that each hold the sum of a month (1月 … 12月, also under one heading); nothing for fewer than three."""
    keys = [bare_key(heading_key(heading.rpartition("/")[2])) for heading in headings]
    matches = [(place, _MONTH.match(key)) for place, key in enumerate(keys)]
    found = [place for place, month in matches if month and _MONEY.match(month.group(2))]
    return found if len(found) >= _SEVERAL else []


def _quarter_sum(keys: Sequence[str]) -> int | None:
    """Where the sum of the three months of a quarter stands that stand beside it; None where none does."""
    found = months_and_sum(keys)
    if found is None or len(found[0]) != 3:
        return None
    first = _MONTH.match(keys[found[0][0]])
    return found[1] if first and _number(first.group(1)) % 3 == 1 else None


def _less_quarter(key: str) -> str:
    """季度发放金额 for 第三季度发放金额 and 2026年三季度发放金额; the key itself where it names no quarter."""
    return _QUARTER.sub("季度", key, count=1)


def _quarters_named(keys: Sequence[str]) -> set[str]:
    """The quarters that headings name."""
    return {found.group(1) for key in keys if (found := _QUARTER.match(key))}


def sums_of_quarter(vocabulary: Vocabulary, paths: Sequence[tuple[str, ...]]) -> dict[int, Known]:
    """Columns of a benefit's sum for the one quarter that the headings name, and of the sum of its three months."""
    if _QUARTERLY not in vocabulary.periods:
        return {}
    keys = [_told_key(path) for path in paths]
    found = {}
    if len(_quarters_named(keys)) == 1:
        for place, key in enumerate(keys):
            known = vocabulary.known(_less_quarter(key)) if _less_quarter(key) != key else None
            if known is not None and known.field == _QUARTERLY:
                found[place] = known._replace(how="parts")
    at = _quarter_sum(keys)
    if at is not None:
        found.setdefault(at, Known(_QUARTERLY, 5000, "parts", "季度合计"))
    return found


def _told_key(path: Sequence[str]) -> str:
    """The key of the heading that says what a column is: that over 小计 or 合计, else the lowest."""
    keys = [bare_key(heading_key(one)) for one in path]
    if len(keys) > 1 and keys[-1] in SUM_WORDS and _quarters_named(keys[-2:-1]):
        return keys[-2]
    return keys[-1] if keys else ""


def _number(word: str) -> int:
    return _MONTHS.get(word) or int(word)
