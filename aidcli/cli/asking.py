"""`review ask`: one question at a time, one key an answer; each answer is kept at once."""

from __future__ import annotations

import codecs
import os
import select
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple, TextIO

from wcwidth import wcswidth

from ..errors import AidError
from ..terms import ID_KINDS
from .common import Common
from .outcome import mask_id, mask_text
from .returned import paid_lines

_KEYS = {
    **dict.fromkeys(("y", "是", "1"), "same"),
    **dict.fromkeys(("n", "否", "2"), "different"),
    **dict.fromkeys(("u", "存疑", "存", "3"), "unsure"),
    **dict.fromkeys(("s", "跳过", "跳"), "skip"),
    **dict.fromkeys(("q", "退出", "退", "\x03", "\x04", "\x1a"), "quit"),
}
_PROMPT = "是同一个人吗？ y 是　n 否　u 存疑　s 跳过　q 退出 "
_SAID = {"same": "是", "different": "否", "unsure": "存疑", "skip": "跳过", "quit": "退出"}
_LABEL, _COLUMN = 12, 34
_ESCAPE = "\x1b"
_LOUD, _PLAIN = "\x1b[1;7m", "\x1b[0m"
# What is left of an answer that is typed as a word, or with Enter behind it.
_BEHIND = frozenset("\r\n 疑过出")
_FIELDS = (
    ("姓名", "name"),
    ("身份证号", "id_value"),
    ("号码里", "by_number"),
    ("另写的生日", "birth"),
    ("另写的性别", "sex"),
    ("乡镇", "township"),
    ("村（社区）", "village"),
    ("电话", "phone"),
    ("来源", "source_label"),
)


class Done(NamedTuple):
    """How many questions were answered in which way, and how many are left."""

    counts: Counter[str]
    left: int


class Interview:
    """Asks on stderr, so that results on stdout stay results."""

    def __init__(self, common: Common, session: Any, out: TextIO | None = None) -> None:
        self._common = common
        self._session = session
        self._out = out or sys.stderr
        self._colour = bool(getattr(self._out, "isatty", bool)()) and not os.environ.get("NO_COLOR")

    def run(self, limit: int | None = None) -> Done:
        """Asks what waits, the most important first, until there is nothing left or somebody quits.

        An answer may settle other questions, or bring up new ones: these come last.
        """
        from ..tasks import reviewing

        counts: Counter[str] = Counter()
        seen: set[str] = set()
        with keys() as read, suppress(KeyboardInterrupt):
            while True:
                asked = reviewing.listing(self._session, self._common.as_of, limit=limit)
                fresh = [one for one in asked if one.pair not in seen]
                if not self._round(fresh, len(seen), counts, read) or limit is not None or not fresh:
                    break
                seen |= {one.pair for one in fresh}
        return Done(counts, reviewing.count(self._session))

    def _round(
        self, asked: Sequence[Any], before: int, counts: Counter[str], read: Callable[[], str]
    ) -> bool:
        """Asks these questions; False when somebody quits."""
        from ..tasks import reviewing

        for number, one in enumerate(asked, start=before + 1):
            if not reviewing.waits(self._session, one):
                self._say(f"\n第{number}题已由前面的回答定下来，不用再答")
                continue
            self._show(one, number, before + len(asked))
            verdict = self._answer(read)
            if verdict == "quit":
                return False
            if verdict != "skip" and not self._keep(one, verdict):
                verdict = "skip"
            counts[verdict] += 1
        return True

    def _keep(self, one: Any, verdict: str) -> bool:
        """Writes an answer down; False where it is refused, which is said."""
        from ..tasks import bonds, reviewing

        common = self._common
        try:
            done = reviewing.decide(
                self._session, common.actor(), one.pair, verdict, "", common.as_of, common.wait
            )
        except AidError as error:
            if error.code != bonds.JOINS_TWO:
                raise
            self._say(f"{error.message}\n{error.hint}")
            return False
        for line in paid_lines(done.paid_twice):
            self._say(line)
        return True

    def _answer(self, read: Callable[[], str]) -> str:
        while True:
            self._say(_PROMPT, end="")
            key = read()
            verdict = "quit" if not key else _KEYS.get(key.strip().lower(), "")
            if verdict:
                self._say(_SAID[verdict])
                return verdict
            self._say("\n请按 y、n、u、s 或 q")

    def _show(self, one: Any, number: int, total: int) -> None:
        whole = self._common.unmask
        self._say(f"\n第{number}题，共{total}题　{one.short}　{one.hangs}")
        if one.note:
            self._say(mask_text(one.note, whole))
        for label, field in _FIELDS:
            sides = one.told if field in one.told[0]._fields else (one.left, one.right)
            left, right = (_value(side, field, whole) for side in sides)
            if left or right:
                self._line(label, left, right, one.marks.get(field))
        self._line("出处", *(_place(place) for place in one.places))
        self._say(f"依据：{mask_text(one.sentence, whole)}")
        self._say(f"核实：{one.check}")

    def _line(self, label: str, left: str, right: str, marks: Any = None) -> None:
        told = (left or "—", right or "—")
        spans = (marks.left, marks.right) if marks else ((), ())
        if max(map(_width, told)) >= _COLUMN:  # too long to stand beside each other
            lines = (f"左 {self._marked(told[0], spans[0])}", f"右 {self._marked(told[1], spans[1])}")
            shown = f"{_padded(label, _LABEL)}{lines[0]}\n{' ' * _LABEL}{lines[1]}"
        else:
            gap = " " * (_COLUMN - _width(told[0]))
            left, right = self._marked(told[0], spans[0]), self._marked(told[1], spans[1])
            shown = f"{_padded(label, _LABEL)}{left}{gap}{right}"
        self._say(shown)

    def _marked(self, text: str, spans: Any) -> str:
        """The characters that differ in reverse, where the terminal shows it."""
        if not self._colour:
            return text
        for first, end in reversed(spans):
            if end <= len(text):
                text = f"{text[:first]}{_LOUD}{text[first:end]}{_PLAIN}{text[end:]}"
        return text

    def _say(self, text: str, end: str = "\n") -> None:
        print(text, end=end, file=self._out, flush=True)


