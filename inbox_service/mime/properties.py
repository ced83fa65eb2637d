"""MAPI properties as TNEF writes them ([MS-OXTNEF] 2.1.3.4): a small reader that cannot fail."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from inbox_service.mime.charsets import decode

MAX_PROPERTIES = 5_000
MAX_VALUES = 1_000

_U16_PAIR = struct.Struct("<HH")
_U32 = struct.Struct("<I")

_STRING_8, _UNICODE, _OBJECT, _BINARY = 0x1E, 0x1F, 0x0D, 0x102
_VARIABLE = frozenset({_STRING_8, _UNICODE, _OBJECT, _BINARY})
_MANY = 0x1000
# Bytes on the wire, with what pads them to four.
_FIXED = {
    0x02: 4,
    0x03: 4,
    0x04: 4,
    0x05: 8,
    0x06: 8,
    0x07: 8,
    0x0A: 4,
    0x0B: 4,
    0x14: 8,
    0x40: 8,
    0x48: 16,
}


@dataclass(slots=True)
class Properties:
    """The properties that mail needs, by their id; of many values the first."""

    texts: dict[int, str] = field(default_factory=dict)
    bytes_: dict[int, bytes] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)

    def text(self, number: int) -> str:
        """Return a string, "" where there is none."""
        return self.texts.get(number, "")

    def data(self, number: int) -> bytes:
        """Return a binary value or an object, b"" where there is none."""
        return self.bytes_.get(number, b"")

    def number(self, number: int) -> int:
        """Return an integer, 0 where there is none."""
        return self.numbers.get(number, 0)


class _Truncated(Exception):  # never leaves this module
    """The stream ends before its value does."""


def properties(data: memoryview, charset: str) -> Properties:
    """Read a property list, up to where it breaks off."""
    found = Properties()
    reader = _Reader(data)
    try:
        for _ in range(min(reader.u32(), MAX_PROPERTIES)):
            _read_one(reader, found, charset)
    except _Truncated:
        pass
    return found


class _Reader:
    def __init__(self, data: memoryview) -> None:
        self.data = data
        self.at = 0

    def take(self, length: int) -> memoryview:
        """Return the next bytes and go on behind their padding."""
        if self.at + length > len(self.data):
            raise _Truncated
        taken = self.data[self.at : self.at + length]
        self.at += length + (-length % 4)
        return taken

    def u32(self) -> int:
        return int(_U32.unpack(self.take(4))[0])


def _read_one(reader: _Reader, found: Properties, charset: str) -> None:
    kind, number = _U16_PAIR.unpack(reader.take(4))
    if number >= 0x8000:  # a named one: a GUID, and a number or a name
        reader.take(16)
        if reader.u32() == 1:
            reader.take(reader.u32())
        else:
            reader.take(4)
        number = 0  # none of those says anything to us
    single = kind & ~_MANY
    count = reader.u32() if kind & _MANY or single in _VARIABLE else 1
    if count > MAX_VALUES or (single not in _VARIABLE and single not in _FIXED):
        raise _Truncated
    for place in range(count):
        length = reader.u32() if single in _VARIABLE else _FIXED[single]
        value = reader.take(length)
        if place == 0 and number:
            _keep(found, number, single, value, charset)


def _keep(found: Properties, number: int, kind: int, value: memoryview, charset: str) -> None:
    if kind == _STRING_8:
        found.texts.setdefault(number, decode(bytes(value).rstrip(b"\0"), charset))
    elif kind == _UNICODE:
        text = decode(bytes(value), "utf-16-le").rstrip("\0")
        found.texts.setdefault(number, text)
    elif kind in _VARIABLE:
        found.bytes_.setdefault(number, bytes(value))
    elif kind == 0x03:
        found.numbers.setdefault(number, int(_U32.unpack(value)[0]))
