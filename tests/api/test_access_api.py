"""Links, codes, sessions and users: what opens a customer's tickets, and what does not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from shop import Client, Shop, open_shop
from sqlalchemy import event
from visitors import LINA, OTTO, StatusPage, references, refusal

from inbox_service.deps import Deps
from inbox_service.mime import parse
from inbox_service.services.housekeeping import forget_expired
from inbox_service.services.notices import MOST_PER_HOUR
from inbox_service.store.tables import (
    access_codes,
    guest_sessions,
    outbox,
)
from inbox_service.testing import FakeClock, RecordingQueue, add_ticket
from inbox_service.texts import text

DAY = 24


def flipped(token: str, at: int) -> str:
    """Return the token with one letter changed."""
    other = "A" if token[at] != "A" else "B"
    return f"{token[:at]}{other}{token[at + 1 :]}"


# --- links ------------------------------------------------------------------------------------


def test_a_link_opens_its_ticket(page: StatusPage) -> None:
    guest = page.by_link()
    assert guest.get(f"/portal/tickets/{page.reference}").status_code == 200
    assert references(guest.get("/portal/tickets")) == [page.reference]


def test_a_link_opens_no_other_ticket_of_the_same_customer(page: StatusPage) -> None:
    mine = {"customer_id": page.customer_id, "reference": "OTHER000"}
    other = page.shop.add(add_ticket, page.shop.inbox_id, **mine)
    guest = page.by_link(other)
    assert refusal(guest.get(f"/portal/tickets/{page.reference}")) == (404, "ticket_not_found")
    assert references(guest.get("/portal/tickets")) == ["OTHER000"]


# The id is 11 letters, a dot follows; the last letter of either part holds spare bits.
@pytest.mark.parametrize("at", [0, 5, 9, 13, 30, 50])
def test_an_altered_link_opens_nothing(page: StatusPage, at: int) -> None:
    guest = page.guest(f"grant:{flipped(page.link(), at)}")
    assert refusal(guest.get("/portal/tickets")) == (403, "link_invalid")


@pytest.mark.parametrize("token", ["", ".", "x", "AAAA.", "é.é", "A" * 5000, "AAAAAAAAAAE=.", "\0"])
def test_something_that_is_no_link_opens_nothing(page: StatusPage, token: str) -> None:
    guest = page.guest(f"grant:{token}")
    assert refusal(guest.get("/portal/tickets")) == (403, "link_invalid")


def test_the_number_of_another_link_does_not_fit_this_links_signature(page: StatusPage) -> None:
    other = page.link(page.ticket_of(OTTO))
    mixed = f"{other.partition('.')[0]}.{page.link().partition('.')[2]}"
    assert refusal(page.guest(f"grant:{mixed}").get("/portal/tickets")) == (403, "link_invalid")


def test_a_link_ends_after_ninety_days(page: StatusPage, clock: FakeClock) -> None:
    guest = page.by_link()
    clock.advance(hours=90 * DAY - 1)
    assert guest.get("/portal/tickets").status_code == 200
    clock.advance(hours=1)
    assert refusal(guest.get("/portal/tickets")) == (403, "link_invalid")


def test_an_agent_ends_the_links_of_a_ticket(page: StatusPage) -> None:
    guest, other = page.by_link(), page.by_link(page.ticket_of(OTTO), OTTO)
    path = f"/tickets/{page.ticket()['number']}/links"
    assert page.shop.manager.call("DELETE", path).status_code == 204
    assert refusal(guest.get("/portal/tickets")) == (403, "link_invalid")
    assert other.get("/portal/tickets").status_code == 200
    assert page.by_link().get("/portal/tickets").status_code == 200


def test_a_viewer_ends_no_links(page: StatusPage) -> None:
    viewer = page.shop.hire(8, role="viewer")
    answer = viewer.call("DELETE", f"/tickets/{page.ticket()['number']}/links")
    assert refusal(answer) == (403, "read_only")


def test_a_link_is_sent_again_while_it_lasts(page: StatusPage, clock: FakeClock) -> None:
    first = page.link()
    clock.advance(hours=29 * DAY)
    assert page.link() == first
    clock.advance(hours=2 * DAY)
    assert page.link() != first


def test_a_link_of_another_site_opens_nothing(page: StatusPage, app: Flask, deps: Deps) -> None:
    elsewhere = open_shop(app, deps, "elsewhere")
    guest = Client(app, elsewhere.signer, "guest", f"grant:{page.link()}")
    assert refusal(guest.get("/portal/tickets")) == (403, "link_invalid")


def test_a_ticket_in_the_trash_is_gone_for_its_link(page: StatusPage) -> None:
    guest = page.by_link()
    page.change_ticket(place="trash")
    assert references(guest.get("/portal/tickets")) == []
    assert guest.get(f"/portal/tickets/{page.reference}").status_code == 404


@pytest.mark.parametrize("subject", ["", "x", "agent:7", "grant", "session", "55"])
def test_a_guest_without_a_token_is_nobody(page: StatusPage, subject: str) -> None:
    assert page.guest(subject).get("/portal/tickets").status_code == 403


# --- codes and sessions -----------------------------------------------------------------------


def test_the_code_that_was_mailed_opens_the_addresss_tickets(page: StatusPage) -> None:
    page.ticket_of(OTTO)
    assert references(page.by_code().get("/portal/tickets")) == [page.reference]


def test_an_address_is_the_same_in_any_spelling_of_its_letters(page: StatusPage) -> None:
    page.ask_code("  LINA@Example.net ")
    assert page.enter_code(page.mailed_code(), "lina@EXAMPLE.net").status_code == 201


def test_a_code_is_mailed_in_the_visitors_language(page: StatusPage, deps: Deps) -> None:
    page.ask_code(locale="ar")
    [row] = page.rows(outbox)
    mail = parse(deps.blobs.get(page.shop.site_id, row["blob"]))
    assert mail.subject == text("ar", "code_subject", code=page.mailed_code())
    assert 'lang="ar"' in mail.html


def test_the_mail_is_hinted_to_a_worker(page: StatusPage, deps: Deps) -> None:
    page.ask_code()
    assert isinstance(deps.queue, RecordingQueue)
    [row] = page.rows(outbox)
    assert deps.queue.hints == [("deliver", (page.shop.site_id, row["id"]))]


def test_an_unknown_address_gets_no_mail(page: StatusPage) -> None:
    page.ask_code("stranger@example.net")
    assert [row["state"] for row in page.rows(outbox)] == ["cancelled"]


def test_known_and_unknown_addresses_get_the_same_answer(page: StatusPage) -> None:
    known, unknown = page.ask_code(), page.ask_code("stranger@example.net")
    answers = {(one.status_code, one.get_data(), str(one.headers)) for one in (known, unknown)}
    assert len({answer[:2] for answer in answers}) == 1
    assert known.status_code == 202
    assert known.json == {}


def test_known_and_unknown_addresses_cost_the_same_statements(page: StatusPage) -> None:
    page.ask_code(OTTO)
    with statements(page.shop.deps) as for_known:
        page.ask_code()
    with statements(page.shop.deps) as for_unknown:
        page.ask_code("stranger@example.net")
    assert for_known == for_unknown
    assert any("INSERT INTO outbox" in one for one in for_known)


def test_known_and_unknown_addresses_cost_the_same_statements_when_guessed(
    page: StatusPage,
) -> None:
    costs = []
    for email in (LINA, "stranger@example.net"):
        page.ask_code(email)
        with statements(page.shop.deps) as spent:
            page.enter_code("x", email)
        costs.append(spent)
    assert costs[0] == costs[1]


@contextmanager
def statements(deps: Deps) -> Iterator[list[str]]:
    """Collect the statements that are executed meanwhile."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(deps.sessions.engine, "before_cursor_execute", note)
    yield seen
    event.remove(deps.sessions.engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    "email", ["lina", "@example.net", "a@", "a b@example.net", "a@b\r\nBcc: c"]
)
def test_what_is_no_address_is_told_so(page: StatusPage, email: str) -> None:
    answer = page.ask_code(email)
    assert answer.status_code == 422
    assert answer.json
    assert answer.json["field"] == "email"


