"""The one family of errors, and the one shape in which a data problem is reported.

Data problems are values (`Problem`) that are collected with their place; an `AidError` is for stopping.
Only `aidcli.cli` catches it, once.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

Severity = Literal["row", "cell", "note"]


class Problem(NamedTuple):
    """One thing wrong in one cell or row of somebody's file.

    `severity`: ``row`` means the whole row was set aside, ``cell`` that only this value was left out,
    ``note`` that the value was kept and marked. `row` counts from 1 as Excel does; `column` is the Excel
    letter, or '' where the row as a whole is meant.
    """

    sheet: str
    row: int
    column: str
    value: str
    code: str
    message: str
    severity: Severity = "row"


class AidError(Exception):
    """Refused or failed; nothing was left behind. Becomes exit code 1 and a sentence in Chinese."""

    exit_code = 1

    def __init__(
        self,
        code: str,
        message: str,
        *,
        file: str | None = None,
        sheet: str | None = None,
        row: int | None = None,
        column: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.file = file
        self.sheet = sheet
        self.row = row
        self.column = column
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        """An error may come from another process."""
        return _again, (
            type(self),
            self.code,
            self.message,
            self.file,
            self.sheet,
            self.row,
            self.column,
            self.hint,
        )

    def as_dict(self) -> dict[str, object]:
        """The ``error`` object of the JSON envelope."""
        return {
            "code": self.code,
            "message": self.message,
            "file": self.file,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "hint": self.hint,
        }


def _again(kind: type[AidError], code: str, message: str, *places: Any) -> AidError:
    file, sheet, row, column, hint = places
    return kind(code, message, file=file, sheet=sheet, row=row, column=column, hint=hint)


class WrongUsage(AidError):
    """The command line itself is off: exit code 2."""

    exit_code = 2


class Busy(AidError):
    """Another run holds the database: exit code 4."""

    exit_code = 4
