"""Who may import whom, and what only one room may do: every module of the package is read as a tree.

`faults` judges one module by its path and source, so the tests below can show that each rule bites.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "aidcli"
LONGEST = 350

GROUND = frozenset(
    {
        "errors",
        "terms",
        "money",
        "months",
        "workdays",
        "idnumber",
        "names",
        "canon",
        "resources",
        "yamlfile",
        "memory",
    }
)
# What the face may take straight from the ground floor: words and figures to parse and to print.
FACE = frozenset({"errors", "terms", "money", "months", "idnumber"})
ROOMS = frozenset({"intake", "linkage", "policy", "monitoring", "benefits", "payments", "worklists"})
READS_POLICY = frozenset({"monitoring", "benefits", "payments"})

# Doors that are open for one module only, and for nothing else in its room.
DOORS = frozenset(
    {
        ("cli/common.py", "store"),  # opens the database that it hands to the tasks, and names the actor
        ("cli/sources.py", "intake"),  # templates, drafts and a trial reading, no database behind them
        ("cli/monitoring.py", "monitoring"),  # labels of the rules
        ("cli/setup.py", "monitoring"),  # the same, for the demo
    }
)
# The connection itself, and what runs SQL on it.
SQL_MODULES = frozenset({"sqlite3", "sqlite_utils", "sqlcipher3", "apsw"})
SQL_CALLS = frozenset({"execute", "executemany", "executescript"})


def allowed(path: PurePosixPath) -> frozenset[str]:
    """Rooms and ground-floor modules that a module may import, its own room included."""
    room = room_of(path)
    doors = frozenset(target for module, target in DOORS if module == str(path))
    if room == "__main__":
        return frozenset({"cli"})
    if room == "cli":
        return FACE | doors | {"cli", "tasks", "__version__"}
    if room == "tasks":
        return GROUND | ROOMS | {"model", "store", "tasks", "__version__"}
    if room == "store":
        return GROUND | {"model", "store"}
    if room in ROOMS:
        return GROUND | {"model", room} | ({"policy"} if room in READS_POLICY else set())
    if room == "model":
        return GROUND | {"model"}
    return GROUND if room in GROUND else frozenset()


def room_of(path: PurePosixPath) -> str:
    return path.parts[0] if len(path.parts) > 1 else path.stem


def imported(path: PurePosixPath, tree: ast.Module) -> Iterator[str]:
    """First name below ``aidcli`` of everything of ours that is imported, at whatever depth it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[1] for alias in node.names if alias.name.startswith("aidcli."))
            yield from ("the package" for alias in node.names if alias.name == "aidcli")
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(path, node)
            if base[:1] == ["aidcli"]:
                yield from [base[1]] if len(base) > 1 else [alias.name for alias in node.names]


def _absolute(path: PurePosixPath, node: ast.ImportFrom) -> list[str]:
    named = node.module.split(".") if node.module else []
    if not node.level:
        return named
    here = ["aidcli", *path.parts[:-1]]
    return here[: len(here) - node.level + 1] + named


def faults(path: PurePosixPath, source: str) -> list[str]:
    """Everything that the house does not allow in this module."""
    tree = ast.parse(source)
    found = [f"may not import {name}" for name in imported(path, tree) if name not in allowed(path)]
    found += _outside_the_store(path, tree)
    found += _outside_the_face(path, tree)
    length = len(source.splitlines())
    if length > LONGEST:
        found.append(f"{length} lines, {LONGEST} are allowed")
    if path.name == "__init__.py":
        found += [f"line {node.lineno} does something" for node in tree.body if not _hands_on(path, node)]
    return found