def test_a_wrong_code_opens_nothing(page: StatusPage) -> None:
    page.ask_code()
    wrong = f"{(int(page.mailed_code()) + 1) % 10**6:06d}"
    assert refusal(page.enter_code(wrong)) == (403, "code_invalid")
    assert page.rows(guest_sessions) == []


@pytest.mark.parametrize(
    "code", ["", "x", "12345", "\u0661\u0662\u0663\u0664\u0665\u0666", "' OR 1"]
)
def test_something_that_is_no_code_opens_nothing(page: StatusPage, code: str) -> None:
    page.ask_code()
    assert refusal(page.enter_code(code)) == (403, "code_invalid")


def test_a_code_is_for_the_address_it_was_mailed_to(page: StatusPage) -> None:
    page.ticket_of(OTTO)
    page.ask_code(OTTO)
    of_otto = page.mailed_code()
    page.ask_code()
    assert refusal(page.enter_code(of_otto)) == (403, "code_invalid")


def test_a_code_opens_once(page: StatusPage) -> None:
    page.ask_code()
    code = page.mailed_code()
    assert page.enter_code(code).status_code == 201
    assert refusal(page.enter_code(code)) == (403, "code_invalid")


def test_a_code_ends_after_ten_minutes(page: StatusPage, clock: FakeClock) -> None:
    page.ask_code()
    clock.advance(seconds=600)
    assert refusal(page.enter_code(page.mailed_code())) == (403, "code_invalid")


