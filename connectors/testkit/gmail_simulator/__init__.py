"""A strict, stateful Gmail on 127.0.0.1, for tests and the demo.

It answers the OAuth endpoints, the Gmail API, its batches and uploads, and the part of Pub/Sub that
Gmail's notifications use. Point an unmodified client at `GmailSimulator.root`. Under `/_sim/` it
has a control API that no Google has.
"""

from connectors.testkit.gmail_simulator.actions import Connected
from connectors.testkit.gmail_simulator.faults import Fault
from connectors.testkit.gmail_simulator.settings import Settings
from connectors.testkit.gmail_simulator.simulator import GmailSimulator

__all__ = ["Connected", "Fault", "GmailSimulator", "Settings"]
