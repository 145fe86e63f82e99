"""What the rules and the schedule see of the database."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import PersonFact, PersonPaid, RosterHousehold, RosterPerson
from ..store import Session, current, doubles
from ..terms import ASSISTANCE


class StoreView:
    """`model.MonitoringView` over an open database, for the rosters that hold in `month`.

    Rosters are those of social assistance; lists of other benefits are held as facts about their people.
    Rosters are read once and kept, because every rule walks them; facts are streamed.
    """

    def __init__(self, session: Session, month: str) -> None:
        self._session = session
        self._month = month
        self._roster: list[RosterPerson] | None = None
        self._households: list[RosterHousehold] | None = None

    def fact_kinds(self) -> frozenset[str]:
        return current.fact_kinds(self._session)

    def roster(self) -> Iterator[RosterPerson]:
        if self._roster is None:
            rows = current.people(self._session, self._month)
            self._roster = [row for row in rows if row.programme in ASSISTANCE]
        return iter(self._roster)

    def households(self) -> Iterator[RosterHousehold]:
        if self._households is None:
            found = current.households(self._session, self._month)
            self._households = [row for row in found if row.programme in ASSISTANCE]
        return iter(self._households)

    def facts(self, kind: str, first_day: str = "", last_day: str = "9999-12-31") -> Iterator[PersonFact]:
        return current.facts(self._session, kind, first_day, last_day)

    def paid_twice(self) -> Iterator[PersonPaid]:
        return doubles.paid_twice(self._session)