def test_a_code_takes_five_guesses(page: StatusPage) -> None:
    page.ask_code()
    code = page.mailed_code()
    for _ in range(5):
        page.enter_code("x")
    assert refusal(page.enter_code(code)) == (403, "code_invalid")
    assert [row["attempts"] for row in page.rows(access_codes)] == [5]


def test_the_fifth_guess_may_be_right(page: StatusPage) -> None:
    page.ask_code()
    for _ in range(4):
        page.enter_code("x")
    assert page.enter_code(page.mailed_code()).status_code == 201


def test_a_new_code_takes_the_place_of_the_one_before(page: StatusPage) -> None:
    page.ask_code()
    before = page.mailed_code()
    page.ask_code()
    assert refusal(page.enter_code(before)) == (403, "code_invalid")
    assert page.enter_code(page.mailed_code()).status_code == 201


def test_beyond_the_cap_the_last_code_stays_good(page: StatusPage) -> None:
    answers = [page.ask_code().status_code for _ in range(MOST_PER_HOUR + 2)]
    assert set(answers) == {202}
    assert len(page.rows(access_codes)) == len(page.rows(outbox)) == MOST_PER_HOUR
    assert page.enter_code(page.mailed_code()).status_code == 201


def test_without_a_mailbox_no_code_is_made(shop: Shop) -> None:
    answer = shop.plugin.call("POST", "/access/codes", {"email": LINA, "locale": "en"})
    assert answer.status_code == 202


def test_neither_codes_nor_tokens_are_kept(page: StatusPage) -> None:
    token = page.session()
    code = page.mailed_code()
    kept = f"{page.rows(access_codes)} {page.rows(guest_sessions)}"
    assert token not in kept
    assert f"'{code}'" not in kept
    assert LINA not in str(page.rows(access_codes))


def test_a_session_ends_after_half_a_day(page: StatusPage, clock: FakeClock) -> None:
    guest = page.by_code()
    clock.advance(hours=12)
    assert refusal(guest.get("/portal/tickets")) == (403, "session_invalid")


def test_what_opens_nothing_any_more_is_forgotten(page: StatusPage, clock: FakeClock) -> None:
    page.session()
    page.link()
    kept = forget_expired(page.shop.deps)
    clock.advance(hours=91 * DAY)
    forgotten = forget_expired(page.shop.deps)
    names = ("access_codes", "guest_sessions", "link_grants")
    assert [(kept[name], forgotten[name]) for name in names] == [(0, 1)] * 3


def test_an_altered_session_opens_nothing(page: StatusPage) -> None:
    guest = page.guest(f"session:{flipped(page.session(), 3)}")
    assert refusal(guest.get("/portal/tickets")) == (403, "session_invalid")


def test_a_session_of_another_site_opens_nothing(page: StatusPage, app: Flask, deps: Deps) -> None:
    elsewhere = open_shop(app, deps, "elsewhere")
    guest = Client(app, elsewhere.signer, "guest", f"session:{page.session()}")
    assert refusal(guest.get("/portal/tickets")) == (403, "session_invalid")


def test_a_replayed_guess_is_not_taken(page: StatusPage) -> None:
    page.ask_code()
    body = {"email": LINA, "code": page.mailed_code()}
    first = page.shop.plugin.call("POST", "/access/sessions", body, jti="j" * 32)
    again = page.shop.plugin.call("POST", "/access/sessions", body, jti="j" * 32)
    assert first.status_code == 201
    assert refusal(again) == (401, "token_replayed")


@pytest.mark.parametrize("path", ["/access/codes", "/access/sessions", "/access/verified"])
def test_only_the_plugin_asks_for_codes(page: StatusPage, path: str) -> None:
    for client in (page.shop.manager, page.by_link()):
        assert refusal(client.call("POST", path, {})) == (403, "actor_not_admitted")