def _outside(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """(node, top-level name) of every import of somebody else's package."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node, node.module.split(".")[0]


def _outside_the_store(path: PurePosixPath, tree: ast.Module) -> list[str]:
    if room_of(path) == "store":
        return []
    found = [f"imports {name}" for _, name in _outside(tree) if name in SQL_MODULES]
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and (node.attr in SQL_CALLS or node.attr == "conn"):
            found.append(f"line {node.lineno} uses .{node.attr}: only the store speaks SQL")
    return found


def _outside_the_face(path: PurePosixPath, tree: ast.Module) -> list[str]:
    found = ["imports click: typer ships its own"] if any(n == "click" for _, n in _outside(tree)) else []
    if room_of(path) == "cli":
        return found
    found += [f"imports {name}" for _, name in _outside(tree) if name in ("typer", "rich")]
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == "print":
            found.append(f"line {node.lineno} prints")
    return found


def _hands_on(path: PurePosixPath, node: ast.stmt) -> bool:
    if isinstance(node, ast.Import | ast.ImportFrom):
        return True
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    if isinstance(node, ast.AnnAssign) and node.value is not None:
        return _only_names(node.value)
    names = {"__all__"} | ({"__version__"} if str(path) == "__init__.py" else set())
    return isinstance(node, ast.Assign) and all(
        isinstance(target, ast.Name) and target.id in names for target in node.targets
    )


def _only_names(value: ast.expr) -> bool:
    """A tuple of what was imported, in an order that means something: the list of rules."""
    return isinstance(value, ast.Tuple) and all(
        isinstance(item, ast.Name | ast.Attribute) for item in value.elts
    )


def modules() -> list[PurePosixPath]:
    return [
        PurePosixPath(path.relative_to(PACKAGE).as_posix())
        for path in sorted(PACKAGE.rglob("*.py"))
        if "_data" not in path.parts
    ]


@pytest.mark.parametrize("path", modules(), ids=str)
def test_module_keeps_to_the_rules_of_the_house(path: PurePosixPath) -> None:
    assert faults(path, (PACKAGE / path).read_text(encoding="utf-8")) == []


def test_every_module_belongs_to_a_room_or_the_ground_floor() -> None:
    known = GROUND | ROOMS | {"cli", "tasks", "store", "model", "__init__", "__main__"}
    assert {room_of(path) for path in modules()} <= known
    assert len(modules()) > 60


def test_every_door_is_used() -> None:
    used = {
        (str(path), name)
        for path in modules()
        for name in imported(path, ast.parse((PACKAGE / path).read_text(encoding="utf-8")))
    }
    assert used >= DOORS


def test_test_modules_have_names_of_their_own() -> None:
    """pytest imports them by their bare names, and so do they each other."""
    counted = Counter(path.name for path in (ROOT / "tests").rglob("*.py") if path.name != "conftest.py")
    assert [name for name, times in counted.items() if times > 1] == []


@pytest.mark.parametrize(
    ("path", "source", "fault"),
    [
        ("cli/people.py", "from ..store import lookups", "may not import store"),
        ("cli/people.py", "def f():\n    from ..linkage import resolve", "may not import linkage"),
        ("cli/people.py", "from ..policy import load_profile", "may not import policy"),
        ("cli/payments.py", "from ..monitoring import RULES", "may not import monitoring"),
        ("cli/setup.py", "from ..workdays import WorkCalendar", "may not import workdays"),
        ("cli/setup.py", "from ..model import Alert", "may not import model"),
        ("tasks/setup.py", "from ..cli import main", "may not import cli"),
        ("intake/cells.py", "from ..store import Session", "may not import store"),
        ("intake/cells.py", "from ..tasks import setup", "may not import tasks"),
        ("intake/cells.py", "from ..linkage import anchor", "may not import linkage"),
        ("linkage/compare.py", "from ..policy import Profile", "may not import policy"),
        ("worklists/sheet.py", "from aidcli.policy import Profile", "may not import policy"),
        ("worklists/sheet.py", "import aidcli.store.alerts", "may not import store"),
        ("worklists/sheet.py", "import aidcli", "may not import the package"),
        ("monitoring/run.py", "from ..payments import plan", "may not import payments"),
        ("monitoring/rules/a.py", "from ...store import current", "may not import store"),
        ("policy/loader.py", "from .. import monitoring", "may not import monitoring"),
        ("store/runs.py", "from ..payments import plan", "may not import payments"),
        ("store/runs.py", "from ..tasks import paying", "may not import tasks"),
        ("model/people.py", "from ..store import Session", "may not import store"),
        ("terms.py", "from .model import Alert", "may not import model"),
        ("money.py", "from .policy import Profile", "may not import policy"),
        ("__main__.py", "from .tasks import demo", "may not import tasks"),
        ("new_floor.py", "from .errors import AidError", "may not import errors"),
        ("tasks/a.py", "print('x')", "line 1 prints"),
        ("store/a.py", "def f(say=print):\n    say('x')", "line 1 prints"),
        ("tasks/a.py", "import sqlite3", "imports sqlite3"),
        ("tasks/a.py", "from sqlite_utils import Database", "imports sqlite_utils"),
        ("tasks/a.py", "session.conn", "line 1 uses .conn: only the store speaks SQL"),
        (
            "intake/a.py",
            "def f(c):\n    c.execute('SELECT 1')",
            "line 2 uses .execute: only the store speaks SQL",
        ),
        ("cli/a.py", "c.executemany('x', [])", "line 1 uses .executemany: only the store speaks SQL"),
        ("cli/a.py", "import click", "imports click: typer ships its own"),
        ("tasks/a.py", "from click import echo", "imports click: typer ships its own"),
        ("tasks/a.py", "import typer", "imports typer"),
        ("tasks/a.py", "x = 1\n" * 351, "351 lines, 350 are allowed"),
        ("intake/__init__.py", "LIMIT = 3", "line 1 does something"),
        ("intake/__init__.py", "from .cells import read\nread()", "line 2 does something"),
        ("intake/__init__.py", "__version__ = '1'", "line 1 does something"),
        ("intake/__init__.py", "ALL: tuple[str, ...] = (read(),)", "line 1 does something"),
        ("__init__.py", "def main(): ...", "line 1 does something"),
    ],
)
def test_a_breach_is_named(path: str, source: str, fault: str) -> None:
    assert faults(PurePosixPath(path), source) == [fault]


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("cli/common.py", "def f():\n    from ..store import open_store\n    print(open_store)"),
        (
            "cli/people.py",
            "from ..tasks import matching\nfrom ..terms import SEXES\nfrom .common import Common",
        ),
        ("tasks/a.py", "from ..store import runs\nfrom ..payments import plan\nfrom .. import __version__"),
        ("store/a.py", "import sqlite3\nfrom ..model import Link\nsqlite3.connect('a').execute('SELECT 1')"),
        (
            "payments/a.py",
            "from ..policy import Profile\nfrom ..model import Payment\nfrom .ledger import Claim",
        ),
        ("monitoring/rules/a.py", "from ...policy import Profile\nfrom ..rule import Rule"),
        ("model/people.py", "from ..errors import Problem\nfrom .records import Identity"),
        ("workdays.py", "from .errors import AidError"),
        ("__init__.py", '"""What it is."""\n\n__version__ = "0.1.0"'),
        ("intake/__init__.py", '"""What it is."""\nfrom .reading import Reading\n__all__ = ["Reading"]'),
        ("monitoring/rules/__init__.py", "from . import a\nRULES: tuple[object, ...] = (a.RULE,)"),
        ("tasks/a.py", "x = 1\n" * 350),
    ],
)
def test_what_the_table_allows_is_let_through(path: str, source: str) -> None:
    assert faults(PurePosixPath(path), source) == []
