"""What a consent opens: asked of the provider, with every refusal in an owner's words."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from inbox_service.deps import Deps
from inbox_service.errors import Conflict, InboxError, Invalid, Unavailable
from inbox_service.ports import (
    Check,
    ConnectorError,
    ConsentAnswer,
    Credentials,
    Identity,
    OAuthClient,
)

from .credentials import UnstoredCredentials


@dataclass(frozen=True, slots=True)
class Opened:
    """An account that answered: its credentials, whose it is, and what there is to say of it."""

    kind: str
    credentials: Credentials
    identity: Identity
    checks: list[Check]


def redeem(
    deps: Deps, kind: str, client: OAuthClient, answer: ConsentAnswer, project: str
) -> Opened:
    """Exchange a code and look whose account it opens.

    raises Conflict or Invalid with the code of what is wrong, Unavailable to begin again later.
    """
    consent = deps.connectors.consent(kind)
    try:
        credentials = consent.exchange(client, answer)
    except ConnectorError as error:
        raise refusal(consent.explain(error)) from error
    # Before the account is asked: without the scope Gmail would answer with words of its own.
    missing = consent.missing_scopes(credentials)
    if missing:
        raise Invalid(
            "The consent does not cover reading, labelling and sending mail: connect again and "
            "leave every box ticked.",
            code="oauth_scope_missing",
            missing=missing,
        )
    return _opened(deps, kind, credentials, project)


def open_by_key(deps: Deps, kind: str, key: dict[str, Any], address: str) -> Opened:
    """Look whether a service account's key opens the mailbox.

    raises Invalid naming the wrong field of the key, or as `redeem`.
    """
    consent = deps.connectors.consent(kind)
    credentials = consent.credentials_of_key(key, address)
    project = str(credentials.get("project_id", ""))
    opened = _opened(deps, kind, credentials, project)
    # An alias would be a second mailbox of the same account, each taking the other's mail.
    if opened.identity.address != address:
        raise Invalid(
            f"{address} is another name of {opened.identity.address}: name that one.",
            code="not_the_primary_address",
            field="address",
        )
    return opened


def refusal(check: Check) -> InboxError:
    """Return the error that says what a failed check says."""
    words = f"{check.words} {check.remedy}".strip()
    if check.ok is None:
        return Unavailable(words, code="provider_unavailable", check=asdict(check))
    # What the owner typed is wrong input; all else is a state of things at Google.
    if check.code in ("oauth_client_invalid", "oauth_redirect_mismatch"):
        return Invalid(words, code=check.code, check=asdict(check))
    return Conflict(words, code=check.code, check=asdict(check))


def _opened(deps: Deps, kind: str, credentials: Credentials, project: str) -> Opened:
    consent = deps.connectors.consent(kind)
    cell = UnstoredCredentials(credentials)
    try:
        # Whose mailbox it is stands only in the answer, so this call's units have no name yet.
        identity = consent.identify(cell, deps.budgets.of(project, ""))
    except ConnectorError as error:
        raise refusal(consent.explain(error)) from error
    # Asking may have renewed the token: what is stored is what the cell holds now.
    kept = cell.read()
    return Opened(kind, kept, identity, consent.checks(kept, identity, None))
