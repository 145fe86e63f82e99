"""One file per error under ``broken/``; its first lines say which line must be named, and how."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from aidcli.errors import AidError
from aidcli.policy import load_profile
from aidcli.resources import data_dir

BROKEN = sorted((Path(__file__).parent / "broken").glob("*.yaml"))


def refusal(region: str, folder: Path) -> AidError:
    with pytest.raises(AidError) as caught:
        load_profile(region, [folder, data_dir("templates/policies")])
    return caught.value


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_every_fault_is_named_with_file_and_line_and_nothing_else_is(path: Path, tmp_path: Path) -> None:
    expected = re.findall(r"^# 应报 第(\d+)行：(.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    shutil.copy(path, tmp_path / "990101.yaml")
    error = refusal("990101", tmp_path)
    assert error.code == "bad_profile"
    reported = re.findall(r"^990101\.yaml 第(\d+)行：(.*)$", error.message, re.MULTILINE)
    assert len(reported) == len(expected) == len(error.message.splitlines()) - 1, error.message
    for (line, fragment), (found_line, text) in zip(expected, reported, strict=True):
        assert (found_line, fragment in text) == (line, True), (fragment, error.message)
    assert (error.file, error.row) == ("990101.yaml", int(expected[0][0]))


def test_faults_of_parent_and_child_come_together(tmp_path: Path) -> None:
    (tmp_path / "990101.yaml").write_text('region: "990101"\nname: 区\nparent: "990100"\nx: 1\n', "utf-8")
    (tmp_path / "990100.yaml").write_text('region: "990100"\nname: 市\nparent: "100000"\n\ny: 1\n', "utf-8")
    error = refusal("990101", tmp_path)
    assert "990100.yaml 第5行：不认识“y”这一项" in error.message
    assert "990101.yaml 第4行：不认识“x”这一项" in error.message


def test_nation_has_no_parent(tmp_path: Path) -> None:
    (tmp_path / "100000.yaml").write_text('region: "100000"\nname: 全国\nparent: "990100"\n', "utf-8")
    assert "100000.yaml 第3行：全国文件没有上级" in refusal("100000", tmp_path).message


def test_sample_value_is_refused_in_a_real_region(tmp_path: Path) -> None:
    (tmp_path / "370100.yaml").write_text(
        """region: "370100"
name: 济南市
parent: "100000"
values:
  medical.self_paid_12m:
    label: 12个月医疗合规自付预警线
    unit: 元
    entries:
      - from: 2024-01-01
        value: 20000
        sample: true
        reason: 演示
""",
        "utf-8",
    )
    assert "370100.yaml 第11行：样例值只能写在虚构的示例地区" in refusal("370100", tmp_path).message


@pytest.mark.parametrize(
    ("content", "fragment"),
    [
        (b"", "文件是空的"),
        (b"- a\n- b\n", "文件应由若干“项: 值”组成"),
        ("region: 示例".encode("gb18030"), "不是 UTF-8 编码"),
        (b"region: a\x00b", "控制字符"),
        (b"region: a\n---\nregion: b\n", "YAML 写法有误"),
    ],
)
def test_file_that_is_no_profile_at_all(content: bytes, fragment: str, tmp_path: Path) -> None:
    (tmp_path / "990101.yaml").write_bytes(content)
    error = refusal("990101", tmp_path)
    assert (error.code, error.file) == ("bad_profile", "990101.yaml")
    assert fragment in error.message


@pytest.mark.parametrize("region", ["370100", "济南市", "../990101", ""])
def test_unknown_region_lists_those_there_are(region: str, tmp_path: Path) -> None:
    (tmp_path / "990102.yaml").write_text("name: [", "utf-8")
    error = refusal(region, tmp_path)
    assert error.code == "unknown_region"
    assert "100000 全国、990100 示例市、990101 示例区、990102" in error.message
