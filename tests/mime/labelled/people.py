"""What people wrote, above all what looks like a machine's."""

from __future__ import annotations

from .letter import Letter, letter

# Subjects that absence notes and bounces have, and people write too.
_SUBJECTS = (
    "Out of office",
    "Out of office: who answers while you are away?",
    "Automatic reply: how do I switch it off?",
    "Auto reply does not work in my shop",
    "Undelivered Mail Returned to Sender",
    "Mail delivery failed: returning message to sender",
    "Delivery Status Notification (Failure)",
    "Returned mail: see transcript for details",
    "Read: your offer",
    "Not read: please answer",
    "Failure notice for my order",
    "Vacation rental for August",
    "Unsubscribe me",
    "Newsletter does not arrive",
    "No reply so far!",
    "Your robot answered me",
    "postmaster account of my domain",
    "Bounce house for a birthday",
    "رد تلقائي",
    "خارج المكتب",
    "أنا في إجازة وأحتاج طلبي قبلها",
    "لم يصل البريد",
    "تعذر التسليم: أين الطرد؟",
    "Wala ako sa opisina, pakihatid sa bahay",
    "Awtomatikong sagot ba ito?",
    "Hindi naihatid ang order ko",
    "Bakasyon: kailan bukas ang tindahan?",
    "Abwesenheitsnotiz einrichten",
    "Réponse automatique ?",
    "Fuera de la oficina",
    "不在通知",
    "自动回复",
    "AUTO",
    "",
)

# Headers that only look like a machine's.
_HEADERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("auto-submitted-no", ("Auto-Submitted: no",)),
    ("precedence-normal", ("Precedence: normal",)),
    ("precedence-first-class", ("Precedence: first-class",)),
    ("precedence-special-delivery", ("Precedence: special-delivery",)),
    ("autoreply-no", ("X-Autoreply: no",)),
    ("exchange-suppresses-receipts", ("X-Auto-Response-Suppress: DR, OOF, AutoReply",)),
    ("exchange-suppresses-absence-notes", ("X-Auto-Response-Suppress: OOF",)),
    ("exchange-rules-loop", ("X-MS-Exchange-Inbox-Rules-Loop: mona@mail.example",)),
    (
        "exchange-forwarded-by-a-rule",
        (
            "X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent",
            "Return-Path: <mona@mail.example>",
        ),
    ),
    (
        "google-group",
        (
            "List-Id: <support.shop.example>",
            "List-Post: <https://groups.example/support>",
            "Precedence: list",
            "List-Unsubscribe: <mailto:x>",
        ),
    ),
    (
        "mailman",
        ("List-Id: <users.example>", "List-Post: <mailto:users@lists.example>", "Precedence: list"),
    ),
    (
        "yahoo-group",
        ("List-Id: <g.example>", "List-Post: <mailto:g@g.example>", "Precedence: bulk"),
    ),
    ("read-receipt-wanted", ("Disposition-Notification-To: mona@mail.example",)),
    ("return-receipt-wanted", ("Return-Receipt-To: mona@mail.example",)),
    ("from-a-form-without-marks", ("From: wordpress@shop.example", "Reply-To: mona@mail.example")),
    ("sent-by-a-scanner", ("X-Mailer: Scanner 3000",)),
    ("mailer-php", ("X-Mailer: PHP/8.2", "X-PHP-Originating-Script: 33:form.php")),
    ("return-path-of-hers", ("Return-Path: <mona@mail.example>",)),
    ("return-path-verp", ("Return-Path: <bounces+12-support=shop.example@mail.example>",)),
    ("return-path-srs", ("Return-Path: <SRS0=ab=cd=mail.example=mona@relay.example>",)),
    ("no-reply-sender", ("From: No Reply <noreply@booking.example>",)),
    ("called-postmaster", ("From: Post Master <paul@postmaster.example>",)),
    (
        "writes-as-postmaster",
        ("From: postmaster@small-firm.example", "Return-Path: <postmaster@small-firm.example>"),
    ),
    ("writes-as-info", ("From: info@small-firm.example",)),
    ("writes-as-root", ("From: root@small-firm.example",)),
    ("daemon-in-the-name", ("From: Mailer-Daemon Fanclub <fan@mail.example>",)),
    ("daemon-in-the-address", ("From: jdaemon@mail.example",)),
    ("delivered-to-autoresponder", ("Delivered-To: autoresponder@shop.example",)),
    ("report-type-on-text", ("Content-Type: text/plain; report-type=delivery-status",)),
    ("report-in-another-word", ("Content-Type: multipart/reporting; boundary=b",)),
    ("spam-checked", ("X-Spam-Status: No, score=0.1", "X-Spam-Flag: NO")),
    ("importance-high", ("Importance: high", "X-Priority: 1")),
    ("feedback-id", ("Feedback-ID: 1:2:mail",)),
    ("loop-header", ("X-Loop: support@shop.example",)),
    ("forwarded-from-the-phone", ("X-Forwarded-For: mona@mail.example support@shop.example",)),
    ("resent", ("Resent-From: ana@shop.example", "Resent-Date: Mon, 3 Mar 2025 10:00:00 +0000")),
    ("signed-by-dkim", ("DKIM-Signature: v=1; d=mail.example",)),
    (
        "answers-a-bounce",
        ("In-Reply-To: <dsn@mx.example>", "References: <out-1@shop.example> <dsn@mx.example>"),
    ),
    ("auto-submitted-empty", ("Auto-Submitted:",)),
    ("precedence-empty", ("Precedence:",)),
    ("subject-says-list", ("Subject: [list] words", "Mailing-List: none")),
    ("helpdesk-customer", ("X-Zendesk-From: mona", "Return-Path: <mona@mail.example>")),
    ("mimecast-bulk", ("X-Mimecast-Bulk-Signature: yes",)),
)

_QUOTED_BOUNCE = """Hello,

what does this mean, that I get back?

> <gone@mail.example>: 550 5.1.1 user unknown
> Auto-Submitted: auto-replied
> X-Failed-Recipients: gone@mail.example
"""

LETTERS: tuple[Letter, ...] = (
    *(letter(f"subject-{n}", None, f"Subject: {subject}") for n, subject in enumerate(_SUBJECTS)),
    *(letter(name, None, *headers) for name, headers in _HEADERS),
    letter("quotes-a-bounce", None, body=_QUOTED_BOUNCE),
    letter(
        "quotes-an-absence-note",
        None,
        body="Your colleague's mail said:\n> I am out of the office until Monday.\n",
    ),
    letter(
        "says-away-in-the-text",
        None,
        body="I am out of the office until Monday, please send it then.\n",
    ),
    letter("says-away-in-arabic", None, body="أنا خارج المكتب حتى الأحد، أرسلوه بعدها.\n"),
    letter("says-away-in-filipino", None, body="Wala ako sa opisina hanggang Lunes.\n"),
    letter(
        "asks-to-unsubscribe",
        None,
        body="Please unsubscribe me from your list. List-Unsubscribe: now!\n",
    ),
    letter(
        "headers-in-the-text",
        None,
        body="Auto-Submitted: auto-replied\nPrecedence: bulk\n\nThat is what I see.\n",
    ),
    letter(
        "attaches-a-bounce",
        None,
        "Content-Type: multipart/mixed; boundary=b",
        body="--b\n\nlook\n--b\nContent-Type: message/rfc822\n\n"
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\n\nfailed\n--b--\n",
    ),
)
