"""The comparison: pairs of records in, one evidence code a pair out. Pure, symmetric, the same on every engine."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from ..idnumber import as_old
from .anchors import GENERATION
from .evidence import BirthLevel, Codes, HomeLevel, IdLevel, PhoneLevel, PlaceLevel, SexLevel, encode
from .features import CUT, ID_LENGTH, LEGACY, MASKED, MISSING, OTHER, SCIENTIFIC, Features
from .figures import may_be_near
from .hashing import Hashes
from .namelevels import NameLevel, compare_names
from .oddnumbers import SLIPS, masked_ids, odd_ids
from .threads import in_turn

Rows = NDArray[np.int64]
Levels = NDArray[np.int8]

YOUNGEST_PARENT = 14
_NEAR_NAMES = (NameLevel.SLIP, NameLevel.SOUND, NameLevel.SHORT, NameLevel.PART)
UNKNOWN = -999
PORTION = 400_000


def compare(features: Features, left: Rows, right: Rows, home: NDArray[np.int8], workers: int = 1) -> Codes:
    """The evidence code of each pair of rows; `home` as `candidates` found it. `workers`: threads to use."""

    def part(at: int) -> Codes:
        behind = at + PORTION
        return _compare(features, left[at:behind], right[at:behind], home[at:behind])

    parts = in_turn(part, range(0, len(left), PORTION), workers)
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)


def _compare(f: Features, left: Rows, right: Rows, home: NDArray[np.int8]) -> Codes:
    numbers = _ids(f, left, right)
    numbers[_told_in_full(f, left, right, numbers)] = IdLevel.MISSING
    named = _names(f, left, right)
    born = _years_after_the_parent(f, left, right)
    child = np.isin(named, (NameLevel.INFANT, NameLevel.INFANT_ONE_OF)) & (born > UNKNOWN)
    named[child & (born < YOUNGEST_PARENT)] = NameLevel.DIFFERENT
    births = _births(f, left, right, numbers)
    sexes = _sexes(f, left, right, numbers, named)
    # 王芳之子 with a grown-up's number says whose child it is, and nothing of the child's own number.
    told = child & (born >= YOUNGEST_PARENT) & np.isin(home, (HomeLevel.OWNER, HomeLevel.PARENT))
    numbers[told & np.isin(numbers, _TWO_RIGHT)] = IdLevel.MISSING
    band = np.minimum(f.book.band[f.name[left]], f.book.band[f.name[right]])
    return encode(numbers, named, births, _places(f, left, right), _phones(f, left, right), sexes, home, band)


# ---------------------------------------------------------------- names


def _years_after_the_parent(f: Features, left: Rows, right: Rows) -> Rows:
    """Of a row that says whose child it is: how long after the owner of its number the other was born."""
    years = np.full(len(left), UNKNOWN, np.int64)
    for child, person in ((left, right), (right, left)):
        rows = np.flatnonzero(f.parent[child] != 0)
        child, person = child[rows], person[rows]
        born, parent = f.any_birth[person] // 10000, f.id_birth[child] // 10000
        known = f.whole[child] & (born != 0) & (f.id_hash[child] != f.id_hash[person])
        years[rows[known]] = (born - parent)[known]
    return years


def _names(f: Features, left: Rows, right: Rows) -> Levels:
    """Each distinct pair of names is compared once."""
    size = len(f.book.raw)
    distinct, where = np.unique(f.name[left] * size + f.name[right], return_inverse=True)
    found = compare_names(f.book, distinct // size, distinct % size)[where]
    rows = np.flatnonzero((f.former[left] != 0) | (f.former[right] != 0))
    rows = rows[_was_called(f, left[rows], right[rows], found[rows])]
    found[rows] = NameLevel.FORMER
    return found


def _was_called(f: Features, left: Rows, right: Rows, found: Levels) -> NDArray[np.bool_]:
    """Whether a former name of one is the other's name, or both had one; not where the names are the same."""
    hashes = f.book.hash
    ours, theirs = hashes[f.name[left]], hashes[f.name[right]]
    former, their_former = hashes[f.former[left]], hashes[f.former[right]]
    was = ((former != 0) & (former == theirs)) | ((their_former != 0) & (their_former == ours))
    # One former name in both, if it is one: what has nobody's surname may be a word that fills the column.
    first = f.book.letters[:, 0]
    surname = (first[f.former[left]] == first[f.name[left]]) | (first[f.former[left]] == first[f.name[right]])
    was |= (former != 0) & (former == their_former) & (surname | np.isin(found, _NEAR_NAMES))
    called: NDArray[np.bool_] = was & (found != NameLevel.SAME)
    return called


