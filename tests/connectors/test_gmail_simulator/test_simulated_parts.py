"""The parts beneath the API: field masks, settings, prices over time, faults, addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.testkit.gmail_simulator import Fault, Settings, accounts, fields, methods
from connectors.testkit.gmail_simulator.errors import ApiError, OAuthError, known, until
from connectors.testkit.gmail_simulator.quota import MINUTE, Quota
from connectors.testkit.gmail_simulator.wire import Request

ANSWER = {
    "messages": [{"id": "1", "threadId": "2", "payload": {"headers": [{"name": "A"}]}}],
    "nextPageToken": "x",
}
NAMED = {"payload": {"headers": [{"name": "A"}]}}


@pytest.mark.parametrize(
    ("mask", "left"),
    [
        ("nextPageToken", {"nextPageToken": "x"}),
        ("messages/id", {"messages": [{"id": "1"}]}),
        ("messages(id,threadId)", {"messages": [{"id": "1", "threadId": "2"}]}),
        ("messages/payload/headers(name)", {"messages": [NAMED]}),
        ("*", ANSWER),
        ("nothing", {}),
        ("messages(payload/headers/name),nextPageToken",
         {"messages": [NAMED], "nextPageToken": "x"}),
    ],
)  # fmt: skip
def test_a_mask_leaves_what_it_names(mask, left):
    assert fields.chosen(ANSWER, fields.parse(mask)) == left


@pytest.mark.parametrize("mask", ["a(b", "a)", "a/", "(a)", "a,,b", "a;b", "/a"])
def test_a_malformed_mask_is_refused(mask):
    with pytest.raises(ApiError):
        fields.parse(mask)


def spend(quota, units_each, times, now):
    """Charge `messages.list` (5 units) several times; return how many went through."""
    done = 0
    for _ in range(times):
        try:
            quota.charge(Settings(quota_per_minute=units_each * 4), "p", "u", "messages.list", now)
        except ApiError:
            return done
        done += 1
    return done


def test_the_minute_slides():
    quota = Quota()
    assert spend(quota, 5, 3, now=0) == 3
    assert spend(quota, 5, 3, now=MINUTE // 2) == 1
    assert spend(quota, 5, 9, now=MINUTE) == 3


@given(st.lists(st.integers(0, 3 * MINUTE), max_size=60))
def test_no_minute_ever_holds_more_than_the_quota(moments):
    quota = Quota()
    spent = [now for now in sorted(moments) if spend(quota, 5, 1, now)]
    for now in spent:
        assert sum(1 for other in spent if now - MINUTE < other <= now) <= 4


def test_what_was_used_can_be_forgotten():
    quota = Quota()
    spend(quota, 5, 4, now=0)
    quota.reset()
    assert (quota.units("u"), quota.calls("u")) == (0, {})
    assert spend(quota, 5, 9, now=0) == 4


@pytest.mark.parametrize(
    ("address", "plain"),
    [
        ("Jane@ACME.test", "jane@acme.test"),
        ("jane+a.b+c@acme.test", "jane@acme.test"),
        ("j.ane@acme.test", "j.ane@acme.test"),
        ("j.a.ne+x@GMail.com", "jane@gmail.com"),
        ("j.ane@googlemail.com", "jane@googlemail.com"),
    ],
)
def test_an_address_has_one_plain_form(address, plain):
    assert accounts.canonical(address) == plain


@pytest.mark.parametrize(
    ("verb", "path", "name"),
    [
        ("POST", "/gmail/v1/users/me/drafts/send", "drafts.send"),
        ("GET", "/gmail/v1/users/me/messages/1f", "messages.get"),
        ("POST", "/gmail/v1/users/me/messages/send", "messages.send"),
        ("POST", "/gmail/v1/users/me/messages/1f/modify", "messages.modify"),
        ("GET", "/gmail/v1/users/me/settings/sendAs/a%40b.test", "settings.sendAs.get"),
        ("GET", "/gmail/v1/users/me%40x/labels", "labels.list"),
    ],
)
def test_a_request_line_names_a_method(verb, path, name):
    assert methods.find(verb, path).method.name == name


def test_a_path_piece_is_decoded_after_it_was_cut_out():
    found = methods.find("GET", "/gmail/v1/users/me/labels/a%2Fb")
    assert found.params == {"userId": "me", "id": "a/b"}


@pytest.mark.parametrize(
    ("verb", "path"),
    [("PUT", "/gmail/v1/users/me/profile"), ("GET", "/gmail/v1/users"), ("GET", "/")],
)
def test_other_request_lines_name_none(verb, path):
    assert methods.find(verb, path) is None


def test_every_simulated_method_is_googles():
    known_names = {m.name for found in methods._by_shape().values() for m in found}
    assert set(methods.HANDLERS) <= known_names


def test_an_error_has_googles_shape():
    body = known("notFound").body()["error"]
    assert body["code"] == 404
    assert body["status"] == "NOT_FOUND"
    assert body["errors"][0] == {
        "message": "Requested entity was not found.",
        "domain": "global",
        "reason": "notFound",
    }


def test_an_authentication_error_names_the_header():
    inner = known("authError").body()["error"]["errors"][0]
    assert (inner["location"], inner["locationType"]) == ("Authorization", "header")


def test_a_limit_of_sends_names_its_time():
    assert until(1_780_000_000_123, sending=True).message == (
        "User-rate limit exceeded.  Retry after 2026-05-28T20:26:40.123Z  (Mail sending)"
    )


def test_a_fault_at_the_token_endpoint_speaks_oauth():
    error = Fault("token", reason="invalid_client").error("token", 0)
    assert isinstance(error, OAuthError)
    assert (error.error, error.status) == ("invalid_client", 400)


def test_a_fault_that_is_used_up_strikes_no_more():
    fault = Fault("messages.*", times=2)
    assert [fault.hits("messages.get", "a") for _ in range(3)] == [True, True, False]


def test_a_fault_strikes_only_its_method():
    fault = Fault("messages.get", times=None)
    assert not fault.hits("messages.list", "a")
    assert not fault.hits("drafts.get", "a")


def test_settings_change_one_by_one():
    changed = Settings().changed({"quota_per_minute": 15000}).changed({"unit_table": "2025"})
    assert (changed.quota_per_minute, changed.unit_table) == (15000, "2025")


@pytest.mark.parametrize(
    "wrong", [{"late_by": True}, {"testing_app": 1}, {"unit_table": "x"}, {"no": 1}]
)
def test_a_wrong_setting_is_named(wrong):
    (name,) = wrong
    with pytest.raises(ApiError, match=name):
        Settings().changed(wrong)


@pytest.mark.parametrize(
    ("query", "expected"), [("", 100), ("?n=7", 7), ("?n=9999", 500), ("?n=0", 1)]
)
def test_a_page_size_is_kept_within_its_limits(query, expected):
    request = Request.of("GET", f"/x{query}", "http://h", {}, b"")
    assert request.number("n", 100, 500) == expected


def test_a_page_size_that_is_no_number_is_refused():
    with pytest.raises(ApiError, match="TYPE_UINT32"):
        Request.of("GET", "/x?n=many", "http://h", {}, b"").number("n", 100, 500)
