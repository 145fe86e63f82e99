"""A Spark session for one run: what has to be installed, its settings, its noise, its end."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ...errors import AidError
from .stages import NOT_THE_SAME

LOCAL = "local[2]"
INSTALL = '请先安装：pip install "aidcli[spark]"'
_NAME = "aidcli match"
_CALLING = "An error occurred while calling"
_LONG = re.compile(r"[\dXx*]{12,}", re.ASCII)  # a number of somebody has no place in a message
# Rows of an Arrow batch: names and numbers are laid out once a batch, so small ones cost.
_BATCH = 100_000
_ALWAYS = {
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(_BATCH),
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.showConsoleProgress": "false",
}
_ON_ONE_MACHINE = {
    "spark.ui.enabled": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": "8",
    "spark.driver.memory": "3g",
}


@contextmanager
def spark_session(master: str = LOCAL) -> Iterator[Any]:
    """An open session on `master`, stopped at the end; what Spark itself says goes to a file that is removed.

    A session that this process has open already (a job that was submitted, a notebook) is used and left open.
    Raises `AidError`: ``pyspark_missing``, ``java_missing``, ``spark_failed``.
    """
    require_spark()
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    given = SparkSession.getActiveSession()
    if given is not None:
        yield given
        return
    with (
        warnings.catch_warnings(),  # about pandas, which nothing here uses
        tempfile.TemporaryDirectory(prefix="aidcli-spark-", ignore_cleanup_errors=True) as folder,
    ):
        warnings.simplefilter("ignore", FutureWarning)
        try:
            with _apart(Path(folder) / "spark.log"):
                session = _opened(master, folder)
        except Exception as error:  # whatever the launcher raises, there is no session
            raise _failed(error, f"Spark 没有启动（--master {master}）") from error
        try:
            yield session
        except (PySparkException, Py4JError) as error:
            raise _failed(error, "Spark 运行中出错，没有写出结果") from error
        finally:
            _close(session)


def require_spark() -> None:
    """Raises `AidError` where pyspark, pyarrow or Java is missing."""
    if find_spec("pyarrow") is None:
        raise AidError("pyarrow_missing", "--engine spark 要用 pyarrow，这里没有安装", hint=INSTALL)
    if find_spec("pyspark") is None:
        raise AidError("pyspark_missing", "--engine spark 要用 pyspark，这里没有安装", hint=INSTALL)
    home = os.environ.get("JAVA_HOME")
    if not (home and (Path(home) / "bin").is_dir()) and shutil.which("java") is None:
        raise AidError(
            "java_missing",
            "--engine spark 要用 Java，这里没有找到",
            hint="请安装 Java 17（或更高版本），并让 java 在 PATH 里，或设好 JAVA_HOME",
        )


def require_arrow() -> None:
    """Raises `AidError` where pyarrow is missing."""
    if find_spec("pyarrow") is None:
        hint = "请先安装：pip install pyarrow（只在本机比对用不着 Spark）"
        raise AidError("pyarrow_missing", "读写 Parquet 文件要用 pyarrow，这里没有安装", hint=hint)


def _opened(master: str, folder: str) -> Any:
    from pyspark.sql import SparkSession

    # The workers of this machine must be the Python that has aidcli.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName(_NAME)
    settings = dict(_ALWAYS)
    if is_local(master):
        settings |= _ON_ONE_MACHINE | {"spark.local.dir": folder, "spark.sql.warehouse.dir": folder}
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def is_local(master: str) -> bool:
    return master.startswith("local")


@contextmanager
def _apart(log: Path) -> Iterator[None]:
    """Sends what is written meanwhile, and what a program started meanwhile writes ever after, to a file."""
    kept = [(number, os.dup(number)) for number in (1, 2)]
    try:
        with log.open("ab") as target:
            for number, _ in kept:
                os.dup2(target.fileno(), number)
        yield
    finally:
        for number, before in kept:
            os.dup2(before, number)
            os.close(before)


def _close(session: Any) -> None:
    """Stops the session and the Java process behind it, so that the next one may be another."""
    from pyspark import SparkContext

    gateway = SparkContext._gateway
    session.stop()
    if gateway is not None:
        process = getattr(gateway, "proc", None)
        gateway.shutdown()
        if process is not None:
            process.stdin.close()  # what the launcher waits for
            process.wait(timeout=30)
        SparkContext._gateway = SparkContext._jvm = None


def _failed(error: Exception, what: str) -> AidError:
    """The first line that says something of what Spark says."""
    if NOT_THE_SAME in str(error):
        return AidError(
            "spark_other_version",
            "Spark 工作节点上的 aidcli 与启动任务的不是同一版本，比对结果会不一致，没有写出结果",
            hint="请把同一版本的 aidcli 发到各节点（见 docs/scale.md）",
        )
    lines = [line.strip(" :") for line in str(error).splitlines() if line.strip()]
    told = next((line for line in lines if not line.startswith(_CALLING)), type(error).__name__)
    return AidError("spark_failed", f"{what}：{_LONG.sub('…', told)[:300]}", hint="详见 docs/scale.md")
