"""The townships and villages of a district, and which of them a cell means. Data (YAML), no guessing.

A name that is not in the list stays as it is written; what it may have been meant for is only offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, TypeVar

from .coercion import answers, cells

if TYPE_CHECKING:
    from .regionlist import Township, Village

How = Literal["exact", "alias", "former", "suffix", "unknown", "unchecked", "missing"]

KIND = re.compile(r"(?:民族乡|镇|乡|街道|苏木|经济开发区|开发区|农场|林场|街)\Z")
_CODED = re.compile(r"(\d{12}|\d{9})[-—_/:.、]*(\D.*)\Z|(\D.*?)[-—_/:.、(]*(\d{12}|\d{9})\)?\Z", re.ASCII)
_NUMERAL = r"[\d一二三四五六七八九十]+"
_GROUP = re.compile(rf"(?<=.)第?{_NUMERAL}(?:村民)?(?:小组|生产队|组|队|屯|社(?!区))(?:\d+号)?\Z")
_VILLAGE = re.compile(r"(?:行政村|村)?(?:村民委员会|村委会|村委)\Z|行政村\Z|村\Z")
_COMMUNITY = re.compile(r"社区?(?:居民委员会|居委会|居委|村?委会)\Z|(?:居民委员会|居委会|居委)\Z|社区\Z")
_GROUP_NEXT = re.compile(rf"第?{_NUMERAL}")
_REMEMBERED = 65536


class _Merging(Protocol):
    """A place that may have been merged into another."""

    name: str
    merged_into: str


_NamedT = TypeVar("_NamedT", bound=_Merging)


class Place(NamedTuple):
    """What a cell means. `name` is that of the list, or what is written where `how` is ``unknown``.

    `how`: the name or code itself, an alias, a former name (merged ones too), with words before or behind
    it (``suffix``), ``unknown``, ``unchecked`` (there is no list) or ``missing`` (nothing is written). `near`
    is what an unknown name may have been meant for, for a note to a person; `township` that of a village.
    """

    name: str
    code: str
    how: How
    near: str = ""
    township: str = ""


class Regions:
    """Looks places up; without a list every township is what `answers.township` makes of it."""

    def __init__(self, townships: Sequence[Township] = (), district: Iterable[str] = ()) -> None:
        self._made_from = (tuple(townships), tuple(district))
        district = self._made_from[1]
        district_names = "|".join(map(re.escape, sorted(map(folded, district), key=len, reverse=True)))
        self._above = re.compile(
            rf"(?:.*[省市州盟])?(?:{district_names})(.+)\Z" if district_names else r"(?!)"
        )
        by_name = {town.name: town for town in townships}
        self._towns: dict[str, Place] = {}
        self._town_codes: dict[str, Place] = {}
        self._villages: dict[str, dict[str, Place]] = {}
        self._village_codes: dict[str, Place] = {}
        shorts: list[tuple[str, Place]] = []
        for town in townships:
            meant = target(town, by_name)
            for name, how in town.names():
                self._towns[folded(name)] = Place(meant.name, meant.code, how, township=meant.name)
            if town.code:
                same = Place(
                    meant.name, meant.code, "former" if town.merged_into else "exact", "", meant.name
                )
                self._town_codes[town.code[:9]] = same
            if town.short() and not town.merged_into:
                shorts.append((town.short(), Place(meant.name, meant.code, "alias", township=meant.name)))
            self._add_villages(meant.name, town.villages)
        for short, place in shorts:
            if [other for other, _ in shorts].count(short) == 1:
                self._towns.setdefault(short, place)
        self._full_names = sorted((name for name in self._towns if KIND.search(name)), key=len, reverse=True)
        self._township = lru_cache(maxsize=_REMEMBERED)(self._find_township)
        self._village = lru_cache(maxsize=_REMEMBERED)(self._find_village)

    def __bool__(self) -> bool:
        return bool(self._towns)

    def __reduce__(self) -> tuple[object, ...]:
        """Sent to another process as the list it was made from."""
        return Regions, self._made_from

    def township(self, raw: str) -> Place:
        """The township of a cell: by name, code, ``编码-名称``, with its county before or its office behind."""
        return self._township(raw)

    def village(self, raw: str, township: str = "") -> Place:
        """The village of a cell in a township (as `township` gave it).

        Without a township a name that occurs once in the district is found; one that occurs in several
        is ``unknown``, and `near` names them.
        """
        return self._village(raw, township)

    # ------------------------------------------------------------ townships

    def _find_township(self, raw: str) -> Place:
        written = answers.township(raw) or ""
        text = folded(raw)
        if not self or not written:
            return Place(written, "", "unchecked" if written else "missing")
        coded = _by_code(text, self._town_codes)
        if coded is not None:
            return self._agreeing(coded, text, self._towns) or Place(written, "", "unknown", coded.name)
        found = self._towns.get(text)
        if found:
            return found
        for rest in self._without_district(folded(written)):
            if rest in self._towns:
                return _said_with_more(self._towns[rest])
            whole = next((name for name in self._full_names if rest.startswith(name)), None)
            if whole:
                return _said_with_more(self._towns[whole])
        return Place(written, "", "unknown", _near(folded(written), self._towns))

    # ------------------------------------------------------------ villages

    def _add_villages(self, township: str, villages: Sequence[Village]) -> None:
        here = self._villages.setdefault(township, {})
        by_name = {village.name: village for village in villages}
        for village in villages:
            meant = target(village, by_name)
            for name, how in village.names():
                place = Place(meant.name, meant.code, how, township=township)
                here[folded(name)] = place
                here.setdefault(_stem(name), _said_with_more(place))
            if village.code:
                how = "former" if village.merged_into else "exact"
                self._village_codes[village.code] = Place(meant.name, meant.code, how, township=township)

    def _find_village(self, raw: str, township: str) -> Place:
        written = cells.text(raw) or ""
        if not self or not written:
            return Place(written, "", "unchecked" if written else "missing")
        text = folded(raw)
        coded = _by_code(text, self._village_codes)
        if coded is not None:
            fits = not township or coded.township == township
            agreeing = self._agreeing(coded, text, self._villages[coded.township]) if fits else None
            return agreeing or Place(written, "", "unknown", coded.township + coded.name)
        named = next(
            (
                name
                for rest in self._without_district(text)
                for name in self._full_names
                if rest.startswith(name)
            ),
            "",
        )
        if named:
            told = self._towns[named].name
            if township and told != township:
                return Place(written, "", "unknown", f"{told}（与乡镇栏的{township}不同）")
            township, text = told, text[text.index(named) + len(named) :] or text
        return self._in_township(written, text, township, bool(named))

    def _in_township(self, written: str, text: str, township: str, more: bool) -> Place:
        found = [
            place for town in self._searched(township) if (place := _village_in(self._villages[town], text))
        ]
        if len(found) == 1:
            return _said_with_more(found[0]) if more else found[0]
        if found:
            return Place(written, "", "unknown", "、".join(place.township + place.name for place in found))
        if township:
            return Place(
                written, "", "unknown", _near(_stem(text), self._villages.get(township, {})), township
            )
        return Place(written, "", "unknown")

    def _without_district(self, text: str) -> list[str]:
        """The text, and what stands behind the name of this district; another's name is left in front."""
        found = self._above.match(text)
        return [text, found.group(1)] if found else [text]

    def _searched(self, township: str) -> list[str]:
        if township:
            return [township] if township in self._villages else []
        return list(self._villages)

    # ------------------------------------------------------------ both

    @staticmethod
    def _agreeing(coded: Place, text: str, names: dict[str, Place]) -> Place | None:
        """The place of a code, unless a known name of another place stands beside it."""
        parts = _CODED.match(text)
        beside = (parts.group(2) or parts.group(3)) if parts else ""
        other = names.get(beside) or names.get(_stem(beside)) if beside else None
        return None if other is not None and other.name != coded.name else coded


