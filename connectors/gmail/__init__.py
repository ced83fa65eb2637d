"""Gmail and Google Workspace mailboxes, by the Gmail API."""

from connectors.gmail.connector import GmailConnector
from connectors.gmail.consent import GmailConsent

__all__ = ["GmailConnector", "GmailConsent"]
