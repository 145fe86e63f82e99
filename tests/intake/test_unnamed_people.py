"""People whom nobody could name are kept as such, numbered or not; a name with a digit in it is still set aside."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import codes, person, rows, xlsx

from aidcli.model import RowRead


def _sheltered(folder: Path, name: str) -> RowRead:
    table = [
        ["求助人员姓名", "性别", "身份证号", "入站时间", "离站去向"],
        [name, "男", "", "2026-09-05", "返乡"],
    ]
    (row,) = rows(xlsx(folder / "救助站受助人员202609.xlsx", ("S", table)), source="sheltered_persons")
    return row


@pytest.mark.parametrize("name", ["无名氏", "无名氏1", "无名氏12", "无名氏 3", "无名男2号", "无名氏-4"])
def test_who_has_no_name_is_kept_with_the_number_of_the_list(tmp_path: Path, name: str) -> None:
    row = _sheltered(tmp_path, name)
    assert row.outcome == "kept" and list(codes(row)) == ["id_missing"]
    assert person(row).identity.name == name.replace(" ", "")


@pytest.mark.parametrize("name", ["张三1", "无1", "1", "无名氏2026091500123"])
def test_a_name_that_is_none_is_set_aside(tmp_path: Path, name: str) -> None:
    assert codes(_sheltered(tmp_path, name)) == {"no_person": "row"}
