"""What mail programs write around a quote, in the languages their users have.

Data only; what repeats gives nothing back ("*+"), so that no line costs more than its length. A
phrase never decides alone: the folding also wants a date, an address or a quote.
tests/fixtures/visible/languages.toml has each language's lines as its programs write them.
"""

# ruff: noqa: RUF001 - letters of other scripts look like Latin ones; here they are meant.

from __future__ import annotations

import re

# "... wrote:" - Arabic, Filipino and English first, then by family of languages.
_WROTE = (
    "wrote|writes|كتب|كتبت|كتبه|كتابة|sumulat|isinulat|nagsulat|schrieb|geschrieben|a écrit|écrit"
    "|escribió|escribio|escreveu|ha scritto|schreef|heeft geschreven|geschreven|va escriure"
    "|ha escrit|missatge de|skrev|kirjoitti|kirjutas|napisał|napisan[aey]|pisze|napsal|napísal"
    "|napisa[ol]|написал|написав|написао|написа|пише|пишет|írta|ezt írta|a scris|έγραψε"
    "|yazdı|şunu yazdı|rakstīja|rašė|נכתב|כתב|כתבה|نوشت|लिखा|menulis|đã viết|viết"
)
# Scripts that put no space before the word.
_WROTE_INSIDE = "写道|寫道|写信|のメール|のメッセージ|書きました|작성|쓴 글|เขียน"
WROTE = re.compile(
    rf"(?:^|[\s,>)\]”\"'])(?:{_WROTE})|(?:{_WROTE_INSIDE})",
    re.IGNORECASE,
)

# The words such a line begins with.
OPENER = re.compile(
    r"^(?:On|At|In a message|في|بتاريخ|يوم|Noong|Nang|Sa|Am|Le|El|Em|Às|Il|Op|Den|Dne|Dňa|W dniu"
    r"|Dnia|Dana|Дана|На|Pada|Vào|Στις|La|În|Pe|Ha|בתאריך|ב-|ב־|ביום|در|Kuna|Kuupäev|tor|ons|man"
    r"|tir|fre|在|ในวันที่|เมื่อ)\b"
    r"|^\d{1,4}[./年-]|^\d{1,2}\.? \w{3,}",
    re.IGNORECASE,
)
_YEAR = r"(?<!\d)(?:19|20|25)\d\d(?!\d)|[٠-٩]{4}|[۰-۹]{4}"
_CLOCK = r"(?<!\d)\d{1,2}[:.]\d\d(?!\d)|\d{1,2}시"
DATED = re.compile(rf"{_YEAR}|{_CLOCK}")
YEAR = re.compile(_YEAR)
CLOCK = re.compile(_CLOCK)
ADDRESSED = re.compile(r"[^\s<>]@[^\s<>]|<mailto:")
# Some programs write no verb at all: a date, then the address and the colon.
ADDRESS_LAST = re.compile(r"<[^\s<>]{1,100}@[^\s<>]{1,200}>\s?[:\uff1a]$")
COLON = (":", "\uff1a")
# Zoho: ---- On ... wrote ---
DASHED = re.compile(r"^-{3,}\s(.{10,390}?)\s?-{3,}$")

