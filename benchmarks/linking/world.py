"""A register and what the departments send: two tables of raw text, and the truth about them.

Half of the departments' rows are about people on the register. A third of the rest are about members of
registered households who are not on it themselves, the others about people outside; some of those occur in
several departments. The same rows, mix and seed give the same world.
"""

from __future__ import annotations

import csv
from bisect import bisect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random

from .faults import FAULTS, Row
from .mixes import Mix
from .people import Person, Population

SHARED = ("name", "id_number", "birth", "sex", "township", "village", "phone", "former_name")
REGISTER = ("record", "household", "relation", *SHARED)
CLAIMS = ("record", "source", *SHARED, "guardian_name", "guardian_id")

REGISTERED_HOUSEHOLD, REGISTERED_MEMBER = 0.82, 0.8
FORMER_NAME_KNOWN = 0.6
OFTEN = 50_000
ISO, SLASH, DOTTED = "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d"
PLAIN, CHINESE, MONTH = "%Y%m%d", "%Y年%m月%d日", "%Y-%m"


@dataclass(frozen=True)
class Department:
    """A department's list: its columns, the ages on it, how often it has no number of anybody.

    `careless` scales the faults of the number: what a system exports and nobody retypes has fewer.
    """

    name: str
    weight: float
    columns: frozenset[str]
    ages: tuple[int, int] = (0, 120)
    no_number: float = 0.0
    card: bool = False
    careless: float = 1.0
    day_forms: tuple[str, ...] = (ISO,)


def _department(name: str, weight: float, columns: str, **more: object) -> Department:
    return Department(name, weight, frozenset(columns.split()), **more)  # type: ignore[arg-type]


DEPARTMENTS = (
    _department("残联", 0.11, "sex township village phone", card=True),
    _department("医保", 0.16, "sex", careless=0.5),
    _department(
        "教育", 0.12, "sex birth phone guardian", ages=(3, 22), no_number=0.02, day_forms=(PLAIN, ISO, MONTH)
    ),
    _department("人社", 0.15, "sex township phone", ages=(16, 120)),
    _department("公安", 0.12, "sex birth township village former_name", day_forms=(PLAIN,)),
    _department("殡葬", 0.07, "sex township village", ages=(45, 120), no_number=0.03),
    _department(
        "卫健", 0.1, "sex birth township village phone guardian", no_number=0.06, day_forms=(ISO, SLASH)
    ),
    _department("农业农村", 0.09, "township village phone", ages=(18, 120)),
    _department(
        "工会慈善",
        0.04,
        "sex birth township village phone",
        no_number=0.4,
        day_forms=(DOTTED, CHINESE, MONTH),
    ),
)


@dataclass
class World:
    """`people` and `claimed` are the truth, row by row; `classes` what went wrong with each claim.

    `standing` says whether a claim's person is ``registered``, a ``member`` of a registered household or an
    ``outsider``.
    """

    register: dict[str, list[str]]
    claims: dict[str, list[str]]
    people: list[int]
    claimed: list[int]
    classes: list[str]
    standing: list[str]


