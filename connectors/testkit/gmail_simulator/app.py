"""What happens to a request: find its endpoint, strike it with faults, charge it, do it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from connectors.testkit.gmail_simulator import (
    batch,
    consent,
    control,
    fields,
    history,
    methods,
    oauth,
    pubsub,
    tokens,
    uploads,
    watch,
)
from connectors.testkit.gmail_simulator.errors import (
    ApiError,
    ConnectionDropped,
    OAuthError,
    invalid,
    known,
)
from connectors.testkit.gmail_simulator.faults import Fault
from connectors.testkit.gmail_simulator.wire import Json, Request, Response, json_response
from connectors.testkit.gmail_simulator.world import Call, World

_log = logging.getLogger(__name__)
# Query parameters of every Google API that the discovery document does not list.
EXTRA_PARAMETERS = {"uploadType", "upload_id", "trace", "$alt", "userIp"}
PAGES: dict[tuple[str, str], tuple[str, Callable[[World, Request], Response]]] = {
    ("GET", "/o/oauth2/v2/auth"): ("consent", consent.ask),
    ("POST", "/o/oauth2/v2/auth"): ("consent", consent.answer),
    ("POST", "/token"): ("token", oauth.token),
    ("POST", "/revoke"): ("revoke", oauth.revoke),
    ("GET", "/oauth2/v3/certs"): ("certs", oauth.certs),
}


@dataclass(frozen=True, slots=True)
class App:
    """The simulator as a function from request to response."""

    world: World

    def handle(self, request: Request) -> Response:
        """Answer any request; only ConnectionDropped leaves as an exception."""
        try:
            return self._route(request)
        except ApiError as error:
            return json_response(error.body(), error.status)
        except OAuthError as error:
            body: Json = {"error": error.error, "error_description": error.description}
            return json_response(body, error.status)
        except consent.ConsentRefused as error:
            return error.response()
        except ConnectionDropped:
            raise
        except Exception:  # noqa: BLE001 - the top of every request: a fault of ours is a 500
            _log.exception("%s %s failed", request.verb, request.path)
            return json_response(known("internalError").body(), 500)

    def _route(self, request: Request) -> Response:
        # The control API stands before all else: no fault may strike the hand that lifts it.
        if request.path.startswith("/_sim/"):
            return control.serve(self.world, request)
        if request.path.rstrip("/") in batch.PATHS and request.verb == "POST":
            return batch.run(self.world, request, self.handle)
        if (request.verb, request.path) in PAGES:
            name, answer = PAGES[request.verb, request.path]
            return self._struck(name, "", lambda _: answer(self.world, request))
        if request.path.startswith("/v1/projects/"):
            name = f"pubsub.{request.path.rpartition(':')[2]}"
            return self._struck(name, "", lambda _: pubsub.serve(self.world, request))
        if uploads.plain_path(request.path):
            received = uploads.receive(self.world, request)
            return received if isinstance(received, Response) else self._gmail(received)
        return self._gmail(request)

    def _struck(
        self, name: str, account: str, work: Callable[[Fault | None], Response]
    ) -> Response:
        """Do the work under the fault that is due for it, if any."""
        fault = self.world.faults.take(name, account)
        if fault is None:
            return work(None)
        self.world.closing.wait(fault.delay / 1000)
        fault.before(name, self.world.now())
        response = work(fault)
        fault.after(name, self.world.now())
        return response

    def _gmail(self, request: Request) -> Response:
        found = methods.find(request.verb, request.path)
        if found is None:
            raise ApiError(404, "notFound", "Not Found")
        # Google refuses what its discovery document does not list; a misspelt parameter that is
        # passed over would make a client look right here and read the whole mailbox there.
        for name in sorted(set(request.query) - found.method.parameters - EXTRA_PARAMETERS):
            raise invalid(f'Invalid JSON payload received. Unknown name "{name}": Cannot bind'
                          " query parameter.")  # fmt: skip
        if found.method.name not in methods.HANDLERS:
            raise ApiError(501, "notImplemented", f"Not simulated: {found.method.name}")
        grant = self._grant(request, found)
        user = f"{grant.project}:{grant.account}"
        # A held-back call counts as running, so that delays show what concurrency does.
        with self.world.quota.running(self.world.settings, user):
            return self._struck(
                found.method.name,
                grant.account,
                lambda fault: self._call(request, found, grant, fault),
            )

    def _grant(self, request: Request, found: methods.Match) -> tokens.Grant:
        """Check token, scope and user of a call."""
        with self.world.store.open() as db:
            header = request.headers.get("authorization", "")
            grant = tokens.grant_of(db, header, self.world.now())
        if not self.world.settings.api_enabled:
            raise known("accessNotConfigured")
        if not grant.scopes & found.method.scopes:
            raise known("insufficientPermissions")
        if not grant.account:
            # A service account has no mailbox of its own: googleapis/google-api-python-client#984.
            raise known("failedPrecondition")
        user = found.params["userId"].lower()
        if user not in ("me", grant.account):
            raise ApiError(403, "forbidden", f"Delegation denied for {grant.account}")
        return grant

    def _call(
        self, request: Request, found: methods.Match, grant: tokens.Grant, fault: Fault | None
    ) -> Response:
        world, name = self.world, found.method.name
        # Charged before the work: a call that ends in 404 costs as much as one that does not.
        world.quota.charge(world.settings, grant.project, grant.account, name, world.now())
        mask = fields.parse(request.arg("fields")) if request.arg("fields") else {}
        with world.store.open() as db:
            call = Call(
                *(world, db, grant.account, grant.project, grant.scopes, request, found.params)
            )
            if fault and fault.kind == "blank_page" and name == "history.list":
                body: Json | None = history.list_history(call, blank=True)
            else:
                body = methods.HANDLERS[name](call)
            # Announced inside the transaction: no notice of what a crash would take back.
            announced = request.verb != "GET" and watch.announce(world, db)
        if announced:
            world.wake()
        return Response(204) if body is None else json_response(fields.chosen(body, mask))
