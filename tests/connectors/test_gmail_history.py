"""What a page of Gmail's history means."""

from connectors.gmail.history import page_changes
from inbox_service.ports import LabelsChanged, MessageAdded, MessageRef, MessageRemoved

SCOPE = frozenset({"INBOX", "SENT"})
REF = MessageRef("a1", "t1")


def message(*labels, message_id="a1"):
    return {"id": message_id, "threadId": "t1", "labelIds": list(labels)}


def read(*records):
    return list(page_changes([{"id": str(n), **r} for n, r in enumerate(records)], SCOPE))


def test_a_message_in_scope_is_added():
    assert read({"messagesAdded": [{"message": message("INBOX", "UNREAD")}]}) == [MessageAdded(REF)]


def test_a_message_outside_the_scope_is_not():
    assert read({"messagesAdded": [{"message": message("SPAM")}]}) == []


def test_drafts_and_chats_never_show():
    records = [
        {"messagesAdded": [{"message": message("DRAFT", "INBOX")}, {"message": message("CHAT")}]},
        {"messagesDeleted": [{"message": message("DRAFT")}]},
        {"labelsAdded": [{"message": message("DRAFT"), "labelIds": ["INBOX"]}]},
        {"labelsRemoved": [{"message": message("CHAT"), "labelIds": ["UNREAD"]}]},
    ]
    assert read(*records) == []


def test_a_message_moved_into_the_inbox_is_added_with_its_labels():
    records = {"labelsAdded": [{"message": message("INBOX"), "labelIds": ["INBOX"]}]}
    assert read(records) == [MessageAdded(REF), LabelsChanged(REF, frozenset({"INBOX"}))]


def test_another_label_changes_the_labels_only():
    records = {"labelsAdded": [{"message": message("INBOX", "STARRED"), "labelIds": ["STARRED"]}]}
    assert read(records) == [LabelsChanged(REF, frozenset({"INBOX", "STARRED"}))]


def test_labels_that_gmail_does_not_tell_are_unknown():
    lost = {"message": {"id": "a1", "threadId": "t1"}, "labelIds": ["UNREAD"]}
    assert read({"labelsRemoved": [lost]}) == [LabelsChanged(REF, None)]


def test_a_message_without_any_label_has_none():
    lost = {"message": message(), "labelIds": ["INBOX"]}
    assert read({"labelsRemoved": [lost]}) == [LabelsChanged(REF, frozenset())]


def test_what_came_and_went_at_once_is_only_removed():
    records = [
        {"messagesAdded": [{"message": message("INBOX")}]},
        {"labelsRemoved": [{"message": message(), "labelIds": ["INBOX"]}]},
        {"messagesDeleted": [{"message": message()}]},
    ]
    assert read(*records) == [MessageRemoved(REF)]


def test_the_field_that_repeats_the_others_is_not_read():
    assert read({"messages": [message("INBOX")]}) == []