def generate(rows: int, mix: Mix, seed: int = 1) -> World:
    """A register and claims of `rows` rows each."""
    random_ = Random(f"{seed}/{rows}/{mix.name}")
    population = Population(random_, rows * 19 // 10)
    households, pools = _populated(population, rows, random_)
    registered = pools["registered"]
    register: dict[str, list[str]] = {column: [] for column in REGISTER}
    spoil = _spoiler(mix.register, FAULTS)
    for number, person in enumerate(registered):
        row = Row(person, (), population, random_)
        _registered(row, spoil, mix)
        shown = (f"R{number:07d}", f"H{person.household:07d}", person.relation)
        for column, value in zip(REGISTER, (*shown, *(getattr(row, one) for one in SHARED)), strict=True):
            register[column].append(value)
    claims: dict[str, list[str]] = {column: [] for column in CLAIMS}
    world = World(register, claims, [one.number for one in registered], [], [], [])
    write = _claimant(population, households, mix, random_)
    for number, standing in enumerate(_standings(rows, random_)):
        department, row = write(pools[standing])
        shown = (f"C{number:07d}", department.name)
        behind = (row.guardian_name, row.guardian_id)
        values = (*shown, *(getattr(row, one) for one in SHARED), *behind)
        for column, value in zip(CLAIMS, values, strict=True):
            claims[column].append(value)
        world.claimed.append(row.person.number)
        world.classes.append(";".join(row.classes))
        world.standing.append(standing)
    return world


def save(world: World, folder: Path) -> None:
    """`register.csv` and `claims.csv` for the contestants, `truth.csv` for the scorer alone."""
    for name, columns in (("register", world.register), ("claims", world.claims)):
        _write(folder / f"{name}.csv", columns)
    truth = {
        "person": list(map(str, world.claimed)),
        "classes": world.classes,
        "standing": world.standing,
        "source": world.claims["source"],
        "name": world.claims["name"],
        "id_number": world.claims["id_number"],
    }
    _write(folder / "truth.csv", truth)
    _write(folder / "people.csv", {"person": list(map(str, world.people))})


def columns_of(path: Path) -> dict[str, list[str]]:
    """A table that `save` wrote, column by column; what comes again and again is held once."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        columns: dict[str, list[str]] = {name: [] for name in next(rows)}
        add = [(column.append, {}) for column in columns.values()]
        for row in rows:
            for (append, known), cell in zip(add, row, strict=True):
                append(known.setdefault(cell, cell) if len(known) < OFTEN else cell)
    return columns


# ---------------------------------------------------------------- who is where


def _populated(
    population: Population, rows: int, random_: Random
) -> tuple[list[list[Person]], dict[str, list[Person]]]:
    """Households until the register is full and there are enough people who are not on it."""
    households: list[list[Person]] = []
    pools: dict[str, list[Person]] = {"registered": [], "member": [], "outsider": []}
    for household in population.households():
        households.append(household)
        full = len(pools["registered"]) >= rows
        if not full and random_.random() < REGISTERED_HOUSEHOLD:
            for person in household:
                on = len(pools["registered"]) < rows and random_.random() < REGISTERED_MEMBER
                person.registered = on
                pools["registered" if on else "member"].append(person)
            if not any(person.registered for person in household):
                del pools["member"][-len(household) :]
                pools["outsider"].extend(household)
        else:
            pools["outsider"].extend(household)
        if full and len(pools["outsider"]) >= rows // 4 and pools["member"]:
            return households, pools
    raise AssertionError("households never end")


def _standings(rows: int, random_: Random) -> list[str]:
    matched = rows // 2
    members = (rows - matched) // 3
    found = ["registered"] * matched + ["member"] * members + ["outsider"] * (rows - matched - members)
    random_.shuffle(found)
    return found


def _registered(row: Row, spoil: Callable[[Row], None], mix: Mix) -> None:
    """What the register says: nearly always right, with a former name where it was told."""
    person, random_ = row.person, row.random
    row.name, row.id_number, row.sex = person.name, person.id, person.sex
    row.birth = "" if random_.random() < 0.02 else person.birth.isoformat()
    row.township, row.village = person.village.township, person.village.name
    row.phone = "" if random_.random() < mix.blank["phone"] / 2 else person.phone
    if person.former and random_.random() < FORMER_NAME_KNOWN:
        row.former_name = person.former
    spoil(row)


# ---------------------------------------------------------------- a department's row


def _claimant(
    population: Population, households: Sequence[Sequence[Person]], mix: Mix, random_: Random
) -> Callable[[Sequence[Person]], tuple[Department, Row]]:
    weights = list(accumulate(department.weight for department in DEPARTMENTS))
    numbers, names = _spoiler(mix.numbers, mix.faults), _spoiler(mix.names, mix.faults)
    beside = [(mix.faults[name], name, rate) for name, rate in mix.beside.items()]

    def write(pool: Sequence[Person]) -> tuple[Department, Row]:
        department = random_.choices(DEPARTMENTS, cum_weights=weights)[0]
        least, most = department.ages
        person = pool[int(len(pool) * random_.random())]
        for _ in range(50):
            if least <= person.age <= most:
                break
            person = pool[int(len(pool) * random_.random())]
        row = Row(person, households[person.household - 1], population, random_, department.day_forms)
        _told(row, department, mix)
        for fault, name, rate in beside:
            if random_.random() < rate and fault(row):
                row.classes.append(name)
        names(row)
        if "name_infant" not in row.classes:
            if random_.random() < department.no_number * mix.no_number and FAULTS["id_missing"](row):
                row.classes.append("id_missing")
            else:
                _card(row, department)
                if random_.random() < department.careless:
                    numbers(row)
        _filtered(row, department, mix)
        return department, row

    return write


def _spoiler(
    rates: Mapping[str, float], faults: Mapping[str, Callable[[Row], bool]]
) -> Callable[[Row], None]:
    """At most one fault of a group strikes; what cannot happen to this person does not."""
    named = [(name, faults[name]) for name in rates]
    sums = list(accumulate(rates.values()))
    if sums and sums[-1] > 1:
        raise ValueError(f"rates of one group add up to {sums[-1]}")

    def spoil(row: Row) -> None:
        place = bisect(sums, row.random.random())
        if place < len(named):
            name, fault = named[place]
            if fault(row):
                row.classes.append(name)

    return spoil


def _card(row: Row, department: Department) -> None:
    """A disability card's number: the identity number, the category and the grade."""
    if department.card and row.random.random() < 0.8:
        row.id_number += row.random.choice("1234567") + row.random.choice("1234")
        row.classes.append("id_card")


def _told(row: Row, department: Department, mix: Mix) -> None:
    """The truth as the department's columns hold it."""
    person, random_, has = row.person, row.random, department.columns
    row.name, row.id_number = person.name, person.id
    kept = {one: one in has and random_.random() >= mix.blank[one] for one in mix.blank}
    if kept["birth"]:
        row.birth = person.birth.strftime(random_.choice(department.day_forms))
    row.sex = person.sex if kept["sex"] else ""
    row.township = person.village.township if kept["township"] else ""
    row.village = person.village.name if kept["village"] else ""
    row.phone = person.phone if kept["phone"] else ""
    if person.guardian is not None and person.age < 18 and kept["guardian"]:
        row.guardian_name, row.guardian_id = person.guardian.name, person.guardian.id
    if person.former and "former_name" in has:
        row.former_name = person.former


def _filtered(row: Row, department: Department, mix: Mix) -> None:
    """Only the columns the department has, some of them written in another way."""
    if "former_name" not in department.columns:
        row.former_name = ""
    random_ = row.random
    if row.village and random_.random() < mix.rewritten:
        row.village = random_.choice(list(_villages_written(row, random_)))
    if row.township and random_.random() < mix.rewritten / 3:
        row.township = random_.choice((row.township.rstrip("镇乡"), "示例县" + row.township))
    if row.phone and random_.random() < mix.rewritten / 2:
        row.phone = random_.choice(
            (f"{row.phone[:3]}-{row.phone[3:7]}-{row.phone[7:]}", f"{row.phone[:3]} {row.phone[3:]}")
        )
    if row.birth and random_.random() < mix.rewritten / 4:
        row.birth = row.birth.replace("-0", "-").replace("/0", "/").replace(".0", ".")


def _villages_written(row: Row, random_: Random) -> Iterator[str]:
    name = row.village
    if name.endswith("社区"):
        yield from (name + "居委会", name.removesuffix("社区") + "居委会")
    else:
        yield from (name + "委会", name.removesuffix("村"), name + "村民委员会"[1:])
    group = random_.randrange(1, 13)
    yield f"{name}{group}组"
    yield f"{name}{'一二三四五六七八九十'[group % 10]}组"
    if row.township:
        yield from (row.township + name, f"{row.township}{name}{group}组{random_.randrange(1, 90)}号")


def _write(path: Path, columns: Mapping[str, Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))
