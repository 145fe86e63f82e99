"""Distinct names laid out in arrays, so that millions of pairs of them are compared at once.

A book is made from the names that are to be compared with each other; places in two books mean nothing
to each other, hashes do. Place 0 is the missing name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .. import names
from .hashing import hash_texts
from .letters import readings, simplified

LONGEST = 4  # letters of a plain name
LONG_BAND = 1  # how rare a long name counts as
VARIANTS = 3  # readings kept of a letter
GROUPS = 5  # look-alike groups kept of it

_SECOND = 2**21  # more letters than there are
_START, _PRIME = 0x9E3779B97F4A7C15, 0x100000001B3  # of the hash over the syllables

MISSING, PLAIN, LONG, MASKED, INFANT = range(5)

_ONE_OF = frozenset("长大次二三四五小幼双一123456789")
_MASK = re.compile(r"[*×✕✖○◯□■█▇?※_某●]|X(?=X)|(?<=X)X|(?<=[^A-Z])X")
# Letters of one office's own making, and what stands where a letter was lost.
_UNREADABLE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd\u3013\ufffd]")
_CHILD = frozenset("子女儿婴孩")
_MARRIED = "氏"  # 张王氏: two surnames and no name, as every village has several


class Lore(NamedTuple):
    """What the model knows of names: see ``names.yaml``."""

    surname_readings: Mapping[str, str]
    readings: Mapping[str, tuple[str, ...]]  # of letters with several; {}: all that dictionaries have
    compound: frozenset[str]
    surname_share: Mapping[str, float]  # of all persons
    rare_surname: float
    given_share: Mapping[str, float]  # of all given letters
    rare_given: float
    look_alike: Mapping[str, tuple[int, ...]]  # letter → groups, from 1
    bands: tuple[float, ...]  # a name as frequent as this or more is in band 0, 1 …
    frequent: frozenset[str]  # whole names that are in band 0, whatever their letters say


class NameBook:
    """Names in the form in which they are compared; arrays have a row a name."""

    def __init__(self, raw: Iterable[str], lore: Lore) -> None:
        self.lore = lore
        self.raw = list(raw)
        count = len(self.raw)
        self.forms: list[str] = [""] * count
        self.kind = np.zeros(count, np.int8)
        self.length = np.zeros(count, np.int8)
        self.letters = np.zeros((count, LONGEST), np.int32)
        self.surname = np.zeros(count, np.int8)
        self.parent: dict[int, str] = {}
        self.several = np.zeros(count, np.bool_)  # whose name says that it is one of the parent's children
        self.sex = np.zeros(count, np.int8)  # 1 a son, 2 a daughter, where the name is none but says so
        self._lay_out()
        table = _LetterTable(self.letters, lore)
        self.sounds = table.sounds
        self.looks = table.looks
        self.often = table.often  # letters by which brothers and sisters are told apart
        self._first_sounds = table.first_sounds
        self._surnames(table)
        self._families, self._family = self._distinct_surnames()
        self.band = self._bands(table)
        self.hash = hash_texts([form.replace("·", "") for form in self.forms])
        self.sound_hash = self._sound_hashes(hash_texts(table.syllables))
        self.surname_hash = hash_texts(self._families)[self._family]
        self.tail_hash = hash_texts([form[-1:] if form[-1:] != "*" else "" for form in self.forms])

    def _lay_out(self) -> None:
        usual = self._usual()
        for place in np.flatnonzero(~usual).tolist():
            form, kind = _form(self.raw[place])
            self.forms[place] = form
            self.kind[place] = kind
            if kind == INFANT:
                self.parent[place] = names.parent_named(form)
                self.several[place] = not _ONE_OF.isdisjoint(form[len(names.parent_named(form)) :])
                self.sex[place] = _sex_of_child(form)
            elif kind == PLAIN:
                self.letters[place, : len(form)] = [ord(letter) for letter in form]
        self.length[:] = (self.letters != 0).sum(axis=1)

    def _usual(self) -> NDArray[np.bool_]:
        """Names of two or three letters, nearly all there are: laid out at once as `_form` does with each."""
        lengths = np.fromiter(map(len, self.raw), np.int64, len(self.raw))
        usual: NDArray[np.bool_] = (lengths == 2) | (lengths == LONGEST - 1)
        usual &= ~np.fromiter(map(names.NOBODY.__contains__, self.raw), np.bool_, len(self.raw))
        rows = np.flatnonzero(usual)
        if rows.size:
            texts = np.array([self.raw[row] for row in rows.tolist()], dtype=f"U{LONGEST}")
            distinct, where = np.unique(texts.view(np.uint32), return_inverse=True)
            told = [simplified(chr(code)) for code in distinct.tolist()]
            fit = np.array([len(one) == 1 and one != "某" and (one == "\0" or _is_han(one)) for one in told])
            letters = np.array([ord(one[0]) for one in told], np.uint32)[where].reshape(-1, LONGEST)
            plain = fit[where].reshape(-1, LONGEST).all(axis=1)
            usual[rows[~plain]] = False
            rows, letters = rows[plain], np.ascontiguousarray(letters[plain])
            self.letters[rows] = letters
            self.kind[rows] = PLAIN
            for row, form in zip(rows.tolist(), letters.view(f"U{LONGEST}")[:, 0].tolist(), strict=True):
                self.forms[row] = form
        return usual

    def _surnames(self, table: _LetterTable) -> None:
        """How many letters the surname has, and how these are read as one."""
        plain = self.kind == PLAIN
        self.surname[plain] = 1
        double = [_pair(ord(text[0]), ord(text[1])) for text in sorted(self.lore.compound)]
        first, second = self.letters[:, 0].astype(np.int64), self.letters[:, 1].astype(np.int64)
        self.surname[plain & (self.length >= 3) & np.isin(_pair(first, second), double)] = 2
        for text, said in self.lore.surname_readings.items():
            codes = [[table.syllable(one) for one in each.split("/")] for each in said.split()]
            rows = plain & (self.letters[:, 0] == ord(text[0]))
            if len(text) == 2:
                rows &= self.letters[:, 1] == ord(text[1])
            else:
                rows &= self.surname == 1
            for at, alive in enumerate(codes):
                self.sounds[rows, at, :] = 0
                self.sounds[rows, at, : len(alive)] = alive
                self._first_sounds[rows, at] = alive[0]

    def _surname_of(self, place: int) -> str:
        """Of a name that is not plain."""
        form, kind = self.forms[place], self.kind[place]
        if kind == MASKED:
            start = 2 if form[:2] in self.lore.compound else 1
            return "" if form[0] == "*" else form[:start]
        return form[:2] if kind == LONG else ""

    def _distinct_surnames(self) -> tuple[list[str], NDArray[np.int64]]:
        """The surnames there are, and which of them each name has."""
        plain = self.kind == PLAIN
        second = np.where(self.surname == 2, self.letters[:, 1], 0).astype(np.int64)
        codes, where = np.unique(
            _pair(self.letters[plain, 0].astype(np.int64), second[plain]), return_inverse=True
        )
        known = {
            "".join(map(chr, divmod(code, _SECOND))).rstrip("\0"): at
            for at, code in enumerate(codes.tolist())
        }
        found = np.zeros(len(self.raw), np.int64)
        found[plain] = where
        for place in np.flatnonzero(~plain).tolist():
            found[place] = known.setdefault(self._surname_of(place), len(known))
        return list(known), found

    def _bands(self, table: _LetterTable) -> NDArray[np.int8]:
        """0: the most frequent names. Long names count as frequent: there are few of them among a people."""
        share = np.ones(len(self.raw))
        given = table.share
        for at in range(LONGEST):
            named = (self.length > at) & (self.surname <= at)
            share = np.where(named, share * given[:, at], share)
        surnames = self.lore.surname_share
        family = np.array([surnames.get(text, self.lore.rare_surname) for text in self._families])
        share = np.where(self.kind == PLAIN, share * family[self._family], 1.0)
        band: NDArray[np.int8] = np.zeros(len(self.raw), np.int8)
        for bound in self.lore.bands:
            band += share < bound
        band[[form in self.lore.frequent for form in self.forms]] = 0
        band[self.kind == LONG] = LONG_BAND
        band[[form.endswith(_MARRIED) and len(form) > 2 for form in self.forms]] = 0
        return band

    def _sound_hashes(self, syllables: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """Of the usual readings of the whole name: names that sound alike share it."""
        found = self.hash.copy()
        plain = self.kind == PLAIN
        mixed = np.full(len(self.raw), _START, np.uint64)
        for at in range(LONGEST):
            with np.errstate(over="ignore"):
                mixed = (mixed ^ syllables[self._first_sounds[:, at]]) * np.uint64(_PRIME)
        found[plain] = mixed[plain]
        for place in np.flatnonzero(self.kind == LONG).tolist():
            found[place] = _long_sound(self.forms[place])
        return found


def _pair(first: Any, second: Any) -> Any:
    """Two letters as one number, of arrays too; `divmod` by `_SECOND` gives them back."""
    return first * _SECOND + second


def _long_sound(form: str) -> int:
    """The same of a long name, with or without its dots."""
    said = [_syllable(_readings_of(letter)[0]) for letter in form.replace("·", "")]
    mixed = _START
    for syllable in [*said, *[0] * (LONGEST - len(said))]:
        mixed = (mixed ^ syllable) * _PRIME % 2**64
    return mixed


@lru_cache(maxsize=4096)
def _syllable(text: str) -> int:
    return int(hash_texts([text])[0])


def _readings_of(letter: str) -> tuple[str, ...]:
    """How a letter is read; a sign that nobody reads stands for itself."""
    return readings(letter) or ("?" + letter,)


def _alive(letter: str, lore: Lore) -> tuple[str, ...]:
    """How a letter of a given name is read today: a dictionary's old readings make strangers sound alike."""
    return lore.readings.get(letter) or _readings_of(letter)[: 1 if lore.readings else VARIANTS]


