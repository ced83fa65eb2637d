"""What visitors file by a form becomes a ticket, once, and is never refused."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator
from email import message_from_bytes
from typing import Any

import pytest
from mail_shop import SUPPORT, Shop

from inbox_service.domain.forms import default_definition
from inbox_service.domain.mail import SENT
from inbox_service.domain.routing import Conditions, Rule
from inbox_service.mime import attachment
from inbox_service.services import blocking, forms
from inbox_service.services.auth import Caller
from inbox_service.services.entries import Entry, Taken, take_entry
from inbox_service.services.sites import rotate_key
from inbox_service.store import routing, tags
from inbox_service.store.tables import attachments, form_entries, messages, sites
from inbox_service.store.tables import forms as form_rows
from inbox_service.testing import START

FIELDS = {
    "name": "Rita Moss",
    "email": "rita@example.net",
    "subject": "My teapot",
    "message": "It has a crack.",
    "consent": "1",
}
PHOTO = {"name": "crack.png", "type": "image/png", "content": base64.b64encode(b"PNG").decode()}


@pytest.fixture
def plugin(shop: Shop) -> Caller:
    """The plugin of the shop, whose form is there already."""
    key = rotate_key(shop.deps, shop.site_id)
    caller = Caller(shop.site_id, "plugin", "plugin", key_id=key.key_id)
    forms.published(shop.deps, caller)
    return caller


@pytest.fixture(autouse=True)
def _status_page(shop: Shop) -> Iterator[None]:
    with shop.deps.sessions.writing() as connection:
        connection.execute(sites.update().values(status_page_url="https://shop.example/status/"))
    return


def entry(shop: Shop, **changes: Any) -> Entry:
    """Write an entry as the plugin sends it."""
    fields = {**FIELDS, **changes.pop("fields", {})}
    given = {"entry_key": "k" * 32, "reference": "K7M2Q9XA", "locale": "en", "wp_user_id": None}
    given |= {"submitted_at": shop.clock.now(), "files": [], "page_url": ""}
    return Entry(**{**given, "fields": fields, **changes})


def file(shop: Shop, plugin: Caller, **changes: Any) -> Taken:
    """File an entry by the shop's form."""
    form_id = shop.rows(form_rows)[0]["id"]
    return take_entry(shop.deps, plugin, form_id, entry(shop, **changes))


def confirmations(shop: Shop) -> list[str]:
    """Return the texts of the mails that went out."""
    shop.deliver_due()
    mails = [message_from_bytes(one.raw) for one in shop.support.mails([SENT])]
    parts = [next(p for p in m.walk() if p.get_content_type() == "text/plain") for m in mails]
    return [part.get_payload(decode=True).decode() for part in parts]


def test_an_entry_becomes_a_ticket_with_the_reference_the_visitor_was_told(
    shop: Shop, plugin: Caller
) -> None:
    assert file(shop, plugin).state == "ticket"
    ticket = shop.ticket()
    assert (ticket["reference"], ticket["subject"]) == ("K7M2Q9XA", "My teapot")
    assert ticket["waiting_since"] == shop.clock.now()
    assert shop.messages()[0]["text"].strip() == "It has a crack."


def test_the_page_of_an_entry_is_named_below_it_in_the_visitors_language(
    shop: Shop, plugin: Caller
) -> None:
    file(shop, plugin, locale="tl", page_url="https://shop.example/contact/")
    told = "It has a crack.\n\nPahina: https://shop.example/contact/"
    assert shop.messages()[0]["text"].strip() == told


def test_a_replayed_entry_says_the_same_and_makes_nothing_new(shop: Shop, plugin: Caller) -> None:
    first = file(shop, plugin, files=[PHOTO])
    shop.clock.advance(seconds=60)
    assert file(shop, plugin, files=[PHOTO]) == first
    assert len(shop.tickets()) == 1
    assert len(confirmations(shop)) == 1


def test_a_file_of_an_entry_is_an_attachment_like_any_other(shop: Shop, plugin: Caller) -> None:
    file(shop, plugin, files=[PHOTO])
    [row] = shop.rows(attachments)
    raw = shop.deps.blobs.get(shop.site_id, shop.rows(messages)[0]["blob"])
    assert row["filename"] == "crack.png"
    assert attachment(raw, row["part"])[1] == b"PNG"


def test_the_confirmation_has_reference_and_link_and_no_word_of_the_visitor(
    shop: Shop, plugin: Caller
) -> None:
    file(shop, plugin)
    [text] = confirmations(shop)
    assert "K7M2Q9XA" in text
    assert "https://shop.example/status/?unified_inbox_ticket=K7M2Q9XA&grant=" in text
    assert "crack" not in text
    assert "teapot" not in text


