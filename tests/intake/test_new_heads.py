"""Remarks of a change of heads: who died was the head before, never whoever the row names as the new one."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import codes, facts, id_number, rows, text_file

from aidcli.model import RowRead

HEAD = ["户主姓名", "户主身份证号", "保障人口数", "户月保障金额（元）", "合计（元）", "备注"]


def _household(folder: Path, remark: str, yuan: str) -> RowRead:
    table = [HEAD, ["张三丰", id_number(1), "1", yuan, yuan, remark]]
    (row,) = rows(text_file(folder / "农村低保家庭202609.csv", table))
    return row


@pytest.mark.parametrize("yuan", ["500", "0"])
@pytest.mark.parametrize(
    "remark",
    [
        "原户主李大山8月病故，户主变更为张三丰",
        "原户主李大山8月病故，户主变更为本人",
        "原户主李大山2026年8月15日因病去世，由其妻张三丰任户主",
        "李大山病故，户主变更为张三丰",
        "9月换户主为本人，前任户主病故",
        "因父亲病故，户主变更为本人",
        "父亲病故后户主变更为本人",
        "其夫已故",
        "丧偶",
    ],
)
def test_the_new_head_is_not_the_one_who_died(tmp_path: Path, remark: str, yuan: str) -> None:
    row = _household(tmp_path, remark, yuan)
    assert row.outcome == "kept" and facts(row, "enrolled")
    assert not facts(row, "death") and not facts(row, "ended")


@pytest.mark.parametrize(
    "remark",
    [
        "原户主病故，变更户主",
        "户主变更（原户主死亡）",
        "李大山8月去世，变更户主",
        "2026年8月户主由李大山变更为张三丰（病故）",
        "原户主李大山8月病故，户主变更为李四",
    ],
)
def test_where_the_row_may_be_that_of_either_head_it_is_asked(tmp_path: Path, remark: str) -> None:
    paid = _household(tmp_path, remark, "500")
    assert facts(paid, "enrolled") and not facts(paid, "death") and codes(paid) == {"state_unread": "note"}
    unpaid = _household(tmp_path, remark, "0")
    assert (unpaid.outcome, codes(unpaid)) == ("set_aside", {"state_unclear": "row"})


@pytest.mark.parametrize(
    "remark",
    ["张三丰8月病故，户主变更为李四", "8月病故，户主变更为其妻", "户主变更为本人，2026年9月本人病故"],
)
def test_who_is_named_as_dead_or_followed_by_another_is_dead(tmp_path: Path, remark: str) -> None:
    assert facts(_household(tmp_path, remark, "0"), "death")
