"""Headers: RFC 2047 and 2231 bent and broken, raw bytes, ids and dates that are none."""

from __future__ import annotations

from .case import FROM, Case, attached, case, entity, mail, multipart, text

_AT = 1_741_000_000_000  # Mon, 3 Mar 2025 11:06:40 UTC


def _named(*headers: str, type_: str = "application/pdf") -> bytes:
    return multipart("mixed", text(), attached(type_, b"file", *headers))


def _file(name: str) -> list[tuple[str, str, int]]:
    return [(name, "application/pdf", 4)]


CASES: tuple[Case, ...] = (
    # --- RFC 2047
    case(
        "words-split-in-a-letter", mail("Subject: =?utf-8?B?2KPZ?= =?utf-8?B?itmG?="), subject="أين"
    ),
    case(
        "words-with-folding-between",
        mail("Subject: =?utf-8?Q?a?=\r\n  =?utf-8?Q?b?="),
        subject="ab",
    ),
    case("words-glued-to-text", mail("Subject: Re:=?utf-8?Q?caf=C3=A9?=!"), subject="Re:café!"),
    case("words-in-quotes", mail('To: "=?utf-8?Q?Jos=C3=A9?=" <j@x.example>'), names=["José"]),
    case("words-with-blanks-inside", mail("Subject: =?utf-8?Q?two words?="), subject="two words"),
    case("words-with-a-language", mail("Subject: =?utf-8*ar?B?2KPZitmG?="), subject="أين"),
    case("words-in-lower-case", mail("Subject: =?UTF-8?q?caf=c3=a9?="), subject="café"),
    case("words-base64-without-padding", mail("Subject: =?utf-8?B?aGVsbG8?="), subject="hello"),
    case("words-base64-with-rubbish", mail("Subject: =?utf-8?B?aGVs*bG8=?="), subject="hello"),
    case("words-of-an-unknown-charset", mail("Subject: =?x-none?Q?caf=E9?="), subject="café"),
    case("words-that-do-not-end", mail("Subject: =?utf-8?Q?open"), subject="=?utf-8?Q?open"),
    case("words-of-an-unknown-encoding", mail("Subject: =?utf-8?Z?x?="), subject="=?utf-8?Z?x?="),
    case(
        "words-that-hold-line-breaks",
        mail("Subject: =?utf-8?Q?a=0D=0ABcc:_x?="),
        subject="a Bcc: x",
    ),
    case("words-that-hold-nul", mail("Subject: =?utf-8?Q?a=00b?="), subject="ab"),
    case(
        "words-in-words",
        mail("Subject: =?utf-8?Q?=3D=3Futf-8=3FQ=3Fx=3F=3D?="),
        subject="=?utf-8?Q?x?=",
    ),
    case(
        "words-that-look-like-an-address",
        mail("To: =?utf-8?Q?boss=40bank.example=3E?= <m@x.example>"),
        emails=["m@x.example"],
    ),
    case(
        "words-of-two-charsets",
        mail("Subject: =?utf-8?Q?=C3=A9?= =?koi8-r?Q?=C4=C1?="),
        subject="éда",
    ),
    case(
        "words-iso-2022-jp-each-with-its-escapes",
        mail("Subject: =?iso-2022-jp?B?GyRCJDMbKEI=?= =?iso-2022-jp?B?GyRCJHMbKEI=?="),
        subject="こん",
    ),
    # --- raw 8-bit
    case(
        "raw-utf-8-headers",
        mail("Subject: أين طلبي", "To: منى <m@x.example>"),
        subject="أين طلبي",
        names=["منى"],
    ),
    case(
        "raw-windows-1256-headers",
        mail(
            b"Subject: " + "أين طلبي من فضلك".encode("cp1256"),
            "Content-Type: text/plain; charset=windows-1256",
        ),
        subject="أين طلبي من فضلك",
    ),
    case(
        "raw-windows-1256-headers-nobody-declares",
        mail(b"Subject: " + "أين طلبي من فضلك".encode("cp1256")),
        subject="أين طلبي من فضلك",
    ),
    case(
        "raw-gb18030-headers",
        mail(
            b"Subject: " + "我的订单在哪里".encode("gb18030"),
            "Content-Type: text/plain; charset=gb2312",
        ),
        subject="我的订单在哪里",
    ),
    case(
        "raw-iso-2022-jp-headers",
        mail(b"Subject: " + "注文はどこ".encode("iso2022_jp")),
        subject="注文はどこ",
    ),
    case("raw-nul-in-headers", mail(b"Subject: a\x00b\x00c"), subject="abc"),
    case("raw-controls-in-headers", mail(b"Subject: a\x07b\x1bc"), subject="a b c"),
    # --- RFC 2231 and file names
    case(
        "name-rfc2231",
        _named("Content-Disposition: attachment; filename*=utf-8'ar'%D9%81.pdf"),
        files=_file("ف.pdf"),
    ),
    case(
        "name-rfc2231-continued",
        _named('Content-Disposition: attachment; filename*0="long "; filename*1="name.pdf"'),
        files=_file("long name.pdf"),
    ),
    case(
        "name-rfc2231-continued-encoded-in-disorder",
        _named("Content-Disposition: attachment; filename*1*=%81.pdf; filename*0*=utf-8''%D9"),
        files=_file("ف.pdf"),
    ),
    case(
        "name-rfc2231-without-charset",
        _named("Content-Disposition: attachment; filename*=%D9%81.pdf"),
        files=_file("ف.pdf"),
    ),
    case(
        "name-rfc2231-of-an-unknown-charset",
        _named("Content-Disposition: attachment; filename*=x-none''caf%E9.pdf"),
        files=_file("café.pdf"),
    ),
    case(
        "name-both-ways-the-extended-wins",
        _named("Content-Disposition: attachment; filename=\"f.pdf\"; filename*=utf-8''%D9%81.pdf"),
        files=_file("ف.pdf"),
    ),
    case(
        "name-as-encoded-word",
        _named('Content-Disposition: attachment; filename="=?utf-8?B?2YEucGRm?="'),
        files=_file("ف.pdf"),
    ),
    case(
        "name-in-raw-utf-8",
        _named('Content-Disposition: attachment; filename="ف.pdf"'),
        files=_file("ف.pdf"),
    ),
    case(
        "name-not-quoted-with-blanks",
        _named("Content-Disposition: attachment; filename=my bill.pdf"),
        files=_file("my bill.pdf"),
    ),
    case(
        "name-with-an-open-quote",
        _named('Content-Disposition: attachment; filename="bill.pdf'),
        files=_file("bill.pdf"),
    ),
    case(
        "name-with-escaped-quotes",
        _named('Content-Disposition: attachment; filename="a\\"b.pdf"'),
        files=_file('a"b.pdf'),
    ),
    case(
        "name-only-in-content-type",
        _named(type_="application/pdf; name=bill.pdf"),
        files=_file("bill.pdf"),
    ),
    case(
        "name-with-a-path",
        _named('Content-Disposition: attachment; filename="../../etc/x.pdf"'),
        files=_file("_.._etc_x.pdf"),
    ),
    case(
        "name-with-a-windows-path",
        _named('Content-Disposition: attachment; filename="C:\\\\Temp\\\\x.pdf"'),
        files=_file("C:_Temp_x.pdf"),
    ),
    case(
        "name-that-turns-round",
        _named('Content-Disposition: attachment; filename="a\u202efdp.exe"'),
        files=_file("a_fdp.exe"),
    ),
    case(
        "name-with-nul",
        _named('Content-Disposition: attachment; filename="a\x00.pdf"'),
        files=_file("a.pdf"),
    ),
    case(
        "name-of-dots",
        _named('Content-Disposition: attachment; filename=".."'),
        files=_file("part-1.pdf"),
    ),
    case(
        "name-of-a-thousand-letters",
        _named(f'Content-Disposition: attachment; filename="{"n" * 1000}.pdf"'),
        files=_file("n" * 197 + ".pdf"),
    ),
    # --- parameters and types
    case("type-missing", entity(FROM, body="hello"), text="hello"),
    case("type-nonsense", mail("Content-Type: nonsense", body="hello"), text="hello"),
    case("type-without-subtype", mail("Content-Type: text", body="hello"), text="hello"),
    case("type-empty", mail("Content-Type:", body="hello"), text="hello"),
    case(
        "type-with-blanks",
        mail("Content-Type: text / html ; charset = utf-8", body="<p>hé</p>"),
        html_has="hé",
    ),
    case(
        "type-without-semicolon",
        mail(
            "Content-Type: text/html charset=windows-1256", body="<p>أين طلبي</p>".encode("cp1256")
        ),
        html_has="أين طلبي",
    ),
    case(
        "type-twice",
        mail("Content-Type: text/html", "Content-Type: text/plain", body="<p>hi</p>"),
        html_has="<p>hi</p>",
    ),
    case(
        "type-in-capitals", mail("CONTENT-TYPE: TEXT/HTML", body="<p>hi</p>"), html_has="<p>hi</p>"
    ),
    case(
        "type-with-a-comment",
        mail("Content-Type: text/html (really)", body="<p>hi</p>"),
        html_has="<p>hi</p>",
    ),
    # --- ids
    case("id-missing", mail("Subject: x"), message_id=""),
    case("id-empty", mail("Message-ID: <>"), message_id=""),
    case("id-without-brackets", mail("Message-ID: 1@x.example"), message_id="1@x.example"),
    case(
        "id-doubled",
        mail("Message-ID: <1@x.example>", "Message-ID: <2@x.example>"),
        message_id="1@x.example",
    ),
    case(
        "id-two-in-one", mail("Message-ID: <1@x.example> <2@x.example>"), message_id="1@x.example"
    ),
    case("id-folded-inside", mail("Message-ID: <1@x\r\n .example>"), message_id="1@x.example"),
    case("id-without-at", mail("Message-ID: <abc>"), message_id="abc"),
    case("id-with-blanks", mail("Message-ID: < 1@x.example >"), message_id="1@x.example"),
    case("id-of-two-thousand-letters", mail(f"Message-ID: <{'i' * 2000}@x.example>"), subject=""),
    case(
        "references-with-commas",
        mail("References: <1@x.example>, <2@x.example>"),
        references=("1@x.example", "2@x.example"),
    ),
    case(
        "references-without-brackets",
        mail("References: 1@x.example 2@x.example"),
        references=("1@x.example", "2@x.example"),
    ),
    case(
        "references-doubled",
        mail("References: <1@x.example> <1@x.example>"),
        references=("1@x.example",),
    ),
    case(
        "reply-to-a-phrase",
        mail('In-Reply-To: "your message of Monday" <1@x.example>'),
        in_reply_to=("1@x.example",),
    ),
    # --- dates
    case("date-missing", mail("Subject: x"), sent_at=None),
    case("date-nonsense", mail("Date: yesterday evening"), sent_at=None),
    case("date-of-a-thirteenth-month", mail("Date: Mon, 40 Xyz 2025 99:99:99 +9999"), sent_at=None),
    case("date-before-1970", mail("Date: Mon, 1 Jan 1900 00:00:00 +0000"), sent_at=None),
    case("date-in-the-year-30000", mail("Date: Mon, 3 Mar 30000 00:00:00 +0000"), sent_at=None),
    case("date-without-weekday", mail("Date: 3 Mar 2025 11:06:40 +0000"), sent_at=_AT),
    case("date-with-two-digits", mail("Date: Mon, 3 Mar 25 11:06:40 GMT"), sent_at=_AT),
    case(
        "date-with-a-comment",
        mail("Date: Mon, 3 Mar 2025 14:06:40 +0300 (Arab Standard Time)"),
        sent_at=_AT,
    ),
    case("date-in-raw-bytes", mail(b"Date: \xe3\xd1\xcd 2025"), sent_at=None),
    # --- addresses
    case("from-missing", entity("Subject: x", body="hi"), sender=None),
    case("from-empty", entity("From:", body="hi"), sender=None),
    case("from-without-address", entity("From: Mona Hadad", body="hi"), sender=None),
    case("from-two", entity("From: a@x.example, b@x.example", body="hi"), sender="a@x.example"),
    case(
        "from-twice",
        entity("From: a@x.example", "From: b@x.example", body="hi"),
        sender="a@x.example",
    ),
    case(
        "from-name-is-an-address",
        entity('From: "boss@bank.example" <m@x.example>', body="hi"),
        sender="m@x.example",
    ),
    case(
        "from-unquoted-comma",
        entity("From: Hadad, Mona <m@x.example>", body="hi"),
        sender="m@x.example",
    ),
    case(
        "from-nested-comments",
        entity("From: m@x.example (a (b (c) d) e)", body="hi"),
        sender="m@x.example",
    ),
    case(
        "from-angle-not-closed", entity("From: Mona <m@x.example", body="hi"), sender="m@x.example"
    ),
    case(
        "from-with-a-route",
        entity("From: <@a.example,@b.example:m@x.example>", body="hi"),
        sender="m@x.example",
    ),
    case(
        "from-in-unicode",
        entity("From: منى <منى@مثال.example>", body="hi"),
        sender="منى@مثال.example",
    ),
    case(
        "to-a-group",
        mail("To: friends: a@x.example, b@x.example;"),
        emails=["a@x.example", "b@x.example"],
    ),
    case("to-nobody", mail("To: undisclosed-recipients:;"), emails=[]),
    case(
        "to-semicolons", mail("To: a@x.example; b@x.example"), emails=["a@x.example", "b@x.example"]
    ),
    case(
        "to-several-headers",
        mail("To: a@x.example", "To: b@x.example"),
        emails=["a@x.example", "b@x.example"],
    ),
    case("to-doubled", mail("To: a@x.example, A@X.example"), emails=["a@x.example"]),
    case("to-only-commas", mail("To: ,,,,"), emails=[]),
    # --- how headers stand
    case("headers-folded-with-tabs", mail("Subject: one\r\n\ttwo"), subject="one two"),
    case(
        "headers-folded-with-an-empty-line-of-blanks",
        mail("Subject: one\r\n \r\n two"),
        subject="one two",
    ),
    case("headers-blank-before-the-colon", mail("Subject : x"), subject="x"),
    case("headers-without-a-body", b"From: m@x.example\r\nSubject: x", subject="x", text=""),
    case(
        "headers-after-blank-lines",
        b"\r\n\r\nFrom: m@x.example\r\nSubject: x\r\n\r\nhi",
        subject="x",
        text="hi",
    ),
    case(
        "headers-after-a-byte-order-mark",
        b"\xef\xbb\xbfFrom: m@x.example\r\nSubject: x\r\n\r\nhi",
        subject="x",
        text="hi",
    ),
    case(
        "headers-after-an-mbox-line",
        b"From m Mon Mar  3 11:06:40 2025\nSubject: x\n\nhi",
        subject="x",
        text="hi",
    ),
    case(
        "headers-interrupted",
        mail("Subject: x", "this is no header", body=""),
        subject="x",
        has="this is no header",
    ),
)
