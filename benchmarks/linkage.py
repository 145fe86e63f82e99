"""Who is who: aidcli's matching against a clerk's VLOOKUP, normalised keys and Splink, in one run.

    python benchmarks/linkage.py --rows 100000 --mix usual
    python benchmarks/linkage.py --rows 10000 100000 --mix usual dirtier --peers vlookup,splink-best --ours

An invented register and as many rows of departments (half of them about people on the register) are written
once; every contestant reads the same files in a process of its own. Wall and processor seconds and peak
memory are those of that process, reading and normalising included; quote the ratios, not the seconds.
Splink takes part where splink, duckdb and pyarrow are installed. Of the held-out mixes (unseen-1, unseen-2)
only the totals are told, never a class of error or a single link.

The table: the best F1 and the best recall at a precision of 0.999 over all thresholds; then precision and
recall at the contestant's own tiers, recall with the questions answered, the share of rows in review and
what they offer: the right person, another one though the right one is on the register, or somebody for a
person who is nobody there.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from linking import contest, heldout, mixes, scoring, world

from aidcli import idnumber

MIXES = {**mixes.VISIBLE, **heldout.HELD_OUT}
WRONG_SHOWN = 8


def generated(rows: int, mix: str, seed: int, folder: Path) -> None:
    world.save(world.generate(rows, MIXES[mix], seed), folder)


def in_child(*arguments: str) -> dict[str, float]:
    """This file again in a process of its own: its wall and processor seconds and its peak memory."""
    start = time.monotonic()
    child = subprocess.Popen([sys.executable, __file__, *arguments])
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{' '.join(arguments)} ended with {child.returncode}")
    return {
        "wall": time.monotonic() - start,
        "cpu": used.ru_utime + used.ru_stime,
        "peak_mb": used.ru_maxrss / 1024,
    }


def measured(rows: int, mix: str, seed: int, names: Sequence[str], folder: Path) -> dict[str, object]:
    """One world, every contestant on it. Nothing is held here meanwhile: a child's peak would count it."""
    made = in_child("--generate", str(folder), "--rows", str(rows), "--mix", mix, "--seed", str(seed))
    print(f"\n{mix}, {rows:,} x {rows:,}: generated in {made['wall']:.0f} s", flush=True)
    costs: dict[str, dict[str, float]] = {}
    for name in names:
        reason = contest.missing(name)
        if reason:
            print(f"{name}: left out, {reason}")
            continue
        costs[name] = in_child("--contestant", name, "--folder", str(folder))
    told = world.columns_of(folder / "truth.csv")
    people = world.columns_of(folder / "people.csv")["person"]
    truth = scoring.Truth(people, told["person"], told["classes"])
    register = world.columns_of(folder / "register.csv")
    results: dict[str, object] = {}
    print(HEADING)
    for name, cost in costs.items():
        report = scoring.report(contest.answers_of(name, folder), truth)
        stages = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        print(line(name, report, cost), flush=True)
        found = {
            "cost": cost,
            "stages": stages,
            **asdict(report),
            "wrong": wrong_links(report, told, register),
        }
        if mix in heldout.HELD_OUT:  # only the totals, so that nobody tunes to them
            found.update(classes={}, wrong={})
        results[name] = found
    return {"rows": rows, "mix": mix, "seed": seed, "generated": made, "contestants": results}


HEADING = (
    f"{'':14} {'F1':>6} {'R@.999':>6} | {'precision of auto (95 %)':>26} {'recall':>7} {'+review':>7} "
    f"{'review':>7} {'true':>6} {'other':>6} {'nobody':>6} | {'wall':>6} {'cpu':>6} {'MB':>6}"
)


def line(name: str, report: scoring.Report, cost: dict[str, float]) -> str:
    precision = report.precision
    interval = f"{precision.share:.5f} ({precision.low:.5f}-{precision.high:.5f})"
    return (
        f"{name:14} {report.best_f1:6.4f} {report.precise_recall:6.4f} | {interval:>26} "
        f"{report.recall.share:7.4f} {report.with_review.share:7.4f} {report.review.share:7.2%} "
        f"{report.review_right:6} {report.review_other:6} {report.review_nobody:6} | "
        f"{cost['wall']:6.1f} {cost['cpu']:6.1f} {cost['peak_mb']:6.0f}"
    )


