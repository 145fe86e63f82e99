"""The evidence code: what comparing two records said, as one number of ten decimal digits.

From the left: two digits `IdLevel`, two `NameLevel`, one each `BirthLevel`, `PlaceLevel`, `PhoneLevel`,
`SexLevel`, `HomeLevel`, and the rarity of the name. The same pair has the same code on every engine.
"""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .namelevels import NameLevel

Codes = NDArray[np.int64]


class IdLevel(IntEnum):
    """What comparing two numbers can say."""

    MISSING = 0  # one has none, or says nothing that could be compared
    SAME = 1
    SAME_OLD = 2  # the same, one written with fifteen digits
    SLIP = 3  # one digit wrong, lost, too many, or two beside each other swapped
    SLIPS = 4  # two of these
    CUT = 5  # the first fifteen agree, the rest is lost
    MASKED = 6  # what is not hidden agrees, birth date and last digits among it
    MASKED_HEAD = 7  # area and birth date agree, the rest is hidden
    MASKED_TAIL = 8  # the last digits agree, the birth date is hidden
    SCIENTIFIC = 9  # the leading digits agree, up to the year of birth at least
    SCIENTIFIC_LONG = 10  # thirteen: up to the month of birth
    OTHER_SAME = 11  # the same passport, permit …
    NEAR_VALID = 12  # two right numbers that differ by a slip or two
    DIFFERENT_VALID = 13  # two right numbers
    DIFFERENT = 14  # and one of them names another birth date than its row, or neither is a citizen's
    SCIENTIFIC_DAY = 15  # fourteen leading digits: up to the day of birth
    MASKED_MONTH = 16  # area, year and month of birth agree, the rest is hidden
    MASKED_YEAR = 17  # area and year of birth agree, the rest is hidden
    OTHER_SERIAL = 18  # area and birth date agree, the serial number does not
    CONTRADICTED = 19  # different, one not whole, and nothing says that it is somebody else's


class BirthLevel(IntEnum):
    """What comparing two birth dates adds."""

    MISSING = 0
    IMPLIED = 1  # the numbers have said it already
    SAME = 2
    NEAR = 3  # a slip of the pen: one figure differs, two are swapped, month and day are, or the next year
    YEAR = 4  # the year alone agrees
    DIFFERENT = 5
    MONTH = 6  # year and month agree, one has no day


class PlaceLevel(IntEnum):
    MISSING = 0
    VILLAGE = 1
    TOWNSHIP = 2  # the village is missing in one
    OTHER_VILLAGE = 3
    OTHER_TOWNSHIP = 4


class PhoneLevel(IntEnum):
    MISSING = 0
    SAME = 1
    DIFFERENT = 2


class SexLevel(IntEnum):
    MISSING = 0
    SAME = 1
    DIFFERENT = 2


class HomeLevel(IntEnum):
    """What the households of the register say."""

    NONE = 0
    OWNER = 1  # the number in one row belongs to somebody else of the other's household
    PARENT = 2  # the parent that one row names is of the other's household
    SAME = 3  # both are listed under one household
    LENT = 4  # the number in one row belongs to somebody of another household, with another name


class Evidence(NamedTuple):
    """A code in its parts; `band` 0 is a frequent name."""

    id: IdLevel
    name: NameLevel
    birth: BirthLevel
    place: PlaceLevel
    phone: PhoneLevel
    sex: SexLevel
    home: HomeLevel
    band: int

    @property
    def code(self) -> int:
        return int("{:02}{:02}{}{}{}{}{}{}".format(*map(int, self)))


# What a level was before it was told apart: so an epoch that is older than the level counts it. A level that
# is added joins this list, or no pair that shows it links by itself before the epoch is renewed.
EARLIER: dict[str, dict[int, int]] = {
    "id": {
        IdLevel.SCIENTIFIC_DAY: IdLevel.SCIENTIFIC_LONG,
        IdLevel.MASKED_MONTH: IdLevel.MISSING,
        IdLevel.MASKED_YEAR: IdLevel.MISSING,
        IdLevel.OTHER_SERIAL: IdLevel.DIFFERENT,
        IdLevel.CONTRADICTED: IdLevel.DIFFERENT,
    },
    "name": {NameLevel.INFANT_ONE_OF: NameLevel.INFANT, NameLevel.MASKED_LAST: NameLevel.MASKED},
    "birth": {BirthLevel.MONTH: BirthLevel.NEAR},
}


def encode(
    id_level: NDArray[np.int8],
    name: NDArray[np.int8],
    birth: NDArray[np.int8],
    place: NDArray[np.int8],
    phone: NDArray[np.int8],
    sex: NDArray[np.int8],
    home: NDArray[np.int8],
    band: NDArray[np.int8],
) -> Codes:
    """The codes of many pairs."""
    code = id_level.astype(np.int64) * 100 + name
    for part in (birth, place, phone, sex, home, band):
        code = code * 10 + part
    return code


@lru_cache(maxsize=1 << 14)
def decode(code: int) -> Evidence:
    text = f"{code:010}"
    return Evidence(
        IdLevel(int(text[:2])),
        NameLevel(int(text[2:4])),
        BirthLevel(int(text[4])),
        PlaceLevel(int(text[5])),
        PhoneLevel(int(text[6])),
        SexLevel(int(text[7])),
        HomeLevel(int(text[8])),
        int(text[9]),
    )


def levels(codes: Codes) -> dict[str, NDArray[np.int64]]:
    """The parts of many codes, by the name of the slot in `Evidence`."""
    found = {}
    rest = codes
    for part in reversed(Evidence._fields):
        rest, found[part] = np.divmod(rest, 100 if part in ("id", "name") else 10)
    return found


def near_names(codes: Codes) -> NDArray[np.bool_]:
    """Pairs in which the one is not called what the other is or was."""
    named = codes // 10**6 % 100
    found: NDArray[np.bool_] = (named != NameLevel.SAME) & (named != NameLevel.FORMER)
    return found


def namesakes_at_hand(codes: Codes) -> NDArray[np.bool_]:
    """Pairs of one and the same name, the one of the household of the number's owner, or in the village or on the
    telephone that the other tells: if the row's number is not its own, this is who is meant.
    """
    part = levels(codes)
    at_hand = (part["home"] == HomeLevel.OWNER) | (part["place"] == PlaceLevel.VILLAGE)
    at_hand |= part["phone"] == PhoneLevel.SAME
    found: NDArray[np.bool_] = (part["name"] == NameLevel.SAME) & at_hand
    return found
