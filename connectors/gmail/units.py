"""What each call costs, in Gmail's quota units.

Source: developers.google.com/workspace/gmail/api/reference/quota. Projects that were in use between
November 2025 and April 2026 keep the old table for now, so the table is a setting.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

GET_PROFILE = "gmail.users.getProfile"
GET_MESSAGE = "gmail.users.messages.get"
GET_THREAD = "gmail.users.threads.get"
CREATE_DRAFT = "gmail.users.drafts.create"
LIST_DRAFTS = "gmail.users.drafts.list"
DELETE_DRAFT = "gmail.users.drafts.delete"
SEND_DRAFT = "gmail.users.drafts.send"

_SAME_IN_BOTH = {
    GET_PROFILE: 1,
    "gmail.users.settings.sendAs.list": 1,
    "gmail.users.labels.get": 1,
    "gmail.users.history.list": 2,
    "gmail.users.messages.list": 5,
    "gmail.users.messages.modify": 5,
    LIST_DRAFTS: 5,
    CREATE_DRAFT: 10,
    DELETE_DRAFT: 10,
    "gmail.users.stop": 50,
    "gmail.users.watch": 100,
    SEND_DRAFT: 100,
}

# Keyed by the method ids of the discovery document, which every request object carries.
UNITS: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        "2026": {
            **_SAME_IN_BOTH,
            GET_MESSAGE: 20,
            GET_THREAD: 40,
            "gmail.users.drafts.get": 20,
            "gmail.users.messages.trash": 20,
        },
        "2025": {
            **_SAME_IN_BOTH,
            GET_MESSAGE: 5,
            GET_THREAD: 10,
            "gmail.users.drafts.get": 5,
            "gmail.users.messages.trash": 5,
        },
    }
)
