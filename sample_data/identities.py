"""People who are hard to tell: what the lists show of each, and who it truly is."""

from __future__ import annotations

from datetime import date

from . import words
from .cases import Bill, CardEntry, Death, Planter
from .dirt import possible
from .district import Household
from .people import Person, surname_of

CARD = (4, 4)  # a disability that no rule asks for
_TRADITIONAL = {
    "国庆": "國慶",
    "丽华": "麗華",
    "贵兰": "貴蘭",
    "学军": "學軍",
    "红玉": "紅玉",
    "凤鸣": "鳳鳴",
}
_RARE_NAMES = ("诸葛燊", "上官垚", "司马犇", "欧阳龑", "诸葛喆", "上官堃")
_LONG_GIVEN = ("晓峰", "春燕", "建业", "秋菊")
_NEW_NAMES = ("雨诗", "子怡", "思语", "佳馨")
_TWINS = (("梓涵", "梓轩"), ("雨欣", "雨桐"), ("思睿", "思晨"), ("一诺", "一可"))


def plant_identities(planter: Planter) -> None:
    """One of each hard case; every one in households of its own."""
    for plant in (_numbers, _names, _twins, _child, _newborn, _namesakes, _listed_twice):
        plant(planter)


def _show(planter: Planter, person: Person, entry: CardEntry) -> None:
    person.disability, person.card = CARD, "正常"
    planter.planted.cards[person.key] = entry


def _plain_surname(home: Household) -> bool:
    """Nobody here has a name of the kinds that are given out below."""
    return all(len(surname_of(who.name)) == 1 for who, _ in home.covered())


def _numbers(planter: Planter) -> None:
    """A digit wrong, hidden digits, hidden letters, a card's number, none at all."""
    _, person = planter.several("rural")
    _show(planter, person, CardEntry("slip", "slip"))
    _, person = planter.several("rural")
    _show(planter, person, CardEntry("masked_in_village", "masked"))
    home = planter.take("rural", _plain_surname)
    person = planter.add(home, (30, 60), name=home.head.name[0] + planter.rng.choice(_LONG_GIVEN))
    hidden = person.name[0] + "*" + person.name[2]
    _show(planter, person, CardEntry("masked_name", "masked", hidden))
    _, person = planter.several("rural")
    _show(planter, person, CardEntry("card", "card"))
    person = planter.add(
        planter.take("rural", _plain_surname), (40, 70), name=planter.rng.choice(_RARE_NAMES)
    )
    _show(planter, person, CardEntry("none_in_village", "none", about=person))


def _names(planter: Planter) -> None:
    """Names in two writings, in part, former ones, and one that simply changed."""
    rng = planter.rng
    home = planter.take("rural", _plain_surname)
    for name, kind in zip(rng.sample(words.DOTTED_NAMES, 2), ("no_dots", "part_of_name"), strict=True):
        written = name.replace("·", "") if kind == "no_dots" else name.split("·")[0]
        _show(planter, planter.add(home, (25, 60), name=name), CardEntry(kind, name=written))
    home = planter.take("rural", _plain_surname)
    surname, given = surname_of(home.head.name), rng.choice(list(_TRADITIONAL))
    surname = surname if surname in "王李田石" else "王"  # written alike in both
    person = planter.add(home, (45, 75), name=surname + given)
    _show(planter, person, CardEntry("traditional", name=surname + _TRADITIONAL[given]))
    home = planter.take("rural", _plain_surname)
    person = planter.add(home, (19, 40))
    new = surname_of(home.head.name) + rng.choice(_NEW_NAMES)
    _show(planter, person, CardEntry("former_name", name=f"{new}（曾用名{person.name}）"))
    home = planter.take("rural", _plain_surname)
    person = planter.add(home, (19, 40), male=True)
    new = surname_of(home.head.name) + rng.choice(_NEW_NAMES)
    _show(planter, person, CardEntry("renamed", name=new, about=person))


def _twins(planter: Planter) -> None:
    """One with a cut number, which fits both; the other with the first one's."""
    home = planter.take("rural", _plain_surname)
    one, other = planter.rng.choice(_TWINS)
    surname = surname_of(home.head.name)
    first = planter.add(home, (8, 16), name=surname + one, id_dirt="number")
    second = planter.mark(planter.district.registry.beside(first, surname + other))
    planter.join(home, second)
    _show(planter, first, CardEntry("number", "number"))
    _show(planter, second, CardEntry("twins_number", number_of=first, about=first))


def _child(planter: Planter) -> None:
    """A severely disabled child under the number of the head of its household."""
    rule = "severe_disability_not_in_dibao"
    home = planter.take("margin")
    child = planter.add(home, (5, 15))
    _show(planter, child, CardEntry("guardians_number", number_of=home.head))
    child.disability = (5, 1)
    planter.alert(rule, child, [home])
    planter.miss(rule, "guardian_of_disabled_child", planter.mark(home.head))


def _newborn(planter: Planter) -> None:
    """The mother stays under the line, with the newborn's bills she would be above it."""
    rule = "medical_self_paid_12m"
    home = planter.take("rural", _plain_surname)
    mother, child = planter.add(home, (24, 38), male=False), planter.add(home, (0, 0))
    planter.planted.bills[mother.key].append(Bill(date(2026, 2, 24), 1_500_000))
    name = f"{mother.name}之{'子' if child.male else '女'}"
    bill = Bill(date(2026, 9, 30), 900_000, shown=mother, kind="infant", name=name)
    planter.planted.bills[child.key].append(bill)
    planter.miss(rule, "newborn_under_mothers_number", mother)


def _namesakes(planter: Planter) -> None:
    """Two of one name, birth date and village, in two households; a death with what is left of a number."""
    rule = "roster_after_death"
    first, second = planter.neighbours("rural")
    living = planter.add(first, (60, 80), id_dirt="cut")
    dead = planter.mark(planter.district.registry.beside(living, living.name))
    assert possible(dead, "cut")
    planter.join(second, dead)
    death = Death(dead, date(2026, 9, 12), id_kind="cut", kind="cut_of_two", about=living)
    planter.planted.deaths.append(death)
    planter.miss(rule, "namesake_of_one_birth_date", living)
    planter.miss(rule, "cut_number_fits_two", dead)


def _listed_twice(planter: Planter) -> None:
    """On two rosters, with a slip in one: nobody but a person may say that these are one."""
    _, person = planter.several("rural")
    planter.join(planter.take("margin"), person)
    planter.planted.twice.add(person.key)
    planter.miss("exclusive_programmes", "listed_again_with_wrong_number", person)
