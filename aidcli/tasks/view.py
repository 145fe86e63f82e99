"""What the rules and the schedule see of the database."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import PersonFact, RosterHousehold, RosterPerson
from ..store import Session, current


class StoreView:
    """`model.MonitoringView` over an open database, for the rosters that hold in `month`."""

    def __init__(self, session: Session, month: str) -> None:
        self._session = session
        self._month = month

    def fact_kinds(self) -> frozenset[str]:
        return current.fact_kinds(self._session)

    def roster(self) -> Iterator[RosterPerson]:
        return current.people(self._session, self._month)

    def households(self) -> Iterator[RosterHousehold]:
        return current.households(self._session, self._month)

    def facts(self, kind: str, first_day: str = "", last_day: str = "9999-12-31") -> Iterator[PersonFact]:
        return current.facts(self._session, kind, first_day, last_day)