def wrong_links(
    report: scoring.Report, told: dict[str, list[str]], register: dict[str, list[str]]
) -> dict[str, list[str]]:
    """Every wrong automatic link by class of error, names and numbers masked."""
    found: dict[str, list[str]] = {}
    for right, left, score, _ in report.wrong:
        claim = f"{told['source'][right]} {masked(told['name'][right])} {id_masked(told['id_number'][right])}"
        other = f"{masked(register['name'][left])} {id_masked(register['id_number'][left])}"
        classes = told["classes"][right] or scoring.CLEAN
        told_as = f"{score:g}: {claim} -> {other} ({told['standing'][right]})"
        found.setdefault(classes, []).append(told_as)
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))


def masked(name: str) -> str:
    return name[:1] + "*" * (len(name) - 1)


def id_masked(number: str) -> str:
    return idnumber.format(number) or "-"


def by_class(results: dict[str, object], name: str) -> str:
    """The classes of one contestant: how many of the links there are to find it found, asked about, missed."""
    contestant = results["contestants"][name]  # type: ignore[index]
    lines = [
        f"{'class':20} {'rows':>7} {'linkable':>8} {'auto':>6} {'asked':>6} {'wrong':>6} {'for nothing':>11}"
    ]
    for one, figures in contestant["classes"].items():
        of = figures["linkable"] or 1
        lines.append(
            f"{one:20} {figures['rows']:7} {figures['linkable']:8} {figures['auto_right'] / of:6.3f} "
            f"{figures['review_right'] / of:6.3f} {figures['auto_wrong']:6} {figures['review_wrong']:11}"
        )
    for one, links in contestant["wrong"].items():
        lines += [f"wrong, {one} ({len(links)}):", *(f"    {link}" for link in links[:WRONG_SHOWN])]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, nargs="*", default=[100_000])
    parser.add_argument("--mix", nargs="*", choices=sorted(MIXES), default=["usual"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peers", default=",".join(contest.PEERS), help="with commas; '' for none")
    parser.add_argument("--ours", action="store_true", help="aidcli too")
    parser.add_argument("--classes", nargs="*", default=[], help="contestants to show by class of error")
    parser.add_argument("--out", type=Path, help="a JSON file for everything measured")
    for hidden in ("--generate", "--folder"):
        parser.add_argument(hidden, type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--contestant", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.generate:
        generated(asked.rows[0], asked.mix[0], asked.seed, asked.generate)
    elif asked.contestant:
        contest.run(asked.contestant, asked.folder)
    else:
        names = [name for name in asked.peers.split(",") if name]
        unknown = set(names) - set(contest.PEERS)
        if unknown:
            parser.error(f"no such peer: {', '.join(sorted(unknown))}")
        compete(asked, [*names, *([contest.OURS] if asked.ours else [])])


def compete(asked: argparse.Namespace, names: Sequence[str]) -> None:
    """Each world in a process of its own: what one has loaded must not show in the peaks of the next."""
    worlds = [(rows, mix) for mix in asked.mix for rows in asked.rows]
    runs = []
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        if len(worlds) == 1:
            runs.append(measured(asked.rows[0], asked.mix[0], asked.seed, names, folder))
            for name in asked.classes:
                if name in runs[0]["contestants"]:  # type: ignore[operator]
                    print(f"\n{name}\n{by_class(runs[0], name)}")
        else:
            shared = ["--seed", str(asked.seed), "--peers", asked.peers, *(["--ours"] if asked.ours else [])]
            shared += ["--classes", *asked.classes]
            for rows, mix in worlds:
                out = folder / "one.json"
                in_child("--rows", str(rows), "--mix", mix, *shared, "--out", str(out))
                runs += json.loads(out.read_text(encoding="utf-8"))
    if asked.out:
        asked.out.write_text(json.dumps(runs, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
