"""Members who are listed with their family and get nothing, as remarks and brackets say: 龙某不计入保障人口, 之子（不享受）.

Whom a word is said of is told by name, else by relation, within the sentence; where that, or the number of those who
are covered, leaves it open, nothing is changed and it is told. What is not counted as income is no such word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .... import names
from ....errors import Problem
from ....model import Record
from ...coercion.cells import shown
from ...letters import column_letter
from ...templates import Template
from ..fallbacks import counted
from ..leavers.standing import family_only
from ..leavers.watching import Watched
from ..values import ValueReader, Values
from .heads import is_head_relation

_COVER = r"(?:享受)?(?:农村|城市|城乡)?(?:低保|特困|五保|最低生活保障|保障|救助|供养|待遇|在保|享受|纳保)"
_SAID = re.compile(
    rf"(?:不|未)(?:再|予以?|被|能)?(?:计|列|纳|算)入?(?:在|为|进|到)?(?:{_COVER})?(?:家庭|户内)?(?:人口|人数|对象|范围|人员|成员)"
    rf"|(?:不|未)(?:再|予以?|被|能)?(?:计|列|纳|算)入(?:在|为|进|到)?(?:{_COVER})?(?:之?内)?(?=\Z)"
    rf"|(?:不|未)(?:再|予以?)?(?:享受(?:{_COVER})?|保障|在保|纳保|救助)(?=\Z)"
)
# 工资不计入: what is not counted is money; 父亲养老金: neither.
_MONEY = re.compile(
    r"(?:收入|工资|报酬|金|补贴|津贴|补助|存款|财产|房产?|车辆?|费|险|待遇|政策)(?:已|均|都|暂|也|按规定)*\Z"
)
_OPEN = re.compile(r"是否|拟|待[查核定]|建议|下月|如|若")
_CLAUSE = re.compile(r"[,;。、!?|()\[\]【】\s]+")
_SPOUSE = r"配偶|妻|夫|爱人|老伴"
_KIN = (
    ("spouse", re.compile(_SPOUSE)),
    ("son", re.compile(r"(?<!妻)(?<!孙)(?<!养)[儿长次三四独其之]子|儿子|\A子\Z")),
    ("daughter", re.compile(r"(?<!孙)(?:女儿|[长次三四独其之]女)|\A女\Z")),
    ("father", re.compile(r"(?<!祖)(?<!岳)父|爸")),
    ("mother", re.compile(r"(?<!祖)(?<!岳)母|妈")),
    ("grandchild", re.compile(r"孙")),
    ("in_law", re.compile(r"媳|婿")),
)
_OWN = re.compile(r"本人|该[人员]|此人|单人|户主")
_ANY_KIN = re.compile(rf"{_SPOUSE}|儿|女|子|父|母|孙|媳|婿|兄|弟|姐|妹")
_SPEAKING = frozenset(("remark", "reason", "state"))


class _Person(NamedTuple):
    """Somebody of a record: the place among its persons, the name, the relation to the head."""

    place: int
    name: str
    relation: str


class _Told(NamedTuple):
    """A cell that says that somebody is not counted: where it stands, as written, the clauses up to the word."""

    letter: str
    heading: str
    raw: str
    clauses: tuple[str, ...]


class Uncounted:
    """Who is not counted on a sheet, row by row; in a list by member what the head's row says goes for those below."""

    def __init__(self, template: Template, reader: ValueReader, columns: Sequence[Watched]) -> None:
        self._template = template
        self._reader = reader
        self._columns = [one for one in columns if one.kind in _SPEAKING]
        self._counted = counted(reader)
        self._above: list[_Told] = []

    def settle(
        self, row: int, cells: tuple[str, ...], values: Values, record: Record
    ) -> tuple[Record, list[Problem]]:
        """The record of a row with those who are not counted marked so, and what is told of it."""
        if any(fact.kind == "ended" for fact in record.facts):
            return record, []
        told = list(self._told(cells))
        if self._template.unit == "household":
            return self._of_household(row, cells, values, record, told)
        if record.persons[0].role == "head":
            self._above = told if self._template.grouped else []
            return record, []
        words = values.words
        own = [_Person(0, words.get("name", ""), words.get("relation", ""))]
        said = next((one for one in told if self._is_own(one, own)), None)
        said = said or next((one for one in self._above if own[0].name and _named(one.clauses, own)), None)
        member = next((fact for fact in record.facts if fact.kind == "member"), None)
        if said is None or member is None or member.num == 0 or is_head_relation(own[0].relation):
            return record, []
        return family_only(record), [self._note(row, said, [own[0].name])]

    def _of_household(
        self, row: int, cells: tuple[str, ...], values: Values, record: Record, told: Sequence[_Told]
    ) -> tuple[Record, list[Problem]]:
        relations = {fact.person: fact.text for fact in record.facts if fact.kind == "member"}
        members = [
            _Person(place, named.identity.name, relations.get(place, ""))
            for place, named in enumerate(record.persons)
            if place and named.role == "member"
        ]
        found: dict[int, _Told] = {}
        for one in told:
            found.update((place, one) for place in _whom(one.clauses, members))
        in_cells = self._in_own_cells(members, cells)
        found.update(in_cells)
        if not found:
            return record, [self._open_note(row, one) for one in told if members]
        most = 1 + len(members) - len(found)
        covered = values.numbers.get(self._counted)
        if covered is not None and covered > most:  # those who are covered are more than would be left
            return record, [self._open_note(row, one) for one in dict.fromkeys(found.values())]
        facts = tuple(
            fact._replace(num=0) if fact.kind == "member" and fact.person in found else fact
            for fact in record.facts
        )
        called = {
            one: [member.name for member in members if found.get(member.place) == one]
            for one in found.values()
        }
        notes = [self._note(row, one, called[one]) for one in called]
        return record._replace(facts=facts), notes

    def _told(self, cells: tuple[str, ...]) -> Iterator[_Told]:
        for column in self._columns:
            raw = cells[column.place] if column.place < len(cells) else ""
            if clauses := clauses_said(raw):
                yield _Told(column_letter(column.place + 1), "".join(column.heading.split()), raw, clauses)

    def _in_own_cells(self, members: Sequence[_Person], cells: tuple[str, ...]) -> dict[int, _Told]:
        """Those of whom their own cell says so, in brackets: 之子（不享受）, 龙某（不计入）."""
        found = {}
        for member in members:
            if clauses := clauses_said(member.relation):
                found[member.place] = _Told("", "与户主关系", member.relation, clauses)
        for column in (slot["member_name"] for slot in self._reader.groups if "member_name" in slot):
            raw = cells[column.place] if column.place < len(cells) else ""
            if clauses := clauses_said(raw):
                told = _Told(column.letter, column.heading, raw, clauses)
                named = names.compact(raw)
                found.update((member.place, told) for member in members if member.name == named)
        return found

    def _is_own(self, told: _Told, own: Sequence[_Person]) -> bool:
        """Whether a remark in a member's own row is about that one: by name, or about nobody else."""
        text = "".join(told.clauses)
        return _named(told.clauses, own) or _OWN.search(text) is not None or not _ANY_KIN.search(text)

    def _note(self, row: int, told: _Told, called: Sequence[str]) -> Problem:
        who = "、".join(name for name in called if name) or "这一名成员"
        message = (
            f"列“{told.heading}”写的是“{shown(told.raw, 24)}”，{who}按家庭成员收下：仍是这一户的人，不是保障对象，"
            "不发放；享受保障的请更正这一格"
        )
        return self._problem(row, told, "not_covered", message)

    def _open_note(self, row: int, told: _Told) -> Problem:
        message = (
            f"列“{told.heading}”写的是“{shown(told.raw, 24)}”，看不出说的是哪一名成员，或者与保障人数不符："
            "各名成员仍按在册收下，请核对；不保障的成员请写明姓名，再重新导入"
        )
        return self._problem(row, told, "state_unread", message)

    def _problem(self, row: int, told: _Told, code: str, message: str) -> Problem:
        return Problem(self._reader.sheet, row, told.letter, str(told.raw), code, message, "note")