def _value(side: Any, field: str, whole: bool) -> str:
    value = str(getattr(side, field))
    if field != "id_value" or not value:
        return value
    state = "" if side.id_kind == "valid" else f"（{ID_KINDS[side.id_kind]}）"
    return mask_id(value, whole) + state


def _place(place: Any) -> str:
    return f"{place.file} {place.sheet} 第{place.row}行" if place else ""


def _width(text: str) -> int:
    return max(wcswidth(text), len(text))


def _padded(text: str, columns: int) -> str:
    return text + " " * max(columns - _width(text), 1)


@contextmanager
def keys() -> Iterator[Callable[[], str]]:
    """A function that waits for the next answer: one key on a terminal, else a line; '' at the end."""
    if not sys.stdin.isatty():
        yield lambda: sys.stdin.readline()
    elif sys.platform == "win32":
        import msvcrt

        yield lambda: _answering(msvcrt.getwch)
    else:
        import termios
        import tty

        handle = sys.stdin.fileno()
        before = termios.tcgetattr(handle)
        try:
            tty.setcbreak(handle)
            yield lambda: _answering(lambda: _key(handle))
        finally:
            termios.tcsetattr(handle, termios.TCSADRAIN, before)


def _answering(read: Callable[[], str]) -> str:
    """The next key that can be an answer: whoever types y and Enter, or 存疑, has answered once."""
    while (key := read()) in _BEHIND:
        pass
    return key


def _key(handle: int) -> str:
    """One character, of however many bytes; an arrow or function key comes whole, and means nothing."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    while True:
        read = os.read(handle, 1)
        sign = decoder.decode(read, final=not read)
        if sign == _ESCAPE:
            while select.select([handle], [], [], 0.02)[0]:
                sign += os.read(handle, 1).decode("latin-1")
        if sign or not read:
            return sign
