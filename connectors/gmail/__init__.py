"""Gmail and Google Workspace mailboxes, by the Gmail API."""

from connectors.gmail.connector import GmailConnector
from connectors.gmail.consent import GmailConsent
from connectors.gmail.pushing import GmailPush

__all__ = ["GmailConnector", "GmailConsent", "GmailPush"]
