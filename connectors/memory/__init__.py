"""Mailboxes kept in memory: a real connector without a provider, for tests and trials."""

from connectors.memory.connector import MemoryConnector
from connectors.memory.mailbox import MemoryMailbox, StoredMail
from connectors.memory.server import MemoryServer

__all__ = ["MemoryConnector", "MemoryMailbox", "MemoryServer", "StoredMail"]
