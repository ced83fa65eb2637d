"""A draft that is open on two screens is sent once."""

from __future__ import annotations

import pytest
from mail_shop import Shop
from together import at_once

from inbox_service.errors import Conflict
from inbox_service.services import conversations, drafts, sendings
from inbox_service.services.auth import Caller
from inbox_service.services.idempotency import Key
from inbox_service.services.replies import ReplyDraft
from inbox_service.store.tables import agents
from inbox_service.store.tables import drafts as draft_rows

TEXT = "It is on its way."


@pytest.fixture(autouse=True)
def _opened(shop: Shop) -> None:
    shop.arrive(Message_ID="<first@x>")
    shop.sync()


def caller(shop: Shop) -> Caller:
    [agent] = shop.rows(agents)
    return Caller(shop.site_id, "agent", str(agent["wp_user_id"]))


def keep(shop: Shop, text: str = TEXT, kind: str = "reply", based_on: int | None = None) -> int:
    """Keep a draft as a screen does, and return its version."""
    given = drafts.Save({"text": text}, based_on)
    row = drafts.save(shop.deps, caller(shop), 1, kind, given)
    assert row
    version: int = row["version"]
    return version


def send(shop: Shop, kept: int | None, screen: str, kind: str = "reply") -> int:
    """Send the draft from a screen, and return the message's id."""
    seen = shop.messages()[0]["id"]
    draft, key = ReplyDraft(TEXT, seen_up_to=seen), Key(screen, "hash")
    view = conversations.write_message(shop.deps, caller(shop), 1, kind, draft, key, kept)
    message_id: int = view.row["id"]
    return message_id


def refusal(shop: Shop, kept: int, screen: str, kind: str = "reply") -> Conflict:
    with pytest.raises(Conflict) as refused:
        send(shop, kept, screen, kind)
    return refused.value


def written(shop: Shop) -> int:
    return len([row for row in shop.messages() if row["kind"] != "in"])


@pytest.mark.parametrize("kind", ["reply", "note"])
def test_what_one_screen_sent_no_other_sends_again(shop: Shop, kind: str) -> None:
    version = keep(shop, kind=kind)
    message_id = send(shop, version, "desk", kind)
    refused = refusal(shop, version, "phone", kind)
    assert refused.code == "draft_sent"
    assert refused.details["message_id"] == str(message_id)
    assert refused.details["sent_by"] == shop.rows(agents)[0]["name"]
    assert written(shop) == 1


def test_of_many_screens_that_send_at_once_one_does(shop: Shop) -> None:
    version = keep(shop)
    refused: list[str] = []

    def press(screen: int) -> None:
        try:
            send(shop, version, str(screen))
        except Conflict as conflict:
            refused.append(conflict.code)

    at_once(*[lambda screen=screen: press(screen) for screen in range(4)])
    assert (written(shop), refused) == (1, ["draft_sent"] * 3)


def test_who_asks_again_under_his_key_gets_the_message_he_wrote(shop: Shop) -> None:
    version = keep(shop)
    assert send(shop, version, "desk") == send(shop, version, "desk")


def test_an_old_draft_is_not_sent_in_the_place_of_the_next_one(shop: Shop) -> None:
    version = keep(shop)
    send(shop, version, "desk")
    following = keep(shop, "And another thing")
    assert refusal(shop, version, "phone").code == "draft_sent"
    assert send(shop, following, "phone again")


def test_a_draft_that_was_saved_since_on_another_screen_can_be_sent(shop: Shop) -> None:
    version = keep(shop)
    keep(shop, "Typed on", based_on=version)
    assert send(shop, version, "phone")


def test_a_draft_that_was_discarded_elsewhere_is_not_sent(shop: Shop) -> None:
    version = keep(shop)
    drafts.save(shop.deps, caller(shop), 1, "reply", drafts.Save({"text": ""}, version))
    assert refusal(shop, version, "phone").code == "draft_ended"
    assert written(shop) == 0


def test_a_reply_that_was_taken_back_can_be_sent_again(shop: Shop) -> None:
    version = keep(shop)
    message_id = send(shop, version, "desk")
    sendings.withdraw(shop.deps, caller(shop), 1, message_id)
    [draft] = shop.rows(draft_rows)
    assert send(shop, draft["version"], "phone")
    assert refusal(shop, draft["version"], "desk again").code == "draft_sent"


def test_who_keeps_no_drafts_sends_as_often_as_he_likes(shop: Shop) -> None:
    keep(shop)
    send(shop, None, "program")
    send(shop, None, "program again")
    assert (written(shop), shop.rows(draft_rows)) == (2, [])
