"""Evidence in the words of a clerk: from the code alone, or with the characters that differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..model import Identity
from .clusters import OWN
from .evidence import BirthLevel, Evidence, HomeLevel, IdLevel, PhoneLevel, PlaceLevel, SexLevel, decode
from .letters import readings, simplified
from .namelevels import NameLevel
from .resolve import JUDGED

_IDS = {
    IdLevel.SAME: "身份证号一致",
    IdLevel.SAME_OLD: "15位旧号换算后与18位身份证号一致",
    IdLevel.SLIP: "身份证号只有一处不同",
    IdLevel.SLIPS: "身份证号有两处不同",
    IdLevel.CUT: "身份证号末几位丢失，前15位一致",
    IdLevel.MASKED: "身份证号有遮盖，露出的出生日期和末几位一致",
    IdLevel.MASKED_HEAD: "身份证号有遮盖，露出的地区和出生日期一致",
    IdLevel.MASKED_TAIL: "身份证号有遮盖，露出的末几位一致",
    IdLevel.MASKED_MONTH: "身份证号有遮盖，露出的地区和出生年月一致",
    IdLevel.MASKED_YEAR: "身份证号有遮盖，露出的地区和出生年份一致",
    IdLevel.SCIENTIFIC: "身份证号变成科学计数法，剩下的前几位一致",
    IdLevel.SCIENTIFIC_LONG: "身份证号变成科学计数法，到出生月份的各位一致",
    IdLevel.SCIENTIFIC_DAY: "身份证号变成科学计数法，到出生日的各位一致",
    IdLevel.OTHER_SAME: "其他证件号码一致",
    IdLevel.NEAR_VALID: "身份证号只差一两处",
    IdLevel.DIFFERENT_VALID: "身份证号不同，两个都是正确的号码",
    IdLevel.DIFFERENT: "身份证号对不上",
    IdLevel.CONTRADICTED: "身份证号对不上，有一个不完整或有错",
    IdLevel.OTHER_SERIAL: "身份证号的地区和出生日期一致，顺序码不同",
}
_NAMES = {
    NameLevel.MISSING: "没有可比的姓名",
    NameLevel.SAME: "姓名一致",
    NameLevel.FORMER: "一方的姓名是另一方的曾用名",
    NameLevel.SLIP: "姓名只差一字，同音或形近",
    NameLevel.SOUND: "姓名同音",
    NameLevel.SHORT: "姓名少一字",
    NameLevel.PART: "姓名只写了一部分",
    NameLevel.MASKED: "姓名有遮盖，露出的字一致",
    NameLevel.MASKED_LAST: "姓名有遮盖，露出的字一致，末一个字看不到",
    NameLevel.SURNAME_MASKED: "姓名有遮盖，只露出一个字",
    NameLevel.SIBLING: "名字有一字不同",
    NameLevel.GIVEN: "名相同，姓不同",
    NameLevel.SURNAME: "姓相同，名不同",
    NameLevel.DIFFERENT: "姓名不同",
    NameLevel.INFANT: "写的是某人的孩子，不是姓名",
    NameLevel.INFANT_ONE_OF: "写的是某人几个孩子里的一个，不是姓名",
}
_BIRTHS = {
    BirthLevel.SAME: "出生日期一致",
    BirthLevel.MONTH: "出生年月一致，一方没有写日",
    BirthLevel.NEAR: "出生日期相近，像笔误",
    BirthLevel.YEAR: "出生年份一致",
    BirthLevel.DIFFERENT: "出生日期不同",
}
_PLACES = {
    PlaceLevel.VILLAGE: "同村（社区）",
    PlaceLevel.TOWNSHIP: "同乡镇（街道）",
    PlaceLevel.OTHER_VILLAGE: "村（社区）不同",
    PlaceLevel.OTHER_TOWNSHIP: "乡镇（街道）不同",
}
_HOMES = {
    HomeLevel.OWNER: "所填号码是在册同一户的另一人的",
    HomeLevel.PARENT: "所写的父或母是在册同一户的人",
    HomeLevel.SAME: "登记在同一户下",
    HomeLevel.LENT: "所填号码是在册的另一户人的",
}
_ID, _NAME, _BIRTH, _PHONE, _SEX, _HOME = IdLevel, NameLevel, BirthLevel, PhoneLevel, SexLevel, HomeLevel
_SAME_NUMBER = (_ID.SAME, _ID.SAME_OLD, _ID.OTHER_SAME)
_DIFFERENT = (_ID.DIFFERENT, _ID.CONTRADICTED)
_TWO_NUMBERS = (_ID.NEAR_VALID, _ID.DIFFERENT_VALID)
_IN_PART = (
    *(_ID.CUT, _ID.SCIENTIFIC, _ID.SCIENTIFIC_LONG, _ID.SCIENTIFIC_DAY),
    *(_ID.MASKED, _ID.MASKED_HEAD, _ID.MASKED_TAIL, _ID.MASKED_MONTH, _ID.MASKED_YEAR),
)
_NEARLY = (_NAME.SLIP, _NAME.SOUND, _NAME.SHORT, _NAME.PART, _NAME.MASKED, _NAME.MASKED_LAST)
_VAGUE = (*_NEARLY, _NAME.SURNAME_MASKED, _NAME.SIBLING, _NAME.GIVEN)
_NO_DAY = (_BIRTH.MISSING, _BIRTH.IMPLIED, _BIRTH.YEAR)
_CHILD = (_NAME.INFANT, _NAME.INFANT_ONE_OF)
_NO_PHONE = (_PHONE.MISSING, _PHONE.DIFFERENT)
_STRANGERS = (_HOME.NONE, _HOME.PARENT)
# Why such a pair is a question, the first that fits; no pair of these links by itself.
DOUBTS: tuple[tuple[str, Mapping[str, tuple[int, ...]]], ...] = (
    ("是几个孩子里的哪一个", {"name": (_NAME.INFANT_ONE_OF,)}),
    ("是不是当时还没起名", {"name": _CHILD, "id": _SAME_NUMBER}),
    ("是哪一个孩子", {"name": _CHILD, "birth": (*_NO_DAY, _BIRTH.MONTH, _BIRTH.NEAR)}),
    ("性别不同，是不是这个孩子", {"name": _CHILD, "sex": (_SEX.DIFFERENT,)}),
    ("是改名、写错名，还是填了别人的号码", {"name": (_NAME.DIFFERENT, _NAME.SURNAME), "id": _SAME_NUMBER}),
    ("是写错了字，还是填了家里别人的号码", {"name": (_NAME.SIBLING, _NAME.GIVEN), "id": _SAME_NUMBER}),
    ("是写错了字，还是双胞胎", {"name": (_NAME.SIBLING,), "id": (_ID.CUT, _ID.MASKED)}),
    ("号码和名字都差一点，是不是另一个人", {"name": (_NAME.SIBLING,), "id": (_ID.SLIP, _ID.SLIPS)}),
    ("是改过名，还是双胞胎", {"name": (_NAME.SURNAME,), "id": (_ID.SLIP, _ID.CUT)}),
    ("只有号码，没有姓名可以印证", {"name": (_NAME.MISSING,), "id": _SAME_NUMBER}),
    ("号码是家里人的，说的是家里哪一个", {"name": _VAGUE, "home": (_HOME.OWNER,), "birth": _NO_DAY}),
    (
        "号码是家里人的，说的是家里哪一个",
        {"name": (_NAME.SURNAME_MASKED, _NAME.MISSING, _NAME.SIBLING, _NAME.GIVEN), "home": (_HOME.OWNER,)},
    ),
    (
        "另写的出生日期对不上，号码是不是别人的",
        {"birth": (_BIRTH.DIFFERENT,), "id": (_ID.SAME, _ID.SAME_OLD), "name": _NEARLY},
    ),
    ("本人的号码是哪一个", {"home": (_HOME.LENT,), "id": _TWO_NUMBERS}),
    ("是双胞胎里的哪一个", {"home": (_HOME.OWNER,), "id": _TWO_NUMBERS, "birth": (_BIRTH.SAME,)}),
    (
        "两个号码都合校验位，哪一个抄错了",
        {"id": (_ID.NEAR_VALID,), "home": (*_STRANGERS, _HOME.SAME)},
    ),
    (
        "同名又同电话，是不是填了家里别人的号码",
        {"id": (_ID.DIFFERENT_VALID,), "phone": (_PHONE.SAME,), "home": _STRANGERS},
    ),
    ("是同名同日生的另一个人，还是号码抄错", {"id": (_ID.OTHER_SERIAL,)}),
    (
        "是同名同日生的另一个人，还是号码抄错",
        {
            "id": (_ID.CONTRADICTED,),
            "name": (_NAME.SAME, *_NEARLY),
            "birth": (_BIRTH.SAME,),
            "phone": _NO_PHONE,
            "home": (*_STRANGERS, _HOME.SAME, _HOME.LENT),
        },
    ),
    (
        "是同名的另一个人，还是号码填错",
        {
            "id": _DIFFERENT,
            "birth": (*_NO_DAY, _BIRTH.NEAR, _BIRTH.DIFFERENT),
            "home": (*_STRANGERS, _HOME.SAME, _HOME.LENT),
            "phone": _NO_PHONE,
        },
    ),
    ("性别是不是写错了", {"sex": (_SEX.DIFFERENT,), "id": (_ID.MISSING, *_DIFFERENT, _ID.MASKED_TAIL)}),
    (
        "只凭姓名和住处，有没有同名的人",
        {"id": (_ID.MISSING,), "birth": _NO_DAY, "phone": _NO_PHONE, "home": (_HOME.NONE,)},
    ),
)
# The same for pairs that may link where nobody else comes near, and are asked about where somebody does.
RIVALS: tuple[tuple[str, Mapping[str, tuple[int, ...]]], ...] = (
    ("是号码的主人，还是填了号码的家里别人", {"name": (_NAME.SURNAME_MASKED,), "id": _SAME_NUMBER}),
    ("号码是家里人的，说的是家里哪一个", {"name": _VAGUE, "home": (_HOME.OWNER,)}),
    ("号码不全，是不是同名的另一个人", {"name": (_NAME.SAME,), "id": _IN_PART}),
)
_JUDGED_SENTENCE = "经人工确认为同一人"
_OWN_SENTENCE = "本人记录"
_LENT_TO_CHILD = "所填身份证号不是孩子本人的"


def phrase(code: str) -> str:
    """What a code says, without anything of the persons."""
    special = {JUDGED: _JUDGED_SENTENCE, OWN: _OWN_SENTENCE}.get(code)
    if special or not code.isdigit():
        return special or ""
    evidence = decode(int(code))
    number = _LENT_TO_CHILD if _is_lent(evidence) else _IDS.get(evidence.id, "")
    parts = [number, _NAMES[evidence.name], *_others(evidence), _doubt(evidence)]
    return "；".join(filter(None, parts))


def sentence(code: str, left: Identity, right: Identity, *, asked: bool = False) -> str:
    """The same with the characters in which the two records differ. Never a whole number.

    `asked` where the pair waits for an answer: then it says what is asked also where the evidence would do
    if nobody else came near.
    """
    if not code.isdigit():
        return phrase(code)
    evidence = decode(int(code))
    number = _LENT_TO_CHILD if _is_lent(evidence) else _number(evidence.id, left, right)
    said = number, _name(evidence.name, left, right)
    parts = [*said, *_others(evidence), _doubt(evidence, (*DOUBTS, *RIVALS) if asked else DOUBTS)]
    return "；".join(filter(None, parts))


def _is_lent(evidence: Evidence) -> bool:
    """Whether a row that says whose child it is has a number that is not the child's."""
    if evidence.name not in _CHILD:
        return False
    return evidence.id in _DIFFERENT or (evidence.id == _ID.MISSING and evidence.home == _HOME.OWNER)