def clauses_said(raw: str) -> tuple[str, ...]:
    """The clauses of a text up to the one that says that somebody is not counted; none where it says no such thing."""
    if "不" not in raw and "未" not in raw:
        return ()
    text = unicodedata.normalize("NFKC", raw)
    clauses = [clause for clause in _CLAUSE.split(text) if clause]
    for place, clause in enumerate(clauses):
        word = _SAID.search(clause)
        if word and not _MONEY.search(clause[: word.start()]) and not _OPEN.search(clause):
            return (*clauses[:place], clause[: word.start()])
    return ()


def _whom(clauses: Sequence[str], members: Sequence[_Person]) -> list[int]:
    """The members of whom it is said: those named last, else the only one of the relation that is named last."""
    for place in range(len(clauses) - 1, -1, -1):
        named = [one.place for one in members if len(one.name) > 1 and one.name in clauses[place]]
        if named:  # 甲、乙不计入: a list of names is one clause for each
            while place and (more := [m.place for m in members if m.name and m.name == clauses[place - 1]]):
                named, place = more + named, place - 1
            return named
        kin = [kind for kind, words in _KIN if words.search(clauses[place])]
        alike = [one.place for one in members if any(kind in _kinds(one.relation) for kind in kin)]
        if kin:
            return alike if len(alike) == 1 else []
        if _OWN.search(clauses[place]) and "单人" not in clauses[place]:
            return []
    return []


def _named(clauses: Sequence[str], own: Sequence[_Person]) -> bool:
    return bool([place for place in _whom(clauses, own) if any(own[0].name in one for one in clauses)])


def _kinds(relation: str) -> list[str]:
    relation = re.sub(r"[(（].*", "", unicodedata.normalize("NFKC", relation))
    return [kind for kind, words in _KIN if words.search(relation)]
