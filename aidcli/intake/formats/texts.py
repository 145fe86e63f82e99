"""Files that are no package and no old workbook: which reader of text takes them, by how they begin."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Sequence
from pathlib import Path

from .delimited import read_delimited
from .markup import MIME, PAGE, decoded, page_encodings, read_mime, read_pages
from .ods import read_flat_ods
from .source import Sheet, unreadable
from .spreadsheetml import NAMESPACE, read_spreadsheetml

_HEAD = 8192
_XML = re.compile(r"\s*<\?xml\b(?:[^>]*?encoding\s*=\s*[\"']([\w-]+))?", re.ASCII)
_MARKUP = re.compile(r"\s*<[?!/a-zA-Z]")
_OTHERS = (
    (b"Rar!", "看到的是 RAR 压缩包", "请先解压，再导入里面的表格（或整个文件夹）"),
    (b"7z\xbc\xaf", "看到的是 7z 压缩包", "请先解压，再导入里面的表格（或整个文件夹）"),
    (b"%PDF", "看到的是 PDF 文档", "请向来文单位索取表格文件（Excel、WPS 或 CSV）"),
    (b"{\\rtf", "看到的是 RTF 文档", "请把其中的表格复制到 Excel 或 WPS 中另存为 .xlsx，再导入"),
)


def read_text(path: Path, content: bytes) -> Sequence[Sheet]:
    """The sheets of a text: a page, XML of Excel or OpenDocument, or separated values.

    Raises `AidError` (``unreadable_workbook``, ``broken_quotes`` while the rows are read).
    """
    for magic, found, hint in _OTHERS:
        if content.startswith(magic):
            raise unreadable(path, found, hint)
    if MIME.match(content[:_HEAD]):
        return read_mime(path, content)
    head = _head(content)
    xml = _XML.match(head)
    if xml and NAMESPACE in head:
        return read_spreadsheetml(path, _whole(path, content, [xml.group(1) or "utf-8", "utf-8", "gb18030"]))
    if xml and "urn:oasis:names:tc:opendocument" in head:
        return read_flat_ods(path, io.BytesIO(content))
    if PAGE.match(head):
        return read_pages(path, [_whole(path, content, page_encodings(content))])
    if _MARKUP.match(head) and (xml or "</" in head):
        raise unreadable(path, "看到的是网页或 XML，但不是表格")
    return [read_delimited(path, content)]


def _head(content: bytes) -> str:
    """The beginning as text, good enough to see marks in it."""
    first = content[:_HEAD]
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return first.decode("utf-16", "ignore")
    return first.removeprefix(codecs.BOM_UTF8).decode("utf-8", "ignore")


def _whole(path: Path, content: bytes, encodings: list[str]) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    text = decoded(content.removeprefix(codecs.BOM_UTF8), encodings)
    if text is None:
        raise unreadable(path, "看到的是网页或 XML，但文字编码不认识")
    return text
