"""Text in every charset that mail is written in, labelled rightly, wrongly and not at all."""

# ruff: noqa: RUF001  (the letters are those of their languages)
from __future__ import annotations

import base64
import quopri

from .case import BASE64, Case, case, entity, mail, multipart

ARABIC = "أين طلبي رقم ٤٥١ من فضلك؟ شكرا لكم"
ISO_ARABIC = "اين طلبي رقم 451 من فضلك؟ شكرا لكم"
RUSSIAN = "Здравствуйте, где мой заказ? Спасибо за ответ"
UKRAINIAN = "Доброго дня, де моє замовлення? Її ще немає"
JAPANESE = "こんにちは。注文した商品はどこですか。"
CHINESE = "你好，我的订单在哪里？请问什么时候可以发货"
TRADITIONAL = "你好，我的訂單在哪裡？請問什麼時候可以出貨"
KOREAN = "안녕하세요, 제 주문은 어디에 있나요?"
HEBREW = "שלום, איפה ההזמנה שלי? תודה רבה"
GREEK = "Καλημέρα, πού είναι η παραγγελία μου;"
THAI = "สวัสดี คำสั่งซื้อของฉันอยู่ที่ไหน"
TURKISH = "Siparişim nerede? Teşekkürler, iyi günler dilerim"
POLISH = "Gdzie jest moje zamówienie? Dziękuję, miłego dnia żółw"
FRENCH = "Où est ma commande ? C’est déjà payé."
FILIPINO = "Nasaan na po ang order ko? Salamat — ñandito lang ako"

_LABELLED = (
    ("windows-1256", "cp1256", "أين طلبي رقم 451 من فضلك؟"),
    ("iso-8859-6", "iso8859-6", ISO_ARABIC),
    ("iso-8859-6-i", "iso8859-6", ISO_ARABIC),
    ("x-mac-arabic", "mac_arabic", ISO_ARABIC),
    ("windows-1251", "cp1251", RUSSIAN),
    ("koi8-r", "koi8-r", RUSSIAN),
    ("koi8-u", "koi8-u", UKRAINIAN),
    ("iso-8859-5", "iso8859-5", RUSSIAN),
    ("ibm866", "cp866", RUSSIAN),
    ("iso-2022-jp", "iso2022_jp", JAPANESE),
    ("shift_jis", "cp932", JAPANESE),
    ("euc-jp", "euc_jp", JAPANESE),
    ("gb2312", "gb18030", CHINESE),
    ("gb18030", "gb18030", CHINESE + "𠮷"),
    ("gbk", "gbk", CHINESE),
    ("hz-gb-2312", "hz", "你好，订单"),
    ("big5", "big5hkscs", TRADITIONAL),
    ("euc-kr", "euc_kr", KOREAN),
    ("ks_c_5601-1987", "cp949", KOREAN),
    ("iso-2022-kr", "iso2022_kr", KOREAN),
    ("windows-1255", "cp1255", HEBREW),
    ("iso-8859-8-i", "iso8859-8", HEBREW),
    ("windows-1253", "cp1253", GREEK),
    ("tis-620", "cp874", THAI),
    ("iso-8859-9", "cp1254", TURKISH),
    ("iso-8859-2", "iso8859-2", POLISH),
    ("windows-1250", "cp1250", POLISH),
    ("iso-8859-15", "iso8859-15", "Prix : 5 €, où ?"),
    ("windows-1258", "cp1258", "Tôi muôn hoi vê đơn hàng"),
    ("macintosh", "mac_roman", "Déjà reçu, où est l’autre ?"),
    ("utf-7", "utf-7", ARABIC),
    ("utf-16", "utf-16", ARABIC),
    ("utf-16be", "utf-16-be", ARABIC),
    ("utf-16le", "utf-16-le", ARABIC),
    ("utf-32", "utf-32", RUSSIAN),
    ("utf-8", "utf-8", ARABIC + FILIPINO + "👩‍👩‍👧"),
)

