#!/usr/bin/env python3
"""Builds what WordPress reads from languages/*.po; needs polib alone.

    build-languages.py             unified-inbox-LOCALE.mo for PHP and the JSON of each script
    build-languages.py --extract   first refresh the .pot and the .po files from the sources
    build-languages.py --check     build nothing; exit code 1 where a file is behind the sources

xgettext 0.21 loses calls inside TSX, so texts are found by their calls, which look the same in
PHP and TypeScript: a function of the gettext family and its quoted arguments.
"""
# ruff: noqa: T201 -- a script talks to whoever runs it

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parent
LANGUAGES = ROOT / "languages"
DOMAIN = "unified-inbox"
SOURCES = (
    "unified-inbox.php",
    "includes/**/*.php",
    "src/**/*.ts",
    "src/**/*.tsx",
    "assets/*.js",
    "blocks/*/block.json",
)
HEADERS = ("Plugin Name", "Description")

# Which sources each script of ours is made of, by its handle. The settings share modules with the
# inbox, the inbox has none of the settings'.
SCRIPTS = {
    "unified-inbox-app": re.compile(r"src/(?!settings/)"),
    "unified-inbox-settings-app": re.compile(r"src/"),
    "unified-inbox-blocks": re.compile(r"assets/"),
}

# WordPress translates these members of a block.json by itself, in these contexts.
BLOCK_CONTEXTS = {
    "title": "block title",
    "description": "block description",
    "keywords": "block keyword",
}

# Which argument is what, by function: s singular, p plural, n a number, c context.
ARGUMENTS = {
    "__": "s",
    "_e": "s",
    "esc_html__": "s",
    "esc_attr__": "s",
    "esc_html_e": "s",
    "esc_attr_e": "s",
    "_x": "sc",
    "esc_html_x": "sc",
    "_n": "sp",
    "_nx": "spnc",
}
CALL = re.compile(rf"(?<![\w$.>])({'|'.join(sorted(ARGUMENTS, key=len, reverse=True))})\(\s*")
ARGUMENT = re.compile(
    r"""(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|((?:[^,()'"]|\([^()]*\))+))\s*,?\s*"""
)
NOTE = re.compile(r"""/\*+\s*(translators:(?:(?!\*/).)*?)\s*\*/[^;'"]*$""", re.DOTALL)


def main() -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--extract", action="store_true", help="refresh .pot and .po files")
    parser.add_argument("--check", action="store_true", help="only say what is behind")
    wish = parser.parse_args()
    if wish.check:
        return complain(list(faults()))
    if wish.extract:
        extract()
    for path in translations():
        compile_catalogue(path)
    return 0


def extract(folder: Path = LANGUAGES) -> None:
    """Write the .pot anew and bring every .po in line with it, keeping what is translated."""
    template = polib.POFile(wrapwidth=100)
    template.metadata = {
        "Project-Id-Version": DOMAIN,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Domain": DOMAIN,
    }
    template.extend(texts())
    template.save(str(folder / f"{DOMAIN}.pot"))
    for path in translations(folder):
        catalogue = polib.pofile(str(path), wrapwidth=100)
        catalogue.merge(template)
        for gone in catalogue.obsolete_entries():
            catalogue.remove(gone)
        catalogue.save()


def texts() -> list[polib.POEntry]:
    """Return every text of the sources once, in the order of the files."""
    found: dict[tuple[str, str, str], polib.POEntry] = {}
    for path in sources():
        source = path.read_text(encoding="utf-8")
        for entry in texts_in(source, path.relative_to(ROOT).as_posix()):
            key = (entry.msgctxt or "", entry.msgid, entry.msgid_plural)
            known = found.setdefault(key, entry)
            if known is not entry:
                known.occurrences += entry.occurrences
                known.comment = known.comment or entry.comment
    return list(found.values())


def sources() -> list[Path]:
    """Return the files that texts come from."""
    return sorted(path for pattern in SOURCES for path in ROOT.glob(pattern))


