"""The shop of the demo and the people who write to it; every address is in a reserved domain."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import formataddr

SHOP = "Jasmine & Reed"
DOMAIN = "jasmine-reed.example"
# Which account holds the mail of which address: billing@ is an alias of support@.
ACCOUNTS = {
    f"support@{DOMAIN}": (f"billing@{DOMAIN}",),
    f"sales@{DOMAIN}": (),
}

# name, local part of the address
_WRITERS = {
    "en": (
        ("Eleanor Finch", "eleanor.finch"),
        ("Marcus Hill", "marcus.hill"),
        ("Pia Andersen", "pia.andersen"),
        ("Declan Murphy", "declan.murphy"),
        ("Yuki Tanaka", "yuki.tanaka"),
        ("Rosa Jimenez", "rosa.jimenez"),
        ("Samuel Cole", "samuel.cole"),
        ("Bettina Kraus", "bettina.kraus"),
        ("Ifeoma Obi", "ifeoma.obi"),
        ("Lewis Grant", "lewis.grant"),
        ("Anneke de Wit", "anneke.dewit"),
        ("Harriet Stone", "harriet.stone"),
        ("Dev Malhotra", "dev.malhotra"),
    ),
    "ar": (
        ("يوسف الخطيب", "yousef.alkhatib"),
        ("منى الزهراني", "mona.alzahrani"),
        ("طارق حداد", "tariq.haddad"),
        ("دانة القحطاني", "dana.alqahtani"),
        ("كريم سليمان", "karim.suleiman"),
    ),
    "tl": (
        ("Andres Dizon", "andres.dizon"),
        ("Luz Fernandez", "luz.fernandez"),
        ("Miguel Aquino", "miguel.aquino"),
        ("Teresa Manalo", "teresa.manalo"),
    ),
}
_HOSTS = {"en": "letterbox.example", "ar": "barid.example", "tl": "sulat.example"}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an address."""

    name: str
    address: str

    def __str__(self) -> str:
        return formataddr((self.name, self.address))


def shop_address(inbox: str) -> str:
    """The address of one of the shop's inboxes: support, billing or sales."""
    return f"{inbox}@{DOMAIN}"


def account_of(address: str) -> str:
    """The account that receives what is sent to `address`."""
    for account, aliases in ACCOUNTS.items():
        if address == account or address in aliases:
            return account
    raise KeyError(address)


def writer(language: str, turn: int) -> Person:
    """The person who writes the `turn`-th new mail in a language; every round has new addresses."""
    writers = _WRITERS[language]
    name, local = writers[turn % len(writers)]
    again = turn // len(writers)
    return Person(name, f"{local}{again + 1 if again else ''}@{_HOSTS[language]}")


def language_of(address: str) -> str:
    """The language in which the owner of `address` writes."""
    host = address.rpartition("@")[2]
    return next((language for language, own in _HOSTS.items() if own == host), "en")
