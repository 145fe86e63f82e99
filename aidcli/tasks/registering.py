"""`export register`: whom the district's rosters list, as a Parquet file for a comparison elsewhere."""

from __future__ import annotations

import io
from pathlib import Path

from ..errors import AidError
from ..store import Actor, Session, events, registered
from .exporting import Exported

NAMES = ("register", "登记人员表")


def export(session: Session, actor: Actor, out: Path, *, wait: float = 0.0) -> Exported:
    """Writes the register with whole numbers, in one step; logged like every export. Raises `AidError`."""
    from ..linkage.engines.session import require_arrow

    require_arrow()
    region = session.setting("region")
    if not region:
        raise AidError(
            "no_region",
            "这个数据库还没有选定地区，写不出登记人员表",
            hint="用 aidcli policy use 地区代码 选定地区，如 990101",
        )
    if out.suffix != ".parquet":
        raise AidError("not_parquet", f"登记人员表要写成 .parquet 文件，不能写成“{out.name}”", file=str(out))
    with session.transaction(actor, wait):
        # The log line comes with the file: whole numbers leave the database here.
        rows = _write(list(registered.listed(session)), region, out)
        if not rows:
            raise AidError(
                "no_register", "名册里还没有人，没有写文件", hint="先用 aidcli import 导入低保、特困等名册"
            )
        detail = {"file": out.name, "rows": rows, "region": region}
        events.record(session, actor, "export", NAMES[0], f"导出登记人员表{rows}行，含完整号码", detail)
    return Exported(NAMES[0], str(out), (), rows)


def _write(rows: list[tuple[str, ...]], region: str, out: Path) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from ..worklists import archive

    if not rows:
        return 0
    columns = zip(registered.COLUMNS, zip(*rows, strict=True), strict=True)
    table = {name: pa.array(column, pa.string()) for name, column in columns}
    table["region"] = pa.array([region] * len(rows), pa.string())
    content = io.BytesIO()
    pq.write_table(pa.table(table), content)
    archive.put(content.getvalue(), out, private=True)
    return len(rows)
