"""OAuth: consent, codes with PKCE, refresh tokens, service accounts, revocation."""

import secrets
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
import requests
from google.auth.exceptions import RefreshError
from google.auth.transport.requests import Request
from google.oauth2 import id_token, service_account
from google.oauth2.credentials import Credentials
from simulated import FULL, MODIFY, READONLY, SUPPORT, listed, mail, profile, refused

from connectors.testkit.gmail_simulator.oauth import s256

REDIRECT = "http://127.0.0.1:9/wp-admin/admin-post.php?action=unified_inbox_oauth"
DAY = 86_400_000


class Consent:
    """A browser at the consent page."""

    def __init__(self, sim, **changes):
        self.sim = sim
        owner = sim.add_account(SUPPORT, scopes=(READONLY,))
        self.client = {"client_id": owner.client_id, "client_secret": owner.client_secret}
        self.query = {
            "client_id": owner.client_id,
            "redirect_uri": REDIRECT,
            "response_type": "code",
            "scope": f"{MODIFY} openid",
            "state": "s-1",
            "access_type": "offline",
            "prompt": "consent",
        } | changes

    @property
    def url(self):
        return f"{self.sim.root}/o/oauth2/v2/auth?{urlencode(self.query)}"

    def page(self):
        return requests.get(self.url, timeout=5)

    def answer(self, **fields):
        """Press a button; return the parameters the browser is sent back with."""
        given = {"account": SUPPORT, "answer": "allow"} | fields
        answer = requests.post(self.url, data=given, timeout=5, allow_redirects=False)
        assert answer.status_code == 302, answer.text
        assert answer.headers["Location"].startswith(REDIRECT)
        query = parse_qs(urlsplit(answer.headers["Location"]).query)
        return {name: values[0] for name, values in query.items()}

    def exchange(self, code, **fields):
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT}
        return token(self.sim, **form | self.client | fields)


def token(sim, **form):
    return requests.post(f"{sim.root}/token", data=form, timeout=5)


def error_of(answer):
    found = answer.json()
    return answer.status_code, found["error"], found["error_description"]


class Form(HTMLParser):
    """Collects what the page lets its reader choose."""

    def __init__(self, page):
        super().__init__()
        self.boxes, self.options, self.text = [], [], []
        self.feed(page)

    def handle_starttag(self, _, attrs):
        if dict(attrs).get("type") == "checkbox":
            self.boxes.append(dict(attrs)["value"])

    def handle_data(self, data):
        self.text.append(data)


def test_the_page_names_accounts_and_scopes(sim):
    form = Form(Consent(sim).page().text)
    assert SUPPORT in form.text
    assert form.boxes == [MODIFY, "openid"]


def test_the_hinted_account_is_chosen(sim):
    page = Consent(sim, login_hint="Sales@acme.test").page().text
    assert "<option selected>sales@acme.test" in page


def test_consent_leads_back_with_a_code_and_the_state(sim):
    back = Consent(sim).answer()
    assert back["state"] == "s-1"
    assert back["scope"] == f"{MODIFY} openid"
    assert back["action"] == "unified_inbox_oauth"
    assert back["code"].startswith("4/")


def test_a_code_becomes_tokens_that_work(sim):
    consent = Consent(sim)
    granted = consent.exchange(consent.answer()["code"]).json()
    assert granted["token_type"] == "Bearer"
    assert granted["expires_in"] == 3599
    headers = {"Authorization": f"Bearer {granted['access_token']}"}
    answer = requests.get(f"{sim.root}/gmail/v1/users/me/profile", headers=headers, timeout=5)
    assert answer.json()["emailAddress"] == SUPPORT
    fresh = token(sim, grant_type="refresh_token", refresh_token=granted["refresh_token"],
                  **consent.client)  # fmt: skip
    assert fresh.json()["access_token"] != granted["access_token"]


