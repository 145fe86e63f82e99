"""`match` by another engine, and of files instead of a database."""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

import typer

from ..errors import WrongUsage
from .common import Common
from .outcome import Outcome, Table

ENGINE = Annotated[
    str,
    typer.Option(
        "--engine",
        help='在哪里比对：local 本机；spark 用 Spark（先 pip install "aidcli[spark]" 并装好 Java 17），结果完全相同',
        metavar="local|spark",
    ),
]
MASTER = Annotated[
    str | None,
    typer.Option(
        "--master", help="--engine spark 时 Spark 的地址；默认 local[2]，即本机两个核", metavar="地址"
    ),
]
LEFT = Annotated[
    str | None,
    typer.Option(
        "--left", help="不用数据库：登记人员的 Parquet 文件（多个区县的可以在一起）", metavar="文件"
    ),
]
RIGHT = Annotated[
    str | None, typer.Option("--right", help="不用数据库：部门数据的 Parquet 文件", metavar="文件")
]
OUT = Annotated[
    str | None,
    typer.Option(
        "--out",
        help="与 --left、--right 合用：结果写到这个新文件夹，按区县分开，供各区县 import",
        metavar="文件夹",
    ),
]
ENGINES = ("local", "spark")
LOCAL = "local[2]"


class Asked(NamedTuple):
    """The options of a call."""

    engine: str
    master: str | None
    left: str | None
    right: str | None
    out: str | None

    @property
    def of_files(self) -> bool:
        return self.left is not None

    def check(self) -> None:
        """Raises `WrongUsage` where the options do not go together."""
        if self.engine not in ENGINES:
            raise WrongUsage("bad_engine", f"--engine 不能是“{self.engine}”，可用：{'、'.join(ENGINES)}")
        if self.master is not None and self.engine != "spark":
            raise WrongUsage("master_without_spark", "--master 只能与 --engine spark 合用")
        files = (self.left, self.right, self.out)
        if any(one is not None for one in files) and not all(files):
            raise WrongUsage(
                "files_incomplete",
                "--left、--right、--out 要一起写",
                hint="例如：aidcli match --left 登记人员.parquet --right 部门数据.parquet --out 结果",
            )

    def engine_of(self) -> Any:
        """The engine for a database; None: this process."""
        if self.engine == "local":
            return None
        from ..tasks.partition import spark_engine

        return spark_engine(self.master or LOCAL)


def partitioned(common: Common, asked: Asked) -> Outcome:
    """Links of files, by district."""
    from ..tasks import partition

    assert asked.left and asked.right and asked.out
    common.progress("比对中")
    done = partition.match_files(asked.left, asked.right, asked.out, asked.engine, asked.master or LOCAL)
    m = done.matched
    rows = [(one.region, str(one.linked), str(one.pending)) for one in m.districts]
    data = {
        "register": m.register,
        "claims": m.claims,
        "linked": m.linked,
        "pending": m.pending,
        "districts": [one._asdict() for one in m.districts],
        "out": done.out,
        "epoch": done.epoch,
        "seconds": done.seconds,
    }
    lines = [
        f"登记人员{m.register}人，部门数据{m.claims}条：自动关联{m.linked}条，待确认{m.pending}条，"
        f"其余{m.claims - m.linked - m.pending}条没有对应的登记人员",
        f"已写到 {done.out}，含完整的身份证号，请按规定保管",
    ]
    hints = (
        [f"发给各区县导入，例如：aidcli import {done.out.rstrip('/')}/region={m.districts[0].region}"]
        if rows
        else []
    )
    tables = [Table("", ("区县", "自动关联", "待确认"), rows)] if rows else []
    return Outcome(data, lines, tables, hints, waiting=m.pending > 0)
