"""The monthly job at several sizes: how each step grows, and how reading compares with openpyxl merely reading.

    python benchmarks/monthly.py --households 1000 4000

Every figure of a line comes from the same run on the same machine; quote the ratios, not the seconds.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DAY = ["--as-of", "2026-10-08"]
STEPS = {
    "match": ["match"],
    "flag": ["flag", *DAY],
    "schedule": ["schedule", "--month", "2026-10", *DAY],
    "export alerts": ["export", "alert_check", "alerts.xlsx", *DAY],
    "export roster": ["export", "payment_roster", "roster.xlsx", "--run", "r1", *DAY],
}
PEER = """
import sys
from openpyxl import load_workbook
for name in sys.argv[1:]:
    book = load_workbook(name, read_only=True)
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        for row in sheet.iter_rows(values_only=True):
            pass
"""


def timed(argv: list[str], folder: Path) -> float:
    """Seconds of processor time of a child process, which must succeed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(argv, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def measure(households: int, folder: Path) -> dict[str, float]:
    generate = [sys.executable, str(ROOT / "sample_data" / "generate.py")]
    timed([*generate, "--households", str(households), "--seed", "1", "--out", str(folder)], ROOT)
    inputs = sorted(str(path) for path in (folder / "inputs").iterdir())
    books = [path for path in inputs if path.endswith(".xlsx")]
    aidcli = [sys.executable, "-m", "aidcli"]
    timed([*aidcli, "init", "--policy", "990101"], folder)
    figures = {
        "openpyxl reads .xlsx": timed([sys.executable, "-c", PEER, *books], folder),
        "import .xlsx": timed([*aidcli, "import", *books, *DAY], folder),
        "import the rest": timed([*aidcli, "import", *(set(inputs) - set(books)), *DAY], folder),
    }
    for name, argv in STEPS.items():
        figures[name] = timed([*aidcli, *argv], folder)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, nargs="+", default=[1000, 4000])
    sizes = parser.parse_args().households
    results = []
    for households in sizes:
        with tempfile.TemporaryDirectory() as folder:
            results.append(measure(households, Path(folder)))
    print("households".ljust(24), *(str(size).rjust(10) for size in sizes), "growth".rjust(10))
    for name in results[0]:
        values = [result[name] for result in results]
        growth = values[-1] / values[0] / (sizes[-1] / sizes[0])
        print(name.ljust(24), *(f"{value:10.2f}" for value in values), f"{growth:10.2f}")
    ratios = [result["import .xlsx"] / result["openpyxl reads .xlsx"] for result in results]
    print("import / openpyxl".ljust(24), *(f"{ratio:10.2f}" for ratio in ratios))


if __name__ == "__main__":
    main()
