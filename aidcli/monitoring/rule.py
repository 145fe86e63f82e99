"""What a rule is, and what it may find."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ..canon import content_key
from ..model import Alert, MonitoringView
from ..policy import Profile


class Undetermined(NamedTuple):
    """A person whom a rule could neither flag nor clear, and what was missing (Chinese)."""

    rule: str
    person: str
    reason: str


Finding = Alert | Undetermined


@dataclass(frozen=True, slots=True)
class Rule:
    """One question asked of the register.

    `needs`: kinds of fact without which it is skipped; `rosters`: programmes whose roster it must have;
    `parameters`: keys of the profile without which it is skipped; `grounds`: keys that it only cites.
    `priority`, `route` and `department` as in `terms`; a single alert may carry others.
    `find` streams findings in any order, no two alerts with the same identity.
    """

    key: str
    label: str
    family: str
    question: str
    needs: tuple[str, ...]
    parameters: tuple[str, ...]
    priority: int
    route: str
    department: str
    find: Callable[[MonitoringView, Profile, date], Iterator[Finding]]
    rosters: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()


def alert_id(alert: Alert) -> str:
    """``a-`` and a key of the alert's identity; reason, evidence and detail may grow."""
    return content_key("a", (alert.rule, alert.household, alert.person, alert.period, alert.threshold))
