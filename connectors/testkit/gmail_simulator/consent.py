"""The consent page: the owner chooses an account and scopes, and comes back with a code."""

from __future__ import annotations

from html import escape
from urllib.parse import parse_qs, urlencode

from connectors.testkit.gmail_simulator import accounts, tokens
from connectors.testkit.gmail_simulator.store import Db, one
from connectors.testkit.gmail_simulator.wire import Request, Response
from connectors.testkit.gmail_simulator.world import World, random_token

CODE_LIFETIME = 10 * 60 * 1000
_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Sign in (simulated)</title>
<style>body{{font:16px/1.5 system-ui,sans-serif;max-width:30rem;margin:10vh auto;padding:0 1rem}}
button{{font:inherit;padding:.5rem 1.5rem;margin-inline-end:.5rem}}</style>
<h1>{title}</h1>{content}</html>"""


class ConsentRefused(Exception):
    """The request cannot be answered by a redirect (RFC 6749 4.1.2.1)."""

    def __init__(self, error: str, status: int = 400) -> None:
        super().__init__(error)
        self.error = error
        self.status = status

    def response(self) -> Response:
        """Return the page Google shows: it does not go back to an address it does not trust."""
        content = f"<p>Access blocked. Error {self.status}: {escape(self.error)}</p>"
        return _html("Authorization Error", content, self.status)


def _html(title: str, content: str, status: int = 200) -> Response:
    page = _PAGE.format(title=escape(title), content=content)
    return Response(status, page.encode(), "text/html; charset=utf-8")


def ask(world: World, request: Request) -> Response:
    """Show the page with every account; `login_hint` preselects one."""
    with world.store.open() as db:
        _checked(db, request)
        emails = [row["email"] for row in accounts.every(db)]
    hint = request.arg("login_hint").lower()
    options = "".join(_option(email, email == hint) for email in emails)
    boxes = "".join(_box(scope) for scope in request.arg("scope").split())
    query = escape(urlencode({name: values[-1] for name, values in request.query.items()}))
    return _html(
        "Choose an account",
        f'<form method="post" action="?{query}"><p><label>Account <select name="account">{options}'
        f"</select></label></p><p>The application wants to:</p>{boxes}"
        # A browser leaves unticked boxes out: without this, none at all would look like no form.
        '<input type="hidden" name="boxes" value="1">'
        '<p><button name="answer" value="allow">Allow</button>'
        '<button name="answer" value="deny">Cancel</button></p></form>',
    )


def _option(email: str, chosen: bool) -> str:
    return f"<option{' selected' if chosen else ''}>{escape(email)}</option>"


def _box(scope: str) -> str:
    name = escape(scope)
    box = f'<input type="checkbox" name="scope" value="{name}" checked>'
    return f"<p><label>{box} {name}</label></p>"


def _checked(db: Db, request: Request) -> tokens.Client:
    client = tokens.client(db, request.arg("client_id"))
    if client is None:
        raise ConsentRefused("invalid_client", 401)
    redirect = request.arg("redirect_uri")
    # RFC 6749 4.1.2.1: nobody is sent to an unregistered address, not even with an error.
    if not redirect or (client.redirect_uris and redirect not in client.redirect_uris):
        raise ConsentRefused("redirect_uri_mismatch")
    if request.arg("response_type") != "code":
        raise ConsentRefused("unsupported_response_type")
    if not request.arg("scope"):
        raise ConsentRefused("invalid_request: Missing required parameter: scope")
    if request.arg("code_challenge") and request.arg("code_challenge_method") != "S256":
        raise ConsentRefused("invalid_request: code_challenge_method must be S256")
    return client


def answer(world: World, request: Request) -> Response:
    """Take the owner's answer and send the browser back with a code, or with access_denied."""
    fields = parse_qs(request.body.decode())
    with world.store.open() as db:
        client = _checked(db, request)
        owner = accounts.find(db, fields.get("account", [""])[-1])
        if owner is None or fields.get("answer") != ["allow"]:
            return _back(request, {"error": "access_denied"})
        asked = request.arg("scope").split()
        # Owners may untick scopes since granular consent: a client must check what it was granted.
        ticked = fields.get("scope", [] if "boxes" in fields else asked)
        scopes = [scope for scope in ticked if scope in asked]
        code = _new_code(world, db, request, client, owner["email"], scopes)
    return _back(request, {"code": code, "scope": " ".join(scopes)})


def _new_code(
    world: World, db: Db, request: Request, client: tokens.Client, account: str, scopes: list[str]
) -> str:
    code = f"4/0A{random_token(60)}"
    # A refresh token comes with the first consent, later ones only after prompt=consent.
    offline = request.arg("access_type") == "offline" and (
        "consent" in request.arg("prompt").split() or not _consented(db, account, client)
    )
    db.execute(
        "INSERT INTO codes VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(code, account, client.client_id, request.arg("redirect_uri"), " ".join(scopes)),
            *(request.arg("code_challenge"), offline, world.now() + CODE_LIFETIME),
        ),
    )
    return code


def _consented(db: Db, account: str, client: tokens.Client) -> bool:
    found = one(
        db,
        "SELECT 1 FROM refresh_tokens WHERE account = ? AND client_id = ? AND dead = ''",
        *(account, client.client_id),
    )
    return found is not None


def _back(request: Request, values: dict[str, str]) -> Response:
    target = request.arg("redirect_uri")
    state = {"state": request.arg("state")} if request.arg("state") else {}
    joint = "&" if "?" in target else "?"
    location = f"{target}{joint}{urlencode(state | values)}"
    return Response(302, b"", "text/html", {"Location": location})
