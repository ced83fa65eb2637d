"""What mail programs write around a quote, in the languages their users have.

Data only. A phrase never decides alone: the folding also wants a date, an address or a quote.
"""

# ruff: noqa: RUF001 - letters of other scripts look like Latin ones; here they are meant.

from __future__ import annotations

import re

# "... wrote:" - Arabic, Filipino and English first, then the common ones of Gmail, Apple, Outlook.
_WROTE = (
    "wrote|writes|كتب|كتبت|كتبه|كتابة|sumulat|isinulat|nagsulat|schrieb|geschrieben|a écrit|écrit"
    "|escribió|escribio|escreveu|ha scritto|schreef|heeft geschreven|skrev|kirjoitti|napisał"
    "|napisała|написал|написала|пише|пишет|написав|napsal|napsala|napísal|napísala|írta|ezt írta"
    "|a scris|έγραψε|yazdı|şunu yazdı|נכתב|כתב|כתבה|نوشت|लिखा|写道|寫道|写信|のメール|書きました"
    "|작성|viết|menulis|เขียน|rakstīja|rašė|kirjutas|napisao|je napisal|написа|va escriure"
)
WROTE = re.compile(
    rf"(?:^|[\s,>)\]”\"'])(?:{_WROTE})|写道|寫道|のメール|書きました|작성", re.IGNORECASE
)

# The words such a line begins with.
OPENER = re.compile(
    r"^(?:On|At|In a message|في|بتاريخ|يوم|Noong|Nang|Sa|Am|Le|El|Em|Il|Op|Den|Dne|Dňa|W dniu|Dnia"
    r"|Pada|Vào|Στις|La|În|Pe|Ha|בתאריך|ב-|در|Kuna|tor|ons|man|tir|fre)\b"
    r"|^\d{1,4}[./年-]|^\d{1,2}\.? \w{3,}",
    re.IGNORECASE,
)
DATED = re.compile(r"\b(?:19|20)\d\d\b|\d{1,2}[:.]\d\d|[٠-٩]{4}|[۰-۹]{4}")
ADDRESSED = re.compile(r"[^\s<>]{1,100}@[^\s<>]{1,200}|<mailto:")
COLON = (":", "\uff1a")

# The lines Outlook and others put above the mail they answer or forward. The first must be a FROM.
_FROM = "from|من|mula kay|mula sa|mula|von|de|da|van|fra|från|lähettäjä|od|от|от кого|від|feladó"
_FROM += "|expéditeur|απo|από|kimden|gönderen|מאת|از|发件人|寄件者|差出人|보낸 사람|từ|dari|จาก"
FROM_LABEL = re.compile(rf"^[*_\s]*(?:{_FROM})[*_\s]*[:\uff1a]", re.IGNORECASE)
_OTHERS = (
    "sent|date|to|cc|subject|reply-to|importance"
    "|تاريخ الإرسال|أُرسلت|ارسلت|التاريخ|إلى|الى|نسخة|الموضوع|موضوع"
    "|ipinadala|petsa|para kay|para sa|kay|paksa"
    "|gesendet|datum|an|betreff|envoyé|à|objet|enviado|enviado el|fecha|para|asunto|data|assunto"
    "|inviato|a|oggetto|verzonden|aan|onderwerp|sendt|dato|til|emne|skickat|till|ämne|lähetetty"
    "|päivämäärä|vastaanottaja|aihe|wysłano|do|temat|отправлено|дата|кому|тема|odesláno|komu"
    "|předmět|elküldve|címzett|tárgy|trimis|către|subiect|στάλθηκε|προς|θέμα|gönderildi|kime|konu"
    "|נשלח|אל|נושא|发送时间|收件人|主题|送信日時|宛先|件名|보낸 날짜|받는 사람|제목|gửi|đến|chủ đề"
    "|terkirim|kepada|perihal"
)
OTHER_LABEL = re.compile(rf"^[*_\s]*(?:{_OTHERS})[*_\s]*[:\uff1a]", re.IGNORECASE)

# Between dashes: what follows is the mail answered ...
_ORIGINAL = (
    "original message|original appointment|reply message|الرسالة الأصلية|رسالة أصلية"
    "|orihinal na mensahe|ursprüngliche nachricht|message d'origine|mensaje original"
    "|mensagem original|messaggio originale|oorspronkelijk bericht|oprindelig meddelelse"
    "|ursprungligt meddelande|alkuperäinen viesti|wiadomość oryginalna|исходное сообщение"
    "|původní zpráva|eredeti üzenet|mesaj original|orijinal ileti|ההודעה המקורית|原始邮件|原始郵件"
    "|元のメッセージ|원본 메시지|tin nhắn gốc|pesan asli"
)
ORIGINAL = re.compile(rf"^[-_=\s]{{2,}}(?:{_ORIGINAL})[-_=\s]*[:\uff1a]?$", re.IGNORECASE)
# ... or one passed on, which is what the sender wants read.
_FORWARD = (
    "forwarded message|begin forwarded message|forwarded by [^-]{1,80}|رسالة مُعاد توجيهها"
    "|رسالة معاد توجيهها|الرسالة المعاد توجيهها|بداية الرسالة المعاد توجيهها"
    "|ipinasang mensahe|naipasang mensahe|weitergeleitete nachricht"
    "|anfang der weitergeleiteten (?:nachricht|e-mail)|message transféré"
    "|début du message (?:transféré|réexpédié)|mensaje reenviado|inicio del mensaje reenviado"
    "|mensagem encaminhada|messaggio inoltrato|doorgestuurd bericht|begin doorgestuurd bericht"
    "|videresendt meddelelse|vidarebefordrat meddelande|przekazana wiadomość"
    "|пересылаемое сообщение|přeposlaná zpráva|továbbított üzenet|mesaj redirecționat"
    "|yönlendirilmiş ileti|הודעה שהועברה|转发邮件|轉寄郵件|転送メッセージ|전달된 메시지"
)
FORWARDED = re.compile(rf"^[-_=\s]*(?:{_FORWARD})[-_=\s]*[:\uff1a]?[-_=\s]*$", re.IGNORECASE)

# "Sent from my iPhone": the phrase and a device or program, as a letter is also sent from Madrid.
_SENT_FROM = (
    "sent (?:from|via)|get outlook for|أُ?رسلت? من|مرسل من|تم الإرسال من|احصل على|ipinadala mula"
    "|naipadala mula|von mein|gesendet|envoyé|enviado|inviato|verstuurd|verzonden|sendt fra"
    "|skickat från|lähetetty|wysłan[eo]|отправлено|odesláno|küldve|trimis|gönderildi|נשלח"
    "|发自|從我|送信|gửi từ|dikirim dari"
)
_DEVICE = (
    "iphone|ipad|android|samsung|galaxy|huawei|xiaomi|oppo|vivo|blackberry|windows|outlook|yahoo"
    "|gmail|proton|mail|phone|mobile|smartphone|tablet|هاتف|جوال|آيفون|الآيفون|telefon|téléphone"
    "|teléfono|telefono|celular|handy|телефон|手机"
)
SENT_FROM = re.compile(
    rf"^\W{{0,3}}(?=.{{0,60}}(?:{_SENT_FROM})).{{0,60}}(?:{_DEVICE}).{{0,30}}$", re.IGNORECASE
)
SIGNATURE_DASHES = re.compile(r"^--\s*$")
# What a list adds below: a rule, then a few lines that say where it lives.
LIST_RULE = re.compile(r"^_{20,}$")
RULE = re.compile(r"^[\s_*=-]{5,}$")
