"""Taking a large file in, against tools that merely read or load it.

    python benchmarks/intake.py --rows 200000 --csv-rows 1000000
    python benchmarks/intake.py --rows 20000 --csv-rows 10000 100000     # growth

Two comparisons, each in one run on one machine; quote the ratios, not the seconds:

* a 20-column roster as .xlsx, imported, validated and stored, against openpyxl's read-only mode that only
  goes through the rows;
* a 12-column list as .csv, imported, validated and stored with its original rows, against
  ``sqlite-utils insert --csv --no-detect-types``, which stores the text unchecked.

Each is measured twice: every row another person, and (csv) four rows a person.
"""

from __future__ import annotations

import argparse
import csv
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

from aidcli.idnumber import check_digit

DAY = ["--as-of", "2026-10-08"]
ROSTER = [
    *(
        "姓名",
        "身份证号",
        "户主身份证号",
        "与户主关系",
        "性别",
        "出生日期",
        "年龄",
        "民族",
        "婚姻状况",
        "文化程度",
    ),
    *(
        "就业状况",
        "年收入（元）",
        "是否残疾人",
        "残疾类别",
        "残疾等级",
        "最初享受月份",
        "所属街道",
        "所属社区",
    ),
    *("低保（特困）证号", "备注"),
]
SETTLEMENTS = [
    *(
        "人员编号",
        "人员姓名",
        "证件号码",
        "险种类型",
        "结算时间",
        "医疗类别",
        "病种名称",
        "医疗费总额",
        "全自费金额",
    ),
    *("基金支付总额", "个人负担总金额", "医院名称"),
]
PEER_XLSX = """
import sys
from openpyxl import load_workbook
sheet = load_workbook(sys.argv[1], read_only=True).worksheets[0]
sheet.reset_dimensions()
for row in sheet.iter_rows(values_only=True):
    pass
"""
TIMER = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
sys.exit(done.returncode)
"""
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "建国英秀兰芳伟敏静丽强磊军洋勇艳杰娟涛明超平辉刚桂玉梅凤华小红文海云霞"


def person(number: int, random_: random.Random) -> tuple[str, str]:
    """An invented name and a right number; no two `number` below 11 million share one."""
    day = number // 499 % 22_000
    year, rest = 1940 + day // 336, day % 336
    first = f"990101{year}{1 + rest // 28:02d}{1 + rest % 28:02d}{1 + number % 499:03d}"
    return random_.choice(SURNAMES) + "".join(random_.choices(GIVEN, k=2)), first + check_digit(first)


def roster(rows: int) -> Iterator[list[object]]:
    random_ = random.Random(1)
    head = ""
    for number in range(rows):
        name, id_ = person(number, random_)
        first = number % 3 == 0
        head = id_ if first else head
        disabled = random_.random() < 0.1
        yield [
            name,
            id_,
            head,
            "本人" if first else "配偶" if number % 3 == 1 else "长子",
            "男" if int(id_[16]) % 2 else "女",
            f"{id_[6:10]}-{id_[10:12]}-{id_[12:14]}",
            2026 - int(id_[6:10]),
            "汉族",
            "已婚",
            "小学",
            "务农",
            random_.randrange(0, 9000),
            "是" if disabled else "否",
            "肢体" if disabled else "",
            "二级" if disabled else "",
            f"20{random_.randrange(10, 26)}{random_.randrange(1, 13):02d}",
            f"第{number // 20000 % 10 + 1}镇",
            f"{number // 700 % 200 + 1}号村",
            f"9901{number // 3:011d}",
            "",
        ]


def settlements(rows: int, rows_a_person: int) -> Iterator[list[object]]:
    random_ = random.Random(2)
    people = max(rows // rows_a_person, 1)
    for number in range(rows):
        who = number % people
        name, id_ = person(who, random.Random(who))
        total = random_.randrange(10_000, 3_000_000)
        own = total * random_.randrange(10, 60) // 100
        yield [
            f"R{who:09d}",
            name,
            id_,
            "城乡居民基本医疗保险",
            f"2026-{random_.randrange(1, 10):02d}-{random_.randrange(1, 29):02d} 10:21:33",
            "普通住院",
            "肺炎",
            f"{total / 100:.2f}",
            f"{own // 4 / 100:.2f}",
            f"{(total - own) / 100:.2f}",
            f"{own / 100:.2f}",
            "示例县人民医院",
        ]


def write_xlsx(path: Path, rows: int) -> None:
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_numbers": False})
    sheet = book.add_worksheet("人员")
    for place, row in enumerate([ROSTER, *roster(rows)]):
        sheet.write_row(place, 0, row)
    book.close()


def write_csv(path: Path, rows: int, rows_a_person: int) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(SETTLEMENTS)
        writer.writerows(settlements(rows, rows_a_person))


def timed(argv: list[str], folder: Path) -> tuple[float, float, float]:
    """Wall seconds, processor seconds and peak megabytes of a child process, which must succeed."""
    start = time.monotonic()
    done = subprocess.run([sys.executable, "-c", TIMER, *argv], cwd=folder, check=True, capture_output=True)
    seconds = time.monotonic() - start
    processor, megabytes = (float(word) for word in done.stdout.split())
    return seconds, processor, megabytes


def import_(file: Path, folder: Path) -> tuple[float, float, float]:
    """Into a database of its own."""
    database = folder / f"{file.stem}.db"
    aidcli = [sys.executable, "-m", "aidcli"]
    subprocess.run(
        [*aidcli, "init", "--policy", "990101", "--db", str(database)],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    command = [*aidcli, "import", str(file), "--period", "2026-10", "--db", str(database), "--quiet", *DAY]
    figures = timed(command, folder)
    database.unlink()
    return figures


def show(
    label: str, figures: tuple[float, float, float], peer: tuple[float, float, float] | None = None
) -> None:
    seconds, processor, megabytes = figures
    ratio = f"  {seconds / peer[0]:5.2f}x wall {processor / peer[1]:5.2f}x cpu" if peer else ""
    print(f"{label:52} {seconds:7.1f} s {processor:7.1f} cpu-s {megabytes:7.0f} MB{ratio}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, nargs="*", default=[200_000])
    parser.add_argument("--csv-rows", type=int, nargs="*", default=[1_000_000])
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for rows in asked.rows:
            book = folder / f"农村低保人员查询_{rows}.xlsx"
            write_xlsx(book, rows)
            peer = timed([sys.executable, "-c", PEER_XLSX, str(book)], folder)
            show(f"{rows} x 20 .xlsx, openpyxl merely reads", peer)
            show(f"{rows} x 20 .xlsx, aidcli import", import_(book, folder), peer)
            book.unlink()
        for rows in asked.csv_rows:
            for rows_a_person in (4, 1):
                table = folder / f"医保结算明细_{rows}_{rows_a_person}.csv"
                write_csv(table, rows, rows_a_person)
                loaded = folder / "loaded.db"
                load = [sys.executable, "-m", "sqlite_utils", "insert", str(loaded), "t", str(table)]
                peer = timed([*load, "--csv", "--no-detect-types"], folder)
                loaded.unlink()
                show(f"{rows} x 12 .csv, sqlite-utils loads ({rows_a_person} rows a person)", peer)
                show(f"{rows} x 12 .csv, aidcli import", import_(table, folder), peer)
                table.unlink()


if __name__ == "__main__":
    main()
