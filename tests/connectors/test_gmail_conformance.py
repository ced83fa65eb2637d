"""The Gmail connector keeps the contract, against a strict simulated Gmail."""

import pytest

from connectors.testkit.conformance import ConnectorConformance, ReadingConformance
from connectors.testkit.gmail_harness import GmailHarness
from connectors.testkit.harness import Harness


class TestGmailConnector(ConnectorConformance):
    @pytest.fixture
    def harness(self, gmail: GmailHarness) -> Harness:
        return gmail


class TestGmailConnectorOfAnOldProject(ReadingConformance):
    """The old quota table makes it fetch in batches."""

    @pytest.fixture
    def harness(self, gmail: GmailHarness) -> Harness:
        gmail.config["units"] = "2025"
        return gmail