# Sent as 8-bit text without a charset, or with one that programs write without knowing.
_MISLABELLED = (
    ("unlabelled-windows-1256", "", "cp1256", "أين طلبي من فضلك"),
    ("unlabelled-koi8-r", "", "koi8-r", RUSSIAN),
    ("unlabelled-windows-1251", "", "cp1251", RUSSIAN),
    ("unlabelled-shift-jis", "", "cp932", JAPANESE),
    ("unlabelled-gb18030", "", "gb18030", CHINESE),
    ("unlabelled-big5", "", "big5hkscs", TRADITIONAL),
    ("unlabelled-euc-kr", "", "euc_kr", KOREAN),
    ("unlabelled-hebrew", "", "cp1255", HEBREW),
    ("unlabelled-utf-8", "", "utf-8", ARABIC),
    ("unlabelled-iso-2022-jp", "", "iso2022_jp", JAPANESE),
    ("unlabelled-iso-2022-kr", "", "iso2022_kr", KOREAN),
    ("unlabelled-utf-16-with-its-mark", "", "utf-16", ARABIC),
    ("unlabelled-french", "", "cp1252", FRENCH),
    ("us-ascii-that-is-utf-8", "us-ascii", "utf-8", ARABIC),
    ("latin-1-that-is-utf-8", "iso-8859-1", "utf-8", ARABIC),
    ("latin-1-that-is-windows-1252", "iso-8859-1", "cp1252", "“C’est 5 €”"),
    ("latin-1-that-is-windows-1256", "iso-8859-1", "cp1256", "أين طلبي من فضلك"),
    ("utf-8-that-is-windows-1256", "utf-8", "cp1256", "أين طلبي من فضلك"),
    ("utf-8-that-is-windows-1252", "utf-8", "cp1252", FRENCH),
    ("windows-1256-that-is-utf-8", "cp-1256", "utf-8", ARABIC),
    ("an-unknown-charset", "x-user-defined", "utf-8", ARABIC),
    ("a-charset-that-is-no-text", "zip", "utf-8", ARABIC),
    ("a-charset-in-quotes-and-blanks", '" utf-8 "', "utf-8", ARABIC),
    ("a-charset-with-a-comment", "utf-8 (Unicode)", "utf-8", ARABIC),
)


def _text(label: str, content: bytes) -> bytes:
    charset = f"; charset={label}" if label else ""
    return mail(f"Content-Type: text/plain{charset}", BASE64, body=base64.encodebytes(content))


def _word(charset: str, content: str) -> bytes:
    encoded = base64.b64encode(content.encode(charset))
    return mail(f"Subject: =?{charset}?B?".encode() + encoded + b"?=")


CASES: tuple[Case, ...] = (
    *(
        case(f"charset-{label}", _text(label, content.encode(codec)), text=content)
        for label, codec, content in _LABELLED
    ),
    *(
        case(name, _text(label, content.encode(codec)), text=content)
        for name, label, codec, content in _MISLABELLED
    ),
    *(
        case(f"subject-{charset}", _word(charset, content), subject=content)
        for charset, content in (
            ("windows-1256", "أين طلبي"),
            ("iso-2022-jp", JAPANESE),
            ("gb18030", CHINESE),
            ("koi8-r", RUSSIAN),
            ("big5", TRADITIONAL),
            ("euc-kr", KOREAN),
            ("utf-8", ARABIC),
        )
    ),
    case(
        "utf-8-with-one-broken-letter",
        mail("Content-Type: text/plain; charset=utf-8", body=ARABIC.encode() + b" \xff"),
        text=f"{ARABIC} \ufffd",
    ),
    case(
        "latin-1-that-is-utf-8-and-latin-1",
        mail(
            "Content-Type: text/plain; charset=iso-8859-1",
            body="Où est-il, déjà payé ?".encode() + b"\r\n> Miqu\xe8l",
        ),
        text="Où est-il, déjà payé ?\n> Miquèl",
    ),
    case(
        "utf-8-cut-in-a-letter",
        mail("Content-Type: text/plain; charset=utf-8", body=ARABIC.encode()[:-1]),
        has=ARABIC[:-1],
    ),
    case(
        "utf-8-with-lone-surrogates",
        mail("Content-Type: text/plain; charset=utf-8", body=b"one \xed\xa0\x80 two"),
        has="two",
    ),
    case(
        "utf-8-with-a-byte-order-mark",
        mail("Content-Type: text/plain; charset=utf-8", body=b"\xef\xbb\xbfhello"),
        has="hello",
    ),
    case(
        "html-that-names-its-charset-itself",
        mail(
            "Content-Type: text/html",
            body='<meta charset="windows-1256"><p>أين طلبي</p>'.encode("cp1256"),
        ),
        html_has="أين طلبي",
    ),
    case(
        "html-whose-header-contradicts-its-meta",
        mail(
            "Content-Type: text/html; charset=windows-1256",
            body='<meta charset="utf-8"><p>أين طلبي</p>'.encode("cp1256"),
        ),
        html_has="أين طلبي",
    ),
    case(
        "parts-in-different-charsets",
        multipart(
            "mixed",
            entity("Content-Type: text/plain; charset=koi8-r", body=RUSSIAN.encode("koi8-r")),
            entity("Content-Type: text/plain; charset=big5", body=TRADITIONAL.encode("big5hkscs")),
        ),
        text=f"{RUSSIAN}\n\n{TRADITIONAL}",
    ),
    case(
        "quoted-printable-windows-1256",
        mail(
            "Content-Type: text/plain; charset=windows-1256",
            "Content-Transfer-Encoding: quoted-printable",
            body=quopri.encodestring("أين طلبي".encode("cp1256")),
        ),
        text="أين طلبي",
    ),
    case(
        "a-letter-between-two-quoted-printable-lines",
        mail(
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable",
            body=b"=D8=\r\n=A7=D9=\r\n=86",
        ),
        text="ان",
    ),
)
