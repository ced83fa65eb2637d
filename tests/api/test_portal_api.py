"""The status page's side of a ticket: where it stands, what was said, answering, closing."""

from __future__ import annotations

import base64
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from shop import Client
from visitors import LINA, OTTO, SUPPORT, USER, StatusPage, refusal
from werkzeug.test import TestResponse

from inbox_service.deps import Deps
from inbox_service.domain.mail import Attachment
from inbox_service.mime import parse
from inbox_service.services.portal_answers import MOST_BYTES
from inbox_service.services.replies import ReplyDraft, add_reply, prepare_reply
from inbox_service.store.tables import attachments, blobs, events, participants
from inbox_service.testing import FakeClock, add_message, add_ticket

DAY = 24


def shown(page: StatusPage, client: Client | None = None) -> dict[str, Any]:
    answer = (client or page.by_link()).get(f"/portal/tickets/{page.reference}")
    assert answer.json
    return dict(answer.json)


def conversation(page: StatusPage, client: Client | None = None) -> list[dict[str, Any]]:
    answer = (client or page.by_link()).get(f"/portal/tickets/{page.reference}/messages")
    assert answer.json
    return list(answer.json["items"])


def send(
    page: StatusPage, text: str = "It broke.", client: Client | None = None, **body: Any
) -> TestResponse:
    page.clock.advance(seconds=1)
    path = f"/portal/tickets/{page.reference}/messages"
    whole = {"text": text, "entry_key": "key", **body}
    return (client or page.by_link()).call("POST", path, whole)


def close(page: StatusPage, **claims: Any) -> TestResponse:
    path = f"/portal/tickets/{page.reference}/close"
    return page.by_link().call("POST", path, {}, **claims)


def file(name: str = "cup.txt", content: bytes = b"shards", kind: str = "text/plain") -> Any:
    return {"name": name, "type": kind, "content": base64.b64encode(content).decode()}


# --- reading ----------------------------------------------------------------------------------


def test_a_ticket_is_shown_without_what_is_ours(page: StatusPage) -> None:
    page.say()
    assert shown(page) == {
        "reference": page.reference,
        "subject": "My cup",
        "direction": "ltr",
        "step": "received",
        "created_at": "2026-01-12T08:00:00.000Z",
        "last_activity_at": "2026-01-12T08:00:00.000Z",
        "can_answer": True,
    }


def test_the_steps_follow_the_ticket(page: StatusPage) -> None:
    steps = [shown(page)["step"]]
    page.reply()
    steps.append(shown(page)["step"])
    for status in ("pending", "solved"):
        page.change_ticket(status=status)
        steps.append(shown(page)["step"])
    assert steps == ["received", "in_progress", "waiting_for_you", "solved"]


def test_a_ticket_that_somebody_has_is_being_worked_on(page: StatusPage) -> None:
    page.change_ticket(assignee_id=page.shop.manager_id)
    assert shown(page)["step"] == "in_progress"


def test_the_last_active_ticket_stands_first(page: StatusPage) -> None:
    for number in (1, 2):
        page.shop.add(
            add_ticket,
            page.shop.inbox_id,
            page.clock.at + number,
            customer_id=page.customer_id,
            reference=f"NEWER00{number}",
        )
    answer = page.by_code().get("/portal/tickets")
    assert answer.json
    told = [one["reference"] for one in answer.json["items"]]
    assert told == ["NEWER002", "NEWER001", page.reference]


def test_mail_taken_for_spam_looks_untouched(page: StatusPage) -> None:
    page.change_ticket(place="spam")
    assert shown(page)["step"] == "received"


def test_the_conversation_shows_both_sides_oldest_first(page: StatusPage) -> None:
    page.say(text="It broke.")
    page.reply(text="A new one is on its way.")
    told = [(one["from"], one["name"], one["text"]) for one in conversation(page)]
    assert told == [("you", "Lina", "It broke."), ("us", "Sara", "A new one is on its way.")]


def test_notes_are_never_shown(page: StatusPage) -> None:
    page.reply(text="Difficult person.", kind="note")
    for client in (page.by_link(), page.by_code()):
        assert conversation(page, client) == []


def test_what_we_write_to_somebody_else_is_not_shown(page: StatusPage) -> None:
    page.reply(to="supplier@example.org", text="Can you replace it?")
    page.say(author_id=1, author_email="supplier@example.org", text="At a price.")
    assert conversation(page) == []