def target(item: _NamedT, by_name: dict[str, _NamedT]) -> _NamedT:
    """The place that something was merged into, at the end of the chain; itself where it was not."""
    for _ in by_name:
        item = by_name.get(item.merged_into, item)
    return item


def folded(raw: str) -> str:
    """Without blanks, full-width signs folded, a note in brackets at the end gone."""
    text = cells.text(raw) or ""
    return re.sub(r"(?<=.)[(\[【〔][^\d]*\Z", "", text)


def _stem(name: str) -> str:
    """东塘村村民委员会 as 东塘村, 和平居委会 as 和平社区, a group at the end gone."""
    base = _GROUP.sub("", name)
    for form, kind in ((_COMMUNITY, "社区"), (_VILLAGE, "村")):
        bare = form.sub("", base)
        if bare and bare != base:
            return bare + kind
    return base


def _village_in(here: dict[str, Place], text: str) -> Place | None:
    """The village of one township that a text names, a kind left out or words behind it."""
    if text in here:
        return here[text]
    stem = _stem(text)
    if stem in here:
        return _said_with_more(here[stem])
    kinds = {here[stem + kind].name: here[stem + kind] for kind in ("村", "社区") if stem + kind in here}
    if len(kinds) == 1:
        return _said_with_more(kinds.popitem()[1])
    in_address = [name for name in here if text.startswith(name) and _GROUP_NEXT.match(text[len(name) :])]
    return _said_with_more(here[max(in_address, key=len)]) if in_address else None


def _by_code(text: str, codes: dict[str, Place]) -> Place | None:
    """The place whose code a text holds, alone or beside a name; a township's code may end in 000."""
    found = _CODED.match(text)
    code = (found.group(1) or found.group(4)) if found else text
    return codes.get(code) or (codes.get(code[:9]) if code[9:] == "000" else None)


def _said_with_more(place: Place) -> Place:
    return place._replace(how="suffix") if place.how == "exact" else place


def _near(text: str, names: dict[str, Place]) -> str:
    """The one place whose name is the same but for the kind, or one letter off; '' where several are."""
    from rapidfuzz.distance import OSA

    bare = _bare(text)
    found = {place.name for name, place in names.items() if _bare(name) == bare}
    found = found or {
        place.name for name, place in names.items() if OSA.distance(name, text, score_cutoff=1) <= 1
    }
    return found.pop() if len(found) == 1 else ""


def _bare(name: str) -> str:
    return KIND.sub("", re.sub(r"(?:村|社区)\Z", "", name)) or name
