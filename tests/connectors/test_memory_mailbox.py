"""The memory mailbox as a test tool: threads, faults, and mail between mailboxes."""

from threading import Thread

import pytest

from connectors.memory import MemoryConnector, MemoryMailbox, MemoryServer
from connectors.memory.mailbox import with_message_id, without_header
from connectors.testkit.fakes import CountingBudget, FixedClock, MemoryCell
from connectors.testkit.harness import header, mail
from inbox_service.domain.mail import SENT
from inbox_service.errors import Invalid
from inbox_service.ports import OutgoingRaw, Priority, RetryLater, Scope, SkipMessage

ADDRESS = "support@shop.example"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def mailbox(clock) -> MemoryMailbox:
    return MemoryMailbox(ADDRESS, clock)


@pytest.fixture
def connector(mailbox, clock) -> MemoryConnector:
    return MemoryConnector(mailbox, CountingBudget(), clock)


def test_a_reply_from_outside_joins_the_thread_it_names(mailbox):
    first = mailbox.deliver(mail("Question", message_id="q@a.example"))
    answer = mailbox.deliver(mail("Re: Question", message_id="r@a.example", reply_to="q@a.example"))
    other = mailbox.deliver(mail("Question", message_id="s@a.example"))
    assert answer.thread_id == first.thread_id != other.thread_id


def test_a_fault_is_used_once(mailbox, connector):
    mailbox.fail_next("start", RetryLater(7), SkipMessage())
    with pytest.raises(RetryLater):
        connector.start()
    with pytest.raises(SkipMessage):
        connector.start()
    assert connector.start()


def test_access_can_be_given_back(mailbox, connector):
    mailbox.revoke()
    mailbox.revoke(revoked=False)
    assert connector.identify().address == ADDRESS


def test_a_label_set_again_leaves_no_trace(mailbox, connector):
    ref = mailbox.deliver(mail("Question", message_id="q@a.example"))
    cursor = connector.start()
    mailbox.relabel(ref.provider_id, add={"INBOX"})
    (batch,) = connector.changes(cursor)
    assert batch.changes == ()


def test_spam_is_not_listed(mailbox, connector):
    mailbox.deliver(mail("Win", message_id="w@a.example"), labels={"INBOX", "SPAM"})
    assert list(connector.list_refs(Scope())) == []


def test_a_backfill_cursor_of_another_make_starts_again(mailbox, connector):
    ref = mailbox.deliver(mail("Question", message_id="q@a.example"))
    (batch,) = connector.backfill("b0:old", Scope())
    assert [change.ref for change in batch.changes] == [ref]


def test_every_call_is_spent_with_its_priority(mailbox, clock):
    budget = CountingBudget(limit=2)
    connector = MemoryConnector(mailbox, budget, clock)
    connector.start()
    list(connector.backfill(None, Scope()))
    assert budget.spent == [(1, Priority.LIVE), (1, Priority.BACKFILL)]
    with pytest.raises(RetryLater):
        connector.start()


def test_a_mail_to_an_alias_arrives_without_the_blind_copies(clock):
    server = MemoryServer(clock)
    sender, owner = server.add(ADDRESS), server.add("ana@a.example", aliases=["anna@a.example"])
    raw = b"Bcc: Hidden <x@y.example>\r\n" + mail(
        "Hi", message_id="m@s.example", to="anna@a.example"
    )
    connector = MemoryConnector(sender, CountingBudget(), clock)
    connector.deliver(connector.prepare(OutgoingRaw(raw), "key"))
    (arrived,) = owner.mails()
    assert header(arrived.raw, "Subject") == "Hi"
    assert header(arrived.raw, "Bcc") == ""
    assert header(sender.mails({SENT})[0].raw, "Bcc") == "Hidden <x@y.example"


def test_the_server_is_the_source_of_its_connectors(clock):
    server = MemoryServer(clock)
    server.add(ADDRESS)
    built = server.build("memory", {"mailbox": ADDRESS}, MemoryCell({}), CountingBudget())
    assert (server.kinds(), built.identify().address) == (["memory"], ADDRESS)


@pytest.mark.parametrize(
    ("kind", "config", "field"),
    [
        ("gmail", {}, "kind"),
        ("memory", {"mailbox": "x@y.example"}, "mailbox"),
        ("memory", {}, "mailbox"),
    ],
)
def test_the_server_names_what_is_wrong(clock, kind, config, field):
    with pytest.raises(Invalid) as caught:
        MemoryServer(clock).build(kind, config, MemoryCell({}), CountingBudget())
    assert caught.value.details == {"field": field}


def test_mail_from_many_threads_is_all_kept_in_order(mailbox, connector):
    cursor = connector.start()

    def deliver(sender: int) -> None:
        for n in range(50):
            mailbox.deliver(mail("Hi", message_id=f"{sender}-{n}@a.example"))

    threads = [Thread(target=deliver, args=(n,)) for n in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    found = [change.ref for batch in connector.changes(cursor) for change in batch.changes]
    assert len(set(found)) == len(found) == 200


@pytest.mark.parametrize("line", [b"\r\n", b"\n"])
def test_only_the_named_header_changes(line):
    raw = line.join(
        [b"A: 1", b"MESSAGE-ID: <old", b"  @x.example>", b"B: 2", b"", b"Message-ID: no"]
    )
    changed = with_message_id(raw, "new@x.example")
    assert header(changed, "Message-ID") == "new@x.example"
    assert changed.endswith(line.join([b"A: 1", b"B: 2", b"", b"Message-ID: no"]))


def test_a_mail_without_the_header_stays_as_it_is():
    assert without_header(b"A: 1\r\n\r\nbody", "Bcc") == b"A: 1\r\n\r\nbody"