def test_what_somebody_else_wrote_to_both_is_shown_without_his_address(page: StatusPage) -> None:
    page.say(
        author_id=1,
        author_email="supplier@example.org",
        author_name="supplier@example.org",
        copied=[{"email": LINA, "name": "Lina"}, {"email": OTTO, "name": "Otto"}],
        text="At a price.",
    )
    [message] = conversation(page)
    assert (message["from"], message["name"]) == ("other", "")
    assert "example" not in str(message)


def test_a_reply_to_where_the_customer_asked_is_shown(page: StatusPage) -> None:
    page.say(reply_to=[{"email": "lina@work.example", "name": ""}])
    page.reply(to="lina@work.example", text="Hello")
    assert [one["from"] for one in conversation(page)] == ["you", "us"]


def test_a_bounce_is_not_shown(page: StatusPage) -> None:
    page.say(author_type="system", automatic="bounce", text="otto@example.net does not exist")
    assert conversation(page) == []


def test_html_is_given_where_there_is_any(page: StatusPage) -> None:
    page.say(html="<p>It broke.</p>")
    page.reply()
    assert [one["html"] for one in conversation(page)] == ["<p>It broke.</p>", None]


def test_a_long_conversation_comes_in_pages(page: StatusPage) -> None:
    for number in range(5):
        page.say(text=str(number))
        page.reply(kind="note")
    guest, told, cursor = page.by_link(), [], None
    for _ in range(20):
        query = {"limit": 2, **({"cursor": cursor} if cursor else {})}
        answer = guest.get(f"/portal/tickets/{page.reference}/messages", **query).json
        assert answer
        told += [one["text"] for one in answer["items"]]
        cursor = answer["next_cursor"]
        if cursor is None:
            break
    assert told == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize("path", ["", "/messages"])
def test_a_ticket_that_is_not_there_is_not_found(page: StatusPage, path: str) -> None:
    answer = page.by_link().get(f"/portal/tickets/NOTHING0{path}")
    assert refusal(answer) == (404, "ticket_not_found")


# --- answering --------------------------------------------------------------------------------


def test_an_answer_joins_the_ticket_as_its_customer(page: StatusPage) -> None:
    answer = send(page)
    assert answer.status_code == 201
    [message] = page.messages()
    assert (message["kind"], message["author_type"], message["author_id"]) == (
        "in",
        "customer",
        page.customer_id,
    )
    assert (message["author_email"], message["text"]) == (LINA, "It broke.")
    assert [answer.json] == conversation(page)


def test_nothing_of_an_answer_is_folded_away(page: StatusPage) -> None:
    text = "> Which colour?\nBlue.\n\n-- \nLina"
    send(page, text)
    assert [one["text"] for one in conversation(page)] == [text]


def test_an_answer_opens_the_ticket_again(page: StatusPage) -> None:
    page.change_ticket(status="pending")
    send(page)
    ticket = page.ticket()
    assert (ticket["status"], ticket["waiting_since"]) == ("open", page.clock.now())
    assert ticket["snippet"] == "It broke."


def test_an_answer_is_told_like_a_mail(page: StatusPage) -> None:
    page.change_ticket(status="solved", solved_at=page.clock.now())
    send(page)
    told = [(row["kind"], row["actor_type"], row["data"]) for row in page.rows(events)]
    assert told == [
        ("ticket_status_changed", "customer", {"status": ["solved", "open"]}),
        ("message_received", "customer", {"history": False}),
    ]


def test_agents_see_the_answer_and_its_counter(page: StatusPage) -> None:
    send(page)
    ticket = page.shop.manager.get("/tickets", status="open").json
    assert ticket
    assert ticket["items"][0]["unread"]
    assert ticket["items"][0]["message_count"] == 1


def test_files_come_with_the_answer_and_can_be_fetched_by_both_sides(page: StatusPage) -> None:
    files = [file(), file("صورة.png", b"\x89PNG", "image/png")]
    send(page, files=files)
    [message] = conversation(page)
    told = [(one["name"], one["content_type"], one["size"]) for one in message["attachments"]]
    assert told == [("cup.txt", "text/plain", 6), ("صورة.png", "image/png", 4)]
    fetched = [
        page.shop.plugin.get(f"/files/{one['file_token']}").data for one in message["attachments"]
    ]
    assert fetched == [b"shards", b"\x89PNG"]


