"""The Gmail connector keeps the contract, against a strict simulated Gmail."""

import pytest

from connectors.testkit.conformance import ConnectorConformance
from connectors.testkit.gmail_harness import GmailHarness
from connectors.testkit.harness import Harness


class TestGmailConnector(ConnectorConformance):
    @pytest.fixture
    def harness(self, gmail: GmailHarness) -> Harness:
        return gmail
