"""Records laid out in columns of numbers, ready to be blocked and compared by the million.

Everything that is the same for every record with the same text is worked out once for each distinct text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..idnumber import as_old
from ..model import Identity
from .anchors import GENERATION
from .figures import figures_of
from .hashing import Hashes, hash_texts
from .letters import simplified
from .namebook import Lore, NameBook, parent_named
from .phones import digits_of, number_of, phones

KINDS = ("missing", "valid", "legacy15", "bad_check", "cut", "scientific", "masked", "other")
MISSING, VALID, LEGACY, BAD, CUT, SCIENTIFIC, MASKED, OTHER = range(len(KINDS))

ID_LENGTH = 18
PREFIX = 15
SURE_MONTH = 13
SURE_YEAR = 10
_ZEROS = 1100  # tails that differ by so much end in the same three characters
_FILLED_IN = 19000101  # a day that stands for none
NUMBER_LIKE = 14  # digits from which another kind of number may be a mistyped one

_TOWN = re.compile(r"(?<=..)(?:街道办事处|街道办|办事处|民族乡|街道|地区|镇|乡)\Z")
_TOWN_BEFORE = re.compile(r"\A.{2,6}?(?:镇|乡|街道(?:办事处)?)(?=..+(?:村|社区|委会|[组队])\Z)")
_GROUP = re.compile(r"(?<=[村区会])第?[0-9一二三四五六七八九十]+(?:村民)?(?:小组|组|队|社)\Z")
_VILLAGE = re.compile(
    r"(?<=..)(?:社区居民委员会|村民委员会|居民委员会|社区居委会|社区村委会|村委会|居委会|居民小组|行政村|"
    r"自然村|社区|村)\Z"
)

_CARD = re.compile(r"[\d*]{17}[\dX*][1-7][1-4]\Z", re.ASCII)


@dataclass(frozen=True, eq=False)
class Features:
    """A row a record; 0 stands for what is not said."""

    book: NameBook
    name: NDArray[np.int64]  # place in the book
    former: NDArray[np.int64]
    parent: NDArray[np.int64]  # whose child a name like 某某之子 says
    kind: NDArray[np.int8]  # place in KINDS
    id_text: NDArray[np.object_]  # `Identity.id_value`, of a disability card the number in it
    id_hash: Hashes
    prefix: NDArray[np.int64]  # the first fifteen digits
    tail: NDArray[np.int64]  # the last four characters, from 1 (X counts as ten)
    area: NDArray[np.int64]
    birth: NDArray[np.int64]  # yyyymmdd as said beside the number, parts may be 0
    id_birth: NDArray[np.int64]  # the same as the number says it
    sex: NDArray[np.int8]  # 1 male, 2 female
    id_sex: NDArray[np.int8]  # the same as a right number says it
    township: Hashes
    village: Hashes
    phone: NDArray[np.int64]
    home: Hashes  # the household in which the register lists the person

    def __len__(self) -> int:
        return len(self.kind)

    @cached_property
    def whole(self) -> NDArray[np.bool_]:
        """Which have a right and complete number."""
        whole: NDArray[np.bool_] = (self.kind == VALID) | (self.kind == LEGACY)
        return whole

    @cached_property
    def borrowed(self) -> NDArray[np.bool_]:
        """Whose right number names another birth date or sex than the row itself: it may be somebody else's."""
        said, number = self.birth, self.id_birth
        months = said // 100 % 100
        parts = (said // 10000 != number // 10000).astype(np.int8)
        parts += (months != 0) & (months != number // 100 % 100)
        parts += (said % 100 != 0) & (said % 100 != number % 100)
        generation = np.abs(said // 10000 - number // 10000) >= GENERATION
        other_sex = (self.sex != 0) & (self.id_sex != 0) & (self.sex != self.id_sex)
        borrowed: NDArray[np.bool_] = self.whole & (((said != 0) & ((parts > 1) | generation)) | other_sex)
        return borrowed

    @cached_property
    def astray(self) -> NDArray[np.bool_]:
        """Whose number names another birth date than the row itself, in whatever both tell, or is no citizen's."""
        astray: NDArray[np.bool_] = self.borrowed | ((self.kind == OTHER) & (self.area == 0))
        for scale, size in ((10000, 10000), (100, 100), (1, 100)):
            said, number = self.birth // scale % size, self.id_birth // scale % size
            astray |= (said != 0) & (number != 0) & (said != number)
        return astray

    @cached_property
    def any_birth(self) -> NDArray[np.int64]:
        return np.where(self.birth != 0, self.birth, self.id_birth)

    @cached_property
    def sure_birth(self) -> NDArray[np.bool_]:
        """Who says a birth date beside the number; what the register lists is taken for right."""
        sure: NDArray[np.bool_] = (self.birth != 0) | (self.whole & (self.home != 0))
        return sure

    @cached_property
    def may_be_cut(self) -> NDArray[np.bool_]:
        """Right numbers that end in 000: one cut number in eleven happens to fit its check digit."""
        ends: NDArray[np.bool_] = self.whole & (self.tail % _ZEROS == 1)
        return ends

    @cached_property
    def figures(self) -> Hashes:
        """Of a right number how often it has each figure, as `figures` packs it; else 0."""
        found = np.zeros(len(self), np.uint64)
        rows = np.flatnonzero(self.whole & (self.prefix != 0))
        found[rows] = figures_of(self.prefix[rows], self.tail[rows])
        return found


def lay_out(identities: Sequence[Identity], homes: Sequence[str], lore: Lore) -> Features:
    """The features of some records. `homes`: for each the household that the register lists it in, or ''."""
    columns: Sequence[Sequence[str]] = list(zip(*identities, strict=True)) or [()] * len(Identity._fields)
    return lay_out_columns(Identity(*columns), homes, lore)  # type: ignore[arg-type]


def lay_out_columns(columns: Identity, homes: Sequence[str], lore: Lore) -> Features:
    """The same from columns: each slot of `columns` is a sequence with an entry a record."""
    raw = _numbered([""])
    name = _places(columns.name, raw)
    former = _places(columns.former_name, raw)
    for parent in sorted({parent_named(text) for text in raw}):
        raw.setdefault(parent, len(raw))
    book = NameBook(raw, lore)
    parent_of = np.zeros(len(book.raw), np.int64)
    for place, said in book.parent.items():
        parent_of[place] = raw[said]
    kinds = np.fromiter(map(_KIND.__getitem__, columns.id_kind), np.int8, len(columns.id_kind))
    texts = list(columns.id_value)
    for row in np.flatnonzero((kinds == MASKED) | (kinds == OTHER)).tolist():
        texts[row] = without_card(texts[row])
    for row in np.flatnonzero(kinds == CUT).tolist():
        old = as_old(texts[row])
        if old and columns.birth[row][:4] == old[6:10]:  # the row tells which of two readings is meant
            texts[row], kinds[row] = old, BAD
    numbers = _Numbers(texts, kinds)
    birth = _each(columns.birth, _day)
    sex = _each(columns.sex, lambda text: _SEX.get(text, 0)).astype(np.int8)
    sex = np.where(book.sex[name] != 0, book.sex[name], sex)  # a number with 王芳之子 is seldom the son's
    whole = (kinds == VALID) | (kinds == LEGACY)  # what only repeats the number is not said by the row itself
    return Features(
        book,
        name,
        former,
        parent_of[name],
        kinds,
        np.array(texts, dtype=object),
        hash_texts(texts),
        numbers.prefix,
        numbers.tail,
        numbers.area,
        np.where(whole & (birth == numbers.birth), 0, birth),
        numbers.birth,
        np.where(whole & (sex == numbers.sex) & (book.sex[name] == 0), 0, sex).astype(np.int8),
        numbers.sex,
        _hashed(columns.township, town_form),
        _hashed(columns.village, village_form),
        phones(columns.phone),
        hash_texts(homes),
    )


_KIND = {kind: place for place, kind in enumerate(KINDS)}
_SEX = {"male": 1, "female": 2}


def without_card(text: str) -> str:
    """A number that could not be read whole, without the category and grade that a disability card adds."""
    return text[:18] if _CARD.match(text) else text


def town_form(text: str) -> str:
    """A township without the word for what it is: it is often left out or has changed."""
    return _TOWN.sub("", "".join(map(simplified, text)))


def village_form(text: str) -> str:
    """A village without its group (三组), the township before it and the word for what it is."""
    return _VILLAGE.sub("", _GROUP.sub("", _TOWN_BEFORE.sub("", "".join(map(simplified, text)))))


def _numbered(texts: Sequence[str]) -> dict[str, int]:
    """The place of each text; one that is asked for and not there yet gets the next."""
    known: defaultdict[str, int] = defaultdict()
    known.default_factory = known.__len__
    for text in texts:
        known[text]
    return known


def _places(texts: Sequence[str], known: dict[str, int]) -> NDArray[np.int64]:
    """The place of each text among the `_numbered` ones."""
    return np.fromiter(map(known.__getitem__, texts), np.int64, len(texts))


def _each(texts: Sequence[str], number: Callable[[str], int]) -> NDArray[np.int64]:
    """`number` of each text, worked out once for each distinct one."""
    known = {text: number(text) for text in dict.fromkeys(texts)}
    return np.fromiter(map(known.__getitem__, texts), np.int64, len(texts))


def _hashed(texts: Sequence[str], form: Callable[[str], str]) -> Hashes:
    """The hash of `form` of each text, worked out once for each distinct one."""
    known = _numbered([])
    places = _places(texts, known)
    return hash_texts(list(map(form, known)))[places]


def _day(text: str) -> int:
    """``1962-03-04`` as 19620304; ``1962-03`` as 19620300, ``1962`` as 19620000."""
    digits = text.replace("-", "")
    day = int(digits.ljust(8, "0")) if len(digits) in (4, 6, 8) and digits.isdigit() else 0
    return 0 if day == _FILLED_IN else day


class _Numbers:
    """What the digits of the numbers say, by parts."""

    def __init__(self, texts: Sequence[str], kinds: NDArray[np.int8]) -> None:
        count = len(texts)
        self.prefix = np.zeros(count, np.int64)
        self.tail = np.zeros(count, np.int64)
        self.area = np.zeros(count, np.int64)
        self.birth = np.zeros(count, np.int64)
        self.sex = np.zeros(count, np.int8)
        eighteen = np.flatnonzero((kinds == VALID) | (kinds == LEGACY) | (kinds == BAD))
        if eighteen.size:
            self._clean(eighteen, [texts[row] for row in eighteen.tolist()], kinds)
        for row in np.flatnonzero((kinds >= CUT) | (kinds == BAD)).tolist():
            self._odd(row, texts[row], int(kinds[row]))

    def _clean(self, rows: NDArray[np.int64], texts: list[str], kinds: NDArray[np.int8]) -> None:
        """Numbers of eighteen characters, all at once."""
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        if not (lengths == ID_LENGTH).all():
            rows = rows[lengths == ID_LENGTH]
            texts = [text for text in texts if len(text) == ID_LENGTH]
        if not rows.size:
            return
        digits = digits_of(texts)
        prefix, last = number_of(digits[:PREFIX]), np.minimum(digits[-1], 10).astype(np.int64)  # X is ten
        self.prefix[rows] = prefix
        self.area[rows] = prefix // 10**9
        self.birth[rows] = prefix // 10 % 10**8
        self.sex[rows] = np.where(kinds[rows] == BAD, 0, 2 - digits[16] % 2)
        self.tail[rows] = number_of(digits[14:17]) * 11 + last + 1

    def _odd(self, row: int, text: str, kind: int) -> None:
        if kind == CUT:
            self.prefix[row] = int(text[:15])
            self.area[row] = int(text[:6])
            self.birth[row] = int(text[6:14])
        elif kind == SCIENTIFIC:
            if len(text) >= PREFIX:
                self.prefix[row] = int(text[:15])
                self.birth[row] = int(text[6:14])
            elif len(text) >= SURE_MONTH:  # the last digit may have been rounded
                self.birth[row] = int(text[6:12]) * 100
            elif len(text) > SURE_YEAR:
                self.birth[row] = int(text[6:10]) * 10000
            if len(text) >= 6:
                self.area[row] = int(text[:6])
        elif kind == MASKED:
            self._masked(row, text)
        elif kind == OTHER and len(text) >= NUMBER_LIKE and text[:-1].isdigit() and text.isascii():
            if len(text) >= PREFIX and text[:PREFIX].isdigit():
                self.prefix[row] = int(text[:PREFIX])
            self.area[row] = int(text[:6])
            self.tail[row] = _tail(text[-4:])
        if not _is_day(int(self.birth[row])):
            self.birth[row] = 0
        if kind == CUT and self.birth[row] in (0, _FILLED_IN):  # nobody's number: it fills the cell
            self.prefix[row] = self.birth[row] = 0

    def _masked(self, row: int, text: str) -> None:
        head = text.split("*", 1)[0]
        tail = text.rsplit("*", 1)[1]
        if len(head) >= 6:
            self.area[row] = int(head[:6])
        for end in (14, 12, 10):  # day, month or year of birth is left
            if len(head) >= end:
                self.birth[row] = int(head[6:end].ljust(8, "0"))
                break
        if len(tail) >= 4:
            self.tail[row] = _tail(tail[-4:])


def _tail(text: str) -> int:
    last = 10 if text[3] == "X" else int(text[3]) if text[3].isdigit() else -1
    return int(text[:3]) * 11 + last + 1 if text[:3].isdigit() and last >= 0 else 0


def _is_day(number: int) -> bool:
    """Of a day, or of what is left of one: month and day may be 0."""
    month, day = number // 100 % 100, number % 100
    return (1 <= month <= 12 or number % 10000 == 0) and day <= 31 and 1850 <= number // 10000 <= 2200
