"""How often what goes wrong: the mixes that the matcher's author sees and tunes with.

A rate is a share of the rows; where a fault cannot happen to a person, nothing happens instead. Of the
faults of the number at most one strikes a row, so of those of the name; the others are independent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .faults import FAULTS, Fault


@dataclass(frozen=True)
class Mix:
    """`numbers`, `names`, `beside`: class of error → rate. `blank`: column → share left empty.

    `no_number` multiplies what each department leaves out; `rewritten` is the share of villages,
    telephones and dates that are written in another way; `register` are faults of the register itself.
    """

    name: str
    numbers: Mapping[str, float]
    names: Mapping[str, float]
    beside: Mapping[str, float]
    blank: Mapping[str, float]
    no_number: float
    rewritten: float
    register: Mapping[str, float]
    faults: Mapping[str, Fault] = field(default_factory=lambda: FAULTS)


_REGISTER = {"id_15": 0.003, "id_digit": 0.001, "id_missing": 0.0005, "id_cut": 0.0005, "id_swapped": 0.0003}

USUAL = Mix(
    name="usual",
    numbers={
        "id_cut": 0.055,
        "id_scientific": 0.017,
        "id_scientific_long": 0.03,
        "id_digit": 0.03,
        "id_swapped": 0.017,
        "id_15": 0.045,
        "id_lost": 0.014,
        "id_masked": 0.035,
        "id_masked_tail": 0.01,
        "id_missing": 0.05,
        "id_member": 0.024,
        "id_guardian": 0.08,
    },
    names={
        "name_homophone": 0.025,
        "name_look_alike": 0.012,
        "name_traditional": 0.012,
        "name_spaced": 0.03,
        "name_short": 0.006,
        "name_renamed": 0.006,
        "name_note": 0.012,
        "name_masked": 0.012,
        "name_dotted": 0.4,
        "name_infant": 0.4,
    },
    beside={"birth_other": 0.025, "village_other": 0.04, "phone_other": 0.15, "sex_other": 0.002},
    blank={"birth": 0.1, "sex": 0.03, "township": 0.05, "village": 0.12, "phone": 0.3, "guardian": 0.2},
    no_number=1.0,
    rewritten=0.3,
    register=_REGISTER,
)

DIRTIER = Mix(
    name="dirtier",
    numbers={
        "id_cut": 0.11,
        "id_scientific": 0.03,
        "id_scientific_long": 0.055,
        "id_digit": 0.055,
        "id_swapped": 0.035,
        "id_15": 0.06,
        "id_lost": 0.03,
        "id_masked": 0.07,
        "id_masked_tail": 0.02,
        "id_missing": 0.11,
        "id_member": 0.025,
        "id_guardian": 0.08,
    },
    names={
        "name_homophone": 0.05,
        "name_look_alike": 0.03,
        "name_traditional": 0.02,
        "name_spaced": 0.04,
        "name_short": 0.012,
        "name_renamed": 0.012,
        "name_note": 0.02,
        "name_masked": 0.025,
        "name_dotted": 0.35,
        "name_infant": 0.35,
    },
    beside={"birth_other": 0.05, "village_other": 0.08, "phone_other": 0.25, "sex_other": 0.006},
    blank={"birth": 0.25, "sex": 0.1, "township": 0.1, "village": 0.25, "phone": 0.45, "guardian": 0.35},
    no_number=1.5,
    rewritten=0.5,
    register={name: 2 * rate for name, rate in _REGISTER.items()},
)

VISIBLE = {mix.name: mix for mix in (USUAL, DIRTIER)}