def test_the_id_token_verifies_with_the_published_keys(sim):
    consent = Consent(sim)
    granted = consent.exchange(consent.answer()["code"]).json()
    with requests.Session() as session:
        claims = id_token.verify_token(
            granted["id_token"],
            Request(session),
            audience=consent.client["client_id"],
            certs_url=f"{sim.root}/oauth2/v3/certs",
        )
    assert claims["email"] == SUPPORT


def test_a_code_works_once(sim):
    consent = Consent(sim)
    code = consent.answer()["code"]
    consent.exchange(code)
    assert error_of(consent.exchange(code)) == (400, "invalid_grant", "Malformed auth code.")


def test_a_code_expires(sim):
    consent = Consent(sim)
    code = consent.answer()["code"]
    sim.advance(11 * 60 * 1000)
    assert error_of(consent.exchange(code))[1] == "invalid_grant"


def test_a_code_belongs_to_its_redirect_address(sim):
    consent = Consent(sim)
    answer = consent.exchange(consent.answer()["code"], redirect_uri="http://127.0.0.1:9/other")
    assert error_of(answer)[1] == "redirect_uri_mismatch"


def test_a_code_with_a_challenge_needs_its_verifier(sim):
    verifier = secrets.token_urlsafe(48)
    consent = Consent(sim, code_challenge=s256(verifier), code_challenge_method="S256")
    code = consent.answer()["code"]
    assert error_of(consent.exchange(code))[2] == "Missing code verifier."
    assert error_of(consent.exchange(code, code_verifier="wrong"))[2] == "Invalid code verifier."
    assert "refresh_token" in consent.exchange(code, code_verifier=verifier).json()


def test_a_plain_challenge_is_refused(sim):
    page = Consent(sim, code_challenge="abc", code_challenge_method="plain").page()
    assert page.status_code == 400


def test_a_scope_may_be_unticked(sim):
    consent = Consent(sim)
    back = consent.answer(scope=[MODIFY])
    assert back["scope"] == MODIFY
    assert consent.exchange(back["code"]).json()["scope"] == MODIFY


def test_a_refusal_leads_back_with_access_denied(sim):
    assert Consent(sim).answer(answer="deny") == {
        "action": "unified_inbox_oauth",
        "error": "access_denied",
        "state": "s-1",
    }


def test_only_offline_access_brings_a_refresh_token(sim):
    consent = Consent(sim, access_type="online")
    assert "refresh_token" not in consent.exchange(consent.answer()["code"]).json()


def test_a_second_consent_brings_none_unless_it_was_prompted_for(sim):
    consent = Consent(sim, prompt="")
    assert "refresh_token" not in consent.exchange(consent.answer()["code"]).json()


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"client_id": "unknown"}, "invalid_client"),
        ({"redirect_uri": ""}, "redirect_uri_mismatch"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": ""}, "Missing required parameter: scope"),
    ],
)
def test_a_wrong_request_is_shown_to_the_reader_and_leads_nowhere(sim, change, text):
    page = Consent(sim, **change).page()
    assert page.status_code in (400, 401)
    assert text in page.text


def test_a_client_with_redirect_addresses_takes_no_others(sim):
    client = sim.add_client((REDIRECT,))
    good = Consent(sim, client_id=client["client_id"])
    bad = Consent(sim, client_id=client["client_id"], redirect_uri="http://evil.test/")
    assert good.page().status_code == 200
    assert "redirect_uri_mismatch" in bad.page().text


def test_the_page_shows_what_it_is_given_as_text(sim):
    page = Consent(sim, scope="<script>alert(1)</script>").page().text
    assert "<script>" not in page


def refresh(sim, owner, **changes):
    form = {
        "grant_type": "refresh_token",
        "refresh_token": owner.refresh_token,
        "client_id": owner.client_id,
        "client_secret": owner.client_secret,
    } | changes
    return token(sim, **form)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"client_id": "x"}, (401, "invalid_client", "The OAuth client was not found.")),
        ({"client_secret": "x"}, (401, "invalid_client", "Unauthorized")),
        ({"refresh_token": "1//no"}, (400, "invalid_grant", "Bad Request")),
        ({"grant_type": "ask"}, (400, "unsupported_grant_type", "Invalid grant_type: ask")),
    ],
)
def test_a_wrong_refresh_is_refused(sim, changes, expected):
    assert error_of(refresh(sim, sim.add_account(SUPPORT), **changes)) == expected


