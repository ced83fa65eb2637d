"""Whoever follows the history knows the mailbox: proven over random sequences of changes."""

import random
from contextlib import ExitStack

import pytest
from simulated import FULL, JO, SUPPORT, Connect, encoded, listed, mail, profile, send

from connectors.testkit.gmail_simulator import GmailSimulator


class Mirror:
    """A copy of a mailbox that learns of changes by history.list only."""

    def __init__(self, users, page):
        self.users = users
        self.page = page
        self.labels = {}
        self.cursor = profile(users)["historyId"]

    def follow(self):
        """Read on from the cursor."""
        request = self.users.history().list(
            userId="me", startHistoryId=self.cursor, maxResults=self.page
        )
        while request is not None:
            answer = request.execute()
            for record in answer.get("history", []):
                self.take(record)
            request = self.users.history().list_next(request, answer)
        self.cursor = answer["historyId"]

    def take(self, record):
        for entry in record.get("messagesAdded", []):
            self.labels[entry["message"]["id"]] = set(entry["message"].get("labelIds", []))
        for entry in record.get("messagesDeleted", []):
            self.labels.pop(entry["message"]["id"], None)
        for entry in record.get("labelsAdded", []):
            self.labels[entry["message"]["id"]] |= set(entry["labelIds"])
        for entry in record.get("labelsRemoved", []):
            self.labels[entry["message"]["id"]] -= set(entry["labelIds"])


class Owner:
    """Somebody who does one thing after the other in a mailbox."""

    def __init__(self, simulator, users, seed):
        self.simulator = simulator
        self.users = users
        self.dice = random.Random(seed)
        self.count = 0

    def act(self):
        actions = [
            self.receive,
            self.send,
            self.draft,
            self.read,
            self.star,
            self.trash,
            self.erase,
        ]
        self.dice.choice(actions)()

    def receive(self):
        self.count += 1
        self.simulator.deliver(SUPPORT, mail(f"No. {self.count % 5}"))

    def send(self):
        send(self.users, mail(From=SUPPORT, To=self.dice.choice([JO, SUPPORT])))

    def draft(self):
        body = {"message": {"raw": encoded(mail(From=SUPPORT, To=JO))}}
        made = self.users.drafts().create(userId="me", body=body).execute()
        if self.dice.random() < 0.5:
            self.users.drafts().send(userId="me", body={"id": made["id"]}).execute()

    def read(self):
        self._change(removeLabelIds=["UNREAD"])

    def star(self):
        self._change(addLabelIds=["STARRED"])

    def trash(self):
        for message_id in self._some():
            self.users.messages().trash(userId="me", id=message_id).execute()

    def erase(self):
        for message_id in self._some():
            self.users.messages().delete(userId="me", id=message_id).execute()

    def _change(self, **body):
        for message_id in self._some():
            self.users.messages().modify(userId="me", id=message_id, body=body).execute()

    def _some(self):
        ids = listed(self.users, includeSpamTrash=True)
        return [self.dice.choice(ids)] if ids else []


@pytest.mark.parametrize(("seed", "page"), [(1, 500), (2, 3), (3, 1)])
def test_the_history_tells_everything(seed, page):
    with GmailSimulator(quota_per_minute=0) as simulator, ExitStack() as stack:
        users = Connect(simulator, stack).users(SUPPORT, FULL)
        mirror, owner = Mirror(users, page), Owner(simulator, users, seed)
        for _ in range(12):
            for _ in range(owner.dice.randint(1, 6)):
                owner.act()
            mirror.follow()
        truth = {m["id"]: set(m["labelIds"]) for m in simulator.messages(SUPPORT)}
    assert mirror.labels == truth
