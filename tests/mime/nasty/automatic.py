"""Mails of machines that are easily misread."""

from __future__ import annotations

from inbox_service.domain.mail import AutomaticKind

from .case import Case, case, entity, joined, mail, multipart, text

_REPORT = "report; report-type=delivery-status"


def _status(*lines: str) -> bytes:
    return entity(
        "Content-Type: message/delivery-status",
        body="Reporting-MTA: dns; mx\r\n\r\n" + "\r\n".join(lines),
    )


CASES: tuple[Case, ...] = (
    case(
        "report-without-its-status",
        multipart(_REPORT, text("not delivered")),
        automatic=AutomaticKind.BOUNCE,
        bounce=None,
    ),
    case(
        "report-with-an-empty-status",
        multipart(_REPORT, text(), entity("Content-Type: message/delivery-status")),
        automatic=AutomaticKind.BOUNCE,
        bounce=None,
    ),
    case(
        "report-cut-off",
        multipart(_REPORT, text(), _status("Final-Recipient: rfc822; a@b.example", "Status: 5."))[
            :-20
        ],
        automatic=AutomaticKind.BOUNCE,
    ),
    case(
        "report-in-base64",
        multipart(
            _REPORT,
            text(),
            entity(
                "Content-Type: message/delivery-status",
                "Content-Transfer-Encoding: base64",
                body=b"RmluYWwtUmVjaXBpZW50OiByZmM4MjI7IGFAYi5leGFtcGxlDQpBY3Rpb246"
                b"IGZhaWxlZA0KU3RhdHVzOiA1LjEuMQ0K",
            ),
        ),
        bounce={"recipient": "a@b.example", "status": "5.1.1", "hard": True},
    ),
    case(
        "report-inside-a-mail-of-a-person",
        multipart(
            "mixed",
            text("look what I got"),
            entity("Content-Type: multipart/report; boundary=i", body=joined(text(), boundary="i")),
        ),
        automatic=None,
    ),
    case(
        "report-type-on-plain-text",
        mail("Content-Type: text/plain; report-type=delivery-status"),
        automatic=None,
    ),
    case(
        "bounce-of-ten-thousand-recipients",
        multipart(
            _REPORT,
            text(),
            _status(
                *(
                    f"Final-Recipient: rfc822; a{n}@b.example\r\nStatus: 5.1.1\r\n"
                    for n in range(10_000)
                )
            ),
        ),
        bounce={"recipient": "a0@b.example"},
    ),
    case(
        "auto-submitted-with-a-comment",
        mail("Auto-Submitted: (robot) auto-replied"),
        automatic=AutomaticKind.AUTO_REPLY,
    ),
)
