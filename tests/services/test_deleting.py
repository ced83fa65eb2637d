"""Tickets deleted for good: what goes, what stays, and that it stays gone."""

from __future__ import annotations

import pytest
from mail_shop import Shop

from inbox_service.errors import Conflict, Forbidden, NotFound, Stale
from inbox_service.services import deleting, merging, privacy_export, search, views
from inbox_service.services import tickets as service
from inbox_service.services.asked import Asked
from inbox_service.services.deleting import Contents
from inbox_service.store import counters, portal
from inbox_service.store.tables import agents, attachments, message_ids, messages, receipts

DAY = 24


@pytest.fixture
def thrown(shop: Shop) -> Shop:
    """The shop, with a manager and ticket 1 in the trash: Omar's mail and a note."""
    with shop.deps.sessions.writing() as connection:
        connection.execute(agents.update().values(role="manager"))
    shop.arrive(Message_ID="<lamp@x>", Subject="The lamp", text="It is broken.")
    shop.sync()
    throw_away(shop)
    return shop


def throw_away(shop: Shop, number: int = 1) -> None:
    version = shop.ticket(number)["version"]
    service.change(shop.deps, shop.caller, number, version, {"place": "trash"})


def delete(shop: Shop, number: int = 1) -> None:
    deleting.delete(shop.deps, shop.caller, number, shop.ticket(number)["version"])


def blobs_of(shop: Shop) -> list[str]:
    root = shop.deps.settings.data_dir / "blobs"
    return sorted(path.name for path in root.rglob("*") if path.is_file())


def test_nobody_sees_it_any_more(thrown: Shop) -> None:
    delete(thrown)
    with pytest.raises(NotFound):
        views.show_ticket(thrown.deps, thrown.caller, 1)
    page = views.list_tickets(thrown.deps, thrown.caller, Asked(place="trash"), None, 10)
    assert page.items == []
    found = search.find(thrown.deps, thrown.caller, "broken is:trash", None, 10)
    assert found.items == []
    with thrown.deps.sessions.reading() as connection:
        assert counters.read(connection, thrown.site_id) == []


def test_nothing_that_was_said_is_left(thrown: Shop) -> None:
    delete(thrown)
    [message] = thrown.rows(messages)
    assert (message["text"], message["author_email"], message["blob"]) == ("", "", None)
    assert thrown.ticket(1)["subject"] == ""
    assert thrown.rows(message_ids) == thrown.rows(attachments) == []
    assert blobs_of(thrown) == []


def test_its_mail_never_comes_back(thrown: Shop) -> None:
    delete(thrown)
    thrown.set_mailbox(live_cursor="", due_at=0)
    thrown.sync()
    [receipt] = thrown.rows(receipts)
    assert (receipt["outcome"], receipt["blob"]) == ("deleted", None)
    assert len(thrown.tickets()) == 1


def test_an_answer_to_it_opens_a_new_ticket(thrown: Shop) -> None:
    delete(thrown)
    thrown.arrive(References="<lamp@x>")
    thrown.sync()
    assert [row["message_count"] for row in thrown.tickets()][1:] == [1]


def test_what_will_be_gone_is_counted_before(thrown: Shop) -> None:
    expected = Contents(messages=1, notes=0, files=0, drafts=0)
    assert deleting.contents_of(thrown.deps, thrown.caller, 1) == expected


def test_who_did_it_is_told(thrown: Shop) -> None:
    delete(thrown)
    assert thrown.event_kinds()[-1] == "ticket_deleted"


def test_what_went_into_it_goes_with_it(thrown: Shop) -> None:
    thrown.arrive(Message_ID="<vase@x>", Subject="The vase")
    thrown.arrive(Message_ID="<cup@x>", Subject="The cup")
    thrown.sync()
    merging.merge(thrown.deps, thrown.caller, 3, thrown.ticket(3)["version"], 2)
    throw_away(thrown, 2)
    delete(thrown, 2)
    assert [row["subject"] for row in thrown.tickets()] == ["The lamp", "", ""]
    assert thrown.ticket(3)["deleted_at"] is not None
    with thrown.deps.sessions.reading() as connection:
        gone = [thrown.ticket(number)["reference"] for number in (2, 3)]
        found = [portal.by_reference(connection, thrown.site_id, one) for one in gone]
    assert found == [None, None]


def test_an_export_to_its_customer_no_longer_names_it(thrown: Shop) -> None:
    delete(thrown)
    page = privacy_export.export_page(thrown.deps, thrown.site_id, "omar@example.net")
    assert page.tickets == []


def test_a_reply_that_had_not_left_does_not_leave(shop: Shop) -> None:
    shop.arrive()
    shop.sync()
    shop.reply()
    with shop.deps.sessions.writing() as connection:
        connection.execute(agents.update().values(role="manager"))
    throw_away(shop)
    delete(shop)
    shop.clock.advance(hours=1)
    assert shop.deliver_due() == []
    assert [row["state"] for row in shop.outbox()] == ["cancelled"]
    assert blobs_of(shop) == []


def test_only_what_is_in_the_trash_is_deleted(thrown: Shop) -> None:
    version = thrown.ticket(1)["version"]
    service.change(thrown.deps, thrown.caller, 1, version, {"place": "inbox"})
    with pytest.raises(Conflict, match="in the trash"):
        delete(thrown)


def test_only_managers_delete(thrown: Shop) -> None:
    with thrown.deps.sessions.writing() as connection:
        connection.execute(agents.update().values(role="lead"))
    with pytest.raises(Forbidden):
        delete(thrown)


def test_what_was_changed_meanwhile_is_not_deleted(thrown: Shop) -> None:
    with pytest.raises(Stale):
        deleting.delete(thrown.deps, thrown.caller, 1, 1)


def test_the_trash_is_emptied_only_where_somebody_wants_it(thrown: Shop) -> None:
    thrown.clock.advance(hours=31 * DAY)
    assert deleting.empty_trashes(thrown.deps) == 0
    deleting.set_trash_days(thrown.deps, thrown.caller, 30)
    assert deleting.trash_days(thrown.deps, thrown.caller) == 30
    assert deleting.empty_trashes(thrown.deps) == 1
    assert deleting.empty_trashes(thrown.deps) == 0
    assert thrown.ticket(1)["deleted_at"] == thrown.clock.now()


def test_what_was_thrown_away_lately_stays(thrown: Shop) -> None:
    deleting.set_trash_days(thrown.deps, thrown.caller, 30)
    thrown.clock.advance(hours=29 * DAY)
    version = thrown.ticket(1)["version"]
    service.change(thrown.deps, thrown.caller, 1, version, {"place": "inbox"})
    throw_away(thrown)
    thrown.clock.advance(hours=2 * DAY)
    assert deleting.empty_trashes(thrown.deps) == 0