def test_an_answer_is_kept_as_the_mail_it_could_have_been(page: StatusPage, deps: Deps) -> None:
    send(page, files=[file()])
    [message] = page.messages()
    mail = parse(deps.blobs.get(page.shop.site_id, message["blob"]))
    assert mail.sender
    assert (mail.sender.email, mail.to[0].email, mail.subject) == (LINA, SUPPORT, "My cup")
    assert mail.attachments == (Attachment(1, "cup.txt", "text/plain", 6),)
    assert [row["sha256"] for row in page.rows(blobs)] == [message["blob"]]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a\r\nX: y", "\u202egpj.exe", "", "x" * 255, "a\tb"]
)
def test_a_files_name_does_no_harm(page: StatusPage, name: str) -> None:
    assert send(page, files=[file(name)]).status_code == 201
    [row] = page.rows(attachments)
    assert not set(row["filename"]) & set("/\\\r\n\u202e")


def test_an_answer_sent_twice_is_there_once(page: StatusPage, deps: Deps) -> None:
    first, second = send(page), send(page)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json == second.json
    assert len(page.messages()) == len(page.rows(blobs)) == 1


def test_an_answer_pressed_twice_at_once_is_there_once(page: StatusPage) -> None:
    client = page.by_link()
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: send(page, client=client), range(4)))
    assert {answer.status_code for answer in answers} == {201}
    assert len(page.messages()) == 1


def test_another_answer_under_the_same_key_is_refused(page: StatusPage) -> None:
    send(page)
    assert refusal(send(page, "Something else.")) == (422, "idempotency_key_reused")
    assert refusal(send(page, files=[file()])) == (422, "idempotency_key_reused")


def test_the_same_key_in_another_ticket_is_another_answer(page: StatusPage) -> None:
    send(page)
    mine = {"customer_id": page.customer_id, "reference": "OTHER000"}
    page.shop.add(add_ticket, page.shop.inbox_id, **mine)
    body = {"text": "It broke.", "entry_key": "key"}
    answer = page.by_code().call("POST", "/portal/tickets/OTHER000/messages", body)
    assert answer.status_code == 201


def test_a_replayed_answer_is_not_taken(page: StatusPage) -> None:
    path, client = f"/portal/tickets/{page.reference}/messages", page.by_link()
    body = {"text": "Hi", "entry_key": "a"}
    first = client.call("POST", path, body, jti="j" * 32)
    assert first.status_code == 201
    assert refusal(client.call("POST", path, body, jti="j" * 32)) == (401, "token_replayed")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "  \n "}, "text"),
        ({"text": "x" * 20_001}, "text"),
        ({"entry_key": ""}, "entry_key"),
        ({"files": [{"name": "a", "type": "a/b", "content": "?"}]}, "files"),
        ({"files": [file()] * 11}, "files"),
        ({"files": [{"name": "a"}]}, "files.0.content"),
    ],
)
def test_what_cannot_be_an_answer_names_its_field(
    page: StatusPage, body: dict[str, Any], field: str
) -> None:
    answer = send(page, **body)
    assert answer.status_code == 422
    assert answer.json
    assert answer.json["field"] == field
    assert page.messages() == []


