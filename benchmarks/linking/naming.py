"""Names for people and villages, drawn after their frequencies."""

from __future__ import annotations

from random import Random

from . import frequencies as words

MEN, WOMEN = "男", "女"


def sounding_like(random_: Random, name: str) -> str:
    """The name with one sign of the given name replaced by one read alike; '' where none is known."""
    first = len(words.surname_of(name))
    places = [at for at in range(first, len(name)) if words.ALIKE.get(name[at])]
    if not places:
        return ""
    at = random_.choice(places)
    return name[:at] + random_.choice(words.ALIKE[name[at]]) + name[at + 1 :]


def full_name(random_: Random, people: str, surname: str, year: int, sex: str, sign: str) -> str:
    """A name in the fashion of the year; `sign` is that of the generation or family, if it has one."""
    man = sex == MEN
    if people == "uyghur":
        first = random_.choice(words.UYGHUR_MEN if man else words.UYGHUR_WOMEN)
        father = surname if surname in words.UYGHUR_MEN else random_.choice(words.UYGHUR_MEN)
        return first + words.DOT + father
    if people == "tibetan":
        second = random_.choice(words.TIBETAN if man else words.TIBETAN_WOMEN)
        return random_.choice(words.TIBETAN) + (words.DOT if random_.random() < 0.2 else "") + second
    if people == "yi":
        clan = surname if surname in words.YI_CLANS else random_.choice(words.YI_CLANS)
        return clan + words.DOT + random_.choice(words.YI_MEN if man else words.YI_WOMEN)
    cohort = next(one for one in reversed(words.COHORTS) if year >= one[0])
    signs, sums = cohort[2] if man else cohort[3]
    if sign:
        return surname + sign + random_.choices(signs, cum_weights=sums)[0]
    count = 1 if random_.random() < cohort[1] else 2
    return surname + "".join(random_.choices(signs, cum_weights=sums, k=count))


def village_name(random_: Random, clan: str, township: str) -> str:
    """After the clan, or after what the eye sees there; in a street office a community."""
    if clan and random_.random() < 0.6:
        return clan + random_.choice(words.VILLAGE_ENDS)
    end = "社区" if township.endswith("街道") else "村"
    return random_.choice(words.PLACE_SIGNS) + end