# ---------------------------------------------------------------- numbers


def _ids(f: Features, left: Rows, right: Rows) -> Levels:
    kinds = f.kind[left], f.kind[right]
    found = np.zeros(len(left), np.int8)
    known = (kinds[0] != MISSING) & (kinds[1] != MISSING)
    whole = f.whole[left] & f.whole[right]
    odd = known & (_either(kinds, MASKED) | _either(kinds, SCIENTIFIC))
    cut = known & ~odd & _either(kinds, CUT)
    same = known & ~odd & ~cut & ~_either(kinds, OTHER) & (f.id_hash[left] == f.id_hash[right])
    rest = known & ~odd & ~cut & ~same
    found[same] = IdLevel.SAME
    found[same & _either(kinds, LEGACY)] = IdLevel.SAME_OLD
    prefixes = f.prefix[left], f.prefix[right]
    cut_known = cut & (prefixes[0] != 0) & (prefixes[1] != 0)
    found[cut_known] = IdLevel.DIFFERENT
    found[cut_known & (prefixes[0] == prefixes[1])] = IdLevel.CUT
    found[_old_after_all(f, left, right, cut_known & (prefixes[0] != prefixes[1]))] = IdLevel.SAME_OLD
    rows = np.flatnonzero(rest & ~_either(kinds, OTHER))
    found[rows] = _slips(f, left[rows], right[rows], whole[rows])
    ends = f.may_be_cut
    lost = (ends[left] | ends[right]) & (prefixes[0] == prefixes[1]) & (prefixes[0] != 0)
    found[lost & np.isin(found, (IdLevel.NEAR_VALID, IdLevel.DIFFERENT_VALID))] = IdLevel.CUT
    heads = prefixes[0] // 10, prefixes[1] // 10  # area and birth date
    found[(found == IdLevel.DIFFERENT) & (heads[0] == heads[1]) & (heads[0] != 0)] = IdLevel.OTHER_SERIAL
    borrowed = f.borrowed
    found[(borrowed[left] | borrowed[right]) & (found == IdLevel.DIFFERENT_VALID)] = IdLevel.DIFFERENT
    rows = np.flatnonzero(odd | (rest & _either(kinds, OTHER)))
    found[rows] = _odd(f, left[rows], right[rows])
    strange = f.astray[left] | f.astray[right]
    found[(found == IdLevel.DIFFERENT) & ~(strange | whole)] = IdLevel.CONTRADICTED
    return found


