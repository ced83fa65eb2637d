"""How an account is connected: Google's page, the exchange of a code, giving a consent back."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from connectors.gmail import GmailConsent
from connectors.gmail.scopes import FULL, MODIFY
from connectors.registry import Endpoints, Registry
from connectors.testkit.fakes import CountingBudget, MemoryCell
from connectors.testkit.gmail_simulator.oauth import s256
from inbox_service.errors import Invalid
from inbox_service.ports import (
    ConnectionRefused,
    ConsentAnswer,
    ConsentRequest,
    Identity,
    NeedsReauth,
    OAuthClient,
    RetryLater,
)

REDIRECT = "https://shop.example/wp-admin/admin-post.php?action=unified_inbox_oauth"
VERIFIER = "v" * 43
DAY = 24 * 3600 * 1000


@pytest.fixture
def consent(gmail):
    return GmailConsent(Endpoints(gmail.simulator.root, gmail.simulator.root), gmail.clock)


@pytest.fixture
def client(gmail):
    return OAuthClient(**gmail.simulator.add_client((REDIRECT,)))


def code_for(consent, gmail, client, **form):
    """Answer Google's page as the owner; return the code."""
    request = ConsentRequest(client.client_id, REDIRECT, "state-1", s256(VERIFIER))
    fields = {"account": gmail.address, "answer": "allow", **form}
    page = consent.authorization_url(request)
    shown = requests.post(page, fields, allow_redirects=False, timeout=5)
    return parse_qs(urlsplit(shown.headers["Location"]).query)["code"][0]


def exchanged(consent, gmail, client, verifier=VERIFIER, redirect=REDIRECT, **form):
    answer = ConsentAnswer(code_for(consent, gmail, client, **form), verifier, redirect)
    return consent.exchange(client, answer)


def test_the_page_is_googles_own_unless_another_root_is_set(gmail, client):
    request = ConsentRequest(client.client_id, REDIRECT, "s", "c", "support@shop.example")
    page = urlsplit(GmailConsent(Endpoints(), gmail.clock).authorization_url(request))
    assert f"{page.scheme}://{page.netloc}{page.path}" == (
        "https://accounts.google.com/o/oauth2/v2/auth"
    )
    assert parse_qs(page.query) == {
        "client_id": [client.client_id],
        "redirect_uri": [REDIRECT],
        "response_type": ["code"],
        "scope": [MODIFY],
        "state": ["s"],
        "code_challenge": ["c"],
        "code_challenge_method": ["S256"],
        "access_type": ["offline"],
        "prompt": ["consent"],
        "login_hint": ["support@shop.example"],
    }


def test_a_code_becomes_credentials_that_a_mailbox_works_with(consent, gmail, client):
    gmail.cell = MemoryCell(exchanged(consent, gmail, client))
    assert gmail.connector().identify() == Identity(gmail.address, (gmail.alias,), (MODIFY,))
    assert gmail.cell.renewals == 0


def test_the_account_is_known_before_there_is_a_mailbox(consent, gmail, client):
    cell = MemoryCell(exchanged(consent, gmail, client))
    assert consent.identify(cell, CountingBudget()).address == gmail.address


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"verifier": "w" * 43}, "oauth_expired"),
        ({"redirect": "https://elsewhere.example/"}, "oauth_redirect_mismatch"),
    ],
)
def test_a_refused_code_says_why(consent, gmail, client, change, code):
    with pytest.raises(ConnectionRefused) as caught:
        exchanged(consent, gmail, client, **change)
    assert caught.value.code == code


def test_a_wrong_secret_says_so_and_is_not_repeated(consent, gmail, client):
    wrong = OAuthClient(client.client_id, "GOCSPX-very-secret")
    answer = ConsentAnswer(code_for(consent, gmail, client), VERIFIER, REDIRECT)
    with pytest.raises(ConnectionRefused) as caught:
        consent.exchange(wrong, answer)
    assert caught.value.code == "oauth_client_invalid"
    assert "very-secret" not in str(caught.value)


def test_access_that_does_not_last_is_refused(consent, gmail, client):
    code = code_for(consent, gmail, client)
    with gmail.simulator.world.store.open() as db:
        db.execute("UPDATE codes SET offline = 0")
    with pytest.raises(ConnectionRefused) as caught:
        consent.exchange(client, ConsentAnswer(code, VERIFIER, REDIRECT))
    assert caught.value.code == "oauth_no_refresh_token"


def test_a_google_that_does_not_answer_is_tried_later(consent, gmail, client):
    gmail.simulator.fault("token", kind="drop")
    with pytest.raises(RetryLater):
        exchanged(consent, gmail, client)


def test_what_the_owner_unticked_is_missing(consent, gmail, client):
    assert consent.missing_scopes(exchanged(consent, gmail, client)) == []
    assert consent.missing_scopes(exchanged(consent, gmail, client, boxes="1")) == [MODIFY]
    assert consent.missing_scopes({"scope": f"openid {FULL}"}) == []


def test_the_end_of_a_consent_is_googles_word_or_the_rule_for_testing(consent, gmail, client):
    plain = exchanged(consent, gmail, client)
    assert consent.consent_ends_at(plain, None) is None
    assert consent.consent_ends_at(plain, "production") is None
    assert consent.consent_ends_at(plain, "testing") == gmail.clock.now() + 7 * DAY
    gmail.simulator.configure(testing_app=True)
    told = exchanged(consent, gmail, client)
    assert consent.consent_ends_at(told, None) == gmail.clock.now() + 7 * DAY


@pytest.mark.parametrize(
    ("mode", "ok"), [(None, None), ("production", True), ("internal", True), ("testing", False)]
)
def test_testing_is_never_guessed(consent, gmail, mode, ok):
    checks = consent.checks({"scope": MODIFY}, Identity(gmail.address), mode)
    assert [(check.name, check.ok) for check in checks][2] == ("testing_mode", ok)


def test_access_for_longer_than_testing_allows_is_not_called_testing(consent, gmail):
    lasting = {"scope": MODIFY, "refresh_expires_at": gmail.clock.now() + 30 * DAY}
    check = consent.checks(lasting, Identity(gmail.address), None)[2]
    assert check.ok is False
    assert "Testing" not in check.words


def test_a_consent_given_back_opens_nothing_any_more(consent, gmail, client):
    credentials = exchanged(consent, gmail, client)
    assert consent.revoke(credentials) is True
    cell = MemoryCell({**credentials, "access_token": "", "expires_at": 0})
    with pytest.raises(NeedsReauth):
        consent.identify(cell, CountingBudget())
    assert consent.revoke(credentials) is False


def test_giving_back_waits_for_a_google_that_does_not_answer(consent, gmail, client):
    credentials = exchanged(consent, gmail, client)
    gmail.simulator.fault("revoke", reason="backendError")
    with pytest.raises(RetryLater):
        consent.revoke(credentials)


def test_what_has_no_consent_is_not_given_back(consent):
    assert consent.revoke({"private_key": "x"}) is False


def test_the_registry_hands_out_the_consent_of_a_kind(gmail):
    registry = Registry(Endpoints(), gmail.clock)
    assert isinstance(registry.consent("gmail"), GmailConsent)
    with pytest.raises(Invalid, match="pigeon"):
        registry.consent("pigeon")
