"""Opening the file, one `BEGIN IMMEDIATE` transaction a command, and who holds it when it is busy."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import AidError, Busy
from . import schema, triggers, views

SCHEMA_VERSION = 1


class Actor(NamedTuple):
    """Who acts, with which command; `at` is recorded time, never used by a rule."""

    operator: str
    os_user: str
    host: str
    command: str
    at: str


class Session:
    """One open database. Reads are free; writes happen inside `transaction`."""

    def __init__(self, path: Path, conn: sqlite3.Connection) -> None:
        self.path = path
        self.conn = conn

    def close(self) -> None:
        self.conn.close()

    @contextlib.contextmanager
    def transaction(self, actor: Actor, wait: float = 0.0) -> Iterator[Actor]:
        """One command, whole or not at all. Raises `Busy` when another run holds the file."""
        self.conn.execute(f"PRAGMA busy_timeout = {int(wait * 1000)}")
        try:
            self.conn.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise _not_written(self.path, error) or _busy(self.path, error) from error
        lock = _lock_path(self.path)
        note = {"command": actor.command, "operator": actor.operator, "since": actor.at, "pid": os.getpid()}
        _write_note(lock, note)
        try:
            yield actor
            self.conn.execute("COMMIT")
        except BaseException as error:
            if self.conn.in_transaction:  # on a full disk SQLite has rolled back by itself
                self.conn.execute("ROLLBACK")
            told = _not_written(self.path, error)
            if told is not None:
                raise told from error
            raise
        finally:
            lock.unlink(missing_ok=True)

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Several reads that see one state of the file."""
        self.conn.execute("BEGIN")
        try:
            yield
        finally:
            self.conn.execute("COMMIT")

    def setting(self, key: str) -> str:
        """The value of a setting, '' when it was never made."""
        row = self.conn.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def set_setting(self, key: str, value: str) -> None:
        self.conn.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (key, value))


def create(path: Path, actor: Actor) -> Session:
    """A new database file; raises `AidError` when one is there already."""
    if path.exists():
        raise AidError(
            "database_exists",
            f"“{path}”已经存在，没有改动它",
            file=str(path),
            hint="换一个文件名，或者直接使用现有的数据库",
        )
    if not path.parent.is_dir():
        raise AidError(
            "folder_missing", f"文件夹“{path.parent}”不存在", file=str(path), hint="请先建好文件夹"
        )
    session = Session(path, _connect(path))
    with contextlib.suppress(OSError):
        path.chmod(0o600)
    try:
        session.conn.execute("PRAGMA journal_mode = WAL")
        _migrate(session)
    except BaseException:
        session.close()
        path.unlink(missing_ok=True)
        raise
    return session