def _others(evidence: Evidence) -> list[str]:
    found = [_BIRTHS.get(evidence.birth, ""), _PLACES.get(evidence.place, "")]
    if evidence.phone == PhoneLevel.SAME:
        found.append("电话一致")
    if evidence.sex == SexLevel.DIFFERENT:
        found.append("性别不同")
    return [*found, _HOMES.get(evidence.home, "")]


def _doubt(evidence: Evidence, doubts: Iterable[tuple[str, Mapping[str, tuple[int, ...]]]] = DOUBTS) -> str:
    """``要问：是改过名，还是双胞胎``; nothing where no single piece of evidence is in the way."""
    for question, when in doubts:
        if all(getattr(evidence, part) in levels for part, levels in when.items()):
            return f"要问：{question}"
    return ""


# ---------------------------------------------------------------- numbers


def _number(level: IdLevel, left: Identity, right: Identity) -> str:
    plain = _IDS.get(level, "")
    match level:
        case IdLevel.MISSING:
            return _nothing_to_compare(left, right)
        case IdLevel.SAME if "bad_check" in (left.id_kind, right.id_kind):
            return plain + "（两处写的一样，但校验位不符）"
        case IdLevel.CUT:
            return _cut(left, right)
        case IdLevel.MASKED_HEAD if "other" in (left.id_kind, right.id_kind):
            return "身份证号只写到出生日期，地区和出生日期一致"
        case IdLevel.SLIP | IdLevel.SLIPS | IdLevel.NEAR_VALID:
            old = _old_form(left, right)
            return (f"{old}，" if old else "") + plain + _marked(left.id_value, right.id_value)
        case IdLevel.DIFFERENT_VALID if _old_form(left, right):
            both = left.id_kind == right.id_kind
            return _old_form(left, right) + ("互不相同" if both else "与另一个身份证号不同")
        case IdLevel.DIFFERENT | IdLevel.CONTRADICTED:
            return _IDS[IdLevel.DIFFERENT] + _why_doubtful(left, right)
    return plain