# The lines Outlook and others put above the mail they answer or forward. The first must be a FROM.
_FROM = (
    "from|من|mula kay|mula sa|mula|von|de|de la|da|van|fra|från|lähettäjä|od|од|от|от кого"
    "|отправитель|від|від кого|feladó|expéditeur|expeditorul|mittente|nadawca|απo|από|kimden"
    "|gönderen|saatja|nuo|no|מאת|از|प्रेषक|dari|daripada|từ|จาก|šalje|пошиљалац|发件人|寄件者"
    "|差出人|送信者|보낸 사람|보낸사람"
)
FROM_LABEL = re.compile(rf"^[*_\s]*+(?:{_FROM})[*_\s]*+[:\uff1a]", re.IGNORECASE)
_SUBJECT = (
    "subject|الموضوع|موضوع|paksa|betreff|objet|sujet|asunto|assunto|oggetto|onderwerp|emne|ämne"
    "|aihe|temat|předmět|predmet|tárgy|subiect|subiectul|тема|относно|θέμα|konu|נושא|विषय|subjek"
    "|perihal|chủ đề|tiêu đề|เรื่อง|หัวเรื่อง|件名|제목|主题|主旨|zadeva|naslov|наслов|tema|tēma"
    "|temats|teema|assumpte"
)
SUBJECT_LABEL = re.compile(rf"^[*_\s]*+(?:{_SUBJECT})[*_\s]*+[:\uff1a]", re.IGNORECASE)
_OTHERS = (
    "sent|date|to|cc|reply-to|importance"
    "|تاريخ الإرسال|تم الإرسال|أُرسلت|ارسلت|التاريخ|إلى|الى|نسخة"
    "|ipinadala|petsa|para kay|para sa|kay|sa"
    "|gesendet|datum|an|envoyé|à|pour|enviado|enviada em|enviado el|fecha|para|data"
    "|inviato|a|verzonden|aan|sendt|dato|til|skickat|till|lähetetty"
    "|päivämäärä|vastaanottaja|wysłano|wysłane|do|adresat|отправлено|дата|кому|надіслано"
    "|изпратено|до|послато|за|odesláno|odoslané|komu|pre|elküldve|címzett|dátum|trimis|către"
    "|στάλθηκε|ημερομηνία|προς|gönderildi|gönderme tarihi|tarih|kime|נשלח|תאריך|אל"
    "|ارسال شده|تاریخ|به|भेजा गया|दिनांक|प्रति|tanggal|tarikh|terkirim|dikirim|dihantar|kepada|ke"
    "|gửi|đã gửi|ngày|đến|tới|ส่ง|ส่งเมื่อ|วันที่|ถึง"
    "|发送时间|日期|收件人|寄件日期|傳送時間|收件者|送信日時|日付|宛先|보낸 날짜|날짜|받는 사람"
    "|poslano|poslato|prima|za|išsiųsta|kam|nosūtīts|saadetud|adressaat|saaja|enviat|per a"
)
OTHER_LABEL = re.compile(rf"^[*_\s]*+(?:{_OTHERS}|{_SUBJECT})[*_\s]*+[:\uff1a]", re.IGNORECASE)

