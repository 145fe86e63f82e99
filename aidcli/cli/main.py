"""The one handler of errors: a Chinese sentence and an exit code, never a traceback."""

from __future__ import annotations

import os
import re
import signal
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path

import typer
from typer.exceptions import TyperException

from .. import __version__
from ..errors import AidError, WrongUsage
from . import comparing, intake, looking, monitoring, payments, people, returned, review, setup, sources
from .chinese import ChineseGroup
from .common import say_error
from .outcome import envelope, mask_text

app = typer.Typer(
    name="aidcli",
    help="社会救助名册工具：导入部门表格，跨部门认人，核查疑点，排发放，导出 Excel 清单。数据只在本机。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    cls=ChineseGroup,
    context_settings={"help_option_names": ["--help", "-h"]},
)
for module in (setup, intake, comparing, sources, people, review, returned, monitoring, payments, looking):
    module.register(app)


_INTERRUPTED = 130  # what typer makes of Ctrl-C
_STOPPED = "已中断，没有保存未完成的操作"


def _version(show: bool) -> None:
    if show:
        print(f"aidcli {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(False, "--version", help="显示版本", callback=_version, is_eager=True),
) -> None:
    pass


def main() -> None:
    """Runs the command line and exits."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    end_like_an_interrupt()
    sys.exit(run(sys.argv[1:]))


def end_like_an_interrupt() -> None:
    """Lets a closed window or a stopped job end as Ctrl-C does: what was unpacked or half written is removed."""
    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)


def run(argv: list[str]) -> int:
    """The exit code of one call."""
    try:
        code = app(args=argv, prog_name="aidcli", standalone_mode=False)
    except AidError as error:
        return _fail(argv, error)
    except TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            print(error.format_message() if hasattr(error, "format_message") else error)
            return 2
        return _fail(argv, WrongUsage("usage", _in_chinese(error), hint="加 --help 查看用法"))
    except (KeyboardInterrupt, typer.Abort):
        print(_STOPPED, file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:  # a fault of ours: no traceback, for it prints what is in the variables
        return _fail(argv, _fault(error))
    if code == _INTERRUPTED:
        print(_STOPPED, file=sys.stderr)
    return int(code) if isinstance(code, int) else 0


def _fail(argv: list[str], error: AidError) -> int:
    if _wants_json(argv):
        print(envelope(_command(argv), _as_of(argv), None, error))
    else:
        say_error(error)
    return error.exit_code


def _fault(error: Exception) -> AidError:
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    where = ""
    if frame is not None:
        where = f"{Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno}"
    return AidError(
        "internal",
        f"程序内部错误（{type(error).__name__}，{where}）：{mask_text(str(error))[:200]}",
        hint="数据没有改动。请把这句话连同所用的命令告诉维护人员",
    )


_PATTERNS = (
    (r"No such option: (\S+?)\.? \(Possible options: (.+)\)", r"没有选项 \1，是不是 \2"),
    (r"No such option: (\S+?)\.? Did you mean (\S+?)\??", r"没有选项 \1，是不是 \2"),
    (r"No such option: (\S+).*", r"没有选项 \1"),
    (r"No such command '(.+?)'\. Did you mean '(.+?)'\?", r"没有命令“\1”，是不是 \2"),
    (r"No such command '(.+?)'.*", r"没有命令“\1”"),
    (r"Missing argument '(.+?)'\..*", r"缺少参数 \1"),
    (r"Missing option '(.+?)'.*", r"缺少选项 \1"),
    (r"Missing command\.?", "缺少子命令"),
    (r"Option '(.+?)' requires an argument\.?", r"选项 \1 后面要有值"),
    (r"Option '(.+?)' does not take a value\.?", r"选项 \1 后面不能有值"),
    (r"Got unexpected extra argument\S* \((.+)\)", r"多出“\1”；文件名里有空格的，要用引号括起来"),
    (r"Invalid value for '(.+?)': .*integer.*", r"\1 后面应是一个整数"),
    (r"Invalid value for '(.+?)': .*number.*", r"\1 后面应是一个数"),
    (r"Invalid value for '(.+?)': (.+)", r"\1 的值不对：\2"),
)


def _in_chinese(error: TyperException) -> str:
    message = error.format_message() if hasattr(error, "format_message") else str(error)
    for pattern, chinese in _PATTERNS:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return "用法不对：" + found.expand(chinese)
    return f"用法不对：{message}"


def _wants_json(argv: list[str]) -> bool:
    return "--format=json" in argv or any(
        one == "--format" and other == "json" for one, other in pairwise(argv)
    )


def _command(argv: list[str]) -> str:
    words = []
    for word in argv:
        if word.startswith("-"):
            break
        words.append(word)
    groups = {group.name for group in app.registered_groups}
    return " ".join(words[: 2 if words and words[0] in groups else 1])


def _as_of(argv: list[str]) -> str:
    for one, other in pairwise(argv):
        if one == "--as-of":
            return other
    return date.today().isoformat()
