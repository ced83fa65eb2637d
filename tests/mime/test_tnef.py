"""winmail.dat and Outlook's RTF, beyond the mails of nasty/."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nasty.files import properties, tnef

from inbox_service.mime.rtf import MAX_RTF, decompressed, words_of
from inbox_service.mime.tnef import Unpacked, unpack

NEW, TITLE, DATA, BODY, PROPERTIES = 0x69002, 0x18010, 0x6800F, 0x2800C, 0x69005
STREAM = tnef((NEW, b""), (TITLE, b"a.txt\0"), (DATA, b"file"), (BODY, b"words\0"))
EMBEDDED = bytes.fromhex("0703020000000000c000000000000046")
# The example of [MS-OXRTFCP] 3.1.1: compressed, and what it stands for.
COMPRESSED = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232"
    "0af32068656c090020627705b06c647d0a800fa0"
)


def test_a_stream_gives_its_words_and_files() -> None:
    found = unpack(STREAM)
    assert (found.text, [(one.filename, one.content) for one in found.files]) == (
        "words",
        [("a.txt", b"file")],
    )


@pytest.mark.parametrize("end", range(0, len(STREAM), 3))
def test_a_stream_cut_anywhere_gives_what_stands_before(end: int) -> None:
    assert "words".startswith(unpack(STREAM[:end]).text)


def test_what_is_no_stream_gives_nothing() -> None:
    assert unpack(b"\x78\x9f\x3e\x22") == unpack(b"words " * 10) == Unpacked()


def test_mails_enclosed_without_end_are_opened_only_so_deep() -> None:
    stream = STREAM
    for _ in range(50):
        inside = properties((0x0D, 0x3701, EMBEDDED + stream))
        stream = tnef((NEW, b""), (PROPERTIES, inside))
    assert [one.filename for one in unpack(stream).files] == ["message.dat"]


def test_a_named_property_and_many_values_are_stepped_over() -> None:
    named = struct.pack("<HH", 0x1F, 0x8001) + b"g" * 16 + struct.pack("<II", 1, 4) + b"n\0\0\0"
    named += struct.pack("<II", 1, 2) + b"v\0\0\0"
    many = struct.pack("<HHI", 0x1003, 0x3000, 2) + b"\1\0\0\0\2\0\0\0"
    last = properties((0x1F, 0x3707, "late.txt".encode("utf-16-le")))[4:]
    listed = struct.pack("<I", 3) + named + many + last
    (file,) = unpack(tnef((NEW, b""), (PROPERTIES, listed))).files
    assert file.filename == "late.txt"


def test_outlooks_compression_is_undone() -> None:
    assert decompressed(COMPRESSED) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


def test_a_bomb_of_compression_stays_small() -> None:
    # Each token repeats the 17 bytes before it.
    body = (b"\xff" + b"\x00\x0f" * 8) * 200_000
    bomb = struct.pack("<IIII", len(body) + 12, 0xFFFFFFFF, 0x75465A4C, 0) + body
    assert len(decompressed(bomb)) <= MAX_RTF


@pytest.mark.parametrize(
    ("rtf", "text"),
    [
        (rb"{\rtf1\ansi Hi\par there}", "Hi\nthere"),
        (rb"{\rtf1\ansicpg1256 \'e3\'d1\'cd\'c8\'c7}", "مرحبا"),
        (rb"{\rtf1\uc1 \u1571?\u1610?\u1606?}", "أين"),
        (rb"{\rtf1 \u-10179?\u-8704?}", "\U0001f600"),
        (rb"{\rtf1{\fonttbl{\f0 Arial;}}{\*\generator X;}words}", "words"),
        (rb"{\rtf1 \{braces\} and \\}", "{braces} and \\"),
        (rb"{\rtf1 {\b bold} \lquote x\rquote}", "bold \u2018x\u2019"),
        (b"{{{{", ""),
        (b"}}}} words", "words"),
    ],
)
def test_the_words_of_rtf_are_read(rtf: bytes, text: str) -> None:
    assert words_of(rtf).text == text


@given(st.binary(max_size=400))
def test_no_bytes_make_unpacking_raise(content: bytes) -> None:
    unpack(struct.pack("<IH", 0x223E9F78, 1) + content)
    decompressed(content)
    words_of(content)
    words_of(decompressed(struct.pack("<IIII", 0, 5_000, 0x75465A4C, 0) + content))


@given(st.lists(st.tuples(st.sampled_from([NEW, TITLE, DATA, PROPERTIES, 0x69003]), st.binary())))
def test_no_attributes_make_unpacking_raise(attributes: list[tuple[int, bytes]]) -> None:
    unpack(tnef(*attributes))
