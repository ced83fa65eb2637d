"""Google's errors in an owner's words."""

import pytest

from connectors.gmail.errors import (
    ApiOff,
    BlockedByPolicy,
    NoMailService,
    ScopeMissing,
    TokenRefused,
)
from connectors.gmail.explaining import explain
from inbox_service.ports import (
    ConnectionRefused,
    ConnectorBroken,
    NeedsReauth,
    RetryLater,
)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ConnectionRefused("oauth_redirect_mismatch"), "oauth_redirect_mismatch"),
        (ConnectionRefused("oauth_refused"), "oauth_refused"),
        (TokenRefused("invalid_grant", "Token has been expired or revoked."), "consent_ended"),
        (TokenRefused("invalid_grant", "Account has been deleted"), "account_deleted"),
        (TokenRefused("invalid_grant", "reauth related error (invalid_rapt)"), "session_control"),
        (TokenRefused("invalid_grant", "Invalid email or User ID"), "no_such_account"),
        (TokenRefused("invalid_grant", "Invalid JWT Signature."), "key_refused"),
        (TokenRefused("invalid_grant", "Invalid grant: account not found"), "key_refused"),
        (TokenRefused("invalid_grant", "... in a reasonable timeframe."), "clock_wrong"),
        (TokenRefused("invalid_client", "Unauthorized"), "oauth_client_invalid"),
        (TokenRefused("unauthorized_client", "..."), "delegation_missing"),
        (TokenRefused("invalid_scope", ""), "scope_refused"),
        (ScopeMissing("403"), "oauth_scope_missing"),
        (ApiOff("403"), "gmail_api_off"),
        (BlockedByPolicy("403"), "blocked_by_policy"),
        (NoMailService("400"), "no_mail_service"),
        (NeedsReauth("401"), "reauth_needed"),
    ],
)
def test_each_refusal_has_its_own_words_and_a_remedy(error, code):
    found = explain(error)
    assert (found.code, found.ok) == (code, False)
    assert found.words.endswith(".")
    assert found.remedy


def test_a_pause_says_nothing_of_the_connection():
    assert explain(RetryLater(5)).ok is None


def test_what_nobody_foresaw_is_told_in_googles_words():
    found = explain(ConnectorBroken("Gmail answered 418 teapot: Short and stout"))
    assert (found.code, found.words) == ("refused", "Gmail answered 418 teapot: Short and stout")


def test_every_refusal_of_the_token_server_is_explained():
    codes = {explain(TokenRefused(code, "")).code for code in TokenRefused.CODES}
    assert "refused" not in codes
