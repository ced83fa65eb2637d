"""A service account acts for a mailbox: its key is checked, signed with, and never sent around."""

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from connectors.gmail.scopes import MODIFY
from connectors.gmail.service_key import ServiceKey
from connectors.testkit.fakes import MemoryCell
from connectors.testkit.gmail_simulator import GmailSimulator
from connectors.testkit.gmail_simulator.keys import public_pem
from inbox_service.errors import Invalid
from inbox_service.ports import NeedsReauth

ROBOT = "robot@project.iam.gserviceaccount.com"
ADDRESS = "support@shop.example"


@pytest.fixture(scope="module")
def key():
    with GmailSimulator() as simulator:
        return simulator.add_service_account(ROBOT, (MODIFY,))


def test_the_claims_name_the_account_the_scope_and_google(key):
    grant = ServiceKey.read(key, ADDRESS).grant(1_780_000_000_000)
    assert grant["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer"
    claims = jwt.decode(
        grant["assertion"],
        public_pem(key["private_key"]),
        algorithms=["RS256"],
        audience="https://oauth2.googleapis.com/token",
        options={"verify_exp": False, "verify_iat": False},
    )
    assert (claims["iss"], claims["sub"], claims["scope"]) == (ROBOT, ADDRESS, MODIFY)
    assert (claims["iat"], claims["exp"]) == (1_780_000_000, 1_780_003_600)
    assert jwt.get_unverified_header(grant["assertion"])["kid"] == key["private_key_id"]


def test_only_what_is_needed_is_kept_of_the_file(key):
    kept = ServiceKey.read({**key, "token_uri": "http://evil.example", "x": 1}, ADDRESS)
    assert set(kept.credentials()) == {
        "client_email",
        "private_key",
        "private_key_id",
        "client_id",
        "project_id",
        "subject",
    }


def test_stored_credentials_make_the_key_again(key):
    read = ServiceKey.read(key, ADDRESS)
    assert ServiceKey.of({**read.credentials(), "access_token": "x"}) == read


def test_a_mailbox_works_by_a_key_and_renews_its_token(gmail):
    own = gmail.simulator.add_service_account(ROBOT, (MODIFY,))
    gmail.cell = MemoryCell(ServiceKey.read(own, gmail.address).credentials())
    connector = gmail.connector()
    assert connector.identify().address == gmail.address
    gmail.simulator.expire_tokens(gmail.address)
    connector.start()
    assert gmail.cell.renewals == 2


def test_a_key_without_delegation_needs_the_owner(gmail):
    own = gmail.simulator.add_service_account(ROBOT, ("https://mail.google.com/",))
    gmail.cell = MemoryCell(ServiceKey.read(own, gmail.address).credentials())
    with pytest.raises(NeedsReauth, match="unauthorized_client"):
        gmail.connector().start()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"type": None}, "type"),
        ({"installed": {}}, "type"),
        ({"client_email": None}, "client_email"),
        ({"private_key": "no key"}, "private_key"),
        ({"private_key_id": []}, "private_key_id"),
    ],
)
def test_a_wrong_field_is_named_and_not_repeated(key, change, field):
    with pytest.raises(Invalid) as caught:
        ServiceKey.read({**key, **change}, ADDRESS)
    assert caught.value.details == {"field": f"service_account.{field}"}
    assert "no key" not in str(caught.value)


def test_a_key_of_another_kind_is_refused(key):
    pem = (
        Ed25519PrivateKey.generate()
        .private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        .decode()
    )
    with pytest.raises(Invalid, match="no RSA key"):
        ServiceKey.read({**key, "private_key": pem}, ADDRESS)
