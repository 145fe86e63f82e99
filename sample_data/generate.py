"""Makes the sample district: department files full of dirt, and the answers expected of a tool.

    python sample_data/generate.py --households 200 --seed 990101 --out DIR

writes ``DIR/inputs/`` and ``DIR/expected/expected.json``. The same seed gives the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

if __package__ in (None, ""):  # run as a script: from the checkout (or the wheel's data) around this folder
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from sample_data import departments, district, ledger, margin, planted, rosters

SEED = 990101
FEWEST = 200


def generate(out: Path, *, households: int = FEWEST, seed: int = SEED) -> None:
    """Writes the files of a district of `households` households and their expected answers to `out`.

    Raises `ValueError` below 200 households: every case would not find its place.
    """
    if households < FEWEST:
        raise ValueError(f"at least {FEWEST} households are needed")
    inputs, expected = out / "inputs", out / "expected"
    for folder in (inputs, expected):
        folder.mkdir(parents=True, exist_ok=True)
    truth = district.build(households, seed)
    cases = planted.plant(truth)
    book = ledger.Ledger()
    rosters.write_rosters(inputs, truth, book)
    margin.MarginList(inputs, truth, cases, book, seed).write()
    departments.write_departments(inputs, truth, cases, book, seed)
    ledger.write(expected / "expected.json", book, truth, cases)


def main() -> None:
    parser = argparse.ArgumentParser(description="生成示例区的部门表格和标准答案（人员全部虚构）")
    parser.add_argument("--households", type=int, default=FEWEST, help=f"户数，不少于 {FEWEST}")
    parser.add_argument("--seed", type=int, default=SEED, help="随机种子：相同种子生成相同文件")
    parser.add_argument("--out", type=Path, required=True, help="输出文件夹")
    given = parser.parse_args()
    if given.households < FEWEST:
        parser.error(f"--households 不能少于 {FEWEST}，否则放不下全部预设案例")
    generate(given.out, households=given.households, seed=given.seed)


if __name__ == "__main__":
    main()
