"""Characters of names: their simplified form, how they sound, which are taken for one another."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from typing import Any

_PRIVATE = range(0xE815, 0xE865)  # where GBK and GB 18030-2000 put characters that had no code point then
_STILL_PRIVATE = {  # those that GB 18030-2005 left there; Unicode 4.1 and later have them
    0xE816: "\U00020087",
    0xE817: "\U00020089",
    0xE818: "\U000200cc",
    0xE81E: "\u9fb4",
    0xE826: "\u9fb5",
    0xE82B: "\u9fb6",
    0xE82C: "\u9fb7",
    0xE831: "\U000215d7",
    0xE832: "\u9fb8",
    0xE83B: "\U0002298f",
    0xE843: "\u9fb9",
    0xE854: "\u9fba",
    0xE855: "\U000241fe",
    0xE864: "\u9fbb",
}
# Printers' and Japanese forms of a character that the conversion to simplified ones leaves as they are.
_VARIANTS = dict(
    zip(
        "𠮷髙﨑徳黒戸兎囯氷靑淸歩恵崐銕鉄衞尙兪郞姸甁薫敍竝毎亜栄桜辺広沢斉浄荘呉勲煇叡",
        "吉高崎德黑户兔国冰青清步惠昆铁铁卫尚俞郎妍瓶薰叙并每亚荣樱边广泽齐净庄吴勋辉睿",
        strict=True,
    )
)
_FIRST_BYTE, _FIRST_PLACE, _NO_BYTE = 0xFE, 0x50, 0x7F
_TONES = str.maketrans(
    dict(
        zip(
            "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿế",
            "aaaaeeeeiiiioooouuuuvvvvvnnnme",
            strict=False,
        )
    )
)
_MARKS = re.compile("[\u0300-\u036f]")


@lru_cache(maxsize=65536)
def simplified(letter: str) -> str:
    """The letter in which two names are compared: simplified, out of the private area where it is known."""
    code = ord(letter)
    if code < 0x2E80:
        return letter
    if code in _PRIVATE:
        letter = _public(code)
    if letter in _VARIANTS:
        return _VARIANTS[letter]
    return str(_converter().convert(letter))


def readings(letter: str) -> tuple[str, ...]:
    """How a character may be read, without tones and with u for ü, the usual reading first; () for other signs."""
    return _readings(letter) if ord(letter) >= 0x2E80 else ()


@lru_cache(maxsize=65536)
def _readings(letter: str) -> tuple[str, ...]:
    said = _sounds().get(ord(letter), "")
    plain = (_MARKS.sub("", one.translate(_TONES)).replace("v", "u") for one in said.split(",") if one)
    return tuple(dict.fromkeys(plain))


def _public(code: int) -> str:
    known = _STILL_PRIVATE.get(code)
    if known:
        return known
    place = _FIRST_PLACE + code - _PRIVATE.start
    place += place >= _NO_BYTE
    return bytes((_FIRST_BYTE, place)).decode("gb18030", errors="replace")


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


@cache
def _sounds() -> dict[int, str]:
    """pypinyin's dictionary of characters alone: with its phrases the package takes five times as long to load."""
    home = find_spec("pypinyin")
    assert home is not None and home.submodule_search_locations
    spec = PathFinder.find_spec("pinyin_dict", list(home.submodule_search_locations))
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return dict(module.pinyin_dict)
