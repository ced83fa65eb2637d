"""What stands in the text: flowed lines, calendars, signed and encrypted mail, odd line ends."""

from __future__ import annotations

from inbox_service.domain.mail import Protection

from .case import BASE64, Case, attached, case, entity, mail, multipart, text

_FLOWED = "Content-Type: text/plain; charset=utf-8; format=flowed"


def _calendar(*lines: str, method: str = "REQUEST") -> str:
    inside = "\r\n".join(lines)
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\n{inside}\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )


def _invited(*lines: str, method: str = "REQUEST") -> bytes:
    part = entity(
        f"Content-Type: text/calendar; charset=utf-8; method={method}",
        body=_calendar(*lines, method=method),
    )
    return multipart("alternative", text("see the invitation"), part)


_FITTING = ("SUMMARY:Fitting", "DTSTART:20250303T110640Z", "DTEND:20250303T120000Z")

CASES: tuple[Case, ...] = (
    # --- format=flowed (RFC 3676)
    case("flowed", mail(_FLOWED, body="one \r\ntwo\r\n"), text="one two"),
    case("flowed-delsp", mail(f"{_FLOWED}; delsp=yes", body="你好 \r\n世界\r\n"), text="你好世界"),
    case(
        "flowed-quotes", mail(_FLOWED, body="> one \r\n> two\r\nthree\r\n"), text="> one two\nthree"
    ),
    case(
        "flowed-quotes-of-two-depths",
        mail(_FLOWED, body=">> one \r\n> two\r\n"),
        text=">> one \n> two",
    ),
    case("flowed-signature", mail(_FLOWED, body="bye \r\n-- \r\nMona\r\n"), text="bye \n-- \nMona"),
    case(
        "flowed-stuffed",
        mail(_FLOWED, body=" From me\r\n > not quoted\r\n"),
        text="From me\n> not quoted",
    ),
    case(
        "flowed-in-capitals",
        mail("Content-Type: text/plain; FORMAT=Flowed", body="one \r\ntwo"),
        text="one two",
    ),
    # --- calendars
    case(
        "invitation",
        _invited(*_FITTING, "LOCATION:Shop", "ORGANIZER;CN=Ana:mailto:ana@shop.example"),
        invitation={
            "method": "request",
            "summary": "Fitting",
            "place": "Shop",
            "organizer": "Ana",
            "starts": "2025-03-03T11:06",
            "starts_at": 1_741_000_000_000,
        },
    ),
    case(
        "invitation-in-a-named-zone",
        _invited("SUMMARY:Fitting", "DTSTART;TZID=Asia/Riyadh:20250303T140640"),
        invitation={
            "starts": "2025-03-03T14:06",
            "zone": "Asia/Riyadh",
            "starts_at": 1_741_000_000_000,
        },
    ),
    case(
        "invitation-in-a-windows-zone",
        _invited("SUMMARY:Fitting", 'DTSTART;TZID="Arab Standard Time":20250303T140640'),
        invitation={"starts_at": 1_741_000_000_000},
    ),
    case(
        "invitation-in-a-zone-of-its-own",
        _invited("SUMMARY:Fitting", "DTSTART;TZID=Our Shop:20250303T140640"),
        invitation={"starts": "2025-03-03T14:06", "zone": "Our Shop", "starts_at": None},
    ),
    case(
        "invitation-for-a-day",
        _invited("SUMMARY:Inventory", "DTSTART;VALUE=DATE:20250303"),
        invitation={"starts": "2025-03-03", "starts_at": None},
    ),
    case(
        "invitation-with-a-duration",
        _invited("SUMMARY:Call", "DTSTART:20250303T110640Z", "DURATION:PT1H30M"),
        invitation={"ends": "2025-03-03T12:36"},
    ),
    case(
        "invitation-withdrawn",
        _invited(*_FITTING, method="CANCEL"),
        invitation={"method": "cancel"},
    ),
    case(
        "invitation-accepted",
        _invited(
            *_FITTING, "ATTENDEE;PARTSTAT=ACCEPTED;CN=Mona:mailto:mona@mail.example", method="REPLY"
        ),
        invitation={"method": "reply", "answer": "accepted"},
    ),
    case(
        "invitation-folded-and-escaped",
        _invited("SUMMARY:One\\, two\\; th\r\n ree", "DTSTART:20250303T110640Z"),
        invitation={"summary": "One, two; three"},
    ),
    case(
        "invitation-in-arabic",
        _invited("SUMMARY:موعد القياس", "DTSTART:20250303T110640Z"),
        invitation={"summary": "موعد القياس"},
    ),
    case(
        "invitation-that-repeats",
        _invited(*_FITTING, "RRULE:FREQ=WEEKLY"),
        invitation={"repeats": True},
    ),
    case(
        "invitation-with-an-alarm",
        _invited("BEGIN:VALARM\r\nSUMMARY:wrong\r\nEND:VALARM", *_FITTING),
        invitation={"summary": "Fitting"},
    ),
    case(
        "invitation-in-base64",
        multipart(
            "mixed",
            text(),
            attached("text/calendar; name=invite.ics", _calendar(*_FITTING).encode()),
        ),
        invitation={"summary": "Fitting"},
    ),
    case(
        "invitation-without-an-end",
        _invited("SUMMARY:x", "DTSTART:20250303T110640Z").replace(b"END:V", b"X:"),
        invitation={"summary": "x"},
    ),
    case(
        "invitation-with-a-thirteenth-month",
        _invited("SUMMARY:x", "DTSTART:20251399T110640Z"),
        invitation={"starts": "", "starts_at": None},
    ),
    case(
        "invitation-empty",
        multipart("alternative", text(), entity("Content-Type: text/calendar", body="")),
        invitation=None,
    ),
    case(
        "invitation-alone",
        mail("Content-Type: text/calendar; method=REQUEST", body=_calendar(*_FITTING)),
        invitation={"summary": "Fitting"},
    ),
    # --- signed and encrypted
    case(
        "smime-signed",
        multipart(
            'signed; protocol="application/pkcs7-signature"',
            text("signed"),
            attached("application/pkcs7-signature; name=smime.p7s", b"sig"),
        ),
        text="signed",
        protection=Protection.SMIME_SIGNED,
        files=[("smime.p7s", "application/pkcs7-signature", 3)],
    ),
    case(
        "smime-encrypted",
        mail(
            "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m",
            BASE64,
            body="c2VjcmV0",
        ),
        text="",
        protection=Protection.SMIME_ENCRYPTED,
        files=[("smime.p7m", "application/pkcs7-mime", 6)],
    ),
    case(
        "smime-signed-and-opaque",
        mail(
            "Content-Type: application/x-pkcs7-mime; smime-type=signed-data",
            BASE64,
            body="c2VjcmV0",
        ),
        protection=Protection.SMIME_SIGNED,
    ),
    case(
        "pgp-signed",
        multipart(
            'signed; protocol="application/pgp-signature"',
            text("signed"),
            entity("Content-Type: application/pgp-signature", body="-----BEGIN PGP SIGNATURE-----"),
        ),
        text="signed",
        protection=Protection.PGP_SIGNED,
    ),
    case(
        "pgp-encrypted",
        multipart(
            'encrypted; protocol="application/pgp-encrypted"',
            entity("Content-Type: application/pgp-encrypted", body="Version: 1"),
            entity(
                "Content-Type: application/octet-stream; name=encrypted.asc",
                body="-----BEGIN PGP MESSAGE-----",
            ),
        ),
        text="",
        protection=Protection.PGP_ENCRYPTED,
    ),
    case(
        "pgp-encrypted-in-the-text",
        mail(body="-----BEGIN PGP MESSAGE-----\r\n\r\nabc\r\n-----END PGP MESSAGE-----"),
        protection=Protection.PGP_ENCRYPTED,
    ),
    case(
        "pgp-signed-in-the-text",
        mail(body="-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\n\r\nwords"),
        protection=Protection.PGP_SIGNED,
        has="words",
    ),
    # --- lines
    case("lines-carriage-returns-only", mail(body=b"one\rtwo\rthree"), text="one\ntwo\nthree"),
    case(
        "lines-ending-in-every-way",
        mail(body=b"one\rtwo\nthree\r\nfour"),
        text="one\ntwo\nthree\nfour",
    ),
    case("lines-with-nul", mail(body=b"one\x00two"), text="onetwo"),
    case("lines-of-a-megabyte", mail(body=b"x" * 1_000_000), text="x" * 1_000_000),
    case(
        "lines-that-begin-with-from",
        mail(body=b"one\n>From here\nFrom there"),
        text="one\n>From here\nFrom there",
    ),
    case("markdown", mail("Content-Type: text/markdown; charset=utf-8", body="# hi"), text="# hi"),
    case("enriched", mail("Content-Type: text/enriched", body="<bold>hi</bold> <<you>"), has="hi"),
    case(
        "xhtml-with-a-declaration",
        mail("Content-Type: text/html", body='<?xml version="1.0"?><html><p>hi</p>'),
        html_has="<p>hi</p>",
    ),
)
