"""WordPress users on the status page: whose tickets they see, and that guests get nowhere else."""

from __future__ import annotations

import pytest
from shop import Client
from sqlalchemy import select
from visitors import LINA, OTTO, USER, StatusPage, references, refusal

from inbox_service.store.tables import mailboxes, verified_addresses


def test_a_user_registered_with_somebody_elses_address_sees_nothing_of_theirs(
    page: StatusPage,
) -> None:
    impostor = page.user(LINA)
    assert references(impostor.get("/portal/tickets")) == []
    for path in ("", "/messages"):
        answer = impostor.get(f"/portal/tickets/{page.reference}{path}")
        assert refusal(answer) == (404, "ticket_not_found")


def test_nor_does_he_answer_or_close_for_them(page: StatusPage) -> None:
    impostor, path = page.user(LINA), f"/portal/tickets/{page.reference}"
    answer = impostor.call("POST", f"{path}/messages", {"text": "Hi", "entry_key": "k"})
    assert refusal(answer) == (404, "ticket_not_found")
    assert refusal(impostor.call("POST", f"{path}/close", {})) == (404, "ticket_not_found")
    assert (page.ticket()["status"], page.messages()) == ("open", [])


def test_a_user_who_confirmed_his_address_sees_its_tickets(page: StatusPage) -> None:
    assert page.confirm().status_code == 204
    assert references(page.user().get("/portal/tickets")) == [page.reference]


def test_another_users_confirmation_does_not_count(page: StatusPage) -> None:
    page.confirm()
    assert references(page.user(wp_user_id=USER + 1).get("/portal/tickets")) == []


def test_changing_the_address_of_the_account_voids_it(page: StatusPage) -> None:
    page.ticket_of(OTTO, reference="OTTOS000")
    page.confirm(OTTO)
    assert references(page.user(LINA).get("/portal/tickets")) == []
    assert references(page.user(OTTO).get("/portal/tickets")) == ["OTTOS000"]


def test_confirming_another_address_takes_the_place_of_the_first(page: StatusPage) -> None:
    page.ticket_of(OTTO, reference="OTTOS000")
    page.confirm(LINA)
    page.confirm(OTTO)
    assert references(page.user(LINA).get("/portal/tickets")) == []
    assert references(page.user(OTTO).get("/portal/tickets")) == ["OTTOS000"]


def test_a_wrong_code_confirms_nothing(page: StatusPage) -> None:
    page.ask_code()
    assert refusal(page.confirm(code="x")) == (403, "code_invalid")
    assert page.rows(verified_addresses) == []


def test_what_a_user_filed_while_logged_in_is_his(page: StatusPage) -> None:
    filed = page.ticket_of(OTTO, reference="FILED000")
    page.file_as(USER, filed)
    assert references(page.user(LINA).get("/portal/tickets")) == ["FILED000"]
    assert page.user(LINA).get("/portal/tickets/FILED000").status_code == 200
    assert page.user(LINA, USER + 1).get("/portal/tickets/FILED000").status_code == 404


def test_who_files_with_somebody_elses_address_reads_nothing_that_person_mails(
    page: StatusPage,
) -> None:
    page.file_as(USER, page.ticket_id)
    with page.writing() as connection:
        mailbox_id = connection.execute(select(mailboxes.c.id)).scalar_one()
    page.say(text="My real address is 5 Mill Lane.", mailbox_id=mailbox_id)
    page.reply(text="We send it to 5 Mill Lane.")
    path = f"/portal/tickets/{page.reference}/messages"
    assert "Mill Lane" not in page.user(OTTO).get(path).text
    page.confirm()
    assert "Mill Lane" in page.user().get(path).text


def test_nor_does_he_write_in_that_persons_name(page: StatusPage) -> None:
    page.file_as(USER, page.ticket_id)
    with page.writing() as connection:
        mailbox_id = connection.execute(select(mailboxes.c.id)).scalar_one()
    page.say(mailbox_id=mailbox_id)
    user, path = page.user(OTTO), f"/portal/tickets/{page.reference}"
    told = user.get(path).json
    assert told
    assert not told["can_answer"]
    answer = user.call("POST", f"{path}/messages", {"text": "Send it to me.", "entry_key": "k"})
    assert refusal(answer) == (409, "ticket_closed")
    assert refusal(user.call("POST", f"{path}/close", {})) == (409, "ticket_closed")
    assert (len(page.messages()), page.ticket()["status"]) == (1, "open")


def test_a_users_own_and_his_addresss_tickets_stand_in_one_list(page: StatusPage) -> None:
    page.file_as(
        USER, page.ticket_of(OTTO, reference="FILED000", last_activity_at=page.clock.at + 9)
    )
    page.file_as(USER, page.ticket_id)
    page.confirm()
    assert references(page.user().get("/portal/tickets")) == ["FILED000", page.reference]


@pytest.mark.parametrize("subject", ["0", "x", "-5", "\u0665\u0665", "9" * 30, "", "grant:x"])
def test_a_customer_who_is_no_user_is_nobody(page: StatusPage, subject: str) -> None:
    client = Client(page.shop.app, page.shop.signer, "customer", subject)
    assert refusal(client.get("/portal/tickets")) == (403, "visitor_unknown")


def test_an_address_must_be_a_text(page: StatusPage) -> None:
    answer = page.user().client.call("GET", "/portal/tickets", email=5)
    assert refusal(answer) == (401, "token_invalid")


def test_an_agent_is_no_customer(page: StatusPage) -> None:
    assert refusal(page.shop.manager.get("/portal/tickets")) == (403, "actor_not_admitted")
    assert refusal(page.shop.plugin.get("/portal/tickets")) == (403, "actor_not_admitted")


def test_a_guest_gets_nowhere_else(page: StatusPage) -> None:
    for client in (page.by_link(), page.by_code(), page.user().client):
        for path in ("/tickets", "/customers", "/me", "/site", "/events", "/mailboxes"):
            assert refusal(client.get(path)) == (403, "actor_not_admitted")


def test_tokens_are_not_logged(page: StatusPage, capsys: pytest.CaptureFixture[str]) -> None:
    link, session = page.link(), page.session()
    capsys.readouterr()
    page.guest(f"grant:{link}").get("/portal/tickets")
    page.guest(f"session:{session}").get("/portal/tickets")
    logged = capsys.readouterr().out
    assert "actor=guest" in logged
    assert not any(part in logged for part in (link, link.partition(".")[2], session))
