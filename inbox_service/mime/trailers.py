"""What programs and gateways put below a mail: "Sent from my phone", legal notices, adverts.

Only the end of a message is looked at, so that the author's own words about phones and
confidentiality stay in sight wherever more of his follow.
"""

# ruff: noqa: RUF001 - letters of other scripts look like Latin ones; here they are meant.

from __future__ import annotations

import re
from collections.abc import Sequence

MAX_TRAILER = 100
MIN_NOTICE = 100  # characters; a sentence of a person's is shorter
MIN_NOTICE_DENSE = 30  # the same in scripts that write a word in a letter or two
MAX_NOTICE_LINES = 15
MIN_WRAPPED, MAX_WRAPPED = 50, 120  # characters of a line of a wrapped paragraph

# "Sent from" begins the line, or ends it where the verb comes last: a letter is also sent by mail.
_SENT = (
    "sent (?:from|via|with|using)|أُ?رسلت? من|مرسل من|تم الإرسال من|ipinadala (?:mula|gamit)"
    "|naipadala mula|von meine[mr]|gesendet (?:von|mit|über)|diese nachricht wurde von mein"
    "|envoyé (?:de|depuis|avec|à partir)|enviado (?:desde|do|de|con|com|a partir)"
    "|enviat (?:des|amb)|inviato da[l ]?|verstuurd (?:vanaf|met|via)|verzonden (?:vanaf|met|via)"
    "|skickat från|sendt fra|lähetetty|wysłan[eoy] z|odesláno z|odoslané z|az iphone|trimis d"
    "|отправлено (?:с|из)|надіслано з|изпратено от|послато са|στάλθηκε από"
    "|נשלח מ|ارسال شده از|dikirim dari|dihantar daripada|(?:đã |được )?gửi từ|ส่งจาก"
    "|发自|發自|從我|从我|来自我|나의|내 |poslano [iszn]|išsiųsta iš|nosūtīts no|saadetud"
)
_SENT_LAST = (
    "gesendet|küldve|gönderildi|gönderilmiştir|भेजा गया|から送信|에서 보냄|에서 전송|傳送|发送"
)
_DEVICE = (
    "iphon|ipad|android|samsung|galaxy|huawei|xiaomi|redmi|oppo|vivo|pixel|blackberry|windows"
    "|outlook|yahoo|gmail|proton|zoho|thunderbird|phone|mobile|mobil|smartphone|tablet|هاتف|جوال"
    "|آيفون|telefon|téléphone|teléfono|telefono|telemóvel|celular|handy|телефон|手机|手機"
)
_GET = (
    "get|الحصول على|احصل على|تنزيل|kunin|télécharger|obtenir|obtener|obter|ottieni|scarica"
    "|download|hämta|hent|skaff deg|last ned|hanki|pobierz|získat|získať|az|obțineți|получить"
    "|скачать|отримати|завантажити|изтегляне|вземи|λήψη|קבל את|הורד את|dapatkan|tải|รับ|获取|下载"
    "|取得|下載"
)
_GET_LAST = (
    "beziehen|herunterladen|downloaden|beszerzése.*|letöltése.*|edinin|indirin|を入手|다운로드"
)
_OUTLOOK = r"(?=.{0,40}\boutlook)(?=.{0,60}(?:ios|android|أندرويد|mac\b))"
_TRAILERS = re.compile(
    rf"^\W{{0,3}}(?:{_SENT})[^?!]{{0,40}}?(?:{_DEVICE})[^?!]{{0,40}}$"
    rf"|^\W{{0,3}}[^?!]{{0,20}}(?:{_DEVICE})[^?!]{{0,20}}(?:{_SENT_LAST})\W{{0,3}}$"
    rf"|^{_OUTLOOK}(?:{_GET})\b[^?!]{{0,60}}$|^{_OUTLOOK}[^?!]{{0,60}}(?:{_GET_LAST})(?:<.{{0,40}})?$"
    r"|^sent with \[?proton\b"
    r"|^virus[- ]free\b.{0,30}|^this e-?mail has been checked for viruses\b"
    r"|^(?:please )?consider the environment before printing\b",
    re.IGNORECASE,
)

_CONFIDENTIAL = re.compile(
    "confiden[ct]i[ae]l|privileged|vertraulich|riservat|vertrouwelijk|kumpidensyal|fortrolig"
    "|konfident|luottamuks|poufn|důvěrn|dôvern|bizalmas|конфиденц|конфіденц|поверит|поверљ"
    "|εμπιστευτικ|gizli|povjerlj|zaupn|konfidenc|סודי|חסוי|سري|محرمان|गोपनीय|rahasia|sulit"
    "|bảo mật|ความลับ|機密|机密|保密|기밀",
    re.IGNORECASE,
)
_ADDRESSEE = re.compile(
    "recipient|intended|addressee|empfänger|adressat|destinat[aà]|destinatár|geadresseerde"
    "|ontvanger|mottag|modtager|vastaanottaj|adresat|příjemc|príjemc|címzett|получател|адресат"
    "|одержувач|παραλήπτ|alıcı|נמען|مستلم|المرسل إليه|مرسل إليه|گیرنده|प्राप्तकर्ता|penerima"
    "|người nhận|ผู้รับ|受信者|宛先|收件人|接收|수신|tatanggap|pinadalhan|primatelj|примала|prejemnik",
    re.IGNORECASE,
)


def is_trailer(line: str) -> bool:
    """Tell whether a line is one that a program puts below every mail."""
    return len(line) <= MAX_TRAILER and bool(_TRAILERS.match(line))


def notice_start(lines: Sequence[str], end: int) -> int:
    """Return where the legal notice begins that ends before line `end`, `end` where there is none.

    A notice is a long paragraph that speaks of secrecy and of whom the mail is meant for.
    """
    start = end - 1
    if _is_notice(lines[start]):
        return start
    # What is wrapped has full lines; a shorter or longer one is a paragraph of its own.
    while start and end - start < MAX_NOTICE_LINES and _is_full(lines[start - 1]):
        start -= 1
    return start if _is_notice(" ".join(lines[start:end])) else end


def _is_full(line: str) -> bool:
    return MIN_WRAPPED <= len(line) <= MAX_WRAPPED


def _is_notice(said: str) -> bool:
    least = MIN_NOTICE if said.isascii() or " " in said[:20] else MIN_NOTICE_DENSE
    return len(said) >= least and bool(_CONFIDENTIAL.search(said) and _ADDRESSEE.search(said))
