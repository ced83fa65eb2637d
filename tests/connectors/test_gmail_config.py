"""The config of a Gmail mailbox is checked field by field."""

import pytest

from connectors.gmail.config import GmailConfig
from inbox_service.errors import Invalid

ADDRESS = "support@shop.example"


def test_an_address_is_enough():
    config = GmailConfig.read({"address": " Support@Shop.Example "})
    assert config == GmailConfig(ADDRESS)
    assert config.labels == {"INBOX", "SENT"}
    assert (config.units, config.project) == ("2026", "")


def test_everything_can_be_set():
    config = GmailConfig.read(
        {
            "address": ADDRESS,
            "project": "shop-mail",
            "units": "2025",
            "labels": ["INBOX", "Label_7"],
        }
    )
    assert config.labels == {"INBOX", "Label_7"}
    assert config.units == "2025"


def test_labels_may_come_as_text_from_the_command_line():
    config = GmailConfig.read({"address": ADDRESS, "labels": "INBOX, Label_7"})
    assert config.labels == {"INBOX", "Label_7"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("address", ""),
        ("address", "support"),
        ("address", "a b@shop.example"),
        ("address", 7),
        ("units", "2024"),
        ("units", 2026),
        ("project", None),
        ("labels", []),
        ("labels", ""),
        ("labels", "INBOX,,SENT"),
        ("labels", 3),
        ("labels", ["INBOX", 3]),
    ],
)
def test_a_wrong_value_is_refused_by_the_name_of_its_field(field, value):
    with pytest.raises(Invalid) as caught:
        GmailConfig.read({"address": ADDRESS, field: value})
    assert caught.value.details == {"field": field}


def test_a_missing_address_is_named():
    with pytest.raises(Invalid) as caught:
        GmailConfig.read({})
    assert caught.value.details == {"field": "address"}