class _LetterTable:
    """What is known of each letter, spread over the letters of all names."""

    def __init__(self, letters: NDArray[np.int32], lore: Lore) -> None:
        distinct, where = np.unique(letters, return_inverse=True)
        where = where.reshape(letters.shape)
        sounds = np.zeros((distinct.size, VARIANTS), np.int16)
        looks = np.zeros((distinct.size, GROUPS), np.int16)
        often = np.zeros(distinct.size, np.bool_)
        share = np.full(distinct.size, lore.rare_given)
        self.syllables = [""]
        self._place = {"": 0}
        for place, code in enumerate(distinct.tolist()):
            if not code:
                continue
            letter = chr(code)
            share[place] = lore.given_share.get(letter, lore.rare_given)
            often[place] = letter in lore.given_share
            for at, syllable in enumerate(_alive(letter, lore)[:VARIANTS]):
                sounds[place, at] = self.syllable(syllable)
            for at, group in enumerate(lore.look_alike.get(letter, ())[:GROUPS]):
                looks[place, at] = group
        self.sounds = sounds[where]
        self.looks = looks[where]
        self.often = often[where]
        self.first_sounds = self.sounds[:, :, 0].copy()
        self.share = share[where]

    def syllable(self, text: str) -> int:
        place = self._place.get(text)
        if place is None:
            place = self._place[text] = len(self.syllables)
            self.syllables.append(text)
        return place


