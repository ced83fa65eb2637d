"""Search at the API: words seldom and everywhere, as they are typed (TICKETS=10000,100000).

Mails of 60 words, as seldom and as common as words of a language are; SQLite, or the empty
PostgreSQL database that DATABASE_URL names. Also how long it takes to make all of it findable.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import accumulate
from pathlib import Path
from urllib.parse import urlencode

import structlog
from sqlalchemy import Connection, insert, text

from inbox_service.services import search
from inbox_service.store import counters, tags
from inbox_service.store.tables import messages, tickets
from inbox_service.testing import START, add_customer, add_inbox
from tests.bench.desk import SIZES, Client, ask, message_rows, open_desk, ticket_row
from tests.bench.figures import percentiles, show

WORDS = 40_000
LENGTH = 60
_LATIN, _ARABIC = "abcdefghijklmnoprstuvwz", "ابتجحدرسشعغفقكلمنهوي"
_CHUNK = 2_000


def main() -> None:
    """Print the figures for each size."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            measure(size, Path(folder))


def measure(size: int, folder: Path) -> None:
    """Print how long searches take among `size` tickets."""
    shop, language = open_desk(folder), Language(size)
    inbox_ids = [shop.inbox_id, *(shop.add(add_inbox) for _ in range(9))]
    for first in range(1, size + 1, _CHUNK):
        with shop.deps.sessions.writing() as connection:
            last = min(first + _CHUNK, size + 1)
            fill(connection, shop.site_id, inbox_ids, range(first, last), language)
    started = time.perf_counter()
    count = search.reindex(shop.deps, lambda *_: None)
    rate = count / (time.perf_counter() - started)
    with shop.deps.sessions.writing() as connection:
        connection.execute(text("ANALYZE"))
    print(f"{size:,} tickets, {count:,} messages; {rate:,.0f} made findable in a second")
    clients = {"everybody": shop.manager, "one inbox": shop.hire(900, inboxes=(inbox_ids[3],))}
    for name, who, query in language.searches(size):
        path = f"/search?{urlencode({'q': query, 'limit': 25})}"
        spent: list[float] = []
        p50, p95 = percentiles(partial(_ask, clients[who], path, spent), times=40)
        cpu = statistics.median(spent)
        show(name, f"p50 {p50:6.1f} ms", f"p95 {p95:6.1f} ms", f"CPU here {cpu:6.1f} ms")
    shop.deps.sessions.close()


def _ask(client: Client, path: str, spent: list[float]) -> None:
    started = time.process_time()
    ask(client, "GET", path, None)
    spent.append((time.process_time() - started) * 1000)


class Language:
    """Made-up words, the n-th of which is written 1/(n + 3) as often as the first ones."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        letters = [_LATIN] * (WORDS * 3 // 4) + [_ARABIC] * (WORDS // 4)
        self._random.shuffle(letters)
        self.words = [self._word(choice) for choice in letters]
        self._weights = list(accumulate(1 / (n + 3) for n in range(WORDS)))

    def write(self, length: int) -> str:
        return " ".join(self._random.choices(self.words, cum_weights=self._weights, k=length))

    def searches(self, size: int) -> Iterator[tuple[str, str, str]]:
        """Yield a name, who searches, and the request's query."""
        arabic = next(word for word in self.words[900:] if word[0] in _ARABIC)
        common, other, seldom = self.words[0], self.words[1], self.words[20_000]
        yield "a number that stands once", "everybody", f"case{size // 2}x"
        yield "a seldom word", "everybody", f"{seldom} "
        yield "an Arabic word", "everybody", f"{arabic} "
        yield "a word in most mails", "everybody", f"{common} "
        yield "two letters typed", "everybody", f"{common[:2]}"
        yield "three letters typed", "everybody", f"{self.words[500][:3]}"
        yield "four letters of a number", "everybody", "case"
        yield "three words", "everybody", f"{common} {other} {self.words[300]}"
        yield "a phrase of common words", "everybody", f'"{common} {other}"'
        yield "two words never together", "everybody", f"{seldom} {self.words[20_001]} "
        yield "words of a sender", "everybody", f"from:omar {self.words[300]} "
        yield "without a word", "everybody", f"{other} -{common} "
        yield "a common word, open", "everybody", f"{common} is:open"
        yield "a common word, seldom tag", "everybody", f"{common} tag:vip"
        yield "a common word, one inbox of ten", "one inbox", f"{common} "
        yield "open tickets", "everybody", "is:open"
        yield "a seldom tag", "everybody", "tag:vip"
        yield "a common word, last month", "everybody", f"{common} before:2026-02-01"

    def _word(self, letters: str) -> str:
        return "".join(self._random.choices(letters, k=self._random.randint(4, 9)))


def fill(
    connection: Connection, site_id: int, inbox_ids: list[int], numbers: range, language: Language
) -> None:
    """Insert tickets of three messages each; every thousandth has a tag."""
    customers = [add_customer(connection, site_id) for _ in range(10)]
    rows = [ticket_row(site_id, inbox_ids, customers, number) for number in numbers]
    connection.execute(insert(tickets), rows)
    written = [
        {**message, "text": f"{language.write(LENGTH)} case{row['number']}x"}
        for row in rows
        for message in message_rows(row)
    ]
    connection.execute(insert(messages), written)
    counters.apply(connection, site_id, Counter(counters.Bucket.of(row) for row in rows))
    for row in rows:
        if row["number"] % 1000 == 0:
            tags.tag(connection, site_id, row["id"], ["vip"], START)


if __name__ == "__main__":
    main()
