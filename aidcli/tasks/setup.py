"""`init`, and where a database finds its templates and its region's profile."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..errors import AidError
from ..resources import data_dir
from ..store import Actor, Session, create, events

if TYPE_CHECKING:
    from ..intake.regions import Regions
    from ..policy import Profile
    from ..workdays import WorkCalendar

HOLIDAYS = "holidays.toml"


class Made(NamedTuple):
    """A new database and the region it is for ('' when none was chosen)."""

    db: str
    region: str
    region_name: str


def init(path: Path, actor: Actor, region: str = "", answers: Mapping[str, str] | None = None) -> Made:
    """Creates the database; `answers` may name the usual ``operator`` and the ``office``.

    Raises `AidError` when the file exists or the region has no profile.
    """
    from ..policy import load_profile

    profile = load_profile(region, _policies(path)) if region else None
    session = create(path, actor)
    try:
        with session.transaction(actor):
            session.set_setting("region", region)
            for key, value in (answers or {}).items():
                session.set_setting(key, value)
            name = profile.name if profile else ""
            events.record(session, actor, "init", region, f"建库：{name or '未选地区'}", {"region": region})
    finally:
        session.close()
    return Made(str(path), region, profile.name if profile else "")


def regions(session: Session) -> Regions:
    """The townships and villages of the database's region; empty where there is no list of them."""
    from ..intake.regionlist import load_regions

    return load_regions(session.setting("region"), folders(session.path, "regions"))


def use_region(session: Session, actor: Actor, region: str, wait: float = 0.0) -> str:
    """Sets the region of a database that has none, or changes it (logged); returns its name."""
    name = profile(session.path, region).name
    with session.transaction(actor, wait):
        before = session.setting("region")
        session.set_setting("region", region)
        events.record(session, actor, "region", region, f"选定地区：{name}", {"before": before})
    return name


def template_folders(session: Session, kind: str) -> list[Path]:
    """Folders with templates of a kind (sources, policies, worklists): shipped first, the office's own last."""
    return folders(session.path, kind)


def profile_of(session: Session) -> Profile:
    """The profile of the database's region; raises `AidError` when none was chosen."""
    from ..policy import load_profile

    region = session.setting("region")
    if not region:
        raise AidError(
            "no_region",
            "这个数据库还没有选定地区，不知道按哪里的政策核查和发放",
            hint="用 aidcli policy use 地区代码 选定地区，如 990101",
        )
    return load_profile(region, _policies(session.path))


def profile(db: Path, region: str) -> Profile:
    """The profile of any region, as the office that keeps `db` would see it."""
    from ..policy import load_profile

    return load_profile(region, _policies(db))


def calendar_of(session: Session) -> WorkCalendar:
    """The working days, with the office's own `holidays.toml` beside the database where there is one."""
    from ..workdays import WorkCalendar, load_tables

    own = session.path.resolve().parent / HOLIDAYS
    return WorkCalendar(load_tables(own) if own.exists() else None)


def folders(db: Path, kind: str) -> list[Path]:
    """The same for a database file that need not exist yet."""
    own = db.resolve().parent / "templates" / kind
    return [data_dir(f"templates/{kind}"), *([own] if own.is_dir() else [])]


def _policies(db: Path) -> list[Path]:
    """Profiles are looked up in the first folder that has them: the office's own before the shipped."""
    return folders(db, "policies")[::-1]
