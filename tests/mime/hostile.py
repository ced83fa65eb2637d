"""HTML made to run, load, post or cover something, and the check that it no longer does."""

from __future__ import annotations

import re

from lxml import etree

HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src='https://evil.example/a.png' onload=alert(1)>",
    "<img/onerror=alert(1)/src=x>",
    "<img src=x:alert(1)>",
    "<img src='javascript:alert(1)'>",
    "<img srcset='https://evil.example/a.png 2x'>",
    "<img lowsrc='https://evil.example/a.png' dynsrc='https://evil.example/b'>",
    "<img src='data:image/svg+xml;base64,PHN2Zy8+'>",
    "<img src='data:text/html,<script>alert(1)</script>'>",
    "<img src='data:image/png;base64,AA\" onerror=\"alert(1)'>",
    "<picture><source srcset='https://evil.example/a.png'><img></picture>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java&#10;script:alert(1)'>x</a>",
    "<a href='&#x6A;avascript:alert(1)'>x</a>",
    "<a href=' \x01javascript:alert(1)'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<a href='file:///etc/passwd'>x</a>",
    "<a href='cid:1'>x</a>",
    "<a href='#top' ping='https://evil.example/p'>x</a>",
    "<a href='https://ok.example' target='_top' rel='opener'>x</a>",
    "<form action='https://evil.example'><input name=password><button>Log in</button></form>",
    "<button formaction='https://evil.example'>x</button>",
    "<input type=image src='https://evil.example/a.png'>",
    "<textarea><script>alert(1)</script></textarea>",
    "<select onfocus=alert(1) autofocus><option>x</select>",
    "<iframe src='https://evil.example'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<frameset><frame src='https://evil.example'></frameset>",
    "<object data='https://evil.example/x.swf'><param name=x></object>",
    "<embed src='https://evil.example/x.swf'>",
    "<applet code=x></applet>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<link rel=prefetch href='https://evil.example/x'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href='https://evil.example/'><a href='x'>x</a>",
    "<style>@import url(https://evil.example/x.css)</style>",
    "<style>body{background:url(https://evil.example/a.png)}</style>",
    "<style><img src=x onerror=alert(1)></style>",
    "<svg onload=alert(1)></svg>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><image href='https://evil.example/a.png'/></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math href='javascript:alert(1)'>x</math>",
    "<math><mtext></form><form><mglyph><svg><mtext><style><path id='</style><img onerror=x src>'>",
    "<video src='https://evil.example/v' poster='https://evil.example/p' autoplay></video>",
    "<audio src='https://evil.example/a'></audio>",
    "<video><source onerror=alert(1)></video>",
    "<body background='https://evil.example/a.png' onload=alert(1)>x</body>",
    "<table background='https://evil.example/a.png'><td background='https://evil.example/b'>x</table>",
    "<div style='background:url(https://evil.example/a.png)'>x</div>",
    "<div style='background:u\\72l(https://evil.example/a.png)'>x</div>",
    "<div style='background:url&#40;https://evil.example/a.png)'>x</div>",
    "<div style='background-image:image-set(\"https://evil.example/a.png\" 1x)'>x</div>",
    "<div style='list-style-image:url(https://evil.example/a.png)'>x</div>",
    "<div style='border-image:url(https://evil.example/a.png)'>x</div>",
    "<div style='content:url(https://evil.example/a.png)'>x</div>",
    "<div style='width:expression(alert(1))'>x</div>",
    "<div style='behavior:url(#x);-moz-binding:url(x)'>x</div>",
    "<div style='color:red;/**/background:url(https://evil.example/a.png)'>x</div>",
    "<div style='color:red;}@import url(https://evil.example/x)'>x</div>",
    "<div style='position:fixed;top:0;left:0;width:100%;height:100%;z-index:9'>x</div>",
    "<div style='position:absolute'>x</div>",
    "<div style='transform:scale(100)'>x</div>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><img src=x onerror=alert(1)></template>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<title><img src=x onerror=alert(1)></title>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--[if gte mso 9]><xml><o:p/></xml><![endif]-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<p id=wpadminbar class='wp-core-ui notice'>x</p>",
    "<div data-remote-src='https://evil.example/a.png'>x</div>",
    "<img data-remote-src='javascript:alert(1)'>",
    "<details open ontoggle=alert(1)>x</details>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<isindex action='https://evil.example'>",
    "<dialog open>x</dialog>",
    "<x onclick=alert(1)>x</x>",
    "<img src=`x`onerror=alert(1)>",
    '<a href="https://x.example" title="a><img src=x onerror=alert(1)>">x</a>',
    "<p style='color:red' style='background:url(https://evil.example/a.png)'>x</p>",
    "<a href='\u0001\u0002javascript:alert(1)'>x</a>",
    "<a href='//evil.example' onclick=alert(1)>x</a>",
]
_TAGS = (
    "a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code "
    "col colgroup dd del dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header "
    "hr i img ins kbd li main mark nav ol p pre q rp rt ruby s samp section small span strike "
    "strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr"
)
_ATTRIBUTES = (
    "align alt bgcolor border cellpadding cellspacing class color colspan data-pictures "
    "data-remote-background data-remote-src data-sheet dir "
    "face height href hspace id lang nowrap noshade rel reversed rowspan scope size span src "
    "start style target title type valign value vspace width"
)
TAGS, ATTRIBUTES = set(_TAGS.split()), set(_ATTRIBUTES.split())


def elements(html: str) -> list[etree._Element]:
    """Parse HTML and return all elements in the body."""
    root = etree.fromstring(f"<body>{html}</body>", etree.HTMLParser(huge_tree=True))
    return [] if root is None else list(root.iter())[2:]


def described(html: str) -> list[tuple[str, list[tuple[str, str]], str | None, str | None]]:
    """Return the elements without the order of their attributes, which differs by chance."""
    return [(e.tag, sorted(e.attrib.items()), e.text, e.tail) for e in elements(html)]


def unmarked(html: str) -> str:
    """Return cleaned HTML without what cleaning alone may write into it."""
    bare = re.sub(r' data-(?:remote-\w+|pictures|sheet)="[^"]*"', "", html)
    return re.sub(r"var\(--p\d+, none\)", "none", bare)


def check_harmless(html: str) -> None:
    """Fail where a browser would run, load, post or cover anything."""
    for element in elements(html):
        assert element.tag in TAGS, element.tag
        assert set(element.attrib) <= ATTRIBUTES, dict(element.attrib)
        assert not re.search(r"url|\\|@|position|expression", element.get("style", ""))
        assert re.match(r"(https?://|mailto:|tel:|$)", element.get("href", ""))
        assert re.match(r"(cid:|data:image/(png|jpe?g|gif|webp|bmp);|$)", element.get("src", ""))
        assert re.match(r"(https?://|$)", element.get("data-remote-src", ""))
        assert re.match(r"(https?://|$)", element.get("data-remote-background", ""))
        assert re.fullmatch(r"(https?://\S+ ?)*", element.get("data-pictures", ""))
        assert not re.search(r"url|\\|@(?!media )|position|express", element.get("data-sheet", ""))
