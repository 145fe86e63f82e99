"""The kernel: two identities in, one evidence code out. Pure, symmetric, and the same on every engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from ..canon import canonical_json, sha256_text
from ..errors import AidError
from ..model import Identity
from .blocking import PREFIX_DIGITS, WHOLE

Tier = Literal["auto", "review"]
Code = Literal["id18_name", "id15_name", "cut_name", "id_other_name"]
CODES: tuple[Code, ...] = get_args(Code)

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
    """The points this version ships; raises `AidError` (``bad_model``) with every fault and its line."""
    from .points import read_points  # pydantic and yaml, which a stored epoch does without

    return _build(read_points(path))


def parse_model(text: str) -> Model:
    """The model of a stored epoch, from its canonical JSON."""
    import json

    return _build(json.loads(text))


def compare(left: Identity, right: Identity) -> Code | Literal[""]:
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


def _build(data: dict[str, Any]) -> Model:
    codes = {}
    for code, line in data["codes"].items():
        if line["tier"] not in ("auto", "review"):
            raise AidError("bad_model", f"匹配模型里“{code}”的分级“{line['tier']}”不是 auto 或 review")
        tier: Tier = "auto" if line["tier"] == "auto" else "review"
        codes[code] = Line(tier, int(line["score"]), line["sentence"], line["reason"])
    text = canonical_json(data)
    return Model(str(data["version"]), codes, sha256_text(text)[:16], text)
