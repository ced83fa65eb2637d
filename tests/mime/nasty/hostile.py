"""Mails made to be slow, large or deep."""

from __future__ import annotations

from .case import Case, case, entity, mail, multipart, text
from .files import outlook, tnef

_FLOWED = "Content-Type: text/plain; format=flowed"

CASES: tuple[Case, ...] = (
    case("parts-thousands", multipart("mixed", *([text("x")] * 5_000)), has="x"),
    case(
        "parts-thousands-of-files",
        multipart("mixed", *([entity("Content-Type: image/png; name=a.png", body="x")] * 3_000)),
        count_files=1_000,
    ),
    case(
        "parts-empty-thousands",
        mail("Content-Type: multipart/mixed; boundary=b", body=b"--b\r\n" * 50_000),
        sender="mona@mail.example",
    ),
    case(
        "header-of-a-megabyte",
        mail("X-Long: " + "a" * 1_000_000, "Subject: x"),
        sender="mona@mail.example",
    ),
    case("headers-hundred-thousand", b"X-A: b\r\n" * 100_000 + b"\r\nhi", has="hi"),
    case("subject-of-a-megabyte", mail("Subject: " + "a" * 1_000_000), count_subject=998),
    case("subject-of-encoded-words", mail("Subject: " + "=?utf-8?Q?a?= " * 30_000), has="hello"),
    case("subject-folded-endlessly", mail("Subject: x" + "\r\n x" * 100_000), has="hello"),
    case(
        "recipients-hundred-thousand",
        mail("To: " + ",".join(f"a{n}@x.example" for n in range(100_000))),
        count=1_000,
    ),
    case(
        "recipients-in-thousands-of-headers",
        mail(*(f"To: a{n}@x.example" for n in range(5_000))),
        sender="mona@mail.example",
    ),
    case(
        "comments-nested-endlessly",
        entity("From: " + "(" * 50_000 + " m@x.example", body="hi"),
        has="hi",
    ),
    case("quotes-endless", entity('From: "' + '\\"' * 50_000, body="hi"), has="hi"),
    case(
        "references-hundred-thousand",
        mail("References: " + " ".join(f"<{n}@x.example>" for n in range(100_000))),
        sender="mona@mail.example",
    ),
    case(
        "nesting-of-thousands",
        b"".join(
            f"Content-Type: multipart/mixed; boundary=n{n}\r\n\r\n--n{n}\r\n".encode()
            for n in range(5_000)
        )
        + b"\r\ndeep",
        count_files=1,
    ),
    case(
        "mails-in-mails-by-thousands",
        b"Content-Type: message/rfc822\r\n\r\n" * 5_000,
        count_files=1,
    ),
    case(
        "boundaries-that-nearly-fit",
        mail(
            "Content-Type: multipart/mixed; boundary=" + "b" * 60,
            body=b"--" + b"b" * 59 + (b"\r\n--" + b"b" * 59) * 10_000,
        ),
        has="b",
    ),
    case("line-breaks-a-million", mail(body=b"\n" * 1_000_000), sender="mona@mail.example"),
    case("flowed-endlessly", mail(_FLOWED, body=b"a \n" * 300_000), has="a a"),
    case("uuencode-begun-endlessly", mail(body=b"begin 644 a\n#:&D*\n" * 50_000), has="begin 644"),
    case("yenc-begun-endlessly", mail(body=b"=ybegin line=1 name=a\n" * 40_000), has="=ybegin"),
    case(
        "calendar-endless",
        mail("Content-Type: text/calendar", body=b"BEGIN:VEVENT\r\nSUMMARY:x\r\n" * 20_000),
        count_files=1,
    ),
    case(
        "calendar-of-parameters",
        mail(
            "Content-Type: text/calendar",
            body=b"BEGIN:VEVENT\r\nDTSTART" + b';A="' * 100_000 + b":x\r\n",
        ),
        count_files=1,
    ),
    case(
        "calendar-of-semicolons",
        mail(
            "Content-Type: text/calendar",
            body=b"BEGIN:VEVENT\r\n" + (b"DTSTART" + b";" * 10_000 + b"\r\n") * 40,
        ),
        count_files=1,
    ),
    case(
        "winmail-of-thousands-of-files", outlook(*([(0x69002, b"")] * 5_000)), text="see the file"
    ),
    case(
        "winmail-in-winmail",
        outlook((0x69002, b""), (0x6800F, tnef(*([(0x69002, b"")] * 10)))),
        text="see the file",
    ),
    case("parameters-endless", mail("Content-Type: text/plain" + "; a*0=b" * 20_000), has="hello"),
    case(
        "charset-of-a-megabyte",
        mail("Content-Type: text/plain; charset=" + "x" * 200_000),
        has="hello",
    ),
    case("alternatives-thousands", multipart("alternative", *([text("x")] * 3_000)), has="x"),
    case(
        "likely-boundaries-thousands",
        mail(
            "Content-Type: multipart/mixed",
            body=b"".join(
                b"--b%d\r\nContent-Type: multipart/mixed\r\n\r\n" % n for n in range(3_000)
            ),
        ),
        sender="mona@mail.example",
    ),
    case(
        "base64-of-padding",
        mail("Content-Transfer-Encoding: base64", body=b"YQ==" * 200_000),
        has="a",
    ),
    case(
        "quoted-printable-of-equals",
        mail("Content-Transfer-Encoding: quoted-printable", body=b"=" * 1_000_000),
        sender="mona@mail.example",
    ),
    case(
        "utf-7-of-pluses",
        mail("Content-Type: text/plain; charset=utf-7", body=b"+AGE" * 200_000),
        sender="mona@mail.example",
    ),
    case(
        "html-of-a-megabyte-of-tags",
        mail("Content-Type: text/html", body=b"<b>" * 330_000),
        html_has="<b>",
    ),
)
