"""What every command shares: its options, opening the database, printing the outcome."""

from __future__ import annotations

import functools
import getpass
import inspect
import os
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from ..errors import AidError, WrongUsage
from .chinese import ChineseCommand, ChineseGroup
from .outcome import Outcome, envelope, render

FORMATS = ("table", "json", "csv", "markdown")
WAIT_ON_TERMINAL = 30.0

_OPTIONS: dict[str, Any] = {
    "db": Annotated[
        Path | None,
        typer.Option(
            "--db", help="用哪个数据库文件；默认 $AIDCLI_DB，否则当前文件夹的 aid.db", metavar="文件"
        ),
    ],
    "format": Annotated[
        str,
        typer.Option(
            "--format", help="结果怎样显示：table 表格、json（给程序用）、csv、markdown", metavar="格式"
        ),
    ],
    "as_of": Annotated[
        str | None, typer.Option("--as-of", help="以哪一天为准，如 2026-10-08；默认今天", metavar="日期")
    ],
    "operator": Annotated[
        str | None,
        typer.Option(
            "--operator",
            help="谁在操作；默认 $AIDCLI_OPERATOR，否则建库时填的经办人，再否则登录名",
            metavar="姓名",
        ),
    ],
    "unmask": Annotated[bool, typer.Option("--unmask", help="显示完整的身份证号和账号（会记入日志）")],
    "wait": Annotated[
        float | None,
        typer.Option("--wait", help="数据库被占用时等多少秒；终端上默认30，脚本里默认0", metavar="秒"),
    ],
    "strict": Annotated[bool, typer.Option("--strict", help="有事项等人处理时退出码为3")],
    "quiet": Annotated[bool, typer.Option("--quiet", help="不显示进度和提示")],
}
_DEFAULTS: dict[str, Any] = {"format": "table", "unmask": False, "strict": False, "quiet": False}


@dataclass
class Common:
    """The shared options of one call."""

    command: str
    db: Path
    format: str
    as_of: date
    operator: str
    unmask: bool
    wait: float
    strict: bool
    quiet: bool

    def actor(self) -> Any:
        from ..store import Actor

        return Actor(
            operator=self.operator or _login(),
            os_user=_login(),
            host=socket.gethostname(),
            command=self.command,
            at=datetime.now().astimezone().isoformat(timespec="seconds"),
        )

    @contextmanager
    def session(self) -> Iterator[Any]:
        """The open database; closed at the end."""
        from ..store import open_store

        session = open_store(self.db)
        if not self.operator:
            self.operator = session.setting("operator")
        try:
            if self.unmask:
                from ..tasks import logging

                logging.unmasked(session, self.actor(), self.command, self.wait)
            yield session
        finally:
            session.close()

    def progress(self, text: str) -> None:
        """A line of progress on stderr, on a terminal only."""
        if not self.quiet and sys.stderr.isatty():
            print(f"… {text}", file=sys.stderr, flush=True)


def command(app: typer.Typer, name: str, path: str = "") -> Callable[[Callable[..., Outcome]], Any]:
    """Registers a function as the command `name`; it takes a `Common` first and returns an `Outcome`.

    `path` is the whole command as a user types it, where it is a subcommand.
    """

    def register(function: Callable[..., Outcome]) -> Callable[..., Outcome]:
        full = path or name
        own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]

        @functools.wraps(function)
        def run(**values: Any) -> None:
            shared = {key: values.pop(key) for key in _OPTIONS}
            common = _common(full, shared)
            finish(common, function(common, **values))

        keyword = inspect.Parameter.KEYWORD_ONLY
        shared = [
            inspect.Parameter(key, keyword, default=_DEFAULTS.get(key), annotation=annotation)
            for key, annotation in _OPTIONS.items()
        ]
        parameters = [parameter.replace(kind=keyword) for parameter in own] + shared
        run.__dict__["__signature__"] = inspect.Signature(parameters)
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        del run.__dict__["__wrapped__"]
        app.command(name, help=inspect.getdoc(function), cls=ChineseCommand)(run)
        return function

    return register


def group(app: typer.Typer, name: str, label: str) -> typer.Typer:
    """A group of subcommands under `name`."""
    made = typer.Typer(help=label, no_args_is_help=True, rich_markup_mode=None, cls=ChineseGroup)
    app.add_typer(made, name=name)
    return made


def finish(common: Common, outcome: Outcome) -> None:
    """Prints the outcome and leaves with its exit code."""
    if common.format == "json":
        print(envelope(common.command, common.as_of.isoformat(), outcome.data, outcome.error))
    else:
        text = render(outcome, common.format)
        if text:
            print(text)
        if outcome.error:
            say_error(outcome.error)
        if not common.quiet and common.format == "table":
            for hint in outcome.hints:
                print(hint, file=sys.stderr)
    if outcome.error:
        raise typer.Exit(outcome.error.exit_code)
    if outcome.waiting and common.strict:
        raise typer.Exit(3)


def say_error(error: AidError) -> None:
    """One problem on stderr: what, where, what to do next."""
    places = (
        f"文件 {error.file}" if error.file and error.file not in error.message else "",
        f"工作表“{error.sheet}”" if error.sheet else "",
        f"第{error.row}行" if error.row else "",
        f"{error.column}列" if error.column else "",
    )
    where = "，".join(place for place in places if place)
    print(f"错误：{error.message}" + (f"（{where}）" if where else ""), file=sys.stderr)
    if error.hint:
        print(f"建议：{error.hint}", file=sys.stderr)


def read_number(text: str, letter: str, label: str) -> int:
    """The number of a reference like ``b12``; the bare number will do. Raises `WrongUsage`."""
    digits = text[1:] if text[:1] == letter else text
    if not (digits.isascii() and digits.isdigit()):
        raise WrongUsage("bad_reference", f"“{text}”不是{label}编号，应写成 {letter}12 这样")
    return int(digits)


def _common(name: str, values: dict[str, Any]) -> Common:
    if values["format"] not in FORMATS:
        raise WrongUsage("bad_format", f"--format 不能是“{values['format']}”，可用：{'、'.join(FORMATS)}")
    wait = values["wait"]
    return Common(
        command=name,
        db=values["db"] or Path(os.environ.get("AIDCLI_DB") or "aid.db"),
        format=values["format"],
        as_of=_day(values["as_of"]),
        operator=values["operator"] or os.environ.get("AIDCLI_OPERATOR", ""),
        unmask=values["unmask"],
        wait=wait if wait is not None else (WAIT_ON_TERMINAL if sys.stderr.isatty() else 0.0),
        strict=values["strict"],
        quiet=values["quiet"],
    )


def _day(text: str | None) -> date:
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongUsage("bad_date", f"“{text}”不是日期，应写成 2026-10-08 这样的“年-月-日”") from None


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
