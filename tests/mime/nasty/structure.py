"""How parts stand in each other: rightly nested, wrongly, and not at all."""

from __future__ import annotations

from .case import BASE64, Case, attached, case, entity, joined, mail, multipart, text

_HTML = entity("Content-Type: text/html; charset=utf-8", body="<p>rich</p>")
_PDF = attached("application/pdf; name=a.pdf", b"file")
_FILE = [("a.pdf", "application/pdf", 4)]
_ONE = b"Content-Type: text/plain\r\n\r\none"
_TWO = b"Content-Type: text/plain\r\n\r\ntwo"


def _with_boundary(declared: str, body: bytes) -> bytes:
    return mail(f"Content-Type: multipart/mixed{declared}", body=body)


def _nested(depth: int, inside: bytes) -> bytes:
    for level in range(depth):
        inside = entity(
            f"Content-Type: multipart/mixed; boundary=n{level}",
            body=joined(inside, boundary=f"n{level}"),
        )
    return b"From: mona@mail.example\r\n" + inside


def _forwarded(depth: int) -> bytes:
    inside = entity("Subject: innermost", "Content-Type: text/plain", body="deep")
    for _ in range(depth):
        inside = entity("Subject: outer", "Content-Type: message/rfc822", body=inside)
    return inside


CASES: tuple[Case, ...] = (
    # --- boundaries
    case("boundary-plain", multipart("mixed", text("hi"), _PDF), text="hi", files=_FILE),
    case(
        "boundary-missing-in-the-header",
        _with_boundary("", joined(_ONE, _PDF)),
        text="one",
        files=_FILE,
    ),
    case(
        "boundary-other-than-declared",
        _with_boundary("; boundary=other", joined(_ONE, _PDF)),
        text="one",
        files=_FILE,
    ),
    case(
        "boundary-never-seen",
        _with_boundary("; boundary=x", b"only words"),
        text="only words",
        files=[],
    ),
    case("boundary-not-closed", _with_boundary("; boundary=b", joined(_ONE, _TWO)[:-7]), has="two"),
    case(
        "boundary-closed-twice",
        _with_boundary("; boundary=b", joined(_ONE) + b"\r\n--b--\r\n"),
        text="one",
    ),
    case(
        "boundary-prefix-of-another",
        _with_boundary("; boundary=b", joined(b"\r\none\r\n--bb\r\ntwo")),
        text="one\n--bb\ntwo",
    ),
    case(
        "boundary-with-blanks-behind",
        _with_boundary("; boundary=b", b"--b  \r\n" + _ONE + b"\r\n--b-- \r\n"),
        text="one",
    ),
    case(
        "boundary-in-single-quotes",
        _with_boundary("; boundary='b'", joined(_ONE, boundary="'b'")),
        text="one",
    ),
    case(
        "boundary-of-special-letters",
        _with_boundary('; boundary="=_a?b*(c)+"', joined(_ONE, boundary="=_a?b*(c)+")),
        text="one",
    ),
    case(
        "boundary-folded",
        mail("Content-Type: multipart/mixed;\r\n\tboundary=\r\n\tb", body=joined(_ONE)),
        text="one",
    ),
    case(
        "boundary-by-rfc2231",
        _with_boundary("; boundary*=us-ascii''b%20b", joined(_ONE, boundary="b b")),
        text="one",
    ),
    case("boundary-empty", _with_boundary('; boundary=""', joined(_ONE)), has="one"),
    case(
        "boundary-with-words-before-and-behind",
        _with_boundary("; boundary=b", b"This is MIME.\r\n" + joined(_ONE) + b"bye"),
        text="one",
    ),
    case(
        "boundary-line-feeds-only",
        _with_boundary("; boundary=b", joined(_ONE, _PDF)).replace(b"\r\n", b"\n"),
        text="one",
        files=_FILE,
    ),
    case(
        "boundary-carriage-returns-only",
        _with_boundary("; boundary=b", joined(_ONE, _PDF))
        .replace(b"\r\n", b"\r")
        .replace(b"\n", b"\r"),
        text="one",
        files=_FILE,
    ),
    case(
        "boundary-line-ends-mixed",
        _with_boundary("; boundary=b", joined(_ONE).replace(b"\r\n", b"\n")),
        text="one",
    ),
    case(
        "boundary-the-same-inside",
        multipart(
            "mixed",
            entity("Content-Type: multipart/alternative; boundary=b", body=joined(_ONE, _TWO)),
        ),
        has="two",
    ),
    # --- alternatives
    case(
        "alternative-usual",
        multipart("alternative", text("plain"), _HTML),
        text="plain",
        html_has="rich",
        files=[],
    ),
    case(
        "alternative-the-wrong-way-round",
        multipart("alternative", _HTML, text("plain")),
        text="plain",
        html_has="rich",
    ),
    case("alternative-two-plain", multipart("alternative", _ONE, _TWO), text="two"),
    case(
        "alternative-with-an-empty-text",
        multipart("alternative", text(""), _HTML),
        text="",
        html_has="rich",
    ),
    case(
        "alternative-with-an-empty-html",
        multipart("alternative", text("plain"), entity("Content-Type: text/html", body=" ")),
        text="plain",
    ),
    case(
        "alternative-with-a-file",
        multipart("alternative", text("plain"), _PDF),
        text="plain",
        files=_FILE,
    ),
    case(
        "alternative-with-a-watch-part",
        multipart(
            "alternative", text("plain"), entity("Content-Type: text/watch-html", body="<b>w</b>")
        ),
        text="plain",
        files=[],
    ),
    case("alternative-of-one", multipart("alternative", text("plain")), text="plain"),
    case(
        "alternative-of-nothing",
        mail("Content-Type: multipart/alternative; boundary=b", body=b"--b--\r\n"),
        text="",
        files=[],
    ),
    case(
        "alternative-holding-mixed",
        multipart(
            "alternative",
            text("plain"),
            entity(
                "Content-Type: multipart/mixed; boundary=i", body=joined(_HTML, _PDF, boundary="i")
            ),
        ),
        text="plain",
        html_has="rich",
        files=_FILE,
    ),
    case(
        "related-with-a-picture",
        multipart(
            "related",
            entity("Content-Type: text/html", body='<img src="cid:p@x">'),
            attached("image/png; name=p.png", b"pic", "Content-ID: <p@x>"),
        ),
        files=[("p.png", "image/png", 3)],
    ),
    case(
        "related-picture-first",
        multipart("related", attached("image/png; name=p.png", b"pic", "Content-ID: <p@x>"), _HTML),
        files=[("p.png", "image/png", 3), ("part-1.html", "text/html", 11)],
    ),
    case(
        "mixed-text-after-a-file",
        multipart("mixed", _ONE, _PDF, _TWO),
        text="one\n\ntwo",
        files=_FILE,
    ),
    case(
        "digest-parts-are-mails",
        multipart("digest", b"\r\nSubject: x\r\n\r\nhi"),
        files=[("x.eml", "message/rfc822", 16)],
    ),
    # --- mails in mails
    case(
        "forward-as-a-file",
        multipart(
            "mixed",
            text("see"),
            entity("Content-Type: message/rfc822", body="Subject: inner\r\n\r\nwords"),
        ),
        text="see",
        files=[("inner.eml", "message/rfc822", 23)],
    ),
    case(
        "forward-in-base64",
        multipart("mixed", text("see"), attached("message/rfc822", b"Subject: inner\r\n\r\nwords")),
        files=[("inner.eml", "message/rfc822", 23)],
    ),
    case(
        "forward-of-a-forward",
        multipart("mixed", text("see"), entity("Content-Type: message/rfc822", body=_forwarded(5))),
        text="see",
    ),
    case(
        "forward-of-nothing",
        multipart("mixed", text("see"), entity("Content-Type: message/rfc822", body="")),
        files=[("message.eml", "message/rfc822", 0)],
    ),
    case(
        "forward-holding-its-own-boundary",
        multipart(
            "mixed",
            text("see"),
            entity(
                "Content-Type: message/rfc822",
                body=entity(
                    "Subject: inner",
                    "Content-Type: multipart/mixed; boundary=i",
                    body=joined(_ONE, boundary="i"),
                ),
            ),
        ),
        text="see",
    ),
    case(
        "partial-message",
        mail("Content-Type: message/partial; id=x; number=1; total=2", body="half"),
        text="",
    ),
    case(
        "external-body",
        mail(
            "Content-Type: message/external-body; access-type=URL",
            body="Content-Type: image/png\r\n\r\n",
        ),
        text="",
    ),
    # --- depth
    case("nested-ten-deep", _nested(10, text("deep")), text="deep"),
    case("nested-deeper-than-anybody-reads", _nested(60, text("deep")), count_files=1),
    # --- transfer encodings
    case("encoding-unknown", mail("Content-Transfer-Encoding: x-none", body="hello"), text="hello"),
    case("encoding-8bit-unlabelled", mail(body="أين طلبي"), text="أين طلبي"),
    case(
        "encoding-in-capitals-with-comment",
        mail("Content-Transfer-Encoding: BASE64 ; x", body="aGVsbG8="),
        text="hello",
    ),
    case(
        "encoding-on-a-multipart",
        mail("Content-Type: multipart/mixed; boundary=b", BASE64, body=joined(_ONE)),
        text="one",
    ),
    case("base64-without-padding", mail(BASE64, body="aGVsbG8"), text="hello"),
    case("base64-with-one-letter-too-many", mail(BASE64, body="aGVsbG8h\r\nA"), text="hello!"),
    case("base64-with-strangers", mail(BASE64, body="aGVs*\x00!bG8="), text="hello"),
    case("base64-glued", mail(BASE64, body="aGVs\r\nbG8=\r\nIHlvdQ=="), text="hello you"),
    case(
        "base64-with-words-behind",
        mail(BASE64, body="aGVsbG8=\r\n\r\n-- \r\nlist footer"),
        has="hello",
    ),
    case("base64-that-is-plain-text", mail(BASE64, body="!!! *** ???"), text=""),
    case(
        "quoted-printable-broken",
        mail("Content-Transfer-Encoding: quoted-printable", body="a=ZZ b= c=4"),
        has="a=ZZ",
    ),
    case(
        "quoted-printable-in-lower-case",
        mail(
            "Content-Transfer-Encoding: quoted-printable",
            "Content-Type: text/plain; charset=utf-8",
            body="caf=c3=a9",
        ),
        text="café",
    ),
    case(
        "quoted-printable-ends-in-equals",
        mail("Content-Transfer-Encoding: quoted-printable", body="end="),
        text="end",
    ),
    case(
        "quoted-printable-with-raw-bytes",
        mail(
            "Content-Transfer-Encoding: quoted-printable",
            "Content-Type: text/plain; charset=utf-8",
            body="café=3D",
        ),
        text="café=",
    ),
    # --- nothing
    case("empty", b"", text="", subject="", sender=None),
    case("one-line-break", b"\r\n", text=""),
    case("only-nul", b"\x00" * 100, text=""),
    case("only-a-body", b"\r\nhello", text="hello"),
    case("a-picture-instead-of-a-mail", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", sender=None),
)
