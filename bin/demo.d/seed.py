"""Fills the simulated Google: two accounts, their mail, and a file of credentials for each.

seed.py ROOT FOLDER [--without-mail]
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from mail import history
from mail.people import ACCOUNTS, SHOP
from simulated_google import SimulatedGoogle


def main() -> None:
    """Make the accounts and deliver the demo's mail."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", help="address of the simulated Google")
    parser.add_argument("folder", type=Path, help="where the credentials go")
    parser.add_argument("--without-mail", action="store_true", help="an archive is loaded instead")
    given = parser.parse_args()
    google = SimulatedGoogle(given.root)
    for account, aliases in ACCOUNTS.items():
        credentials = google.add_account(account, aliases, SHOP)
        keep_credentials(given.folder / f"{account.partition('@')[0]}.json", credentials)
    if not given.without_mail:
        print(f"{deliver_all(google)} mails delivered")


def keep_credentials(path: Path, credentials: dict[str, str]) -> None:
    """Write what `inbox mailbox add` wants, readable by its owner alone."""
    path.touch(mode=0o600)
    names = ("client_id", "client_secret", "refresh_token")
    path.write_text(json.dumps({name: credentials[name] for name in names}), encoding="utf-8")


def deliver_all(google: SimulatedGoogle) -> int:
    """Deliver every mail of the demo's history; returns how many."""
    mails = history.mails(time.time_ns() // 1_000_000)
    for mail in mails:
        google.deliver(mail.account, mail.raw, mail.labels, mail.received_at)
    return len(mails)


if __name__ == "__main__":
    main()