def open_store(path: Path) -> Session:
    """An existing database, brought to this version's schema; raises `AidError` in Chinese."""
    if not path.exists():
        raise AidError(
            "database_missing",
            f"没有找到数据库“{path}”",
            file=str(path),
            hint="先运行 aidcli init 建库，或用 --db 指定数据库文件",
        )
    if path.is_dir():
        raise AidError("database_is_folder", f"“{path}”是文件夹，不是数据库文件", file=str(path))
    session = Session(path, _connect(path))
    try:
        version = int(session.conn.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.DatabaseError as error:
        session.close()
        raise _not_ours(path) from error
    if version == 0 or version > SCHEMA_VERSION:
        session.close()
        found = "不是由 aidcli 建立的" if version == 0 else "由更新版本的 aidcli 建立"
        raise AidError("not_a_database", f"数据库“{path}”{found}，不能打开", file=str(path))
    if version < SCHEMA_VERSION:
        _migrate(session)
    return session


def _connect(path: Path) -> sqlite3.Connection:
    try:
        conn = sqlite3.connect(path, isolation_level=None)
        conn.execute("PRAGMA foreign_keys = ON")
        conn.execute("PRAGMA recursive_triggers = ON")
        conn.execute("PRAGMA synchronous = NORMAL")
        conn.execute("PRAGMA cache_size = -262144")  # up to 256 MB, as far as a large file needs them
        conn.execute("PRAGMA temp_store = MEMORY")  # else statements of many rows write a journal each
    except sqlite3.OperationalError as error:
        raise AidError(
            "database_unreadable", f"打不开数据库“{path}”：没有读写权限或路径无效", file=str(path)
        ) from error
    except sqlite3.DatabaseError as error:
        raise _not_ours(path) from error
    return conn


def _not_ours(path: Path) -> AidError:
    return AidError(
        "not_a_database",
        f"“{path}”不是 aidcli 的数据库，或者文件已经损坏",
        file=str(path),
        hint="请核对 --db 指定的文件；损坏时请用备份恢复",
    )


def database(conn: sqlite3.Connection) -> Any:
    """`sqlite_utils.Database` over the connection, without the second or two that pandas takes to load.

    sqlite_utils imports pandas when it is installed, only to know its type.
    """
    had = "pandas" in sys.modules
    if not had:
        sys.modules["pandas"] = None  # type: ignore[assignment]
    try:
        import sqlite_utils
    finally:
        if not had:
            del sys.modules["pandas"]
    return sqlite_utils.Database(conn, recursive_triggers=True)


def _migrate(session: Session) -> None:
    db = database(session.conn)
    from sqlite_utils import Migrations

    migrations = Migrations("aidcli")

    @migrations(name="0001_tables")
    def tables(db: Any) -> None:
        _run_script(db.conn, schema.TABLES)
        _run_script(db.conn, triggers.TRIGGERS)
        _run_script(db.conn, triggers.append_only_triggers())

    migrations.apply(db)
    with db.atomic():
        _run_script(session.conn, views.create_views())
        session.conn.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _run_script(conn: sqlite3.Connection, script: str) -> None:
    """Statement by statement: `executescript` would commit the transaction it runs in."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            if statement.strip():
                conn.execute(statement)
            statement = ""


def _lock_path(path: Path) -> Path:
    return path.with_name(path.name + ".lock")


def _write_note(lock: Path, note: dict[str, object]) -> None:
    # The lock itself is SQLite's; the note only tells others who holds it.
    with contextlib.suppress(OSError):
        lock.write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")


def _not_written(path: Path, error: BaseException) -> AidError | None:
    """What a person can do about it when the disk or the file's rights stop SQLite; None for anything else."""
    if not isinstance(error, sqlite3.OperationalError):
        return None
    said = str(error)
    if "disk is full" in said or "disk I/O" in said:
        found = "磁盘已满" if "full" in said else "磁盘读写出错"
        return AidError(
            "disk_full",
            f"{found}，数据库“{path}”没有改动",
            file=str(path),
            hint="请清出空间再试；导入大文件时，数据库所在的盘要有文件几倍大的空间",
        )
    if "readonly" in said:
        return AidError(
            "database_unwritable",
            f"数据库“{path}”是只读的，没有改动",
            file=str(path),
            hint="请检查文件和所在文件夹的写入权限，或是不是在只读的盘（光盘、备份）上",
        )
    return None


def _busy(path: Path, error: sqlite3.OperationalError) -> AidError:
    if "locked" not in str(error) and "busy" not in str(error):
        return _not_written(path, error) or AidError(
            "database_unwritable",
            f"数据库“{path}”不能写入，没有改动",
            file=str(path),
            hint=f"请检查所在文件夹的写入权限和磁盘空间，再试一次；仍不行，把“{error}”告诉维护人员",
        )
    try:
        note = json.loads(_lock_path(path).read_text(encoding="utf-8"))
        since = datetime.fromisoformat(str(note["since"])).strftime("%Y-%m-%d %H:%M:%S")
        who = f"{note['operator']} 从 {since} 起正在运行“aidcli {note['command']}”"
    except (OSError, ValueError, KeyError):
        who = "另一个程序正在使用它"
    return Busy(
        "database_busy",
        f"数据库“{path}”正被占用：{who}",
        file=str(path),
        hint="等它结束后重试，或加 --wait 60 让程序等候",
    )
