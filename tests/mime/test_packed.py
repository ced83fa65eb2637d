"""Files written into a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nasty.files import uuencoded, yencoded

from inbox_service.mime.packed import unpack_text


@pytest.mark.parametrize("encode", [uuencoded, yencoded])
@given(content=st.binary(max_size=300))
def test_a_file_comes_out_as_it_went_in(encode, content: bytes) -> None:
    text, files = unpack_text(b"before\r\n" + encode("a.bin", content) + b"after\r\n")
    assert text == b"before\r\nafter\r\n"
    assert [(one.filename, one.content) for one in files] == [("a.bin", content)]


def test_blanks_that_a_gateway_took_from_line_ends_do_no_harm() -> None:
    whole = uuencoded("a.bin", b"\0" * 40).replace(b"`", b" ")
    stripped = b"\n".join(line.rstrip(b" ") for line in whole.split(b"\n"))
    _, (file,) = unpack_text(stripped.replace(b"\n\nend", b"\n \nend"))
    assert file.content == b"\0" * 40


@pytest.mark.parametrize(
    "text",
    [
        b"Let us begin 644 times\nand end\n",
        b"begin 644 a.txt\nnothing of the kind\nend\n",
        b"=ybegin size=1\nwithout a name\n=yend\n",
        b"> begin 644 a.txt\n> #:&D*\n> end\n",
    ],
)
def test_what_only_looks_like_a_file_stays_text(text: bytes) -> None:
    assert unpack_text(text) == (text, [])


@given(
    st.lists(st.sampled_from([b"begin 644 a\n", b"#:&D*\n", b"`\n", b"end\n", b"=yend\n", b"x\n"]))
)
def test_nothing_is_lost_but_what_is_a_file(lines: list[bytes]) -> None:
    text, _ = unpack_text(b"".join(lines))
    assert text.count(b"x") == lines.count(b"x\n")
