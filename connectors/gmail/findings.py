"""What is said of an account that answers: its address, its scopes, how long the consent holds."""

from __future__ import annotations

from datetime import UTC, datetime

from inbox_service.ports import Check, Identity

_DAY = 24 * 3600 * 1000
# Of an app whose consent screen is in Testing (developers.google.com/identity/protocols/oauth2).
TESTING_LIFETIME = 7 * _DAY
_AUDIENCE = "console.cloud.google.com > Google Auth Platform > Audience"


def account_found(identity: Identity) -> Check:
    """Say whose mailbox opened; that it did proves the credentials and the Gmail API."""
    others = f" It also writes as {', '.join(identity.aliases)}." if identity.aliases else ""
    return Check("account", ok=True, words=f"Gmail opened {identity.address}.{others}")


def scopes_found(missing: list[str]) -> Check:
    """Say whether the consent covers what the inbox does."""
    if not missing:
        return Check("scopes", ok=True, words="The inbox may read, label and send its mail.")
    return Check(
        "scopes",
        ok=False,
        words=f"The consent lacks {', '.join(missing)}.",
        remedy="Connect again and leave every box ticked on Google's page.",
        code="oauth_scope_missing",
    )


def publishing_found(ends_at: int | None, mode: str | None, now: int) -> Check:
    """Say how long the consent holds; what neither Google nor the owner said is asked, not guessed.

    Google's `refresh_token_expires_in` is documented for access that was granted for a limited
    time only, so that its absence proves nothing about Testing.
    """
    if ends_at is not None:
        return _ending(ends_at, now)
    # Its owner's word, which Google gives nobody a way to check.
    if mode in ("production", "internal"):
        words = "The app is published: the consent holds until somebody takes it back."
        return Check("testing_mode", ok=True, words=words)
    if mode == "testing":
        words = "The app is in Testing: Google ends the consent seven days after it was given."
        return Check("testing_mode", ok=False, words=words, remedy=_PUBLISH, code="testing_mode")
    return Check(
        "testing_mode",
        ok=None,
        words="Google did not say whether your app is in Testing, where a consent lasts seven days "
        "only.",
        remedy=f"Look at the publishing status at {_AUDIENCE}, and choose it here.",
        code="testing_mode_unknown",
    )


_PUBLISH = f"Publish the app (or make it Internal) at {_AUDIENCE}, then connect again."


def _ending(ends_at: int, now: int) -> Check:
    day = f"{datetime.fromtimestamp(ends_at / 1000, UTC):%d %B %Y}"
    words = (
        f"Google ends this consent on {day}: the app is in Testing, or access was granted for a "
        "limited time."
    )
    # Longer than Testing ever gives: then it cannot be that.
    if ends_at > now + TESTING_LIFETIME:
        words = f"Google ends this consent on {day}: access was granted for a limited time."
    return Check("testing_mode", ok=False, words=words, remedy=_PUBLISH, code="consent_ends")
