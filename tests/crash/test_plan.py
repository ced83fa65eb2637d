"""A plan is decided by its seed and has something of everything."""

from busy_google import Google
from plan import MENUS, METHODS, SENDS, SLOW_TROUBLES, TROUBLES, VICTIMS, Trouble, make_plan
from troubles import BEFALLS, FAULTS, SETTINGS, Lasting, Troubles, faults_of

from connectors.testkit.gmail_simulator import GmailSimulator


class NoBackstage:
    """Takes note of what would be done to the service."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def flush_hints(self) -> None:
        self.done.append("flushed")

    def drop_database(self) -> None:
        self.done.append("dropped")


def troubles_at(simulator: GmailSimulator) -> tuple[Troubles, NoBackstage, list[str]]:
    google, backstage, asked = Google(None, simulator.root), NoBackstage(), []  # type: ignore[arg-type]
    google.add_account("support@shop.example", [])
    return Troubles(google, backstage, asked.append), backstage, asked


def trouble(kind: str, blows: int = 1) -> Trouble:
    return Trouble(kind, account=0, blows=blows, seed=1)


def test_a_seed_repeats_its_plan_and_another_makes_another() -> None:
    assert make_plan(7, 100, 4) == make_plan(7, 100, 4)
    assert make_plan(7, 100, 4) != make_plan(8, 100, 4)


def test_a_long_plan_has_every_victim_moment_and_trouble() -> None:
    plan = make_plan(7, 200, 4)
    assert {blow.victim for blow in plan} == set(VICTIMS)
    assert {blow.moment.method for blow in plan} == set(METHODS)
    kinds = {one.kind for blow in plan for one in blow.troubles}
    assert kinds == {*TROUBLES, *SLOW_TROUBLES}


def test_a_short_plan_waits_for_nothing_slow() -> None:
    plan = make_plan(7, 49, 4)
    assert not {one.kind for blow in plan for one in blow.troubles} & set(SLOW_TROUBLES)


def test_the_first_blows_of_a_plan_are_no_other_for_its_length() -> None:
    assert make_plan(7, 60, 4) == make_plan(7, 500, 4)[:60]


def test_every_trouble_does_something() -> None:
    real = {*FAULTS, *SETTINGS, *BEFALLS, "flushed_hints", "dropped_database"}
    assert real == {
        kind for menu in MENUS.values() for kind in (*menu.troubles, *menu.slow_troubles)
    }


def test_a_plan_for_sends_strikes_at_their_steps_alone() -> None:
    plan = make_plan(7, 200, 2, SENDS)
    assert {blow.victim for blow in plan} == set(SENDS.victims)
    assert {blow.moment.method for blow in plan} == set(SENDS.methods)


def test_the_simulator_takes_every_trouble_and_its_end() -> None:
    with GmailSimulator() as simulator:
        troubles, backstage, _ = troubles_at(simulator)
        for number, kind in enumerate({*TROUBLES, *SLOW_TROUBLES, *SENDS.troubles}):
            troubles.begin(trouble(kind), number)
            troubles.pass_by(number)
        troubles.end_all()
        assert not troubles.lasting
        assert (simulator.world.settings.late_by, sorted(backstage.done)) == (
            0,
            ["dropped", "flushed"],
        )


def test_a_trouble_lasts_for_its_blows() -> None:
    with GmailSimulator() as simulator:
        troubles, _, _ = troubles_at(simulator)
        troubles.begin(trouble("late_messages", blows=2), blow=1)
        troubles.pass_by(2)
        assert simulator.world.settings.late_by > 0
        troubles.pass_by(3)
        assert simulator.world.settings.late_by == 0


def test_whose_consent_was_taken_away_is_asked_for_it_afterwards() -> None:
    with GmailSimulator() as simulator:
        troubles, _, asked = troubles_at(simulator)
        troubles.begin(trouble("revoked_consent"), blow=1)
        assert asked == []
        troubles.pass_by(2)
        assert asked == ["support@shop.example"]


def test_a_storm_is_over_one_account_and_the_same_whenever_its_plan_is_repeated() -> None:
    storm = faults_of(Lasting(trouble("rate_storm"), "sales@shop.example", until=2))
    assert {(fault["seed"], fault["account"]) for fault in storm} == {(1, "sales@shop.example")}
    assert all(0 < fault["probability"] < 1 for fault in storm)
