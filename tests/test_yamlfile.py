"""Reading YAML as text with lines: what a file may hold, what is refused where, and in which words."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated, Literal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, field_validator

from aidcli.errors import AidError
from aidcli.yamlfile import Fault, YamlFile, refuse


def read(folder: Path, content: str | bytes) -> YamlFile:
    path = folder / "f.yaml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return YamlFile(path)


def test_every_scalar_stays_the_text_that_was_written(tmp_path: Path) -> None:
    source = read(
        tmp_path,
        "code: 010101\nday: 2026-01-01\nno: no\nempty:\nnull: ~\nmoney: 1_000.50\nquoted: '是: 否'\nlist: [1, on]\n",
    )
    assert source.faults == []
    assert source.data == {
        "code": "010101", "day": "2026-01-01", "no": "no", "empty": "", "null": "~", "money": "1_000.50",
        "quoted": "是: 否", "list": ["1", "on"],
    }  # fmt: skip


WORDS = st.text(st.characters(categories=("L", "N"), include_characters=" :#-&*'\"!%@"), max_size=12)
TREES = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3), max_leaves=8
)


@given(st.dictionaries(WORDS, TREES, min_size=1, max_size=4))
def test_what_a_program_writes_comes_back(tmp_path_factory: pytest.TempPathFactory, data: object) -> None:
    text = yaml.dump(data, Dumper=_NoReferences, allow_unicode=True)
    source = read(tmp_path_factory.getbasetemp(), text)
    assert (source.data, source.faults) == (data, [])


class _NoReferences(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True


def test_every_place_has_its_line_and_a_missing_one_that_of_what_is_round_it(tmp_path: Path) -> None:
    source = read(tmp_path, "# 说明\na: 1\nb:\n  c:\n    - x\n    - {d: 2,\n       e: 3}\nf: [\n  y]\n")
    places = {
        (): 2, ("a",): 2, ("b",): 3, ("b", "c"): 4, ("b", "c", 0): 5, ("b", "c", 1): 6, ("b", "c", 1, "d"): 6,
        ("b", "c", 1, "e"): 7, ("f",): 8, ("f", 0): 9, ("b", "c", 1, "z", 0): 6, ("z",): 2,
    }  # fmt: skip
    assert {place: source.line(place) for place in places} == places


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        (b"", 1, "文件是空的"),
        (b"\xef\xbb\xbf", 1, "文件是空的"),
        (b"# a\n\n", 1, "文件是空的"),
        (b"---\n", 1, "文件是空的"),
        (b"# a\n- b\n", 2, "文件应由若干“项: 值”组成"),
        (b"\nwords\n", 2, "文件应由若干“项: 值”组成"),
        ("a: 1\nb: 甲\n".encode("gb18030"), 2, "不是 UTF-8 编码"),
        ("a: 1".encode("utf-16"), 1, "不是 UTF-8 编码"),
        (b"a: 1\nb: 2\x00\n", 2, "控制字符"),
        (b"a: 1\nb: 2\n\tc: 3\n", 3, "YAML 写法有误"),
        (b"a: 1\n\nb: 'x\n", 4, "YAML 写法有误"),
        (b"a: 1\n---\nb: 2\n", 2, "YAML 写法有误"),
    ],
)
def test_file_without_content_is_refused_at_its_line(
    tmp_path: Path, content: bytes, line: int, said: str
) -> None:
    source = read(tmp_path, content)
    assert source.data is None
    (fault,) = source.faults
    assert (fault.file, fault.line) == ("f.yaml", line)
    assert said in fault.message


def test_file_that_is_not_there_or_a_folder_is_a_fault(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path):
        source = YamlFile(path)
        assert source.data is None
        assert [(fault.file, fault.line) for fault in source.faults] == [(path.name, 1)]
        assert "打不开" in source.faults[0].message


def test_bom_of_windows_notepad_does_not_reach_the_first_key(tmp_path: Path) -> None:
    assert read(tmp_path, "\ufeffa: 1\r\nb: 2\r\n").data == {"a": "1", "b": "2"}


def test_key_given_twice_is_named_at_any_depth_and_the_first_counts(tmp_path: Path) -> None:
    source = read(tmp_path, "a: 1\nb:\n  - {c: 1, d: 2,\n     c: 3}\na: 2\n")
    assert source.data == {"a": "1", "b": [{"c": "1", "d": "2"}]}
    assert source.faults == [
        Fault("f.yaml", 4, "“c”重复（第3行已有），请只留一处"),
        Fault("f.yaml", 5, "“a”重复（第1行已有），请只留一处"),
    ]


def test_key_that_is_no_word_is_a_fault(tmp_path: Path) -> None:
    source = read(tmp_path, "a: 1\n[b, c]: 2\n")
    assert (source.data, source.faults) == ({"a": "1"}, [Fault("f.yaml", 2, "冒号左边应是一个词")])


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a: &x 1\nb: 2\n", [1]),
        ("a: &x 1\nb: *x\n", [1, 2]),
        ("a: 1\nb: *nowhere\n", [2]),
        ("a: &x\n  - *x\n", [1, 2]),
        ("a: &x 1\nb: &x 2\n", [1, 2]),
        ("a: &x {c: 1}\nb:\n  <<: *x\n", [1, 3]),
        ("&x a: 1\n*x : 2\n", [1, 2]),
    ],
)
def test_references_are_refused_and_not_followed(tmp_path: Path, text: str, lines: list[int]) -> None:
    source = read(tmp_path, text)
    assert source.data is None
    assert [fault.line for fault in source.faults if "引用" in fault.message] == lines


def test_references_that_would_unfold_without_end_do_not(tmp_path: Path) -> None:
    layers = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 40))
    source = read(tmp_path, "l0: &l0 x\n" + layers)
    assert source.data is None
    assert len(source.faults) == 40 + 39 * 9


def test_faults_of_references_do_not_hide_the_others(tmp_path: Path) -> None:
    source = read(tmp_path, "a: &x 1\na: 2\n")
    assert [fault.line for fault in source.faults] == [1, 2]


# ---------------------------------------------------------------- what pydantic finds, in Chinese


class Item(BaseModel):
    model_config = ConfigDict(extra="forbid")

    size: int = Field(default=1, ge=1, le=9)


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")

    key: str = Field(default="a", pattern=r"^[a-z][a-z0-9_]*$")
    label: str = Field(default="a", min_length=1)
    must: str
    kind: Literal["one", "two", "three"] = "one"
    only: Literal["true"] | None = None
    flag: bool = False
    items: tuple[Item, ...] = Field(default=(Item(),), min_length=1)
    words: Annotated[list[str], Field(max_length=2)] = []
    table: dict[str, Item] = {}

    @field_validator("label")
    @classmethod
    def _spoken(cls, label: str) -> str:
        if label == "坏":
            raise ValueError("名称不好")
        return label


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("key: a", 1, "缺少“must”这一项"),
        ("must: a\nmuts: b", 2, "不认识“muts”这一项，请检查拼写或删去"),
        ("must: [a]", 1, "“must”应是一段文字"),
        ("must: a\nkey: A1", 2, "“key”只能用小写英文字母、数字和下划线，并以字母开头，不能是“A1”"),
        ("must: a\nlabel: ''", 2, "“label”不能为空"),
        ("must: a\nlabel: 坏", 2, "名称不好"),
        ("must: a\nkind: four", 2, "“kind”只能是 one、two、three，不能是“four”"),
        ("must: a\nkind:", 2, "“kind”只能是 one、two、three，不能是空的"),
        ("must: a\nonly: false", 2, "“only”只能是 true，不能是“false”"),
        ("must: a\nflag: maybe", 2, "“flag”应是 true 或 false，不能是“maybe”"),
        ("must: a\nflag: [yes]", 2, "“flag”应是 true 或 false"),
        ("must: a\nitems: []", 2, "“items”至少要有1项"),
        ("must: a\nitems: b", 2, "“items”应是用“- ”开头的列表，不能是“b”"),
        ("must: a\nitems:\n  - {}\n  - b", 4, "“items”第2项应是若干“项: 值”，不能是“b”"),
        ("must: a\nitems:\n  - size: x", 3, "“size”应是整数，不能是“x”"),
        ("must: a\nitems:\n  - size: [1]", 3, "“size”应是整数"),
        (f"must: a\nitems:\n  - size: {'9' * 5000}", 3, "“size”应是整数"),
        ("must: a\nitems:\n  - size: 0", 3, "“size”超出范围，至少 1，不能是“0”"),
        ("must: a\nitems:\n  - size: 10", 3, "“size”超出范围，至多 9，不能是“10”"),
        ("must: a\nwords:\n  - a\n  - b\n  - c", 2, "“words”最多2项"),
        ("must: a\nwords:\n  - a\n  - [b]", 4, "“words”第2项应是一段文字"),
        ("must: a\nwords: {}", 2, "“words”应是用“- ”开头的列表"),
        ("must: a\ntable: x", 2, "“table”应是若干“项: 值”，不能是“x”"),
        ("must: a\ntable:\n  x: y", 3, "“x”应是若干“项: 值”，不能是“y”"),
    ],
)
def test_each_kind_of_error_has_one_wording_and_its_line(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    source = read(tmp_path, text)
    assert source.model(Shape, source.data) is None
    (fault,) = source.faults
    assert fault.line == line
    assert fault.message.startswith(said)


def test_model_below_the_top_counts_its_places_from_where_it_stands(tmp_path: Path) -> None:
    source = read(tmp_path, "a:\n  b:\n    - size: 1\n    - size: 0\n    - words\n")
    assert source.data is not None
    raws = source.data["a"]["b"]
    assert source.model(Item, raws[0], ("a", "b", 0)) == Item(size=1)
    for index in (1, 2):
        assert source.model(Item, raws[index], ("a", "b", index)) is None
    assert source.faults == [
        Fault("f.yaml", 4, "“size”超出范围，至少 1，不能是“0”"),
        Fault("f.yaml", 5, "“b”第3项应是若干“项: 值”，不能是“words”"),
    ]


def test_refusal_lists_every_fault_once_by_file_and_line_and_points_at_the_first() -> None:
    faults = [
        Fault("b.yaml", 2, "二"),
        Fault("b.yaml", 1, "一"),
        Fault("a.yaml", 10, "十"),
        Fault("b.yaml", 2, "二"),
    ]
    with pytest.raises(AidError) as caught:
        refuse("bad_thing", "样例文件", faults, "请改正")
    error = caught.value
    assert error.message.splitlines() == [
        "样例文件有3处错误：", "a.yaml 第10行：十", "b.yaml 第1行：一", "b.yaml 第2行：二",
    ]  # fmt: skip
    assert (error.code, error.file, error.row, error.hint) == ("bad_thing", "a.yaml", 10, "请改正")


@pytest.mark.parametrize(
    "script", ["from aidcli.cli.main import run; run(['--help'])", "import aidcli.linkage"]
)
def test_what_is_needed_to_start_loads_neither_yaml_nor_pydantic(script: str) -> None:
    script += "; import sys; print('loaded:', *{'yaml', 'pydantic', 'aidcli.yamlfile'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "loaded:"
