"""A list whose month stands nowhere, but in the days of what it lists: all alerts of one month, all cremations."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import TEMPLATES, TODAY, codes, id_number, text_file

from aidcli.errors import AidError
from aidcli.intake.lists import open_lists
from aidcli.intake.reading import Reading

_ALERTS = ["预警编号", "预警指标", "预警内容", "预警对象", "身份证件号码", "预警时间", "处置时限"]


def _alerts(folder: Path, days: list[str], hints: bool = True) -> Reading:
    rows = [
        [f"YJ{n}", "新增就业登记", "签订劳动合同", "张三丰", id_number(n), day, "2026-10-20"]
        for n, day in enumerate(days, 1)
    ]
    above = [["系统自动"] * 5 + ["系统自动", "收到后15日"]] if hints else []
    path = text_file(folder / "预警信息下发清单（第十批）.csv", [_ALERTS, *above, *rows])
    (reading,) = open_lists(path, TEMPLATES, today=TODAY)
    return reading


def test_alerts_of_one_month_tell_it_and_that_is_said(tmp_path: Path) -> None:
    reading = _alerts(tmp_path, [f"2026-09-{day:02d} 08:15:22" for day in range(1, 8)])
    assert (reading.period, reading.period_from) == ("2026-09", "column")
    told = [one for row in reading.rows(0) for one in row.problems if one.code == "period_of_column"]
    assert len(told) == 1 and "2026-09" in told[0].message


@pytest.mark.parametrize(
    "days",
    [
        ["2026-09-01"] * 6 + ["2026-08-31"],
        ["2026-09-01"] * 4,
        ["2026-09-01"] * 5 + [""] * 4,
    ],
)
def test_two_months_few_rows_or_blank_days_tell_nothing(tmp_path: Path, days: list[str]) -> None:
    with pytest.raises(AidError) as refused:
        _alerts(tmp_path, days, hints=False)
    assert refused.value.code == "period_unknown"


def test_a_name_that_tells_a_month_goes_before_the_days(tmp_path: Path) -> None:
    table = [["姓名", "身份证号", "死亡日期", "火化日期"]]
    table += [["张三丰", id_number(n), f"2026-08-0{n}", f"2026-08-1{n}"] for n in range(1, 8)]
    (reading,) = open_lists(text_file(tmp_path / "火化名单2026年9月.csv", table), TEMPLATES, today=TODAY)
    assert reading.period == "2026-09" and "period_of_column" not in codes(next(iter(reading.rows(0))))
