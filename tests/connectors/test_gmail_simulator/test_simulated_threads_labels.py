"""Threads and labels."""

import pytest
from simulated import SUPPORT, get, history, listed, mail, profile, refused


@pytest.fixture
def thread(sim):
    """A thread of two messages: its id."""
    first = sim.deliver(SUPPORT, mail("Chair", "First", Message_ID="<1@c>"))
    sim.deliver(SUPPORT, mail("Re: Chair", "Second", References="<1@c>", Message_ID="<2@c>"))
    return first["threadId"]


def test_a_thread_shows_its_messages_in_order(support, thread):
    found = support.threads().get(userId="me", id=thread, format="minimal").execute()
    assert [message["snippet"] for message in found["messages"]] == ["First", "Second"]
    assert found["historyId"] == found["messages"][1]["historyId"]


def test_a_thread_has_no_raw_format(sim, connect, thread):
    url = f"{sim.root}/gmail/v1/users/me/threads/{thread}?format=raw"
    assert connect.session(SUPPORT).get(url).status_code == 400


def test_threads_are_listed_by_their_latest_message(sim, support, thread):
    other = sim.deliver(SUPPORT, mail("Table"))["threadId"]
    sim.deliver(SUPPORT, mail("Re: Chair", References="<2@c>"))
    found = support.threads().list(userId="me").execute()
    assert [entry["id"] for entry in found["threads"]] == [thread, other]
    assert found["resultSizeEstimate"] == 2


def test_threads_are_paged(sim, support, thread):
    sim.deliver(SUPPORT, mail("Table"))
    first = support.threads().list(userId="me", maxResults=1).execute()
    second = support.threads().list(userId="me", maxResults=1, pageToken=first["nextPageToken"])
    answer = second.execute()
    assert answer["threads"][0]["id"] == thread
    assert "nextPageToken" not in answer


def test_a_search_for_threads_needs_one_message_that_fits(support, thread):
    found = support.threads().list(userId="me", q="second").execute()
    assert [entry["id"] for entry in found["threads"]] == [thread]


def test_labels_of_a_thread_change_on_every_message(support, thread):
    body = {"removeLabelIds": ["INBOX"]}
    answer = support.threads().modify(userId="me", id=thread, body=body).execute()
    assert [message["labelIds"] for message in answer["messages"]] == [["UNREAD"], ["UNREAD"]]


def test_a_thread_can_be_trashed_and_taken_back(support, thread):
    support.threads().trash(userId="me", id=thread).execute()
    assert listed(support) == []
    support.threads().untrash(userId="me", id=thread).execute()
    assert len(listed(support)) == 2


def test_a_deleted_thread_is_gone(support, thread):
    support.threads().delete(userId="me", id=thread).execute()
    assert refused(support.threads().get(userId="me", id=thread).execute)[0] == 404


def test_an_id_that_cannot_be_a_thread_is_refused(support):
    assert refused(support.threads().get(userId="me", id="x-y").execute)[0] == 400


def create(users, name, **fields):
    return users.labels().create(userId="me", body={"name": name} | fields).execute()


def test_the_system_labels_are_there_from_the_start(support):
    found = support.labels().list(userId="me").execute()["labels"]
    assert {"INBOX", "SENT", "DRAFT", "SPAM", "TRASH", "UNREAD"} <= {e["id"] for e in found}
    assert {entry["type"] for entry in found} == {"system"}


def test_own_labels_are_numbered_and_keep_their_number_under_another_name(support):
    made = create(support, "Orders")
    assert made["id"] == "Label_1"
    body = {"name": "Old orders"}
    support.labels().patch(userId="me", id=made["id"], body=body).execute()
    assert support.labels().get(userId="me", id=made["id"]).execute()["name"] == "Old orders"
    assert create(support, "Orders")["id"] == "Label_2"


def test_a_label_keeps_its_looks(support):
    made = create(support, "Hidden", labelListVisibility="labelHide")
    update = support.labels().update(userId="me", id=made["id"], body={"name": "Still hidden"})
    assert update.execute()["labelListVisibility"] == "labelHide"


@pytest.mark.parametrize("name", ["inbox", "Trash", "", "  "])
def test_reserved_and_empty_names_are_refused(support, name):
    assert refused(lambda: create(support, name))[0] == 400


def test_a_name_is_taken_once(support):
    create(support, "Orders")
    assert refused(lambda: create(support, "orders"))[::2] == (
        409,
        "Label name exists or conflicts",
    )


def test_a_system_label_cannot_be_changed_or_deleted(support):
    assert refused(support.labels().delete(userId="me", id="INBOX").execute)[0] == 400
    rename = support.labels().patch(userId="me", id="INBOX", body={"name": "Mine"})
    assert refused(rename.execute)[0] == 400


def test_a_label_counts_its_messages_and_threads(sim, support, thread):
    newest = listed(support)[0]
    body = {"removeLabelIds": ["UNREAD"]}
    support.messages().modify(userId="me", id=newest, body=body).execute()
    found = support.labels().get(userId="me", id="INBOX").execute()
    counts = ("messagesTotal", "messagesUnread", "threadsTotal", "threadsUnread")
    assert [found[name] for name in counts] == [2, 1, 1, 1]


def test_an_unknown_label_is_not_found(support):
    assert refused(support.labels().get(userId="me", id="Label_9").execute)[0] == 404


def test_a_deleted_label_leaves_its_messages_and_says_so_in_the_history(sim, support):
    label = create(support, "Orders")["id"]
    delivered = sim.deliver(SUPPORT, mail(), labels=frozenset({"INBOX", label}))
    start = profile(support)["historyId"]
    support.labels().delete(userId="me", id=label).execute()
    assert get(support, delivered["id"], "minimal")["labelIds"] == ["INBOX"]
    (record,) = history(support, start)["history"]
    assert record["labelsRemoved"][0]["labelIds"] == [label]