def texts_in(source: str, name: str) -> Iterator[polib.POEntry]:
    """Yield the texts of one file; `name` is its path inside the plugin."""
    if name.endswith(".json"):
        yield from block_texts(json.loads(source), name)
        return
    for header in HEADERS if name == f"{DOMAIN}.php" else ():
        line = re.search(rf"^ \* {header}:\s*(.+)$", source, re.MULTILINE)
        if line:
            yield polib.POEntry(
                msgid=line[1], occurrences=[(name, "")], comment=f"{header} of the plugin"
            )
    for call in CALL.finditer(source):
        parts = arguments(source, call.end(), ARGUMENTS[call[1]])
        if "s" not in parts:
            line_number = source.count("\n", 0, call.start()) + 1
            raise SystemExit(f"{name}:{line_number}: {call[1]}() needs a quoted text.")
        note = NOTE.search(source, max(0, call.start() - 300), call.start())
        yield polib.POEntry(
            msgid=parts["s"],
            msgid_plural=parts.get("p", ""),
            msgstr_plural={0: "", 1: ""} if "p" in parts else {},
            msgctxt=parts.get("c"),
            comment=" ".join(note[1].split()) if note else "",
            occurrences=[(name, "")],
        )


def block_texts(block: dict[str, object], name: str) -> Iterator[polib.POEntry]:
    """Yield the texts of a block.json."""
    for member, context in BLOCK_CONTEXTS.items():
        value = block.get(member, [])
        for text in value if isinstance(value, list) else [value]:
            yield polib.POEntry(msgid=text, msgctxt=context, occurrences=[(name, "")])


def arguments(source: str, at: int, kinds: str) -> dict[str, str]:
    """Return the quoted arguments of a call that stand where `kinds` says, by their kind."""
    found = {}
    for kind in kinds:
        argument = ARGUMENT.match(source, at)
        if argument is None:
            break
        quoted = argument[1] if argument[1] is not None else argument[2]
        if quoted is not None:
            found[kind] = unquoted(quoted)
        at = argument.end()
    return found


def unquoted(text: str) -> str:
    """Return a string literal's value; our texts use no other escapes than these."""
    text = re.sub(r"\\u\{?([0-9a-fA-F]{4})\}?", lambda code: chr(int(code[1], 16)), text)
    return re.sub(r"\\(.)", lambda char: "\n" if char[1] == "n" else char[1], text)


def translations(folder: Path = LANGUAGES) -> list[Path]:
    """Return the .po files; each is named for its locale."""
    return sorted(folder.glob("*.po"))


def compile_catalogue(path: Path) -> None:
    """Write the .mo that PHP reads and the JSON that each script reads."""
    catalogue = polib.pofile(str(path))
    catalogue.save_as_mofile(str(LANGUAGES / f"{DOMAIN}-{path.stem}.mo"))
    for handle, sources_of in SCRIPTS.items():
        script = LANGUAGES / f"{DOMAIN}-{path.stem}-{handle}.json"
        texts_of = jed(catalogue, path.stem, sources_of)
        script.write_text(json.dumps(texts_of, ensure_ascii=False), encoding="utf-8")


def jed(
    catalogue: polib.POFile, locale: str, wanted: re.Pattern[str] = SCRIPTS["unified-inbox-app"]
) -> dict[str, object]:
    """Return a script's texts in the form of wp.i18n (Jed 1.x), without those of other sources."""
    plural_forms = catalogue.metadata["Plural-Forms"]
    messages: dict[str, object] = {
        "": {"domain": "messages", "lang": locale, "plural-forms": plural_forms}
    }
    for entry in catalogue.translated_entries():
        if any(wanted.match(name) for name, _ in entry.occurrences):
            context = f"{entry.msgctxt}\x04" if entry.msgctxt else ""
            forms = [entry.msgstr_plural[form] for form in sorted(entry.msgstr_plural)]
            messages[context + entry.msgid] = forms or [entry.msgstr]
    return {"domain": "messages", "locale_data": {"messages": messages}}


def faults() -> Iterator[str]:
    """Yield what is behind the sources or not translated, in words."""
    wanted = {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in texts()}
    for path in [LANGUAGES / f"{DOMAIN}.pot", *translations()]:
        catalogue = polib.pofile(str(path))
        known = {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in catalogue}
        for _, text, _ in sorted(wanted - known, key=str):
            yield f"{path.name}: missing: {text}"
        for _, text, _ in sorted(known - wanted, key=str):
            yield f"{path.name}: no longer in the sources: {text}"
        if path.suffix == ".po":
            for entry in (*catalogue.untranslated_entries(), *catalogue.fuzzy_entries()):
                yield f"{path.name}: not translated: {entry.msgid}"


def complain(found: list[str]) -> int:
    """Print faults and what to do about them; return the exit code."""
    if not found:
        return 0
    print("\n".join(found))
    print("Run build-languages.py --extract, then translate what is empty.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
