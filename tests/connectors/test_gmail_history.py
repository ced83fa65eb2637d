"""What a page of Gmail's history means."""

from connectors.gmail.cursors import history_id, live_cursor
from connectors.gmail.history import page_pieces
from inbox_service.ports import LabelsChanged, MessageAdded, MessageRef, MessageRemoved

SCOPE = frozenset({"INBOX", "SENT"})
REF = MessageRef("a1", "t1")


def message(*labels, message_id="a1"):
    return {"id": message_id, "threadId": "t1", "labelIds": list(labels)}


def numbered(*records):
    return [{"id": str(n), **record} for n, record in enumerate(records, 1)]


def read(*records):
    ((_, changes),) = page_pieces(numbered(*records), SCOPE, most=9)
    return list(changes)


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


def test_labels_that_googles_json_leaves_out_are_none():
    lost = {"message": {"id": "a1", "threadId": "t1"}, "labelIds": ["INBOX"]}
    assert read({"labelsRemoved": [lost]}) == [LabelsChanged(REF, frozenset())]


def test_a_message_that_leaves_spam_for_a_label_we_read_is_added():
    lost = {"message": message("SENT"), "labelIds": ["TRASH"]}
    assert read({"labelsRemoved": [lost]})[0] == MessageAdded(REF)


def test_a_message_that_leaves_spam_for_nowhere_is_not_added():
    lost = {"message": message("STARRED"), "labelIds": ["SPAM"]}
    assert read({"labelsRemoved": [lost]}) == [LabelsChanged(REF, frozenset({"STARRED"}))]


def test_a_message_archived_as_soon_as_it_came_is_added_whatever_labels_gmail_tells():
    records = [
        {"messagesAdded": [{"message": message("UNREAD")}]},
        {"labelsRemoved": [{"message": message("UNREAD"), "labelIds": ["INBOX"]}]},
    ]
    assert MessageAdded(REF) in read(*records)


def test_an_old_message_that_is_archived_is_not_added():
    lost = {"message": message("UNREAD"), "labelIds": ["INBOX"]}
    assert read({"labelsRemoved": [lost]}) == [LabelsChanged(REF, frozenset({"UNREAD"}))]


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


def arrivals(*counts):
    sent = iter(range(100))
    return numbered(
        *(
            {
                "messagesAdded": [
                    {"message": message("INBOX", message_id=f"a{next(sent)}")} for _ in range(count)
                ]
            }
            for count in counts
        )
    )


def test_ids_of_sixty_four_bits_are_kept_whole():
    largest = 2**64 - 1
    record = {"id": str(largest), "messagesAdded": [{"message": message("INBOX")}]}
    ((last, _),) = page_pieces([record], SCOPE, most=3)
    assert history_id(live_cursor(last)) == largest


def test_an_empty_page_has_no_piece():
    assert list(page_pieces([], SCOPE, most=3)) == []


def test_a_page_is_cut_between_records():
    pieces = list(page_pieces(arrivals(2, 1, 1, 5, 1), SCOPE, most=3))
    assert [(last, len(changes)) for last, changes in pieces] == [(2, 3), (3, 1), (4, 5), (5, 1)]


def test_what_is_removed_in_a_later_piece_is_not_added_in_an_earlier_one():
    records = numbered(
        {"messagesAdded": [{"message": message("INBOX")}]},
        {"messagesAdded": [{"message": message("INBOX", message_id="b2")}]},
        {"messagesAdded": [{"message": message("INBOX", message_id="c3")}]},
        {"messagesDeleted": [{"message": message()}]},
    )
    (_, first), (_, second) = page_pieces(records, SCOPE, most=1)
    assert [change.ref.provider_id for change in first] == ["b2"]
    assert second[-1] == MessageRemoved(REF)