def parent_named(raw: str) -> str:
    """The parent whom something like 王芳之子 names, '' for a name."""
    if not names.parent_named(raw):
        return ""
    form, kind = _form(raw)
    return names.parent_named(form) if kind == INFANT else ""


def _sex_of_child(form: str) -> int:
    kin = form.rstrip("0123456789一二三")
    return 2 if "女" in kin[-2:] else 1 if kin.endswith(("子", "男婴")) else 0


def _form(raw: str) -> tuple[str, int]:
    """(the form in which a name is compared, its kind)."""
    if not raw:
        return "", MISSING
    form = "".join(map(simplified, raw))
    if form in names.NOBODY:
        return "", MISSING
    if len(form) <= LONGEST and _is_han(form):
        if form[-2:-1] == "之" and form[-1] in _CHILD and len(form) == LONGEST:
            return form, INFANT
        if "某" not in form and 2 <= len(form) < LONGEST:
            return form, PLAIN
    title = names.title(form)
    form = form[: len(form) - len(title)] if title else form
    if names.parent_named(form):
        return form, INFANT
    form = _UNREADABLE.sub("*", form)
    if "*" in form or names.is_masked(form):
        return _MASK.sub("*", form), MASKED
    if 2 <= len(form) <= LONGEST and _is_han(form):
        return form, PLAIN
    return form, LONG


def _is_han(text: str) -> bool:
    return all("\u3400" <= letter <= "\u9fff" or "\U00020000" <= letter <= "\U0003ffff" for letter in text)