def _old_after_all(f: Features, left: Rows, right: Rows, among: NDArray[np.bool_]) -> Rows:
    """Pairs `among` these of which one has fifteen digits that are the other's whole number in the old form."""
    maybe = np.flatnonzero(among)
    sides = left[maybe], right[maybe]
    fit = [(f.kind[one] == CUT) & (f.prefix[one] // 10**7 % 100 == 20) for one in sides]
    rows = maybe[fit[0] | fit[1]].tolist()
    texts = [(f.id_text[left[row]], f.id_text[right[row]]) for row in rows]
    old = [as_old(one) == other or as_old(other) == one for one, other in texts]
    return np.array(rows, np.int64)[np.array(old, np.bool_)]


def _odd(f: Features, left: Rows, right: Rows) -> Levels:
    """Numbers of which one is masked, in scientific form or none of the usual ones: the smaller kind first."""
    swap = f.kind[left] > f.kind[right]
    one, other = np.where(swap, right, left), np.where(swap, left, right)
    kinds = f.kind[one], f.kind[other]
    told = f.id_text[one].tolist(), f.id_text[other].tolist()
    full = np.array([len(a) == len(b) == ID_LENGTH for a, b in zip(*told, strict=True)], np.bool_)
    full &= (kinds[1] == MASKED) & (kinds[0] != SCIENTIFIC)
    found = np.zeros(len(left), np.int8)
    hidden = np.flatnonzero(full).tolist()
    found[hidden] = masked_ids(*([texts[row] for row in hidden] for texts in told))
    rows = np.flatnonzero(~full)
    few = zip(rows.tolist(), *(kind[rows].tolist() for kind in kinds), strict=True)
    for row, kind, other_kind in few:
        pair = told[0][row], told[1][row]
        if kind == other_kind:
            pair = min(pair), max(pair)
        found[row] = odd_ids(kind, pair[0], other_kind, pair[1])
    return found


def _either(kinds: tuple[Levels, Levels], kind: int) -> NDArray[np.bool_]:
    either: NDArray[np.bool_] = (kinds[0] == kind) | (kinds[1] == kind)
    return either


def _slips(f: Features, left: Rows, right: Rows, whole: NDArray[np.bool_]) -> Levels:
    """Numbers of eighteen characters that are not the same."""
    if not left.size:
        return np.zeros(0, np.int8)
    apart = np.full(len(left), SLIPS + 1, np.int32)
    rows = np.flatnonzero(may_be_near(f.figures[left], f.figures[right], SLIPS))
    apart[rows] = cpdist(
        f.id_text[left[rows]].tolist(),
        f.id_text[right[rows]].tolist(),
        scorer=OSA.distance,
        score_cutoff=SLIPS,
        dtype=np.int32,
    )
    found = np.full(len(left), IdLevel.DIFFERENT, np.int8)
    found[apart == 2] = IdLevel.SLIPS
    found[apart == 1] = IdLevel.SLIP
    found[whole] = np.where(apart[whole] <= SLIPS, IdLevel.NEAR_VALID, IdLevel.DIFFERENT_VALID)
    return found


# ---------------------------------------------------------------- the rest

_PARTLY = (
    *(IdLevel.SCIENTIFIC, IdLevel.SCIENTIFIC_LONG),
    *(IdLevel.MASKED_MONTH, IdLevel.MASKED_YEAR),
)
_SAY_BIRTH = (
    *(IdLevel.SAME, IdLevel.SAME_OLD, IdLevel.CUT, IdLevel.MASKED, IdLevel.MASKED_HEAD),
    *(IdLevel.SCIENTIFIC_DAY, IdLevel.OTHER_SERIAL, *_PARTLY),
)
_TWO_RIGHT = (IdLevel.NEAR_VALID, IdLevel.DIFFERENT_VALID)
_DISPUTED = (*_TWO_RIGHT, IdLevel.DIFFERENT, IdLevel.CONTRADICTED, IdLevel.OTHER_SERIAL)


def _told_in_full(f: Features, left: Rows, right: Rows, numbers: Levels) -> NDArray[np.bool_]:
    """Where numbers agree up to year or month and the rows tell the whole date, which says more."""
    rows = np.flatnonzero(np.isin(numbers, _PARTLY))
    left, right = left[rows], right[rows]
    told = (f.birth[left] != 0) | (f.birth[right] != 0)
    born = f.any_birth[left]
    full = (born == f.any_birth[right]) & (born % 100 != 0)
    found = np.zeros(len(numbers), np.bool_)
    found[rows] = told & full
    return found


def _births(f: Features, left: Rows, right: Rows, numbers: Levels) -> Levels:
    """What birth dates add to the numbers: a date that only repeats its row's number is no news."""
    said = f.birth[left], f.birth[right]
    ours, theirs = f.any_birth[left], f.any_birth[right]
    found = _days(ours, theirs)
    implied = np.isin(numbers, _SAY_BIRTH)
    told = (said[0] != 0) | (said[1] != 0)
    found[implied & ~(told & (found == BirthLevel.DIFFERENT))] = BirthLevel.IMPLIED
    slip = np.isin(numbers, (IdLevel.SLIP, IdLevel.SLIPS))
    independent = (said[0] != 0) & (said[0] != f.id_birth[left])
    independent |= (said[1] != 0) & (said[1] != f.id_birth[right])
    found[slip & ~independent] = BirthLevel.IMPLIED
    # A number that is somebody else's says nothing about the day on which this person was born.
    sure = f.sure_birth
    disputed = np.isin(numbers, _DISPUTED) & ~(sure[left] & sure[right])
    found[disputed & (found != BirthLevel.SAME) & (found != BirthLevel.MISSING)] = BirthLevel.IMPLIED
    return found


def _days(ours: Rows, theirs: Rows) -> Levels:
    found = np.full(len(ours), BirthLevel.DIFFERENT, np.int8)
    years = ours // 10000 == theirs // 10000
    our_month, their_month = ours // 100 % 100, theirs // 100 % 100
    our_day, their_day = ours % 100, theirs % 100
    part_missing = (our_day == 0) | (their_day == 0)
    found[years] = BirthLevel.YEAR
    rows = np.flatnonzero((ours != theirs) & ~part_missing)
    found[rows[_slip_of_a_date(ours[rows], theirs[rows])]] = BirthLevel.NEAR
    found[years & (our_month == their_day) & (our_day == their_month) & ~part_missing] = BirthLevel.NEAR
    found[years & (our_month == their_month) & part_missing & (our_month != 0)] = BirthLevel.MONTH
    found[(ours == theirs) & ~part_missing] = BirthLevel.SAME
    found[(ours == 0) | (theirs == 0)] = BirthLevel.MISSING
    return found


def _slip_of_a_date(ours: Rows, theirs: Rows) -> NDArray[np.bool_]:
    """One of the eight figures differs, two beside each other are swapped, or the year is the next one.

    Ten years or more are no slip: fathers and sons are told apart by them.
    """
    near = np.flatnonzero(np.abs(ours // 10000 - theirs // 10000) < GENERATION)
    one, other = ours[near].astype(np.int32), theirs[near].astype(np.int32)
    slip = np.abs(one - other) == 10000
    wrong = np.zeros(len(near), np.int8)
    crossed = np.zeros(len(near), np.bool_)
    off, last, their_last = crossed, one, other  # of the place before: none
    for _ in range(8):
        one, figure = np.divmod(one, 10)
        other, their_figure = np.divmod(other, 10)
        crossed = crossed | (off & (last == their_figure) & (figure == their_last))
        off, last, their_last = figure != their_figure, figure, their_figure
        wrong += off
    slip |= (wrong == 1) | ((wrong == 2) & crossed)
    found = np.zeros(len(ours), np.bool_)
    found[near] = slip
    return found


def _places(f: Features, left: Rows, right: Rows) -> Levels:
    found = np.zeros(len(left), np.int8)
    towns = f.township[left], f.township[right]
    both_towns = (towns[0] != 0) & (towns[1] != 0)
    same_town = both_towns & (towns[0] == towns[1])
    found[same_town] = PlaceLevel.TOWNSHIP
    villages = f.village[left], f.village[right]
    both = (villages[0] != 0) & (villages[1] != 0)
    found[both & (villages[0] != villages[1])] = PlaceLevel.OTHER_VILLAGE
    found[both_towns & ~same_town] = PlaceLevel.OTHER_TOWNSHIP
    found[both & (villages[0] == villages[1]) & ~(both_towns & ~same_town)] = PlaceLevel.VILLAGE
    return found


def _phones(f: Features, left: Rows, right: Rows) -> Levels:
    return _equal(f.phone[left], f.phone[right], PhoneLevel.SAME, PhoneLevel.DIFFERENT)


def _sexes(f: Features, left: Rows, right: Rows, numbers: Levels, named: Levels) -> Levels:
    """By the columns, and by the numbers where these are not in dispute.

    Beside one number a sex is news only where it contradicts, and the name does not say who is meant.
    """
    disputed = np.isin(numbers, _DISPUTED)
    ours, theirs = _sex(f, left, disputed), _sex(f, right, disputed)
    found = _equal(ours, theirs, SexLevel.SAME, SexLevel.DIFFERENT)
    one = np.isin(numbers, (IdLevel.SAME, IdLevel.SAME_OLD))
    news = (found == SexLevel.DIFFERENT) & ~np.isin(named, (NameLevel.SAME, NameLevel.FORMER))
    found[one & ~news] = SexLevel.MISSING
    return found


def _sex(f: Features, rows: Rows, disputed: NDArray[np.bool_]) -> Levels:
    said = f.sex[rows]
    by_number = (
        (said == 0) & ~f.may_be_cut[rows] & ~(disputed & (f.home[rows] == 0))
    )  # the register's is right
    return np.where(by_number, f.id_sex[rows], said)


def _equal(ours: Hashes | Rows | Levels, theirs: Hashes | Rows | Levels, same: int, different: int) -> Levels:
    found = np.where(ours == theirs, same, different)
    return np.where((ours == 0) | (theirs == 0), 0, found).astype(np.int8)
