"""What stays in sight of an answer: ours beside the libraries, and on real mail.

ARCHIVES=FOLDER holds *.mbox.gz; without it only the answers of tests/mime/answers are read.
SHOW=1 lists what is not exact.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Sequence

import mailparser_reply
import quotequail
from mailparser_reply.constants import MAIL_LANGUAGES

from inbox_service.domain.mail import ParsedMail
from inbox_service.mime import parse, sanitize, text_of, visible
from tests.bench.figures import show
from tests.bench.mime import archives, spread
from tests.mime.answers import ANSWERS, FORWARDS, SCENES, Answer
from tests.mime.answers.answer import Verdict

SHOW = os.environ.get("SHOW", "")
SETS = {"answers": ANSWERS, "forwards": FORWARDS, "scenes": SCENES}

Shower = Callable[[Answer], str]


def main() -> None:
    """Print the tables."""
    for name, shown in SHOWERS.items():
        for set_name, answers in SETS.items():
            for kind in ("text", "html"):
                chosen = [one for one in answers if one.is_html == (kind == "html")]
                show(f"{name}: {set_name}, {kind}", table(shown, chosen))
    on_real_mail([parse(raw) for raw in archives()])


def table(shown: Shower, answers: Sequence[Answer]) -> str:
    """Return the shares of exact, leaked and lost."""
    verdicts = {one.name: one.judge(said(shown, one)) for one in answers}
    if SHOW and shown is ours:
        for name, verdict in verdicts.items():
            if verdict is not Verdict.EXACT:
                print(f"  {verdict.value} {name}")
    counts = Counter(verdicts.values())
    whole = max(len(answers), 1)
    parts = [f"{one.value} {counts[one]} ({100 * counts[one] / whole:.1f} %)" for one in Verdict]
    return f"{', '.join(parts)} of {len(answers)}"


def said(shown: Shower, answer: Answer) -> str:
    """Return the text in sight, all of it where a library raises."""
    try:
        return shown(answer)
    except Exception:  # noqa: BLE001  (which errors a library raises is not what is measured)
        return answer.body


def ours(answer: Answer) -> str:
    """Fold with inbox_service.mime."""
    if answer.is_html:
        return text_of(visible("", sanitize(answer.body).html).html)
    return visible(answer.body, "").text


def by_quotequail(answer: Answer) -> str:
    """Fold with quotequail."""
    if answer.is_html:
        parts = quotequail.quote_html(answer.body, quote_intro_line=True)
        return text_of("".join(html for is_shown, html in parts if is_shown))
    return "\n".join(
        text for is_shown, text in quotequail.quote(answer.body, quote_intro_line=True) if is_shown
    )


_LANGUAGES = list(MAIL_LANGUAGES)


def by_mail_parser_reply(answer: Answer) -> str:
    """Fold with mail-parser-reply, which reads text only."""
    text = text_of(answer.body) if answer.is_html else answer.body
    found = mailparser_reply.EmailReplyParser(languages=_LANGUAGES).parse_reply(text)
    return str(found)


SHOWERS: dict[str, Shower] = {
    "ours": ours,
    "quotequail": by_quotequail,
    "mail-parser-reply": by_mail_parser_reply,
}


def on_real_mail(mails: Sequence[ParsedMail]) -> None:
    """Say how long folding takes, and whether a mail with words shows none."""
    times, empty, folded = [], 0, 0
    for mail in mails:
        html = sanitize(mail.html).html if mail.html else ""
        begun = time.process_time()
        seen = visible(mail.text, html)
        times.append(time.process_time() - begun)
        folded += bool(seen.folded_text)
        empty += bool(mail.text.strip() or text_of(html)) and not seen.text.strip()
    if mails:
        show("real mail", spread(times), f"{len(mails):,} mails, {folded:,} folded, {empty} empty")


if __name__ == "__main__":
    main()
