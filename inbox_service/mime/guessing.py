"""Which charset unlabelled or mislabelled 8-bit text is in.

Ours: charset-normalizer took KOI8-R, GB 18030 and Hebrew for others' on lines as short as mails are
(docs/adr/0005). Only what a business is written to in is told apart; Latin alphabets are not.
"""

from __future__ import annotations

MAX_SAMPLE = 4096
_LATIN_SHARE = 0.3  # fewer foreign bytes than this among the letters is a Latin text with accents
_SURE = 0.55
_FEWEST = 4  # foreign bytes: fewer say nothing

_KANA = "".join(map(chr, range(0x3041, 0x30FF)))
_HANGUL = "".join(map(chr, range(0xAC00, 0xD7A4)))
# The letters each language is mostly written in, and the rest of its alphabet.
_ARABIC = ("اليمنوتربةعد،", "بتثجحخذزسشصضطظغفقكهىأإآءئؤ؟")
_CYRILLIC = ("оеаинтсрвлкмдпу", "бгжзйфхцчшщъыьэюяіїєґё")
_GREEK = ("αοιετσνρκμλπςί", "βγδζηθξυφχψωάέήόύώ")
_HEBREW = ("יוהלאתמרשבנ", "גדזחטכךםןסעףפץצק")
_THAI = ("านรอกเงมยลวดทสตะปบคหีไ่้ั", "ขจฉชซญถธนผพฟภศษะำิึืุูแโใ๊๋็์")
# The most frequent of thousands; they are half of any text.
_HANZI = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过"
    "这個們來為國說時會對過發後裡沒嗎哪里好订單訂单請请問问謝谢您貨货"
)

# Of equal scores the first wins.
_CANDIDATES = (
    ("cp1256", _ARABIC),
    ("iso8859_6", _ARABIC),
    ("cp1251", _CYRILLIC),
    ("koi8_u", _CYRILLIC),
    ("cp1253", _GREEK),
    ("cp1255", _HEBREW),
    ("cp932", (_KANA, "")),
    ("euc_jp", (_KANA, "")),
    ("cp949", (_HANGUL, "")),
    ("gb18030", (_HANZI, "")),
    ("big5hkscs", (_HANZI, "")),
    ("cp874", _THAI),
)
# Which share of the letters must be such: where thousands are in use, fewer are.
_ENOUGH = {"gb18030": 0.2, "big5hkscs": 0.2, "cp932": 0.35, "euc_jp": 0.35}
_WORTH = {
    name: dict.fromkeys(rest, 0.5) | dict.fromkeys(usual, 1.0)
    for name, (usual, rest) in _CANDIDATES
}


def guess(content: bytes) -> str:
    """Return the codec that makes the most likely text of 8-bit bytes, "" where none does."""
    sample = content[:MAX_SAMPLE]
    foreign = sum(byte > 127 for byte in sample)
    letters = sum(65 <= byte & 0xDF <= 90 for byte in sample if byte < 128)
    if foreign < max(_FEWEST, _LATIN_SHARE * (letters + foreign)):
        return ""
    best, score = "", 0.0
    for name, worth in _WORTH.items():
        found = _score(sample, name, worth) / _ENOUGH.get(name, _SURE)
        if found >= 1 and found > score:
            best, score = name, found
    return best


def _score(sample: bytes, name: str, worth: dict[str, float]) -> float:
    """Return which share of the foreign letters are such as the language is written in."""
    text = sample.decode(name, "ignore")
    foreign = [letter for letter in text if letter > "\x7f"]
    if not foreign or len(text.encode(name, "ignore")) < len(sample) - 4:
        return 0.0
    return sum(worth.get(letter, 0) for letter in foreign) / len(foreign)