def test_a_missing_refresh_token_is_an_invalid_request(sim):
    assert (
        error_of(refresh(sim, sim.add_account(SUPPORT), refresh_token=""))[1] == "invalid_request"
    )


def test_a_client_may_name_itself_by_http_basic(sim):
    owner = sim.add_account(SUPPORT)
    form = {"grant_type": "refresh_token", "refresh_token": owner.refresh_token}
    who = (owner.client_id, owner.client_secret)
    answer = requests.post(f"{sim.root}/token", data=form, auth=who, timeout=5)
    assert "access_token" in answer.json()


@pytest.mark.parametrize(
    ("reason", "description"),
    [
        ("revoked", "Token has been expired or revoked."),
        ("password", "Token has been expired or revoked."),
        ("deleted", "Account has been deleted"),
        ("policy", "reauth related error (invalid_rapt)"),
    ],
)
def test_a_dead_refresh_token_says_why(sim, reason, description):
    owner = sim.add_account(SUPPORT)
    sim.revoke(SUPPORT, reason)
    assert error_of(refresh(sim, owner)) == (400, "invalid_grant", description)


def test_a_revoked_account_closes_running_clients_too(sim, connect):
    users = connect.users(SUPPORT)
    profile(users)
    sim.revoke(SUPPORT)
    with pytest.raises(RefreshError) as caught:
        profile(users)
    assert not caught.value.retryable


def test_consent_after_a_revocation_works_again(sim, connect):
    sim.revoke(SUPPORT)
    assert profile(connect.users(SUPPORT))["emailAddress"] == SUPPORT


def test_an_app_in_testing_is_told_when_its_token_ends(sim):
    sim.configure(testing_app=True)
    consent = Consent(sim)
    granted = consent.exchange(consent.answer()["code"]).json()
    assert 7 * 24 * 3600 - 60 <= granted["refresh_token_expires_in"] <= 7 * 24 * 3600
    sim.advance(7 * DAY)
    form = {"grant_type": "refresh_token", "refresh_token": granted["refresh_token"]}
    assert error_of(token(sim, **form, **consent.client))[1] == "invalid_grant"


def test_the_hundred_and_first_token_ends_the_oldest(sim):
    owners = [sim.add_account(SUPPORT) for _ in range(101)]
    assert error_of(refresh(sim, owners[0]))[1] == "invalid_grant"
    assert refresh(sim, owners[1]).status_code == 200


def test_an_access_token_expires_and_the_client_gets_a_new_one(sim, connect):
    users = connect.users(SUPPORT)
    profile(users)
    sim.expire_tokens(SUPPORT)
    assert profile(users)["emailAddress"] == SUPPORT


def test_an_access_token_ends_with_its_time(sim):
    bearer = sim.access_token(SUPPORT)
    sim.advance(3600 * 1000)
    assert bare_profile(sim, bearer).status_code == 401


def bare_profile(sim, bearer):
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    return requests.get(f"{sim.root}/gmail/v1/users/me/profile", headers=headers, timeout=5)


@pytest.mark.parametrize("bearer", ["", "ya29.unknown"])
def test_an_unknown_token_is_401(sim, bearer):
    answer = bare_profile(sim, bearer)
    assert answer.status_code == 401
    error = answer.json()["error"]
    assert (error["status"], error["errors"][0]["reason"]) == ("UNAUTHENTICATED", "authError")


def test_a_revoked_token_takes_its_whole_grant_along(sim):
    owner = sim.add_account(SUPPORT)
    bearer = refresh(sim, owner).json()["access_token"]
    revoked = requests.post(f"{sim.root}/revoke", data={"token": bearer}, timeout=5)
    assert revoked.status_code == 200
    assert bare_profile(sim, bearer).status_code == 401
    assert refresh(sim, owner).status_code == 400


