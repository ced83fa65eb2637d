"""Machines told from people: recall and specificity on the labelled set, and on real mail.

ARCHIVES=FOLDER holds *.mbox.gz of discussion lists, all written by people.
"""

from __future__ import annotations

from collections import Counter

from inbox_service.domain.mail import AutomaticKind
from inbox_service.mime import parse
from tests.bench.figures import show
from tests.bench.mime import archives
from tests.mime.labelled import LETTERS, Letter


def main() -> None:
    """Print the table."""
    for kind in AutomaticKind:
        letters = [one for one in LETTERS if one.kind is kind]
        found = Counter(parse(one.raw).automatic for one in letters)
        others = {str(key): count for key, count in found.items() if key is not kind}
        show(f"{kind}: found as such", share(found[kind], len(letters)), f"else {others}")
    machines = [one for one in LETTERS if one.kind]
    known = [one for one in machines if parse(one.raw).automatic]
    missed = [one.name for one in machines if one not in known]
    show(
        "recall: automatic known as automatic", share(len(known), len(machines)), f"missed {missed}"
    )
    people = [one for one in LETTERS if not one.kind]
    kept = [one for one in people if not parse(one.raw).automatic]
    show("specificity: people kept as people", share(len(kept), len(people)))
    real = [parse(raw).automatic for raw in archives()]
    if real:
        show("specificity on real archives", share(real.count(None), len(real)))
    bounces = [one for one in LETTERS if one.bounce]
    read = [one for one in bounces if parse(one.raw).bounce and is_read(one)]
    show("bounces read right in every field", share(len(read), len(bounces)))


def is_read(one: Letter) -> bool:
    """Compare a bounce with its label."""
    bounce, label = parse(one.raw).bounce, one.bounce
    return all(getattr(bounce, name) == value for name, value in label.items())


def share(part: int, whole: int) -> str:
    """Return "12 of 13, 92.3 %"."""
    return f"{part:,} of {whole:,}, {100 * part / max(whole, 1):.2f} %"


if __name__ == "__main__":
    main()
