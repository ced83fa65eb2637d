"""Quota units and limits, with the answers Google gives when they are exceeded."""

import threading

import pytest
from simulated import JO, SALES, SUPPORT, get, history, listed, mail, profile, refused, send

from connectors.testkit.gmail_simulator.methods import HANDLERS
from connectors.testkit.gmail_simulator.quota import UNITS_2025, UNITS_2026


def test_every_method_has_its_price():
    assert set(UNITS_2026) == set(UNITS_2025) == set(HANDLERS)


@pytest.mark.parametrize(("table", "units"), [("2026", 20), ("2025", 5)])
def test_a_get_costs_what_its_table_says(sim, support, table, units):
    sim.configure(unit_table=table)
    delivered = sim.deliver(SUPPORT, mail())
    get(support, delivered["id"], "minimal")
    assert sim.units(SUPPORT) == units


def test_units_and_calls_are_counted_per_account(sim, support, sales):
    send(support, mail(From=SUPPORT, To=JO))
    profile(support)
    listed(sales)
    assert (sim.units(SUPPORT), sim.units(SALES)) == (101, 5)
    assert sim.calls(SUPPORT) == {"messages.send": 1, "getProfile": 1}


def test_a_call_that_ends_in_404_costs_too(sim, support):
    refused(lambda: get(support, "0000000000000001"))
    assert sim.units(SUPPORT) == 20


def test_the_quota_of_a_minute_ends_with_403_and_returns(sim, support):
    sim.configure(quota_per_minute=10)
    listed(support)
    listed(support)
    status, reason, text = refused(lambda: listed(support))
    assert (status, reason) == (403, "rateLimitExceeded")
    assert "'Units per minute per user'" in text
    sim.advance(60_001)
    assert listed(support) == []


def test_a_refused_call_costs_nothing(sim, support):
    sim.configure(quota_per_minute=10)
    listed(support)
    refused(lambda: send(support, mail(From=SUPPORT, To=JO)))
    assert sim.units(SUPPORT) == 5
    assert listed(support) == []


def test_the_quota_may_answer_429(sim, support):
    sim.configure(quota_per_minute=4, quota_status=429)
    assert refused(lambda: listed(support))[:2] == (429, "rateLimitExceeded")


def test_one_users_quota_is_not_anothers(sim, support, sales):
    sim.configure(quota_per_minute=5)
    listed(support)
    assert listed(sales) == []


def test_the_default_allows_five_messages_a_second(sim, support):
    sim.configure(quota_per_minute=6000)
    delivered = sim.deliver(SUPPORT, mail())
    for _ in range(300):
        get(support, delivered["id"], "minimal")
    assert refused(lambda: history(support, "1"))[0] == 403


def test_a_smoothed_quota_refuses_what_comes_at_once_and_fills_evenly(sim, support):
    sim.configure(quota_per_minute=600, quota_burst=20)
    for _ in range(4):
        listed(support)
    assert refused(lambda: listed(support))[0] == 403
    sim.advance(500)
    assert listed(support) == []


def test_a_smoothed_quota_holds_no_more_than_its_burst(sim, support):
    sim.configure(quota_per_minute=600, quota_burst=10)
    sim.advance(3_600_000)
    listed(support)
    listed(support)
    assert refused(lambda: listed(support))[0] == 403


def test_the_users_of_a_project_share_the_projects_quota(sim, support, sales):
    sim.configure(project_quota_per_minute=10)
    listed(support)
    listed(sales)
    status, _, text = refused(lambda: listed(support))
    assert status == 403
    assert "'Units per minute per project'" in text


def test_refused_calls_are_counted(sim, support):
    sim.configure(quota_per_minute=4)
    refused(lambda: listed(support))
    assert (sim.refused(SUPPORT), sim.units(SUPPORT)) == (1, 0)


def test_too_many_calls_at_once_are_refused(sim, connect):
    sim.configure(concurrency=1)
    sim.fault("getProfile", kind="delay", delay=300)
    slow, quick = connect.users(SUPPORT), connect.users(SUPPORT)
    waiting = threading.Thread(target=profile, args=(slow,))
    waiting.start()
    while not sim.world.quota.busy(SUPPORT):
        threading.Event().wait(0.005)
    answer = refused(lambda: listed(quick))
    waiting.join()
    assert answer == (429, "rateLimitExceeded", "Too many concurrent requests for user.")


def test_settings_are_checked(sim):
    for wrong in ({"speed": 3}, {"quota_per_minute": "9"}, {"unit_table": "1999"}):
        with pytest.raises(Exception, match="etting"):
            sim.configure(**wrong)
