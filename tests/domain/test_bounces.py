"""Why a mail did not arrive."""

from __future__ import annotations

import pytest

from inbox_service.domain.bounces import bounce_reason
from inbox_service.domain.mail import BounceReason, BounceReport


@pytest.mark.parametrize(
    ("status", "said", "reason"),
    [
        ("5.1.1", "", BounceReason.NO_SUCH_ADDRESS),
        ("5.1.2", "", BounceReason.NO_SUCH_DOMAIN),
        ("5.2.1", "", BounceReason.ADDRESS_CLOSED),
        ("4.2.2", "", BounceReason.MAILBOX_FULL),
        ("5.3.4", "", BounceReason.TOO_LARGE),
        ("4.4.2", "", BounceReason.SERVER_UNREACHABLE),
        ("5.7.26", "", BounceReason.NOT_AUTHENTICATED),
        ("5.7.1", "", BounceReason.NOT_ALLOWED),
        ("5.7.1", "rejected as spam", BounceReason.REFUSED_AS_SPAM),
        ("5.7.1", "DMARC policy of the sender", BounceReason.NOT_AUTHENTICATED),
        ("5.0.0", "The user does not exist", BounceReason.NO_SUCH_ADDRESS),
        ("5.0.0", "user unknown", BounceReason.NO_SUCH_ADDRESS),
        ("5.0.0", "Host not found", BounceReason.NO_SUCH_DOMAIN),
        ("4.0.0", "Connection timed out", BounceReason.SERVER_UNREACHABLE),
        ("5.0.0", "Over quota", BounceReason.MAILBOX_FULL),
        ("5.0.0", "", BounceReason.OTHER),
        ("", "", BounceReason.OTHER),
        ("9.99.999", "?", BounceReason.OTHER),
    ],
)
def test_a_reason_is_read_from_the_status_or_the_words(
    status: str, said: str, reason: BounceReason
) -> None:
    assert bounce_reason(status, said) is reason


@pytest.mark.parametrize(
    ("reason", "marks"),
    [
        (BounceReason.NO_SUCH_ADDRESS, True),
        (BounceReason.COMPLAINT, True),
        (BounceReason.OTHER, True),
        (BounceReason.TOO_LARGE, False),
        (BounceReason.REFUSED_AS_SPAM, False),
        (BounceReason.NOT_AUTHENTICATED, False),
    ],
)
def test_only_what_is_about_the_address_marks_it(reason: BounceReason, *, marks: bool) -> None:
    assert BounceReport("a@b.example", "5.0.0", hard=True, reason=reason).marks_address is marks


def test_a_soft_bounce_never_marks_an_address() -> None:
    reason = BounceReason.NO_SUCH_ADDRESS
    assert not BounceReport("a@b.example", "4.1.1", hard=False, reason=reason).marks_address
