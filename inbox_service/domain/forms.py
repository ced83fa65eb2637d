"""Forms: what a definition may say, and what an entry says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .routing import tidy_tags

FIELD_TYPES = ("text", "email", "textarea", "file", "consent")
MAX_FIELDS = 20
MAX_TAGS = 10
MAX_TAG = 64

_LABELS = {
    "name": ("Your name", "اسمك", "Ang iyong pangalan"),
    "email": ("Your e-mail address", "بريدك الإلكتروني", "Ang iyong email address"),
    "subject": ("What is it about?", "ما الموضوع؟", "Tungkol saan ito?"),
    "message": ("Your message", "رسالتك", "Ang iyong mensahe"),
    "file": ("A file, if it helps", "ملف، إن كان مفيدًا", "Isang file, kung makakatulong"),
    "consent": (
        "You may use what I wrote to answer me.",
        "أوافق على استخدام ما كتبته للرد عليّ.",
        "Maaari ninyong gamitin ang isinulat ko para sagutin ako.",
    ),
}


def default_definition() -> dict[str, Any]:
    """Return the form every site begins with, in the three languages we speak."""
    kinds = {"email": "email", "message": "textarea", "file": "file", "consent": "consent"}
    limits = {"name": 120, "email": 254, "subject": 200, "message": 20_000, "file": 5}
    return {
        "fields": [
            {
                "name": name,
                "type": kinds.get(name, "text"),
                "label": dict(zip(("en", "ar", "tl"), labels, strict=True)),
                "required": name != "file",
                "max": limits.get(name),
            }
            for name, labels in _LABELS.items()
        ],
        "confirm": {},
    }


def fault_of(definition: Mapping[str, Any]) -> str:
    """Return what is wrong with a definition, in words; "" for nothing."""
    fields = definition.get("fields")
    if not isinstance(fields, list) or not 1 <= len(fields) <= MAX_FIELDS:
        return f"A form has between 1 and {MAX_FIELDS} fields."
    names = [field.get("name") for field in fields if isinstance(field, dict)]
    if len(names) != len(fields) or len(set(names)) != len(names):
        return "Every field needs a name of its own."
    for field in fields:
        if field.get("type") not in FIELD_TYPES:
            return f"A field's type is one of {', '.join(FIELD_TYPES)}."
        if not isinstance(field.get("label"), dict) or not any(field["label"].values()):
            return f"The field {field['name']} has no label."
    missing = {"email", "message"} - set(names)
    if missing:
        return f"A form needs a field named {min(missing)}."
    return _fault_of_tags(definition.get("tags", []))


def tags_of(definition: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the tags that a ticket of the form gets."""
    return tidy_tags(definition.get("tags", ()))


def _fault_of_tags(tags: Any) -> str:
    if not isinstance(tags, list) or len(tags) > MAX_TAGS:
        return f"A form puts up to {MAX_TAGS} tags on its tickets."
    if not all(isinstance(tag, str) and len(tag) <= MAX_TAG for tag in tags):
        return f"A tag is a text of up to {MAX_TAG} letters."
    return ""


def fault_of_entry(fields: Mapping[str, Any]) -> str:
    """Return why an entry cannot be a ticket, in words; "" where it can."""
    email = str(fields.get("email") or "").strip()
    local, at, domain = email.partition("@")
    if not (local and at and domain) or any(sign in email for sign in " ,;<>\r\n"):
        return "the e-mail address is none"
    if not str(fields.get("message") or "").strip():
        return "the message is empty"
    return ""


def subject_of(fields: Mapping[str, Any]) -> str:
    """Return a ticket's subject: the entry's, else the beginning of its message."""
    subject = " ".join(str(fields.get("subject") or "").split())
    return (subject or " ".join(str(fields["message"]).split())[:80])[:200]


def text_of_entry(fields: Mapping[str, Any], origin: str) -> str:
    """Return the message, and below it what other fields say, and `origin` where there is one."""
    known = {"name", "email", "subject", "message", "consent"}
    others = [f"{name}: {value}" for name, value in fields.items() if name not in known and value]
    if origin:
        others.append(origin)
    message = str(fields["message"]).strip()
    return "\n\n".join([message, "\n".join(others)]) if others else message
