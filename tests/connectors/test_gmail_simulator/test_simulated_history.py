"""The history: records, pages, filters, gaps, expiry."""

from itertools import pairwise

import pytest
from simulated import SUPPORT, get, history, mail, profile, refused

HOUR = 3_600_000


@pytest.fixture
def start(support):
    return profile(support)["historyId"]


def modify(users, message_id, **change):
    return users.messages().modify(userId="me", id=message_id, body=change).execute()


def test_an_arrival_is_recorded_with_its_labels(sim, support, start):
    delivered = sim.deliver(SUPPORT, mail())
    (record,) = history(support, start)["history"]
    assert record["messages"] == [delivered]
    assert record["messagesAdded"] == [{"message": delivered | {"labelIds": ["INBOX", "UNREAD"]}}]


def test_each_change_has_its_record(sim, support, start):
    delivered = sim.deliver(SUPPORT, mail())
    modify(support, delivered["id"], addLabelIds=["STARRED"])
    modify(support, delivered["id"], removeLabelIds=["UNREAD"])
    support.messages().delete(userId="me", id=delivered["id"]).execute()
    added, starred, read, deleted = history(support, start)["history"]
    assert "messagesAdded" in added
    assert starred["labelsAdded"][0]["labelIds"] == ["STARRED"]
    assert read["labelsRemoved"][0]["labelIds"] == ["UNREAD"]
    assert read["labelsRemoved"][0]["message"]["labelIds"] == ["INBOX", "STARRED"]
    assert deleted["messagesDeleted"][0]["message"]["id"] == delivered["id"]


def test_trashing_is_a_change_of_labels(sim, support, start):
    delivered = sim.deliver(SUPPORT, mail())
    support.messages().trash(userId="me", id=delivered["id"]).execute()
    _, trashed, left = history(support, start)["history"]
    assert trashed["labelsAdded"][0]["labelIds"] == ["TRASH"]
    assert left["labelsRemoved"][0]["labelIds"] == ["INBOX"]


def test_a_change_that_changes_nothing_leaves_no_record(sim, support):
    delivered = sim.deliver(SUPPORT, mail())
    start = profile(support)["historyId"]
    modify(support, delivered["id"], addLabelIds=["UNREAD"])
    assert "history" not in history(support, start)


def test_ids_grow_with_gaps(sim, support, start):
    for n in range(20):
        sim.deliver(SUPPORT, mail(f"No. {n}"))
    ids = [int(record["id"]) for record in history(support, start)["history"]]
    assert ids == sorted(ids)
    assert any(later - earlier > 1 for earlier, later in pairwise(ids))


def test_nothing_new_is_an_answer_without_history(support, start):
    assert history(support, start) == {"historyId": start}


def test_a_later_start_shows_only_what_came_after(sim, support):
    sim.deliver(SUPPORT, mail("Before"))
    start = profile(support)["historyId"]
    after = sim.deliver(SUPPORT, mail("After"))
    (record,) = history(support, start)["history"]
    assert record["messages"] == [after]


def test_the_history_id_of_a_message_is_a_start_too(sim, support):
    first = sim.deliver(SUPPORT, mail("First"))
    second = sim.deliver(SUPPORT, mail("Second"))
    start = get(support, first["id"], "minimal")["historyId"]
    assert history(support, start)["history"][0]["messages"] == [second]


def pages(users, start, **more):
    """Return the records of each page, None for a page without the key."""
    request = users.history().list(userId="me", startHistoryId=start, **more)
    found = []
    while request is not None:
        answer = request.execute()
        found.append(answer.get("history"))
        request = users.history().list_next(request, answer)
    return found


def test_pages_cover_all_records(sim, support, start):
    delivered = [sim.deliver(SUPPORT, mail(f"No. {n}")) for n in range(5)]
    found = pages(support, start, maxResults=2)
    assert [len(page) for page in found] == [2, 2, 1]
    assert [record["messages"][0] for page in found for record in page] == delivered


