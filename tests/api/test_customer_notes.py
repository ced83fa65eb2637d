"""What the team knows of a customer, over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from shop import Client, Shop

from inbox_service.services import privacy
from inbox_service.testing import add_customer, add_inbox, add_ticket

OMAR = "omar@example.net"


@pytest.fixture
def customer_id(shop: Shop) -> int:
    customer_id = shop.add(add_customer, email=OMAR)
    shop.add(add_ticket, shop.inbox_id, number=1, customer_id=customer_id)
    return customer_id


def write(client: Client, customer_id: int, text: str, version: int | None = 1) -> Any:
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    return client.call("PUT", f"/customers/{customer_id}/note", {"text": text}, headers=headers)


def note_of(client: Client, customer_id: int) -> Any:
    shown = client.get(f"/customers/{customer_id}").json
    assert shown
    return shown["note"]


def test_the_whole_team_reads_what_one_of_it_wrote(shop: Shop, customer_id: int) -> None:
    assert note_of(shop.manager, customer_id) == {"text": "", "version": 1}
    answer = write(shop.manager, customer_id, "  Rings twice. ")
    assert (answer.status_code, answer.json) == (200, {"text": "Rings twice.", "version": 2})
    assert note_of(shop.hire(9), customer_id) == answer.json


def test_who_comes_second_is_told_what_the_first_wrote(shop: Shop, customer_id: int) -> None:
    write(shop.manager, customer_id, "First")
    answer = write(shop.hire(9), customer_id, "Second")
    assert (answer.status_code, answer.json["code"]) == (412, "note_stale")
    assert answer.json["note"] == {"text": "First", "version": 2}
    assert write(shop.manager, customer_id, "Both", 2).status_code == 200


def test_a_note_is_not_written_without_having_read_it(shop: Shop, customer_id: int) -> None:
    answer = write(shop.manager, customer_id, "x", None)
    assert (answer.status_code, answer.json["code"]) == (428, "precondition_required")


def test_who_may_only_read_changes_none(shop: Shop, customer_id: int) -> None:
    assert write(shop.hire(9, role="viewer"), customer_id, "x").status_code == 403


def test_who_does_not_see_the_customer_changes_none(shop: Shop, customer_id: int) -> None:
    stranger = shop.hire(9, inboxes=(shop.add(add_inbox),))
    assert write(stranger, customer_id, "x").status_code == 404


def test_a_note_goes_with_its_customer(shop: Shop, customer_id: int) -> None:
    write(shop.manager, customer_id, "Rings twice.")
    assert privacy.erase_whole(shop.deps, shop.site_id, OMAR).done
    assert note_of(shop.manager, customer_id)["text"] == ""
    assert write(shop.manager, customer_id, "Again", 2).status_code == 412
