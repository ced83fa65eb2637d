"""Google's errors in an owner's words: what it means, and what to do where."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from connectors.gmail.errors import (
    ApiOff,
    BlockedByPolicy,
    NoMailService,
    ScopeMissing,
    TokenRefused,
)
from connectors.gmail.scopes import NEEDED
from inbox_service.ports import Check, ConnectionRefused, ConnectorError, NeedsReauth, RetryLater

_CLIENTS = "console.cloud.google.com > APIs & Services > Credentials"
_SCOPE = ", ".join(NEEDED)

# code -> (what was looked at, words, remedy)
_EXPLAINED: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "oauth_redirect_mismatch": (
            "redirect_address",
            "Google does not know this site's redirect address for your app.",
            f"In {_CLIENTS}, open the client and add the redirect address, letter by letter.",
        ),
        "oauth_client_invalid": (
            "client",
            "Google does not accept the client id and secret.",
            f"Copy both again from {_CLIENTS}; the client must be of the type Web application.",
        ),
        "oauth_expired": (
            "consent",
            "The consent took too long, or was used before.",
            "Begin again with Connect.",
        ),
        "oauth_no_refresh_token": (
            "consent",
            "Google gave access for an hour only.",
            "Remove the app at myaccount.google.com/connections, then connect again.",
        ),
        "oauth_refused": ("consent", "Google refused the consent.", "Begin again with Connect."),
        "oauth_scope_missing": (
            "scopes",
            "The consent does not let the inbox read, label and send the account's mail.",
            "Connect again and leave every box ticked on Google's page.",
        ),
        "gmail_api_off": (
            "gmail_api",
            "The Gmail API is switched off in your Google project.",
            (
                "Switch it on at console.cloud.google.com > APIs & Services > Library > Gmail API; "
                "Google needs a few minutes, then check again."
            ),
        ),
        "blocked_by_policy": (
            "policy",
            "The administrators of your domain do not let this app in.",
            "Ask them to trust its client id in admin.google.com > Security > API controls.",
        ),
        "no_mail_service": (
            "mail_service",
            "This account has no Gmail: it may be a user without a licence, or a group.",
            "Name an account that can open mail.google.com; a group has no mailbox of its own.",
        ),
        "consent_ended": (
            "consent",
            (
                "The consent has ended: it was taken back, the password was changed, it was not "
                "used for six months, or the app is in Testing, where one lasts seven days."
            ),
            "Connect the mailbox again.",
        ),
        "account_deleted": (
            "account",
            "The Google account was deleted.",
            "Connect another account; the tickets stay.",
        ),
        "session_control": (
            "policy",
            "The domain's session control asks the owner to sign in again.",
            "Connect again, or ask the administrators to exempt the app from session control.",
        ),
        "delegation_missing": (
            "delegation",
            "The service account may not act for the domain's mailboxes with this scope.",
            (
                "In admin.google.com > Security > API controls > Domain-wide delegation, add the "
                f"service account's client id with exactly this scope: {_SCOPE}"
            ),
        ),
        "no_such_account": (
            "account",
            "Google knows no such mailbox in the service account's domain.",
            "Name a user's own address, not an alias or a group.",
        ),
        "key_refused": (
            "key",
            "Google does not accept the service account's key: it was deleted or replaced.",
            "Make a new key in console.cloud.google.com > IAM & Admin > Service accounts.",
        ),
        "clock_wrong": (
            "clock",
            "Google says that the time in our signed request is wrong.",
            "Set the clock of the service's host (NTP).",
        ),
        "scope_refused": (
            "scopes",
            "Google does not let this app ask for access to mail.",
            f"Add the scope {_SCOPE} to the app's consent screen (Data access).",
        ),
        "unreachable": (
            "google",
            "Google does not answer, or asks to wait.",
            "Check again in some minutes.",
        ),
        "reauth_needed": ("consent", "Google asks for a new consent.", "Connect it again."),
    }
)

# The first that fits a refusal of the token server: code and part of its words -> our code.
_TOKEN_REFUSALS = (
    ("redirect_uri_mismatch", "", "oauth_redirect_mismatch"),
    ("unauthorized_client", "", "delegation_missing"),
    ("invalid_client", "", "oauth_client_invalid"),
    ("invalid_scope", "", "scope_refused"),
    ("invalid_grant", "Invalid email or User ID", "no_such_account"),
    ("invalid_grant", "timeframe", "clock_wrong"),
    ("invalid_grant", "JWT Signature", "key_refused"),
    ("invalid_grant", "account not found", "key_refused"),
    ("invalid_grant", "been deleted", "account_deleted"),
    ("invalid_grant", "invalid_rapt", "session_control"),
    ("invalid_grant", "", "consent_ended"),
)
_CODE_OF_KIND: tuple[tuple[type[ConnectorError], str], ...] = (
    (ScopeMissing, "oauth_scope_missing"),
    (ApiOff, "gmail_api_off"),
    (BlockedByPolicy, "blocked_by_policy"),
    (NoMailService, "no_mail_service"),
    (NeedsReauth, "reauth_needed"),
    (RetryLater, "unreachable"),
)


def explain(error: ConnectorError) -> Check:
    """Return what the error means to an owner; what nobody foresaw is told in Google's words."""
    code = _code(error)
    if code not in _EXPLAINED:
        return Check("google", ok=False, words=str(error)[:500], code=code)
    name, words, remedy = _EXPLAINED[code]
    # Waiting says nothing about the connection itself.
    ok = None if code == "unreachable" else False
    return Check(name, ok, words, remedy, code)


def _code(error: ConnectorError) -> str:
    if isinstance(error, ConnectionRefused):
        return error.code
    if isinstance(error, TokenRefused):
        # Each code ends with a row for any words: Google may change its texts at any time.
        return next(
            ours
            for theirs, words, ours in _TOKEN_REFUSALS
            if theirs == error.code and words in error.description
        )
    return next((code for kind, code in _CODE_OF_KIND if isinstance(error, kind)), "refused")
