"""The kernel: two identities in, one evidence code out. Pure, symmetric, and the same on every engine."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple

from ..canon import canonical_json, sha256_text
from ..errors import AidError
from ..model import Identity
from .blocking import PREFIX_DIGITS, WHOLE

Tier = Literal["auto", "review"]

POINTS = Path(__file__).with_name("points.yaml")


class Line(NamedTuple):
    """What one evidence code is worth, and the sentence that a clerk reads."""

    tier: Tier
    score: int
    sentence: str
    reason: str


class Model(NamedTuple):
    """A frozen set of points; `hash` names the epoch."""

    version: str
    codes: dict[str, Line]
    hash: str
    json: str


def load_model(path: Path = POINTS) -> Model:
    """The points this version ships; raises `AidError` where the file is not whole."""
    import yaml

    return _build(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))


def parse_model(text: str) -> Model:
    """The model of a stored epoch, from its canonical JSON."""
    import json

    return _build(json.loads(text))


def compare(left: Identity, right: Identity) -> str:
    """The evidence code for two identities that share a block key, '' when nothing speaks for them."""
    same_name = bool(left.name) and left.name == right.name
    if left.id_kind in WHOLE and right.id_kind in WHOLE:
        if left.id_value != right.id_value:
            return ""
        if not same_name:
            return "id_other_name" if left.name and right.name else ""
        return "id18_name" if left.id_kind == right.id_kind == "valid" else "id15_name"
    if same_name and left.id_value[:PREFIX_DIGITS] == right.id_value[:PREFIX_DIGITS]:
        return "cut_name"
    return ""


def _build(data: dict[str, dict[str, dict[str, str]]]) -> Model:
    codes = {}
    for code, line in data["codes"].items():
        if line["tier"] not in ("auto", "review"):
            raise AidError("bad_model", f"匹配模型里“{code}”的分级“{line['tier']}”不是 auto 或 review")
        tier: Tier = "auto" if line["tier"] == "auto" else "review"
        codes[code] = Line(tier, int(line["score"]), line["sentence"], line["reason"])
    text = canonical_json(data)
    return Model(str(data["version"]), codes, sha256_text(text)[:16], text)
