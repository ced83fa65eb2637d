"""Gmail and Google Workspace mailboxes, by the Gmail API."""

from connectors.gmail.connector import GmailConnector

__all__ = ["GmailConnector"]