def test_a_page_whose_records_are_all_filtered_has_no_history(sim, support, start):
    first = sim.deliver(SUPPORT, mail("First"))
    for label in ("STARRED", "IMPORTANT"):
        modify(support, first["id"], addLabelIds=[label])
    sim.deliver(SUPPORT, mail("Last"))
    found = pages(support, start, maxResults=1, historyTypes=["messageAdded"])
    assert [page is None for page in found] == [False, True, True, False]


def test_several_types_may_be_asked_for(sim, support, start):
    delivered = sim.deliver(SUPPORT, mail())
    modify(support, delivered["id"], addLabelIds=["STARRED"])
    modify(support, delivered["id"], removeLabelIds=["STARRED"])
    found = history(support, start, historyTypes=["labelAdded", "labelRemoved"])["history"]
    assert [set(record) & {"labelsAdded", "labelsRemoved"} for record in found] == [
        {"labelsAdded"},
        {"labelsRemoved"},
    ]


def test_the_label_filter_hides_what_no_longer_has_the_label(sim, support, start):
    delivered = sim.deliver(SUPPORT, mail())
    modify(support, delivered["id"], removeLabelIds=["INBOX"])
    found = history(support, start, labelId="INBOX")["history"]
    assert len(found) == 1


def test_an_ordered_blank_page_goes_on_where_it_stood(sim, support, start):
    delivered = sim.deliver(SUPPORT, mail())
    sim.fault("history.list", kind="blank_page", times=2)
    found = pages(support, start)
    assert found[:2] == [None, None]
    assert found[2][0]["messages"] == [delivered]


def test_records_can_be_shown_twice(sim, support, start):
    sim.deliver(SUPPORT, mail())
    sim.configure(repeat_history=True)
    found = history(support, start)["history"]
    assert found[0] == found[1]


def test_records_can_be_kept_back(sim, support, start):
    sim.configure(silent_history=True)
    sim.deliver(SUPPORT, mail())
    found = history(support, start)
    assert "history" not in found
    assert found["historyId"] == profile(support)["historyId"]


def test_an_expired_start_is_not_found_and_a_fresh_one_works(sim, support, start):
    sim.deliver(SUPPORT, mail())
    sim.expire_history(SUPPORT)
    assert refused(lambda: history(support, start))[:2] == (404, "notFound")
    fresh = profile(support)["historyId"]
    sim.deliver(SUPPORT, mail("Later"))
    assert len(history(support, fresh)["history"]) == 1


def test_history_expires_by_itself_after_a_week(sim, support):
    sim.deliver(SUPPORT, mail())
    start = profile(support)["historyId"]
    sim.advance(6 * 24 * HOUR)
    assert "historyId" in history(support, start)
    sim.advance(2 * 24 * HOUR)
    assert refused(lambda: history(support, start))[0] == 404


def test_the_id_of_a_quiet_mailbox_moves_on(sim, support):
    sim.deliver(SUPPORT, mail())
    start = profile(support)["historyId"]
    sim.advance(2 * HOUR)
    later = history(support, start)
    assert int(later["historyId"]) > int(start)
    assert "history" not in later


def test_a_poller_of_a_quiet_mailbox_never_expires(sim, support):
    sim.deliver(SUPPORT, mail())
    cursor = profile(support)["historyId"]
    for _ in range(10):
        sim.advance(24 * HOUR)
        cursor = history(support, cursor)["historyId"]
    assert int(cursor) > 0


@pytest.mark.parametrize(("start_id", "status"), [("abc", 400), ("99999999", 404)])
def test_a_start_that_was_never_given_out_is_refused(support, start_id, status):
    assert refused(lambda: history(support, start_id))[0] == status


def test_a_late_message_is_announced_before_it_can_be_fetched(sim, support, start):
    delivered = sim.deliver(SUPPORT, mail(), late_by=3000)
    assert len(history(support, start)["history"]) == 1
    assert refused(lambda: get(support, delivered["id"]))[0] == 404
    sim.advance(3000)
    assert get(support, delivered["id"])["id"] == delivered["id"]
