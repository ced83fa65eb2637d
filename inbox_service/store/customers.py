"""Customers and the addresses they write from."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, delete, insert, select, update

from .ids import new_id
from .tables import customer_addresses, customers
from .upsert import claim


def ensure(
    connection: Connection, site_id: int, names: Mapping[str, str], at: int
) -> dict[str, int]:
    """Return the customer of each address, made where there is none; `names` is name by address.

    Addresses are taken in their order, so that two transactions meeting the same new people wait
    for each other instead of locking each other out.
    """
    found = _by_address(connection, site_id, names)
    for email in sorted(set(names) - set(found)):
        found[email] = _add(connection, site_id, email, names[email], at)
    return found


def add(connection: Connection, site_id: int, name: str, at: int) -> int:
    """Insert a customer who has no address yet, and return the id."""
    customer_id = new_id(at)
    row = {"site_id": site_id, "id": customer_id, "name": name[:200], "created_at": at}
    connection.execute(insert(customers).values(**row))
    return customer_id


def show_images(connection: Connection, site_id: int, email: str, at: int | None) -> bool:
    """Show the images of this address from now on, None for no longer; False for an unknown one."""
    changed = connection.execute(
        update(customer_addresses)
        .where(customer_addresses.c.site_id == site_id, customer_addresses.c.email == email)
        .values(images_shown_at=at)
    )
    return changed.rowcount == 1


def write_note(
    connection: Connection, site_id: int, customer_id: int, version: int, text: str
) -> bool:
    """Change the team's note on a customer; False where it is another version by now."""
    changed = connection.execute(
        update(customers)
        .where(
            customers.c.site_id == site_id,
            customers.c.id == customer_id,
            customers.c.note_version == version,
            # Nothing is to be known of who was erased.
            customers.c.erased_at.is_(None),
        )
        .values(note=text, note_version=version + 1)
    )
    return changed.rowcount == 1


def images_shown_of(
    connection: Connection, site_id: int, emails: Collection[str]
) -> frozenset[str]:
    """Return those of the addresses whose images are shown without being asked for."""
    if not emails:
        return frozenset()
    query = select(customer_addresses.c.email).where(
        customer_addresses.c.site_id == site_id,
        customer_addresses.c.email.in_(sorted(emails)),
        customer_addresses.c.images_shown_at.is_not(None),
    )
    return frozenset(connection.execute(query).scalars())


def _by_address(connection: Connection, site_id: int, emails: Mapping[str, str]) -> dict[str, int]:
    query = select(customer_addresses.c.email, customer_addresses.c.customer_id).where(
        customer_addresses.c.site_id == site_id, customer_addresses.c.email.in_(sorted(emails))
    )
    # Held until the end of the transaction: an erasure that takes the address away meanwhile would
    # leave a new ticket with a customer who is nobody any more. In the order it takes them in.
    held = query.order_by(customer_addresses.c.email).with_for_update(read=True, key_share=True)
    return {row.email: row.customer_id for row in connection.execute(held)}


def _add(connection: Connection, site_id: int, email: str, name: str, at: int) -> int:
    customer_id = add(connection, site_id, name, at)
    address = {"site_id": site_id, "id": new_id(at), "customer_id": customer_id}
    if claim(connection, customer_addresses, {**address, "email": email, "created_at": at}):
        return customer_id
    # Another transaction was first: the customer just made belongs to nobody.
    connection.execute(
        delete(customers).where(customers.c.site_id == site_id, customers.c.id == customer_id)
    )
    return _by_address(connection, site_id, {email: name})[email]
