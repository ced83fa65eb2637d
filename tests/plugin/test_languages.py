"""The plugin's texts: how they are found in the sources, and that every one is translated."""

from __future__ import annotations

import importlib.util
import re
import shutil
from pathlib import Path
from types import ModuleType

import polib
import pytest

PLUGIN = Path(__file__).parents[2] / "wp-plugin"
PLACEHOLDER = re.compile(r"%(?:\d\$)?[sd]")


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("languages", PLUGIN / "build-languages.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


languages = _load()


def texts_of(source: str, name: str = "src/a.tsx") -> list[polib.POEntry]:
    return list(languages.texts_in(source, name))


def test_a_text_inside_markup_with_types_is_found():
    [entry] = texts_of("const a = <T,>( x: T ) => <b>{ __( 'Hide', 'unified-inbox' ) }</b>;")
    assert entry.msgid == "Hide"


def test_a_text_on_the_next_line_is_found():
    [entry] = texts_of("__(\n\t'It\\'s here…',\n\t'unified-inbox'\n)")
    assert entry.msgid == "It's here…"


def test_singular_and_plural_stay_together():
    [entry] = texts_of("_n( '%d ticket', '%d tickets', sum( a, b ), 'unified-inbox' )")
    assert (entry.msgid, entry.msgid_plural) == ("%d ticket", "%d tickets")


def test_the_context_of_a_plural_is_its_fourth_argument():
    [entry] = texts_of("_nx( '%d d', '%d ds', days( n ), 'short duration', 'unified-inbox' )")
    assert entry.msgctxt == "short duration"


def test_two_texts_that_differ_in_context_are_two():
    entries = texts_of("_x( 'Open', 'verb', 'd' ); _x( 'Open', 'state', 'd' );")
    assert [entry.msgctxt for entry in entries] == ["verb", "state"]


def test_a_note_to_translators_goes_with_the_next_text_only():
    source = "/* translators: %s: a name. */\nsprintf( __( 'By %s', 'd' ), n ); __( 'No', 'd' );"
    assert [entry.comment for entry in texts_of(source)] == ["translators: %s: a name.", ""]


def test_functions_that_only_end_alike_are_not_taken():
    assert texts_of("my__( 'a' ); $x->__( 'b' ); text_n( 'c' ); desk__x( 'd' );") == []


def test_a_text_that_is_computed_is_refused_with_its_place():
    with pytest.raises(SystemExit, match=r"src/a\.tsx:2: __\(\) needs a quoted text"):
        texts_of("\n__( text, 'unified-inbox' )")


def test_the_name_of_the_plugin_can_be_translated():
    [entry] = texts_of("/*\n * Plugin Name:       Inbox\n */", "unified-inbox.php")
    assert entry.msgid == "Inbox"


def test_the_script_gets_its_own_texts_with_all_forms_and_not_those_of_php():
    catalogue = polib.POFile()
    catalogue.metadata = {"Plural-Forms": "nplurals=2; plural=n != 1;"}
    catalogue.append(polib.POEntry(msgid="P", msgstr="p", occurrences=[("includes/a.php", "")]))
    catalogue.append(
        polib.POEntry(
            msgid="%d day",
            msgid_plural="%d days",
            msgstr_plural={1: "%d y", 0: "%d x"},
            msgctxt="c",
            occurrences=[("src/a.ts", "")],
        )
    )
    messages = languages.jed(catalogue, "tl")["locale_data"]["messages"]
    assert messages.pop("")["lang"] == "tl"
    assert messages == {"c\x04%d day": ["%d x", "%d y"]}


def test_a_block_is_found_in_the_contexts_wordpress_looks_in():
    entries = texts_of(
        '{"title": "Form", "keywords": ["a", "b"], "name": "x"}', "blocks/f/block.json"
    )
    assert [(entry.msgctxt, entry.msgid) for entry in entries] == [
        ("block title", "Form"),
        ("block keyword", "a"),
        ("block keyword", "b"),
    ]


@pytest.mark.parametrize(
    ("handle", "wanted"),
    [
        ("unified-inbox-app", ["src/parts/a.tsx"]),
        ("unified-inbox-settings-app", ["src/parts/a.tsx", "src/settings/a.tsx"]),
        ("unified-inbox-blocks", ["assets/blocks.js"]),
    ],
)
def test_each_script_gets_the_texts_of_its_own_sources(handle, wanted):
    names = ["src/parts/a.tsx", "src/settings/a.tsx", "assets/blocks.js", "includes/a.php"]
    assert [name for name in names if languages.SCRIPTS[handle].match(name)] == wanted


@pytest.mark.parametrize("locale", ["ar", "tl"])
def test_refreshing_keeps_the_word_that_nobody_who_grew_up_with_it_has_read_it(
    locale: str, tmp_path: Path
):
    shutil.copytree(languages.LANGUAGES, tmp_path, dirs_exist_ok=True)
    languages.extract(tmp_path)
    first = (tmp_path / f"{locale}.po").read_text("utf-8").split("\n")[0]
    assert first.endswith("awaiting native review.")


def test_no_text_is_missing_and_none_is_left_untranslated():
    assert list(languages.faults()) == []


@pytest.mark.parametrize(("locale", "forms"), [("ar", 6), ("tl", 2)])
def test_every_plural_has_all_forms_of_its_language(locale, forms):
    for entry in polib.pofile(str(PLUGIN / "languages" / f"{locale}.po")):
        if entry.msgid_plural:
            assert sorted(entry.msgstr_plural) == list(range(forms)), entry.msgid


@pytest.mark.parametrize("locale", ["ar", "tl"])
def test_translations_fill_in_the_same_values(locale):
    for entry in polib.pofile(str(PLUGIN / "languages" / f"{locale}.po")):
        wanted = sorted(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        # A form for exactly none, one or two may say the number in words.
        texts = list(entry.msgstr_plural.values())[-1:] if entry.msgid_plural else [entry.msgstr]
        assert [sorted(PLACEHOLDER.findall(text)) for text in texts] == [wanted], entry.msgid
