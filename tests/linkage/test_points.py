"""The points of the model: the shipped file is whole, and a broken one is refused with file and line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aidcli.canon import canonical_json, sha256_text
from aidcli.errors import AidError
from aidcli.linkage import compare, load_model, parse_model
from aidcli.linkage.compare import CODES
from aidcli.model import Identity

POINTS = """\
version: 2026-11-22
codes:
  id18_name:
    tier: auto
    score: 1000
    sentence: 号码与姓名均一致
    reason: 甲
  id15_name:
    tier: auto
    score: 980
    sentence: 旧号换算后一致
    reason: 乙
  cut_name:
    tier: review
    score: 700
    sentence: 前15位一致
    reason: 丙
  id_other_name:
    tier: review
    score: 500
    sentence: 号码一致，姓名不同
    reason: 丁
"""


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "points.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_shipped_points_have_a_line_for_every_code() -> None:
    model = load_model()
    assert sorted(model.codes) == sorted(CODES)
    assert {code for code, line in model.codes.items() if line.tier == "auto"} == {"id18_name", "id15_name"}
    assert all(isinstance(line.score, int) for line in model.codes.values())


def test_stored_epoch_is_the_model_that_was_loaded() -> None:
    model = load_model()
    assert parse_model(model.json) == model


def test_stored_epoch_of_an_earlier_vocabulary_still_reads() -> None:
    """An epoch is frozen: codes that this version no longer yields stay as they were."""
    line = {"tier": "review", "score": "1", "sentence": "旧依据", "reason": "旧"}
    assert parse_model(json.dumps({"version": "1", "codes": {"old": line}})).codes["old"].sentence == "旧依据"


def test_hash_is_over_the_content_and_not_over_its_spelling(tmp_path: Path) -> None:
    model = load_model(write(tmp_path, POINTS))
    data = json.loads(model.json)
    assert data["codes"]["cut_name"] == {
        "tier": "review", "score": "700", "sentence": "前15位一致", "reason": "丙",
    }  # fmt: skip
    assert model.hash == sha256_text(canonical_json(data))[:16]
    respelled = "\ufeff# 说明\r\n" + POINTS.replace("\n", "\r\n").replace("tier: auto", 'tier: "auto"')
    assert load_model(write(tmp_path, respelled)) == model
    assert load_model(write(tmp_path, POINTS.replace("700", "701"))).hash != model.hash
    assert load_model(write(tmp_path, POINTS.replace("丁", "戊"))).hash != model.hash


def test_every_code_is_yielded_by_some_pair() -> None:
    whole = "990101196001010022"

    def identity(name: str, kind: str, value: str) -> Identity:
        return Identity(name=name, id_kind=kind, id_value=value)

    one = identity("张三", "valid", whole)
    others = [
        one,
        identity("张三", "legacy15", whole),
        identity("张三", "cut", whole[:15]),
        identity("李四", "valid", whole),
    ]
    assert [compare(one, other) for other in others] == list(CODES)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("version: 2026-11-22\n", "", 1, "缺少“version”这一项"),
        ("version: 2026-11-22", "version:", 1, "“version”不能为空"),
        ("version: 2026-11-22", "version: 1\ncolour: red", 2, "不认识“colour”这一项"),
        ("tier: review\n    score: 700", "tier: maybe\n    score: 700", 14, "“tier”只能是 auto、review，不能是“maybe”"),
        ("score: 700", "score: 7百", 15, "“score”应是整数，不能是“7百”"),
        ("score: 700", "score: 700.0", 15, "“score”应是整数，不能是“700.0”"),
        ("score: 700", "score: 7_00", 15, "“score”应是整数"),
        ("score: 700", "score: ７００", 15, "“score”应是整数"),
        ("score: 700", "score: [700]", 15, "“score”应是整数"),
        ("score: 700", "score: 0", 15, "“score”超出范围，至少 1"),
        ("    sentence: 前15位一致\n", "", 13, "缺少“sentence”这一项"),
        ("sentence: 前15位一致", "sentence: ' '", 16, "“sentence”不能为空"),
        ("    reason: 丙\n", "", 13, "缺少“reason”这一项"),
        ("reason: 丙", "reason: 丙\n    cap: 1", 18, "不认识“cap”这一项"),
        ("  id_other_name:", "  cut_name: 又\n  id_other_name:", 18, "“cut_name”重复（第13行已有）"),
        ("  cut_name:\n", "  same_tel: {tier: auto, score: 1, sentence: 甲, reason: 甲}\n  cut_name:\n", 13,
         "比较时不会得出“same_tel”，可用的有：id18_name、id15_name、cut_name、id_other_name"),
        (POINTS[POINTS.index("  id_other_name"):], "", 2, "缺少“id_other_name”：比较时会得出它"),
        (POINTS[POINTS.index("codes:"):], "codes: 无\n", 2, "“codes”应是若干“项: 值”"),
        (POINTS[POINTS.index("codes:"):], "", 1, "缺少“codes”这一项"),
        (POINTS[POINTS.index("  id_other_name"):], "  id_other_name: 无\n", 18, "“id_other_name”应是若干“项: 值”"),
        ("tier: auto\n    score: 980", "tier: *t\n    score: 980", 9, "不支持用 & 和 * 引用"),
        ("codes:\n", "codes:\n\ta: 1\n", 3, "YAML 写法有误"),
        (POINTS, "", 1, "文件是空的"),
        (POINTS, "- 1\n", 1, "文件应由若干“项: 值”组成"),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_with_file_line_and_cause(
    tmp_path: Path, old: str, new: str, line: int, said: str
) -> None:
    assert POINTS.count(old) == 1
    with pytest.raises(AidError) as caught:
        load_model(write(tmp_path, POINTS.replace(old, new)))
    error = caught.value
    assert error.code == "bad_model"
    first, fault = error.message.split("\n")
    assert first == "匹配模型有1处错误："
    assert fault.startswith(f"points.yaml 第{line}行：{said}")
    assert (error.file, error.row) == ("points.yaml", line)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AidError, match=r"points\.yaml 第6行：不是 UTF-8 编码") as caught:
        load_model(write(tmp_path, POINTS.encode("gb18030")))
    assert caught.value.code == "bad_model"


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    broken = POINTS.replace("score: 1000", "score: 很高").replace("tier: review", "tier: ask")
    broken = broken.replace("  id15_name:", "  id16_name:")
    with pytest.raises(AidError) as caught:
        load_model(write(tmp_path, broken))
    assert [line.partition("：")[0] for line in caught.value.message.splitlines()] == [
        "匹配模型有5处错误", "points.yaml 第2行", "points.yaml 第5行", "points.yaml 第8行", "points.yaml 第14行",
        "points.yaml 第19行",
    ]  # fmt: skip
