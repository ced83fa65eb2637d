"""Every byte of the wild: each case of nasty/ is read as its table says, in time and in memory."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Mapping
from typing import Any

import pytest
from nasty import CASES, Case
from nasty.write import FOLDER, path_of, read

from inbox_service.domain.mail import ParsedMail
from inbox_service.mime import attachment, parse

MAX_SECONDS = 2
# What a mail takes at most while it is read, beside its own bytes.
MAX_TIMES_ITS_SIZE = 12
MAX_SMALL = 32 * 1024 * 1024

# Measuring slows parsing down: `bin/bench mime` measures all of them.
HEAVY = (
    "flowed-endlessly",
    "headers-hundred-thousand",
    "html-of-a-megabyte-of-tags",
    "line-breaks-a-million",
    "parts-thousands",
    "recipients-hundred-thousand",
    "uuencode-larger-than-a-text-may-be",
    "winmail-of-thousands-of-files",
)

_READ = {
    "text": lambda mail: mail.text.strip("\n"),
    "sender": lambda mail: mail.sender.email if mail.sender else None,
    "emails": lambda mail: [one.email for one in mail.to],
    "names": lambda mail: [one.name for one in mail.to],
    "count": lambda mail: len(mail.to),
    "count_files": lambda mail: len(mail.attachments),
    "count_subject": lambda mail: len(mail.subject),
    "files": lambda mail: [(a.filename, a.content_type, a.size) for a in mail.attachments],
}


def check(mail: ParsedMail, raw: bytes, expected: Mapping[str, Any]) -> None:
    """Fail where the mail was not read as expected."""
    for name, value in expected.items():
        if name == "has":
            assert value in mail.text
        elif name == "html_has":
            assert value in mail.html
        elif name == "contents":
            numbers = {a.filename: a.part for a in mail.attachments}
            assert {key: attachment(raw, numbers[key])[1] for key in value} == value
        elif isinstance(value, dict):
            found = getattr(mail, name)
            assert found is not None
            assert {key: getattr(found, key) for key in value} == value
        else:
            assert _READ.get(name, lambda one, key=name: getattr(one, key))(mail) == value


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_a_nasty_mail_is_read_as_it_was_meant(case: Case) -> None:
    assert case.expected
    check(parse(case.raw), case.raw, case.expected)


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_a_nasty_mail_can_be_stored_and_its_files_handed_out(case: Case) -> None:
    mail = parse(case.raw)
    for text in (mail.text, mail.html, mail.subject, *(a.filename for a in mail.attachments)):
        assert "\x00" not in text
        text.encode()
    for described in mail.attachments[:3]:
        again, content = attachment(case.raw, described.part)
        assert (again, len(content)) == (described, described.size)


def test_every_nasty_mail_lies_in_the_fixtures_as_its_table_says() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {path_of(c).name for c in CASES.values()}
    assert [c.name for c in CASES.values() if read(path_of(c)) != c.raw] == []


def test_a_nasty_mail_takes_no_time_worth_speaking_of() -> None:
    for case in CASES.values():
        begun = time.process_time()
        parse(case.raw)
        assert time.process_time() - begun < MAX_SECONDS, case.name


@pytest.mark.parametrize("name", HEAVY)
def test_a_nasty_mail_takes_no_more_memory_than_its_size_explains(name: str) -> None:
    raw = CASES[name].raw
    tracemalloc.start()
    try:
        parse(raw)
        taken = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert taken < max(MAX_SMALL, MAX_TIMES_ITS_SIZE * len(raw))


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 150