def _old_form(left: Identity, right: Identity) -> str:
    """What is compared where an old number is among the two: its places are those of the new form."""
    old = [left.id_kind, right.id_kind].count("legacy15")
    return ("", "15位旧号换算后", "两个15位旧号换算后")[old]


_STATES: Mapping[str, str] = {
    "missing": "没有身份证号",
    "scientific": "身份证号成了科学计数法，只剩前几位",
    "masked": "身份证号遮盖太多",
    "other": "填的不是身份证号",
}


def _nothing_to_compare(left: Identity, right: Identity) -> str:
    kinds = [kind for kind in (left.id_kind, right.id_kind) if kind in _STATES]
    if not kinds:
        return ""
    if "missing" in kinds:
        kinds.sort(key=lambda kind: kind != "missing")
    both = len(kinds) == 2 and kinds[0] == kinds[1]
    return ("双方都" if both else "一方") + _STATES[kinds[0]]


def _cut(left: Identity, right: Identity) -> str:
    kinds = left.id_kind, right.id_kind
    if "scientific" in kinds:
        return "身份证号变成科学计数法，前15位一致"
    if "other" in kinds:
        return "身份证号没有写全，前15位一致"
    return "身份证号末三位被Excel截断，前15位一致"


def _why_doubtful(left: Identity, right: Identity) -> str:
    kinds = {left.id_kind, right.id_kind}
    if kinds == {"other"}:
        return "，两个都不是身份证号，换发证件也会换号"
    if "other" in kinds:
        return "，有一个不是身份证号"
    for kind, said in _REMAINS.items():
        if kind in kinds:
            return said
    return "，有一个与本行写的出生日期或性别不符"


