"""Customers of the demo write, and answer what the shop sends them."""

import base64
import random
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
import seed
from arrivals import Arrivals, State
from mail import arriving_mail
from mail.people import ACCOUNTS
from simulated_google import SimulatedGoogle

from connectors.testkit.gmail_simulator.simulator import GmailSimulator

SUPPORT = "support@jasmine-reed.example"
NOW = 1_790_000_000.0


@pytest.fixture
def google() -> Iterator[SimulatedGoogle]:
    with GmailSimulator() as simulator:
        client = SimulatedGoogle(simulator.root)
        for account, aliases in ACCOUNTS.items():
            client.add_account(account, aliases, "Jasmine & Reed")
        yield client


@pytest.fixture
def arrivals(google: SimulatedGoogle) -> Arrivals:
    found = Arrivals(google, State(), pace=0, answer_after=20, chance=random.Random(1))
    found.step(NOW)
    return found


def reply(**changes: str) -> bytes:
    headers = {
        "From": f"Support <{SUPPORT}>",
        "To": "Yuki <yuki@letterbox.example>",
        "Subject": "Re: Lid",
        "Message-ID": "<ours@jasmine-reed.example>",
        "References": "<theirs@letterbox.example>",
    }
    message = EmailMessage()
    for name, value in (headers | changes).items():
        message[name.replace("_", "-")] = value
    message.set_content("It is in the post.")
    return message.as_bytes()


def arrived(google: SimulatedGoogle, account: str = SUPPORT) -> list[EmailMessage]:
    found = google._call(f"messages?account={account}&label=INBOX&raw=1")
    return [
        message_from_bytes(base64.urlsafe_b64decode(mail["raw"]), policy=default) for mail in found
    ]


def test_a_customer_answers_a_reply_after_a_while(google, arrivals):
    google.deliver(SUPPORT, reply(), ("SENT",))
    arrivals.step(NOW)
    arrivals.step(NOW + 19)
    assert arrived(google) == []
    arrivals.step(NOW + 21)
    (answer,) = arrived(google)
    assert answer["From"] == "Yuki <yuki@letterbox.example>"
    assert answer["In-Reply-To"] == "<ours@jasmine-reed.example>"
    assert answer["References"].split()[0] == "<theirs@letterbox.example>"
    assert "> It is in the post." in answer.get_content()


def test_a_reply_is_answered_once(google, arrivals):
    google.deliver(SUPPORT, reply(), ("SENT",))
    for seconds in (0, 21, 42, 63):
        arrivals.step(NOW + seconds)
    assert len(arrived(google)) == 1


def test_the_answer_goes_where_the_reply_asks_for_it(google, arrivals):
    google.deliver(SUPPORT, reply(Reply_To="support+t0ken@jasmine-reed.example"), ("SENT",))
    arrivals.step(NOW)
    arrivals.step(NOW + 21)
    (answer,) = arrived(google)
    assert answer["To"] == "support+t0ken@jasmine-reed.example"


@pytest.mark.parametrize(
    "sent",
    [reply(Auto_Submitted="auto-replied"), reply(To="sales@jasmine-reed.example")],
    ids=["automatic", "to a colleague"],
)
def test_not_everything_is_answered(google, arrivals, sent):
    google.deliver(SUPPORT, sent, ("SENT",))
    arrivals.step(NOW)
    arrivals.step(NOW + 21)
    assert arrived(google) == []


def test_a_customer_has_had_enough_after_three_answers(google, arrivals):
    google.deliver(SUPPORT, reply(), ("SENT",))
    arrivals.step(NOW)
    for number in range(1, 5):
        at = NOW + 100 * number
        google.deliver(SUPPORT, reply(References="<ours@jasmine-reed.example>"), ("SENT",))
        arrivals.step(at)
        arrivals.step(at + 21)
    assert len(arrived(google)) == arriving_mail.MOST_ANSWERS


def test_what_was_sent_before_the_demo_began_stays_unanswered(google):
    google.deliver(SUPPORT, reply(), ("SENT",))
    arrivals = Arrivals(google, State(), pace=0, answer_after=20)
    arrivals.step(NOW)
    arrivals.step(NOW + 21)
    assert arrived(google) == []


def test_a_planned_answer_survives_a_restart(google, arrivals, tmp_path):
    google.deliver(SUPPORT, reply(), ("SENT",))
    arrivals.step(NOW)
    arrivals.state.write(tmp_path / "state.json")
    again = Arrivals(google, State.read(tmp_path / "state.json"), pace=0, answer_after=20)
    again.step(NOW + 21)
    assert len(arrived(google)) == 1


def test_new_questions_arrive_at_the_asked_pace(google, arrivals):
    arrivals.pace = 30
    for seconds in range(0, 601, 10):
        arrivals.step(NOW + seconds)
    assert 15 <= arrivals.state.arrived <= 31
    assert arrived(google)


def test_an_arabic_customer_answers_in_arabic():
    _, raw = arriving_mail.answer(reply(To="a@barid.example"), 0, random.Random(1))
    text = message_from_bytes(raw, policy=default).get_content()
    assert any("\u0600" <= sign <= "\u06ff" for sign in text.splitlines()[0])


def test_texts_come_round_again_from_other_people_about_other_orders():
    mails = [arriving_mail.opener(number, 0)[1] for number in range(60)]
    parsed = [message_from_bytes(raw, policy=default) for raw in mails]
    writers = [str(mail["From"]) for mail in parsed]
    assert len({(w, str(m["Subject"])) for w, m in zip(writers, parsed, strict=True)}) == 60
    assert not any("{" in mail.get_body(("plain",)).get_content() for mail in parsed)


def test_seeding_fills_both_accounts_and_keeps_usable_credentials(google, tmp_path):
    count = seed.deliver_all(google)
    stored = [google._call(f"messages?account={account}") for account in ACCOUNTS]
    assert count == sum(len(mails) for mails in stored)
    seed.keep_credentials(
        tmp_path / "a.json", {"client_id": "1", "client_secret": "2", "refresh_token": "3"}
    )
    assert (tmp_path / "a.json").stat().st_mode & 0o777 == 0o600
