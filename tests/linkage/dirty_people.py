"""A handful of invented people and what departments make of them, for hypothesis: many near edges."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import strategies as st

from aidcli import idnumber, names
from aidcli.linkage.anchors import anchor, mention_key
from aidcli.model import Identity, Mention


def number(birth: str, sequence: int) -> str:
    body = f"990101{birth}{sequence:03}"
    return body + idnumber.check_digit(body)


class Person(NamedTuple):
    name: str
    id: str
    village: str
    phone: str
    home: str
    former: str = ""


PEOPLE = (
    Person("周建平", number("19850210", 335), "北山村", "13900000001", "h1"),
    Person("周小宝", number("20160510", 153), "北山村", "13900000001", "h1"),
    Person("周小亮", number("20160510", 179), "北山村", "13900000001", "h1"),
    Person("王秀英", number("19550601", 222), "北山村", "13900000002", "h2", "王招娣"),
    Person("王秀英", number("19550601", 349), "北山村", "13900000003", "h3"),
    Person("阿依古丽·买买提", number("19830415", 126), "下河村", "13900000004", "h4"),
)


# Nobody of these has anything in common with those above.
STRANGERS = (
    Person("郑志远", number("19420101", 411), "石桥村", "13800000005", "h5"),
    Person("郑思齐", number("19711212", 433), "石桥村", "13800000005", "h5"),
    Person("冯玉珍", number("20011130", 468), "王庄村", "13800000006", "h6", "冯三妹"),
)


def slipped(text: str, place: int) -> str:
    """One digit written otherwise."""
    return text[:place] + str((int(text[place]) + 3) % 10) + text[place + 1 :]


NUMBERS = {  # what becomes of a number of eighteen characters
    "whole": lambda text: text,
    "old": lambda text: text[:6] + text[8:17] if text[6:8] == "19" else text,
    "cut": lambda text: text[:15] + "000",
    "short": lambda text: f"9.{text[1:6]}E+17",
    "scientific": lambda text: f"9.{text[1:14]}E+17",
    "scientific to 15": lambda text: f"9.{text[1:15]}E+17",
    "card": lambda text: text + "43",
    "birth hidden": lambda text: text[:6] + "********" + text[14:],
    "tail hidden": lambda text: text[:14] + "****",
    "two hidden": lambda text: text[:15] + "**" + text[17],
    "digit wrong": lambda text: slipped(text, 15),
    "two wrong": lambda text: slipped(slipped(text, 9), 16),
    "swapped": lambda text: text[:9] + text[10] + text[9] + text[11:],
    "digit lost": lambda text: text[:8] + text[9:],
    "passport": lambda text: "E" + text[-9:-1],
    "missing": lambda text: "",
}
NAMES = {  # what becomes of a name
    "same": lambda text: text,
    "traditional": lambda text: text.replace("宝", "寶").replace("买", "買"),
    "sound": lambda text: text.replace("小", "晓").replace("英", "瑛").replace("平", "萍"),
    "note": lambda text: text + "（户主）",
    "title": lambda text: text + "同志",
    "masked": lambda text: text[0] + "*" + text[2:],
    "surname": lambda text: text[0] + "**",
    "sibling": lambda text: text[:-1] + "军",
    "short": lambda text: text[0] + text[2:],
    "part": lambda text: text.split("·")[0],
    "no dot": lambda text: text.replace("·", ""),
    "child": lambda text: text[:3] + "之子",
    "missing": lambda text: "",
}


def identity(
    name: str, text: str, birth: str = "", village: str = "", phone: str = "", former: str = ""
) -> Identity:
    """As it is read from a spreadsheet; a whole number tells birth date and sex."""
    reading = idnumber.read(text)
    born = idnumber.birth_date(reading.value) if reading.whole else None
    return Identity(
        names.compact(name),
        reading.kind,
        reading.value,
        birth or (born.isoformat() if born else ""),
        idnumber.sex(reading.value) if reading.whole else "",
        "青石镇" if village else "",
        village,
        phone,
        former or names.former(name),
    )


def birth_of(person: Person) -> str:
    return f"{person.id[6:10]}-{person.id[10:12]}-{person.id[12:14]}"


@st.composite
def identities(draw: st.DrawFn, people: tuple[Person, ...] = PEOPLE) -> Identity:
    """A record of one of the people, with dirt; now and then with another one's number or birth date."""
    person = draw(st.sampled_from(people))
    lender = draw(st.sampled_from((person, person, person, *people)))
    return identity(
        NAMES[draw(st.sampled_from(("same", "same", *NAMES)))](person.name),
        NUMBERS[draw(st.sampled_from(("whole", "missing", *NUMBERS)))](lender.id),
        draw(
            st.sampled_from(
                ("", "", birth_of(person), birth_of(lender), birth_of(person)[:7], birth_of(person)[:4])
            )
        ),
        draw(st.sampled_from((person.village, person.village, "", person.village[:2], people[-1].village))),
        draw(st.sampled_from(("", person.phone))),
        draw(st.sampled_from(("", "", person.former))),
    )


def mention(identity: Identity, place: int | str = 0, home: str = "", source: str = "部门") -> Mention:
    key = mention_key(source, identity, str(place))
    return Mention(key, source, identity, *anchor(key, identity, bool(home)), home)


@st.composite
def pools(draw: st.DrawFn, most: int = 7, people: tuple[Person, ...] = PEOPLE) -> list[Mention]:
    """Some of the people on the register, the rest records of departments."""
    listed = draw(st.lists(st.sampled_from(people), unique=True, max_size=min(4, most - 1)))
    register = [
        mention(
            identity(one.name, NUMBERS[how](one.id), "", one.village, one.phone, one.former),
            one.id,
            one.home,
            "低保",
        )
        for one in listed
        for how in [draw(st.sampled_from(("whole", "whole", "whole", "old", "cut", "missing")))]
    ]
    others = draw(st.lists(identities(people), min_size=1, max_size=most - len(register)))
    return register + [mention(one, place) for place, one in enumerate(others)]