_REMAINS: Mapping[str, str] = {
    "scientific": "，变成科学计数法后剩下的前几位就不同",
    "masked": "，没有遮盖的数字就不同",
    "cut": "，末几位丢失，前15位就不同",
    "bad_check": "，有一个校验位不符",
}


def _marked(one: str, other: str) -> str:
    """``（第12位3写作8）``; nothing where the difference cannot be said in places."""
    if len(one) != len(other):
        return f"（一个{len(one)}位，一个{len(other)}位）"
    places = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    crossed = [one[place] for place in places] == [other[place] for place in reversed(places)]
    if len(places) == 2 and places[1] == places[0] + 1 and crossed:
        return f"（第{places[0] + 1}、{places[1] + 1}位对调）"
    if len(places) > 4:
        return ""
    said = "、".join(f"第{place + 1}位{one[place]}与{other[place]}" for place in places)
    return f"（{said}）"


# ---------------------------------------------------------------- names


def _name(level: NameLevel, left: Identity, right: Identity) -> str:
    plain = _NAMES[level]
    one, other = left.name, right.name
    if level == NameLevel.MISSING:
        return plain
    if level == NameLevel.SAME:
        return plain if one == other else f"{plain}（{one}、{other}写法不同）"
    if level == NameLevel.FORMER:
        return f"{plain}（{one}、{other}）"
    if level in _CHILD:
        return f"{plain}（{one}、{other}）"
    return _differing(level, one, other) or f"{plain}（{one}、{other}）"


def _differing(level: NameLevel, one: str, other: str) -> str:
    """``姓名只差一字：晓与小同音``."""
    if len(one) != len(other) or level not in (NameLevel.SLIP, NameLevel.SIBLING, NameLevel.GIVEN):
        return ""
    off = [(a, b) for a, b in zip(one, other, strict=True) if simplified(a) != simplified(b)]
    if len(off) != 1:
        return ""
    a, b = off[0]
    said = {NameLevel.SLIP: "姓名只差一字", NameLevel.SIBLING: "名字有一字不同"}.get(level, "名相同，姓不同")
    if level == NameLevel.SLIP:
        alike = set(readings(simplified(a))) & set(readings(simplified(b)))
        seldom = one[:1] == a and other[:1] == b  # a surname may be read as no dictionary has it (黑 like 贺)
        return f"{said}：{a}与{b}{'同音' if alike else '音近或形近' if seldom else '形近'}"
    return f"{said}：{a}与{b}"
