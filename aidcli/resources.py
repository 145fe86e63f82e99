"""Where templates and sample data are: in the installed package, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

from .errors import AidError

_PACKAGE = Path(__file__).resolve().parent


def data_dir(name: str) -> Path:
    """The folder `name` (``templates/sources``, ``sample_data``, …) of the shipped data.

    A wheel carries it inside the package; a checkout has it at its top. Raises `AidError` when the
    installation is incomplete.
    """
    for base in (_PACKAGE / "_data", _PACKAGE.parent):
        if (base / name).is_dir():
            return base / name
    raise AidError(
        "installation_incomplete",
        f"安装不完整：找不到随程序附带的“{name}”",
        hint="请重新安装：pip install --force-reinstall aidcli",
    )
