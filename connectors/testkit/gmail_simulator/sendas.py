"""users.settings.sendAs: the addresses the account may write from."""

from __future__ import annotations

from connectors.testkit.gmail_simulator import accounts
from connectors.testkit.gmail_simulator.errors import not_found
from connectors.testkit.gmail_simulator.wire import Json
from connectors.testkit.gmail_simulator.world import Call


def list_send_as(call: Call) -> Json:
    return {"sendAs": [_view(entry) for entry in accounts.send_as(call.db, call.account)]}


def get_send_as(call: Call) -> Json:
    wanted = call.params["sendAsEmail"].lower()
    for entry in accounts.send_as(call.db, call.account):
        if entry.email == wanted:
            return _view(entry)
    raise not_found()


def _view(entry: accounts.SendAs) -> Json:
    shown: Json = {
        "sendAsEmail": entry.email,
        "displayName": entry.name,
        "replyToAddress": "",
        "signature": "",
    }
    # The primary address has no verificationStatus: it needs none.
    if entry.primary:
        return shown | {"isPrimary": True, "isDefault": True}
    return shown | {"treatAsAlias": True, "verificationStatus": entry.status}
