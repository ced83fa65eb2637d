"""An owner at her browser: she answers the simulated Google's consent page, and comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
from shop import Shop
from werkzeug.test import TestResponse

from connectors.testkit.gmail_simulator import GmailSimulator
from inbox_service.services import sync

REDIRECT = "https://shop.example/wp-admin/admin-post.php?action=unified_inbox_oauth"
SUPPORT = "support@shop.example"
BILLING = "billing@shop.example"
FEEDS = [{"name": "Support", "address": SUPPORT}, {"name": "Billing", "address": BILLING}]


@dataclass(frozen=True)
class Owner:
    """The shop's manager with an app of her own at Google."""

    shop: Shop
    google: GmailSimulator
    client_id: str
    oauth_client_id: str

    def begin(self, **wish: Any) -> dict[str, str]:
        """Begin a consent; return its id and Google's page."""
        asked = {"oauth_client_id": self.oauth_client_id, "redirect_uri": REDIRECT, **wish}
        begun = self.shop.manager.call("POST", "/oauth/flows", asked)
        assert begun.status_code == 201, begun.json
        return dict(begun.json)

    def answer(self, begun: dict[str, str], account: str = SUPPORT, **form: Any) -> dict[str, str]:
        """Answer Google's page; return what the browser comes back with."""
        fields = {"account": account, "answer": "allow", **form}
        page = begun["authorization_url"]
        shown = requests.post(page, fields, allow_redirects=False, timeout=10)
        assert shown.status_code == 302, shown.text
        query = parse_qs(urlsplit(shown.headers["Location"]).query)
        return {name: values[-1] for name, values in query.items() if name != "action"}

    def come_back(self, back: dict[str, str]) -> TestResponse:
        return self.shop.manager.call("POST", "/oauth/callback", back)

    def consent(self, account: str = SUPPORT, **wish: Any) -> Any:
        """Go the whole way; return the consent that was given."""
        given = self.come_back(self.answer(self.begin(**wish), account))
        assert given.status_code == 200, given.json
        return given.json

    def connect(self, account: str = SUPPORT, **choice: Any) -> Any:
        """Connect an account; return the mailbox."""
        body = {"flow_id": self.consent(account)["flow_id"], "inboxes": FEEDS, **choice}
        made = self.shop.manager.call("POST", "/mailboxes", body)
        assert made.status_code == 201, made.json
        return made.json

    def mailbox(self, mailbox_id: str) -> Any:
        """Return a mailbox as the list shows it, None where it is not there."""
        items = self.shop.manager.get("/mailboxes").json["items"]
        return next((one for one in items if one["id"] == mailbox_id), None)

    def sync(self, mailbox_id: str) -> str:
        """Sync a mailbox until nothing more waits; return the error, "" where there is none."""
        while True:
            outcome = sync.sync_mailbox(self.shop.deps, self.shop.site_id, int(mailbox_id), "test")
            if not outcome.more:
                return outcome.error


def code_of(answer: TestResponse) -> tuple[int, str]:
    """Return status and code of a refusal."""
    return answer.status_code, answer.json["code"]