# Between dashes: what follows is the mail answered ...
_ORIGINAL = (
    "original message|original appointment|reply message|الرسالة الأصليّ?ة|رسالة أصلية"
    "|orihinal na mensahe|ursprüngliche nachricht|originalnachricht|message d'origine"
    "|message original|mensaje original|mensagem original|missatge original|messaggio originale"
    "|oorspronkelijk bericht|origineel bericht|oprindelig (?:meddelelse|besked)"
    "|opprinnelig melding|ursprungligt meddelande|originalmeddelande|alkuperäinen viesti"
    "|wiadomość oryginalna|oryginalna wiadomość|исходное сообщение|первоначальное сообщение"
    "|початкове повідомлення|оригинално съобщение|оригинална порука|původní zpráva"
    "|pôvodná správa|eredeti üzenet|mesaj original|mesajul original|αρχικό μήνυμα"
    "|orijinal (?:ileti|mesaj)|izvorna poruka|izvirno sporočilo|pradinis laiškas|sākotnējā ziņa"
    "|algne kiri|ההודעה המקורית|הודעה מקורית|پیام اصلی|मूल संदेश|pesan asli|mesej asal"
    "|tin nhắn gốc|thư gốc|ข้อความต้นฉบับ|原始邮件|邮件原件|邮件源件|原始郵件"
    "|元のメッセージ|원본 메시지"
)
ORIGINAL = re.compile(rf"^[-_=\s]{{2,}}+(?:{_ORIGINAL})[-_=\s]*+[:\uff1a]?$", re.IGNORECASE)
# ... or one passed on, which is what the sender wants read.
_FORWARD = (
    "forwarded message|begin forwarded message|forwarded by [^-]{1,80}"
    "|(?:بداية )?(?:ال)?رسالة (?:ال)?(?:مُ?عاد توجيهها|ممرّ?رة)"
    "|(?:simula ng )?(?:ipinasang|naipasang) mensahe"
    "|(?:anfang der )?weitergeleitete[nr]? (?:nachricht|e-mail)"
    "|(?:début du )?message (?:transféré|réexpédié|transmis)|(?:inicio del )?mensaje reenviado"
    "|(?:início da )?mensagem (?:re)?encaminhada|(?:inizio )?messaggio inoltrato"
    "|(?:begin )?doorgestuurd bericht|(?:start på )?videresendt (?:meddelelse|besked|melding)"
    "|vidarebefordrat (?:meddelande|mejl)|välitetty viesti(?: alkaa| / fwd\\.msg)?"
    "|edelleenlähetetty viesti|(?:treść )?przekazan(?:a|ej) wiadomoś(?:ć|ci)"
    "|początek przekazywanej wiadomości|(?:начало )?п(?:ересылаемое|еренаправленное"
    "|ереадресованного) сообщени[ея]|початок листа, що пересилається|пере(?:слане|направлене)"
    " повідомлення|(?:начало на )?препратено съобщение|прослеђена порука"
    "|(?:začátek )?přeposlan(?:á|é) zpráv[ay]|začátek přeposílané zprávy"
    "|(?:začiatok )?preposlan(?:á|ej) správ[ay]|továbbított (?:üzenet|levél kezdete)"
    "|(?:începe )?mesaj(?:ul)? redirecționat|προωθημένο μήνυμα|αρχή προωθημένου μηνύματος"
    "|yönlendirilmiş ileti|ilet(?:ilen|ilmiş) (?:ileti|mesaj)|ileti başlangıcı"
    "|(?:započni )?proslijeđen[au] poruk[au]|posredovano sporočilo|persiųstas laiškas"
    "|pārsūtītā ziņa|edastatud kiri|(?:inici del )?missatge reenviat"
    "|(?:תחילת )?ה?הודעה שהועברה|پیام (?:بازارسالی|هدایت)[\u200c ]?شده|अग्रेषित संदेश"
    "|(?:awal )?pesan (?:terusan|yang diteruskan)|(?:permulaan )?mesej yang dimajukan"
    "|(?:bắt đầu )?thư (?:được )?chuyển tiếp|(?:เริ่มต้น)?ข้อความที่ส่งต่อ"
    "|(?:开始)?转发(?:的)?(?:邮件|消息)|(?:開始)?轉寄(?:的)?(?:郵件|訊息)"
    "|転送(?:された)?メッセージ|전달된 메시지(?: 시작)?"
)
FORWARDED = re.compile(rf"^[-_=\s]*+(?:{_FORWARD})[-_=\s]*+[:\uff1a]?[-_=\s]*+$", re.IGNORECASE)
# In any other language: words between dashes, or a few words and a colon, right above From and To.
FORWARD_FORM = re.compile(r"^-{3,}\s?[^-]{4,60}\s?-{3,}$|^[^-\d@]{4,60}[:\uff1a]$")
# Outlook forwards with no separator; its subject tells (FW, WG, TR, RV, ENC, PD, VB, İLT, VS ...).
FORWARD_SUBJECT = re.compile(
    r"^\s*(?:fwd?|wg|tr|rv|enc|pd|vb|vl|vs|i|ilt|i̇lt|doorst|redir\.?|videresend|إعادة توجيه"
    r"|转发|轉寄|転送|전달)\s?[:\uff1a]",
    re.IGNORECASE,
)

# What a list adds below: a rule, then a few lines that say where it lives.
SIGNATURE_DASHES = re.compile(r"^--\s*$")
LIST_RULE = re.compile(r"^_{20,}$")
RULE = re.compile(r"^[\s_*=-]{5,}$")
# Every line of a program's has a colon, or begins with a rule.
TELLING = re.compile(r"^[-_=]|[:\uff1a]")