def test_files_have_a_limit_together(page: StatusPage) -> None:
    half = file(content=b"x" * (MOST_BYTES // 2 + 1))
    answer = send(page, files=[half, half])
    assert answer.status_code == 422
    assert page.messages() == []


def test_a_ticket_solved_long_ago_takes_no_answer(page: StatusPage, clock: FakeClock) -> None:
    page.change_ticket(status="solved", solved_at=clock.now())
    clock.advance(hours=31 * DAY)
    assert not shown(page)["can_answer"]
    assert refusal(send(page)) == (409, "ticket_closed")


def test_a_merged_ticket_takes_no_answer(page: StatusPage) -> None:
    page.change_ticket(merged_into=page.ticket_of(OTTO))
    assert refusal(send(page)) == (409, "ticket_closed")


def test_who_comes_to_a_ticket_that_went_into_his_other_one_is_shown_that(page: StatusPage) -> None:
    number, customer_id = page.ticket()["number"], page.ticket()["customer_id"]
    shop = page.shop
    other = shop.add(add_ticket, shop.inbox_id, number=900, customer_id=customer_id)
    shop.add(add_message, other, author_id=customer_id, text="And the saucer too.")
    version = {"If-Match": f'"{page.ticket()["version"]}"'}
    merged = shop.manager.call("PUT", f"/tickets/{number}/merge", {"into": 900}, headers=version)
    assert merged.status_code == 200
    assert "And the saucer too." in [one["text"] for one in conversation(page)]
    assert shown(page)["can_answer"]


def test_an_ended_link_answers_nothing(page: StatusPage) -> None:
    client = page.by_link()
    page.shop.manager.call("DELETE", f"/tickets/{page.ticket()['number']}/links")
    assert refusal(send(page, client=client)) == (403, "link_invalid")
    assert page.messages() == []


def test_a_user_answers_what_he_filed_as_its_customer(page: StatusPage) -> None:
    page.file_as(USER, page.ticket_id)
    user, path = page.user(OTTO), f"/portal/tickets/{page.reference}/messages"
    answer = user.call("POST", path, {"text": "Hi", "entry_key": "k"})
    assert answer.json
    assert answer.json["from"] == "you"
    assert [one["author_email"] for one in page.messages()] == [LINA]


def test_a_code_answers_too_and_its_address_takes_part(page: StatusPage) -> None:
    send(page, client=page.by_code())
    people = [(row["email"], row["role"]) for row in page.rows(participants)]
    assert people == [(LINA, "customer")]


def test_an_arabic_answer_reads_from_right_to_left(page: StatusPage) -> None:
    send(page, "انكسر الكوب.")
    assert conversation(page)[0]["direction"] == "rtl"


def test_a_reply_goes_on_in_the_thread_of_the_customers_mailbox(
    page: StatusPage, deps: Deps
) -> None:
    page.say(rfc_message_id="first@example.net", recipients=[{"email": SUPPORT, "name": ""}])
    send(page)
    draft = ReplyDraft("A new one comes.", seen_up_to=page.messages()[-1]["id"])
    number = page.ticket()["number"]
    prepared = prepare_reply(deps, page.shop.site_id, page.shop.manager_id, number, draft)
    with page.writing() as connection:
        add_reply(connection, deps, prepared)
    mail = parse(deps.blobs.get(page.shop.site_id, page.messages()[-1]["blob"]))
    assert mail.references == ("first@example.net",)
    assert [one.email for one in mail.to] == [LINA]
    assert conversation(page)[-1]["from"] == "us"


def test_an_answer_that_may_still_be_taken_back_is_not_shown(page: StatusPage, deps: Deps) -> None:
    page.say(recipients=[{"email": SUPPORT, "name": ""}])
    draft = ReplyDraft(
        "Which size?", send_at=page.clock.now() + 1000, seen_up_to=page.messages()[-1]["id"]
    )
    prepared = prepare_reply(
        deps, page.shop.site_id, page.shop.manager_id, page.ticket()["number"], draft
    )
    with page.writing() as connection:
        add_reply(connection, deps, prepared)
    assert "us" not in {one["from"] for one in conversation(page)}
    page.clock.advance(seconds=1)
    assert conversation(page)[-1]["from"] == "us"


# --- closing ----------------------------------------------------------------------------------


def test_closing_solves_the_ticket(page: StatusPage) -> None:
    answer = close(page)
    assert answer.json
    assert (answer.status_code, answer.json["step"]) == (200, "solved")
    ticket = page.ticket()
    assert (ticket["status"], ticket["solved_at"], ticket["waiting_since"]) == (
        "solved",
        page.clock.now(),
        None,
    )


def test_closing_is_told_as_the_customers_doing(page: StatusPage) -> None:
    close(page)
    [row] = page.rows(events)
    assert (row["kind"], row["actor_type"], row["actor_id"]) == (
        "ticket_status_changed",
        "customer",
        page.customer_id,
    )
    assert row["data"] == {"status": ["open", "solved"]}


def test_closing_what_is_closed_changes_nothing(page: StatusPage) -> None:
    close(page)
    before = page.ticket()
    assert close(page).status_code == 200
    assert page.ticket() == before


def test_the_counters_follow(page: StatusPage) -> None:
    close(page)
    answer = page.shop.manager.get("/inboxes").json
    assert answer
    counts = answer["items"][0]["counts"]
    assert (counts["open"], counts["solved"]) == (0, 1)


def test_an_answer_opens_what_was_closed(page: StatusPage) -> None:
    close(page)
    send(page)
    assert page.ticket()["status"] == "open"


def test_a_replayed_closing_is_not_taken(page: StatusPage) -> None:
    close(page, jti="j" * 32)
    send(page)
    assert refusal(close(page, jti="j" * 32)) == (401, "token_replayed")
    assert page.ticket()["status"] == "open"
