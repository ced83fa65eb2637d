"""8-bit text that nothing labels."""

# ruff: noqa: RUF001  (the letters are those of their languages)
from __future__ import annotations

import pytest

from inbox_service.mime.charsets import decode
from inbox_service.mime.guessing import guess

LINES = (
    ("cp1256", "مرحبا، أريد معرفة موعد وصول الطلب"),
    ("cp1256", "السلام عليكم"),
    ("cp1256", "شكرا جزيلا لكم على الرد السريع"),
    ("iso8859-6", "مرحبا، أريد معرفة موعد وصول الطلب"),
    ("cp1251", "Здравствуйте, где мой заказ?"),
    ("cp1251", "Спасибо"),
    ("koi8-r", "Спасибо за быстрый ответ"),
    ("koi8-r", "Здравствуйте, где мой заказ?"),
    ("koi8-u", "Доброго дня, де моє замовлення?"),
    ("cp1253", "Καλημέρα, πού είναι η παραγγελία μου;"),
    ("cp1255", "שלום, איפה ההזמנה שלי?"),
    ("cp1255", "תודה רבה על התשובה"),
    ("cp932", "こんにちは、注文はどこですか。"),
    ("euc_jp", "こんにちは、注文はどこですか。"),
    ("gb18030", "你好，我的订单在哪里？"),
    ("gb18030", "请问什么时候可以发货"),
    ("cp949", "안녕하세요, 제 주문은 어디에 있나요?"),
    ("big5", "你好，我的訂單在哪裡？"),
    ("big5", "請問什麼時候可以出貨"),
    ("cp874", "สวัสดี คำสั่งซื้อของฉันอยู่ที่ไหน"),
    ("cp874", "ขอบคุณมากค่ะ"),
    ("cp1252", "Bonjour, où est ma commande déjà payée ?"),
    ("cp1252", "Grüße, wo ist meine Bestellung?"),
    ("utf-8", "شكرا"),
)


@pytest.mark.parametrize(("charset", "line"), LINES)
def test_a_line_without_a_charset_is_read(charset: str, line: str) -> None:
    assert decode(line.encode(charset), "") == line


@pytest.mark.parametrize("content", [b"", b"plain", b"caf\xe9", b"\xff\xfe\xfd", bytes(range(256))])
def test_too_little_to_go_by_is_no_guess(content: bytes) -> None:
    assert guess(content) == ""