def test_the_confirmation_speaks_the_visitors_language(shop: Shop, plugin: Caller) -> None:
    file(shop, plugin, locale="ar")
    assert "مرحبًا" in confirmations(shop)[0]


def test_the_answer_to_a_confirmation_comes_into_the_ticket(shop: Shop, plugin: Caller) -> None:
    file(shop, plugin)
    shop.deliver_due()
    [sent] = shop.support.mails([SENT])
    shop.clock.advance(seconds=1)
    raw = shop.mail(From="rita@example.net", To=SUPPORT, References=f"<{sent.message_id}>")
    shop.support.deliver(raw)
    shop.sync()
    assert len(shop.tickets()) == 1


def test_an_entry_of_yesterday_is_a_ticket_of_yesterday_without_confirmation(
    shop: Shop, plugin: Caller
) -> None:
    then = shop.clock.now() - 25 * 3_600_000
    file(shop, plugin, submitted_at=then)
    assert shop.messages()[0]["sent_at"] == then
    assert confirmations(shop) == []


def test_an_entry_of_a_blocked_sender_is_spam_and_not_confirmed(shop: Shop, plugin: Caller) -> None:
    blocking.block(shop.deps, shop.caller, FIELDS["email"])
    assert file(shop, plugin).state == "ticket"
    assert (shop.ticket()["place"], confirmations(shop)) == ("spam", [])
    assert shop.events()[-1]["data"]["history"]


def test_an_entry_from_the_future_is_one_of_now(shop: Shop, plugin: Caller) -> None:
    file(shop, plugin, submitted_at=shop.clock.now() + 3_600_000)
    assert shop.messages()[0]["sent_at"] == shop.clock.now()


@pytest.mark.parametrize("fields", [{"email": "nobody"}, {"message": "  "}, {"email": ""}])
def test_an_entry_that_cannot_be_a_ticket_is_parked_with_its_content(
    shop: Shop, plugin: Caller, fields: dict[str, str]
) -> None:
    assert file(shop, plugin, fields=fields, files=[PHOTO]).state == "parked"
    [row] = shop.rows(form_entries)
    assert row["entry"]["fields"]["subject"] == "My teapot"
    kept = row["entry"]["files"][0]
    assert shop.deps.blobs.get(shop.site_id, kept["blob"]) == b"PNG"


def test_an_entry_that_tries_to_write_headers_cannot(shop: Shop, plugin: Caller) -> None:
    file(shop, plugin, fields={"subject": "Hi\r\nBcc: eve@example.org", "name": "R\r\nX: y"})
    assert shop.ticket()["subject"] == "Hi Bcc: eve@example.org"


def test_characters_that_no_database_holds_are_left_out(shop: Shop, plugin: Caller) -> None:
    file(shop, plugin, fields={"message": "It has\0 a crack\ud800."})
    assert shop.messages()[0]["text"].strip() == "It has a crack."


def test_an_entry_of_a_removed_form_goes_to_another(shop: Shop, plugin: Caller) -> None:
    assert take_entry(shop.deps, plugin, 99, entry(shop)).state == "ticket"


def test_two_entries_with_one_reference_are_two_tickets(shop: Shop, plugin: Caller) -> None:
    file(shop, plugin)
    second = file(shop, plugin, entry_key="l" * 32)
    assert second.reference != "K7M2Q9XA"
    assert len(shop.tickets()) == 2


def test_a_paired_site_with_an_inbox_has_one_form(shop: Shop, plugin: Caller) -> None:
    assert [row["name"] for row in forms.published(shop.deps, plugin)] == ["Contact us"]


def test_a_form_is_signed_over_its_canonical_text() -> None:
    definition = {"b": "é/", "a": [1, {"d": None, "c": True}]}
    assert forms.signature(definition, b"secret") == forms.signature(
        dict(reversed(definition.items())), b"secret"
    )
    canonical = '{"a":[1,{"c":true,"d":null}],"b":"é/"}'
    expected = hmac.new(b"secret", canonical.encode(), hashlib.sha256).hexdigest()
    assert forms.signature(definition, b"secret") == expected


def test_a_ticket_has_the_tags_of_its_form_and_rules_can_ask_for_them(
    shop: Shop, plugin: Caller
) -> None:
    definition = {**default_definition(), "tags": [" returns ", "shop"]}
    rule = Rule(1, "Returns", True, Conditions(tag="returns"), None, shop.agent_id)
    with shop.deps.sessions.writing() as connection:
        connection.execute(form_rows.update().values(definition=definition))
        routing.add(connection, shop.site_id, rule, START)
    file(shop, plugin)
    ticket = shop.ticket()
    with shop.deps.sessions.reading() as connection:
        carried = tags.of_tickets(connection, shop.site_id, [ticket["id"]])[ticket["id"]]
    assert (carried, ticket["assignee_id"]) == (["returns", "shop"], shop.agent_id)
