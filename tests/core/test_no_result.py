"""A file in which an authority says that it found nobody: refused, and told apart from one that is read wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest
from care_world import take
from intake_files import id_number, text_file

from aidcli.errors import AidError
from aidcli.store import Session

HEAD = ["家庭成员姓名", "身份证号", "死亡日期", "注销标识", "反馈时间"]


def _refusal(session: Session, folder: Path, *rows: list[str]) -> AidError:
    with pytest.raises(AidError) as caught:
        take(session, text_file(folder / "核对死亡202609.csv", [HEAD, *rows]))
    assert caught.value.code == "no_rows"
    return caught.value


@pytest.mark.parametrize("said", ["无相关信息", "未查询到", "无"])
def test_what_the_authority_says_is_quoted(said: str, tmp_path: Path, session: Session) -> None:
    error = _refusal(session, tmp_path, [said])
    assert said in error.message and "没有结果" in error.message


def test_rows_that_cannot_be_read_are_no_answer(tmp_path: Path, session: Session) -> None:
    error = _refusal(session, tmp_path, ["无相关信息"], ["张三丰", id_number(1), "九月某日", "死亡", ""])
    assert "没有结果" not in error.message and "搁置1行" in error.message
