"""Register and claims as Parquet: what goes in, what comes out, what is refused. On this machine."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from dirty_people import PEOPLE, identity
from parquet_files import links, listed, table, told, write

from aidcli.cli.main import run
from aidcli.errors import AidError
from aidcli.linkage.evidence import HomeLevel
from aidcli.linkage.scoring import load_model
from aidcli.tasks.partition import match_files

pytestmark = pytest.mark.spark  # what it needs comes with that extra


def claim(number: int, name: str, text: str, **beside: Any) -> dict[str, Any]:
    one = identity(name, text, beside.pop("birth", ""), beside.pop("village", ""))
    return told(one, mention=f"c{number}", source="cremation", **beside)


def matched(tmp_path: Path, register: Any, claims: Any) -> list[dict[str, Any]]:
    left, right = write(register, tmp_path / "l.parquet"), write(claims, tmp_path / "r.parquet")
    match_files(left, right, str(tmp_path / "out"))
    return links(tmp_path / "out") if any((tmp_path / "out").iterdir()) else []


def test_a_claim_comes_out_below_the_district_of_its_record_with_all_that_it_says(tmp_path: Path) -> None:
    one = PEOPLE[3]
    row = claim(1, one.name, one.id, village=one.village, period="2026-09", fact="death", day="2026-09-03")
    (found,) = matched(tmp_path, table(listed()), table([row]))
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["region=990101"]
    assert sys.platform == "win32" or (tmp_path / "out").stat().st_mode & 0o077 == 0
    assert (found["register"], found["person"], found["tier"]) == ("m-r3", "p-3", "auto")
    assert found["epoch"] == load_model().hash
    assert "身份证号一致" in found["sentence"] and found["evidence"].startswith("0101")
    said = {
        name: found[name] for name in ("claim", "source", "period", "fact", "day", "fen", "name", "id_value")
    }
    assert said == {
        "claim": "c1",
        "source": "cremation",
        "period": "2026-09",
        "fact": "death",
        "day": "2026-09-03",
        "fen": None,
        "name": one.name,
        "id_value": one.id,
    }


def test_two_records_of_one_person_are_no_rivals(tmp_path: Path) -> None:
    one = PEOPLE[0]
    twice = [*listed([one]), {**listed([one])[0], "mention": "m-r9", "home": "h9"}]
    (found,) = matched(tmp_path, table(twice), table([claim(1, one.name, one.id, village=one.village)]))
    assert (found["tier"], found["person"]) == ("auto", "p-0")


def test_rivals_in_two_districts_are_asked_about_in_both(tmp_path: Path) -> None:
    here = listed(PEOPLE[3:4])
    there = [{**listed(PEOPLE[3:4])[0], "mention": "m-x", "person": "p-x", "region": "990102", "home": "hx"}]
    rows = matched(
        tmp_path, table(here + there), table([claim(1, PEOPLE[3].name, PEOPLE[3].id, village="下河村")])
    )
    assert [(row["district"], row["tier"], row["elsewhere"]) for row in rows] == [
        ("990101", "review", 1),
        ("990102", "review", 1),
    ]


def test_who_is_on_the_registers_of_two_districts_is_asked_about_in_both(tmp_path: Path) -> None:
    one = PEOPLE[3]
    there = {**listed([one])[0], "mention": "m-x", "region": "990102"}  # the same household, the same person
    rows = matched(tmp_path, table([*listed([one]), there]), table([claim(1, one.name, one.id)]))
    assert [(row["district"], row["tier"], row["elsewhere"]) for row in rows] == [
        ("990101", "review", 1),
        ("990102", "review", 1),
    ]


def test_one_case_number_in_two_districts_is_two_households(tmp_path: Path) -> None:
    mother, child = PEOPLE[0], PEOPLE[1]
    asked = table([claim(1, child.name, mother.id, birth="2016-05-10", village=child.village)])
    apart = [
        listed([mother])[0],
        {**listed([child])[0], "mention": "m-x", "person": "p-x", "region": "990102"},
    ]
    together = [{**row, "region": "990101"} for row in apart]
    homes = []
    for number, rows in enumerate((apart, together)):
        (tmp_path / str(number)).mkdir()
        found = matched(tmp_path / str(number), table(rows), asked)
        homes.append({row["evidence"][8] for row in found if row["register"] == "m-x"})
    owner = str(int(HomeLevel.OWNER))
    assert owner not in homes[0] and homes[1] == {owner}


def test_who_is_nobody_there_is_in_no_partition(tmp_path: Path) -> None:
    assert matched(tmp_path, table(listed()), table([claim(1, "欧阳不在", "")])) == []


def test_large_strings_dictionaries_and_nulls_are_texts_too(tmp_path: Path) -> None:
    import pyarrow as pa

    one = PEOPLE[3]
    rows = table([{**claim(1, one.name, one.id, village=one.village), "phone": None}])
    large = pa.table({name: rows.column(name).cast(pa.large_string()) for name in rows.schema.names})
    register = table(listed())
    coded = register.set_column(0, "mention", register.column("mention").combine_chunks().dictionary_encode())
    (found,) = matched(tmp_path, coded, large)
    assert (found["register"], found["phone"]) == ("m-r3", "")


@pytest.mark.parametrize(
    ("change", "column", "said"),
    [
        (lambda t: t.drop_columns(["birth"]), "birth", "缺少列 birth"),
        (lambda t: t.rename_columns({"village": "viilage"}), "village", "缺少列 village"),
        (lambda t: _as(t, "id_value", 990101196203041234), "id_value", "应是文本，文件里是整数"),
        (lambda t: _as(t, "id_value", 9.9e17), "id_value", "应是文本，文件里是double"),
        (lambda t: _as(t, "region", "9901"), "region", "“9901”不是六位的区县代码"),
        (lambda t: _as(t, "id_kind", "good"), "id_kind", "“good”不是号码的状态"),
        (lambda t: _as(t, "mention", "m-1"), "mention", "列 mention 有重复"),
    ],
)
def test_what_is_odd_is_refused_with_file_and_column(
    tmp_path: Path, change: Any, column: str, said: str
) -> None:
    left = write(change(table(listed())), tmp_path / "register.parquet")
    right = write(table([claim(1, "王", "")]), tmp_path / "claims.parquet")
    with pytest.raises(AidError) as caught:
        match_files(left, right, str(tmp_path / "out"))
    assert said in caught.value.message
    assert (caught.value.file, caught.value.column) == (left, column)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["claims.parquet", "register.parquet"]


def _as(rows: Any, name: str, value: object) -> Any:
    import pyarrow as pa

    return rows.set_column(rows.schema.names.index(name), name, pa.array([value] * len(rows)))


def test_what_is_no_parquet_is_refused(tmp_path: Path) -> None:
    (tmp_path / "l.parquet").write_text("姓名", encoding="utf-8")
    for left, code in ((tmp_path / "l.parquet", "parquet_unreadable"), (tmp_path / "no", "file_missing")):
        with pytest.raises(AidError) as caught:
            match_files(str(left), str(left), str(tmp_path / "out"))
        assert caught.value.code == code


def test_a_filled_folder_is_refused_and_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    left = write(table(listed()), tmp_path / "l.parquet")
    right = write(table([claim(1, PEOPLE[0].name, PEOPLE[0].id)]), tmp_path / "r.parquet")
    asked = ["match", "--left", left, "--right", right, "--out", str(tmp_path / "out"), "--format", "json"]
    assert run(asked) == 0
    told = json.loads(capsys.readouterr().out)["data"]
    assert (told["register"], told["claims"], told["linked"], told["districts"][0]["region"]) == (
        len(PEOPLE),
        1,
        1,
        "990101",
    )
    before = links(tmp_path / "out")
    assert run(asked) == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "out_not_empty"
    assert links(tmp_path / "out") == before