def test_an_unknown_token_cannot_be_revoked(sim):
    answer = requests.post(f"{sim.root}/revoke", data={"token": "x"}, timeout=5)
    assert error_of(answer) == (400, "invalid_token", "Token expired or revoked")


@pytest.fixture
def key_file(sim):
    return sim.add_service_account("robot@project.iam.gserviceaccount.com", (FULL, MODIFY))


def robot(key_file, scope=FULL, **more):
    return service_account.Credentials.from_service_account_info(key_file, scopes=[scope], **more)


def test_a_service_account_acts_for_a_user(sim, connect, key_file):
    sim.deliver(SUPPORT, mail())
    users = connect.service_of(robot(key_file, subject=SUPPORT)).users()
    assert len(listed(users)) == 1


def test_a_service_account_has_no_mailbox_of_its_own(connect, key_file):
    users = connect.service_of(robot(key_file)).users()
    assert refused(lambda: profile(users)) == (
        400,
        "failedPrecondition",
        "Precondition check failed.",
    )


@pytest.mark.parametrize(
    ("scope", "subject", "error"),
    [
        (FULL, "nobody@acme.test", "invalid_grant"),
        (READONLY, SUPPORT, "unauthorized_client"),
    ],
)
def test_a_service_account_is_kept_within_its_delegation(sim, key_file, scope, subject, error):
    with requests.Session() as session, pytest.raises(RefreshError, match=error):
        robot(key_file, scope, subject=subject).refresh(Request(session))


@pytest.mark.parametrize(
    "change", [{"iss": "stranger@x"}, {"aud": "https://other.test"}, {"exp": 1}]
)
def test_a_wrong_assertion_is_an_invalid_grant(sim, key_file, change):
    now = sim.world.now() // 1000
    claims = {
        "iss": key_file["client_email"],
        "aud": f"{sim.root}/token",
        "scope": FULL,
        "sub": SUPPORT,
        "iat": now,
        "exp": now + 3600,
    } | change
    signed = jwt.encode(claims, key_file["private_key"], algorithm="RS256")
    grant = "urn:ietf:params:oauth:grant-type:jwt-bearer"
    assert error_of(token(sim, grant_type=grant, assertion=signed))[1] == "invalid_grant"


def test_an_assertion_signed_by_another_key_is_refused(sim, key_file):
    other = sim.add_service_account("other@project.iam.gserviceaccount.com", (FULL,))
    forged = key_file | {"private_key": other["private_key"]}
    with requests.Session() as session, pytest.raises(RefreshError, match="Invalid JWT Signature"):
        robot(forged, subject=SUPPORT).refresh(Request(session))


def test_a_grant_for_another_client_is_refused(sim):
    owner, other = sim.add_account(SUPPORT), sim.add_client()
    credentials = Credentials(
        None,
        refresh_token=owner.refresh_token,
        token_uri=f"{sim.root}/token",
        client_id=other["client_id"],
        client_secret=other["client_secret"],
    )
    with requests.Session() as session, pytest.raises(RefreshError, match="invalid_grant"):
        credentials.refresh(Request(session))


def test_an_api_that_is_switched_off_refuses_every_call(sim, connect):
    users = connect.users(SUPPORT)
    sim.configure(api_enabled=False)
    status, reason, message = refused(lambda: profile(users))
    assert (status, reason) == (403, "accessNotConfigured")
    assert "console.developers.google.com" in message
    sim.configure(api_enabled=True)
    assert profile(users)["emailAddress"] == SUPPORT


def test_unticking_every_scope_grants_none(sim):
    client = sim.add_client((REDIRECT,))
    query = urlencode(
        {
            "client_id": client["client_id"],
            "redirect_uri": REDIRECT,
            "response_type": "code",
            "scope": MODIFY,
        }
    )
    form = {"account": SUPPORT, "answer": "allow", "boxes": "1"}
    page = f"{sim.root}/o/oauth2/v2/auth?{query}"
    back = requests.post(page, form, allow_redirects=False, timeout=5).headers["Location"]
    assert "scope=&" in f"{back}&"
