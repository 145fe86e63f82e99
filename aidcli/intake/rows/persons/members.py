"""The other persons a row names (members, a carer, a guardian), and what is noted of ID numbers."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from .... import idnumber, names
from ....errors import Problem
from ....idnumber import IdReading
from ....model import Identity, Named
from ...coercion.cells import CellError, split_list
from ...vocabulary.identity import OTHERS
from ..values import ValueReader, Values, id_of, value_of
from .heads import is_head_relation

MISSING = IdReading("missing", "")
OTHER_FIELDS = frozenset(field for _, *fields in OTHERS for field in fields)
_ID_NOTES = {
    "bad_check": ("id_bad_check", "号码的校验位或出生日期不符，已照原样保留，请核对"),
    "cut": (
        "id_cut",
        "15位之后的数字已丢失（按数字存放，或只写了前15位），只按前15位保留；请改为文本格式、补全后重填",
    ),
    "scientific": ("id_scientific", "显示为科学计数法，只保留看得见的前几位；请改为文本格式后重填"),
    "masked": ("id_masked", "是脱敏号码，只能按看得见的几位比对"),
    "missing": ("id_missing", "没有填写，只能按姓名和住址等比对"),
    "other": ("id_other", "不像居民身份证号（18位或15位），已照原样保留"),
}
_NO_NUMBER = _ID_NOTES["missing"]

_SEVERAL = (
    "id_several",
    "一格里有不止一个号码，分不清哪一个是本人的，没有当作有效号码；请一格只填一个后重新导入",
)
_BIRTH_AGAINST = (
    "birth_against_id",
    "与身份证号里的生日不同，两样都照原样保留（号码也可能是别人的），请核对",
)
_SEX_AGAINST = ("sex_against_id", "与身份证号里的性别不同，两样都照原样保留（号码也可能是别人的），请核对")
_REPAIRED = ("id_repaired", "号码里的字母 O、I、l 已按数字0、1读取，校验位相符，请核对")
_WRAPPED = ("id_wrapped", "号码前后有其他文字，已只取其中的号码，请核对")


def id_note(reader: ValueReader, row: int, field: str, reading: IdReading, raw: str) -> list[Problem]:
    """A note for a number that is not whole; none for one that is."""
    note = _note_of(reading, raw)
    if note is None:
        return []
    return [reader.problem(row, field, raw, note[0], f"列“{reader.heading(field)}”{note[1]}")]


def _note_of(reading: IdReading, raw: str) -> tuple[str, str] | None:
    """Code and text for what is odd about a number as written."""
    if reading.kind == "other" and idnumber.holds_several(raw):
        return _SEVERAL
    if reading.whole and idnumber.is_repaired(raw):
        return _REPAIRED
    if reading.whole and (said := idnumber.note(raw)):
        return "id_noted", f"号码旁边注有“{said[:12]}”，号码已采用，请留意"
    if reading.whole and idnumber.is_wrapped(raw):
        return _WRAPPED
    return _ID_NOTES.get(reading.kind)


def birth_and_sex(reading: IdReading) -> tuple[str, str]:
    """ISO birth date and sex that a whole number tells; '' where it is not whole."""
    if not reading.whole:
        return "", ""
    born = idnumber.birth_date(reading.value)
    return born.isoformat() if born else "", idnumber.sex(reading.value)


def against_number(
    reader: ValueReader, row: int, cells: tuple[str, ...], values: Values, reading: IdReading
) -> list[Problem]:
    """What the row says of its person that its whole number contradicts: both are kept as they are.

    Where they differ, the number may be another person's.
    """
    born, sex = birth_and_sex(reading)
    return [
        reader.problem(row, field, reader.raw(field, cells), code, f"列“{reader.heading(field)}”{text}")
        for field, by_number, (code, text) in (("birth", born, _BIRTH_AGAINST), ("sex", sex, _SEX_AGAINST))
        if by_number and not by_number.startswith(values.words.get(field, ""))  # 1960-01 is no other day
    ]


class Member(NamedTuple):
    """One member as a head's row names them: name, number, relation, and what is written in the number's cell."""

    name: str
    id: IdReading
    relation: str
    raw: str


def members_of(
    reader: ValueReader,
    row: int,
    cells: tuple[str, ...],
    values: Values,
    main: Identity,
    head: IdReading,
    today: date,
) -> tuple[list[Named], list[str], list[Problem]]:
    """The members listed in the head's row, the head left out, their relations, and the notes on them.

    They stand in one cell together, or each in columns of their own; one note per kind of odd number.
    """
    pairs, problems = _pairs(reader, row, values)
    listed = [Member(name, idnumber.read(raw, today=today), "", raw) for name, raw in pairs]
    beside, more = _beside(reader, row, cells)
    odd: dict[tuple[str, str], list[str]] = {}
    found: list[Named] = []
    relations: list[str] = []
    for member in listed + beside:
        if _is_head(main.name, head, member):
            continue
        note = _note_of(member.id, member.raw)
        if note is not None:
            odd.setdefault(note, []).append(member.raw or member.name)
        born, sex = birth_and_sex(member.id)
        identity = Identity(
            member.name, member.id.kind, member.id.value, born, sex, main.township, main.village
        )
        found.append(Named("member", len(found), identity))
        relations.append(member.relation)
    if (nobody := odd.pop(_NO_NUMBER, [])) and not _have_numbers(reader):
        problems += _no_numbers(reader, row)
    elif nobody:
        odd[_NO_NUMBER] = nobody
    for (code, text), written in odd.items():
        message = f"列“{reader.heading('member_ids')}”有{len(written)}个成员的号码{text}"
        problems.append(reader.problem(row, "member_ids", "；".join(written), code, message))
    return found, relations, problems + more


def _have_numbers(reader: ValueReader) -> bool:
    """Whether a sheet has a column for the numbers of members."""
    return "member_ids" in reader.by_field or any("member_id" in slot for slot in reader.groups)


def _no_numbers(reader: ValueReader, row: int) -> list[Problem]:
    """What is told, once, of a sheet that names members and has no column for their numbers."""
    if _NO_NUMBER[0] in reader.said:
        return []
    reader.said.add(_NO_NUMBER[0])
    message = (
        "这张表没有家庭成员身份证号一列，各户的成员都只能按姓名和住址等比对；有号码的，请补上这一列后重新导入"
    )
    return [reader.problem(row, "member_names", "", _NO_NUMBER[0], message)]


def _beside(reader: ValueReader, row: int, cells: tuple[str, ...]) -> tuple[list[Member], list[Problem]]:
    """The members that stand in columns of their own; of one whose cell cannot be meant, the problem."""
    found: list[Member] = []
    problems: list[Problem] = []
    for slot in reader.groups:
        words = {"member_name": "", "member_relation": ""}
        number, raw = MISSING, ""
        for field, column in slot.items():
            cell = cells[column.place] if column.place < len(cells) else ""
            if not cell:
                continue
            try:
                if column.ids is not None:
                    number, raw = id_of(column, cell), cell
                else:
                    words[field] = str(value_of(column, cell) or "")
            except CellError as error:
                message = f"列“{column.heading}”{error.message}；此格没有采用"
                problems.append(Problem(reader.sheet, row, column.letter, cell, error.code, message, "cell"))
        if words["member_name"] or number.kind != "missing":
            found.append(Member(words["member_name"], number, words["member_relation"], raw))
    return found, problems


def _pairs(reader: ValueReader, row: int, values: Values) -> tuple[list[tuple[str, str]], list[Problem]]:
    """(name, ID as written) of each entry; none, and a problem, when the two cells do not agree."""
    if {"member_names", "member_ids"} & values.refused:
        return [], []
    called = split_list(values.words.get("member_names", ""))
    numbers = split_list(values.words.get("member_ids", ""))
    if any(idnumber.holds_several(number) for number in numbers):
        called, numbers = _by_blanks(called), _by_blanks(numbers)
    if "member_ids" not in reader.by_field:
        numbers = [""] * len(called)
    if "member_names" not in reader.by_field:
        called = [""] * len(numbers)
    if len(called) != len(numbers):
        called, numbers = [name for name in called if name], [number for number in numbers if number]
    if len(called) != len(numbers):
        text = (
            f"列“{reader.heading('member_names')}”有{len(called)}个姓名，"
            f"“{reader.heading('member_ids')}”有{len(numbers)}个号码，数目不同，这一格的家庭成员没有采用"
        )
        value = values.words.get("member_names", "")
        return [], [reader.problem(row, "member_names", value, "members_mismatch", text, "cell")]
    pairs = zip(called, numbers, strict=True)
    return [(names.compact(name), number) for name, number in pairs if name or number], []


def _by_blanks(parts: list[str]) -> list[str]:
    """Entries that stand apart by blanks only."""
    return [word for part in parts for word in part.split()]


def _is_head(head_name: str, head: IdReading, member: Member) -> bool:
    """Whether an entry is the head again: the same number, or the same name and a part of the number.

    Without a number it is where it says that it is (本人, 户主) under the head's name.
    """
    reading, same_name = member.id, member.name == head_name
    if not head.value or not reading.value:
        return same_name and bool(head_name) and is_head_relation(member.relation)
    if head.value == reading.value:
        return True
    parts = head.value.startswith(reading.value) or reading.value.startswith(head.value)
    return parts and same_name


def others_of(
    reader: ValueReader, row: int, cells: tuple[str, ...], values: Values
) -> tuple[list[Named], list[Problem]]:
    """The further persons named in the row beside the one it is about: carer, guardian, …"""
    found: list[Named] = []
    problems: list[Problem] = []
    for role, name_field, id_field in OTHERS:
        name = values.words.get(name_field, "")
        reading = values.ids.get(id_field, MISSING)
        if not name and reading.kind == "missing":
            continue
        if id_field in reader.by_field:
            problems += id_note(reader, row, id_field, reading, reader.raw(id_field, cells))
        born, sex = birth_and_sex(reading)
        found.append(Named(role, 0, Identity(name, reading.kind, reading.value, born, sex)))
    return found, problems
