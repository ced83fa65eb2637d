"""Loads many mails at once in Chromium, each in a frame of its own, and asks what they did."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from families import Case
from playwright.sync_api import Browser, Page
from trap import Trap

from inbox_service import mime

HERE = Path(__file__).parent
BATCH = 150

# A mail printed into a desk as it is, without the frame's policy and sandbox.
_BARE = """(mail) => {
  const framed = new DOMParser().parseFromString( frameDocument( mail ), 'text/html' );
  const sheet = framed.querySelectorAll( 'style' )[ 1 ].textContent;
  return `<!doctype html><style data-mail>${ sheet }</style>
    <div class=desk style="height:80px">Desk</div>
    <div id=mail style="overflow:auto">${ framed.body.innerHTML }</div>
    <div class=desk style="height:80px">Reply</div>`;
}"""
_FRAMED = "(mail) => frameDocument( mail )"
_SHOWN = "(mail) => frameDocument( { ...mail, showRemote: true } )"
_RAW = """(mail) => {
  const desk = '<div class=desk style="height:80px">Desk</div>';
  return /<(html|body|frameset|meta|base)/.test( mail.html ) ? mail.html
    : `<!doctype html><body>${ desk }<div id=mail>${ mail.html }`;
}"""
WAYS = {"framed": _FRAMED, "bare": _BARE, "shown": _SHOWN, "raw": _RAW}

_LOAD = """([way, mails]) => Promise.all( mails.map( ( one ) => new Promise( ( done ) => {
  const { number, html } = one;
  const frame = document.createElement( 'iframe' );
  const mail = { html, direction: 'ltr', attachments: [], filesRoot: '/files/', showRemote: false };
  frame.dataset.number = number;
  frame.style.cssText = 'position:absolute;inset:0;width:800px;height:600px';
  if ( way === 'framed' || way === 'shown' ) { frame.setAttribute( 'sandbox', SANDBOX ); }
  frame.onload = done;
  setTimeout( done, 15_000 );
  frame.srcdoc = WAYS[ way ]( mail );
  document.body.append( frame );
} ) ) )"""
_JUDGE = """() => [ ...document.querySelectorAll( 'body > iframe' ) ].map( ( frame ) => {
  const inner = frame.contentDocument;
  // What a person would click on.
  inner?.querySelectorAll( '[*|href]' ).forEach( ( link ) => {
    if ( /script/i.test( link.href?.baseVal ?? link.href ?? '' ) ) {
      link.dispatchEvent( new MouseEvent( 'click', { bubbles: true } ) );
    }
  } );
  return [ Number( frame.dataset.number ), judge( frame ) ];
} )"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A case, and what its document did or shows that no mail may."""

    case: Case
    troubles: frozenset[str]


class Stage:
    """One browser page after the other, and the trap behind all of them."""

    def __init__(self, browser: Browser, trap: Trap, frame_script: str) -> None:
        self.browser, self.trap, self.frame_script = browser, trap, frame_script

    def judged(self, cases: Sequence[Case], way: str) -> list[Verdict]:
        """Load all cases in one way (framed, bare, shown or raw) and return a verdict of each."""
        troubles: dict[int, set[str]] = defaultdict(set)
        numbered = list(enumerate(cases))
        self.trap.caught.clear()
        for start in range(0, len(numbered), BATCH):
            for number, found in self._load(numbered[start : start + BATCH], way):
                troubles[number].update(found)
        for number in self.trap.caught:
            troubles[number].add("load: reached the outside")
        return [Verdict(case, frozenset(troubles[number])) for number, case in numbered]

    def _load(self, numbered: list[tuple[int, Case]], way: str) -> list[tuple[int, list[str]]]:
        page = self._page()
        mails = [
            {"number": number, "html": source(case, number, clean=way != "raw")}
            for number, case in numbered
        ]
        page.evaluate(_LOAD, [way, mails])
        found: list[tuple[int, list[str]]] = page.evaluate(_JUDGE)
        page.wait_for_timeout(300)  # for what starts by itself; the trap tells when it is over
        ran = page.evaluate("[...new Set(window.ranBy)]")
        page.context.close()
        return [*found, *((number, ["script: ran"]) for number in ran)]

    def _page(self) -> Page:
        page = self.browser.new_context().new_page()
        page.goto(f"http://127.0.0.1:{self.trap.port}/")
        page.evaluate("window.ranBy = []; window.ran = ( number ) => ranBy.push( number );")
        ways = ",".join(f"{json.dumps(name)}:{code}" for name, code in WAYS.items())
        page.add_script_tag(content=f"window.WAYS={{{ways}}};{self.frame_script}")
        page.add_script_tag(content=(HERE / "judge.js").read_text(encoding="utf-8"))
        return page


def source(case: Case, number: int, *, clean: bool) -> str:
    """Return the HTML of a case as it is loaded, cleaned as the service does it or not."""
    html = case.html.replace("RUN", f"top.ran({number})").replace("NUMBER", str(number))
    html = html.replace("EVIL", f"c{number}-evil.example")
    if not clean:
        return html
    seen = mime.visible("", mime.sanitize(html).html)
    return seen.html + seen.folded_html
