"""The classes and ids with which mail programs mark quotes and signatures in their HTML.

Collected from what the programs send; the sanitiser keeps them and the folding reads them.
"""

from __future__ import annotations

# An element with one of these is a quote as a whole.
QUOTE_CLASSES = frozenset(
    {
        "gmail_quote",  # Gmail; also around a forward, which its text tells
        "gmail_quote_container",
        "gmail_extra",
        "yahoo_quoted",
        "protonmail_quote",
        "zmail_extra",  # Zoho
        "tutanota_quote",
        "mail_quote_body",
        "ms-outlook-mobile-reference-message",
        "quoted-text",
        "ox-quote",  # Open-Xchange
    }
)
# A line that introduces the quote after it.
INTRO_CLASSES = frozenset({"moz-cite-prefix", "gmail_attr", "zmail_extra_hr"})
# From an element with one of these ids to the end everything is the mail answered (Outlook).
REST_IDS = frozenset(
    {
        "appendonsend",
        "divrplyfwdmsg",
        "olk_src_body_section",
        "mail-editor-reference-message-container",
        "ms-outlook-mobile-body-separator-line",
        "reply-intro",
        "isforwardcontent",
    }
)
SIGNATURE_CLASSES = frozenset(
    {
        "gmail_signature",
        "gmail_signature_prefix",
        "moz-signature",
        "protonmail_signature_block",
        "applesignature",
    }
)
SIGNATURE_IDS = frozenset(
    {
        "signature",
        "applemailsignature",
        "ms-outlook-mobile-signature",
        "composer_signature",  # Samsung
        "zmail_signature",
        "zm-_id_-sgn",
        "dab4fad8-2dd7-40bb-a1b8-4e2aa1f9fdf2",  # the advert of Avast
    }
)
KEPT_CLASSES = (
    QUOTE_CLASSES
    | INTRO_CLASSES
    | SIGNATURE_CLASSES
    | {"gmail_default", "apple-interchange-newline"}
)
KEPT_IDS = REST_IDS | SIGNATURE_IDS
