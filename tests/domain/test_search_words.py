"""What is written and what is looked for are folded to the same tokens, in any script."""

# ruff: noqa: RUF001 - letters of other scripts look like Latin ones; here they are meant.

import pytest

from inbox_service.domain.search_words import LONGEST_WORD, fold, tokens, wanted, words


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("أحمد", "احمد"),
        ("إلغاء", "الغاء"),
        ("آخر", "اخر"),
        ("ٱلله", "الله"),
        ("مصطفى", "مصطفي"),
        ("مدرسة", "مدرسه"),
        ("الطَّلَبُ", "الطلب"),
        ("مدرســـة", "مدرسة"),
        ("مؤسسة شيئا", "موسسه شييا"),
        ("کتاب فارسی", "كتاب فارسي"),
        ("می\u200cخواهم", "ميخواهم"),
        ("Ærøskøbing", "aeroskobing"),
        ("STRASSE", "straße"),
        ("İstanbul", "istanbul"),
        ("Cafe\u0301", "CAFÉ"),
        ("Łódź", "lodz"),
        ("ΑΘΉΝΑ", "αθηνα"),
        ("מִכְתָּב", "מכתב"),
        ("ﾃｽﾄ", "テスト"),
        ("ｏｒｄｅｒ", "order"),
        ("١٢٣ ۴۵ ६", "123 45 6"),
    ],
)
def test_spellings_of_one_word_are_the_same(written: str, typed: str) -> None:
    assert words(written) == words(typed)


def test_marks_that_are_letters_to_their_readers_stay() -> None:
    assert fold("हिन्दी") != fold("हन्द")
    assert words("हिन्दी में") == ["हिन्दी", "में"]


def test_an_address_is_words_one_after_the_other() -> None:
    assert tokens("Omar <omar.h_1@Example.net>") == ["omar", "omar", "h", "1", "example", "net"]


def test_text_without_spaces_is_cut_into_pairs() -> None:
    assert tokens("東京都 ok") == ["東京", "京都", "都", "ok"]


def test_a_single_letter_of_such_a_script_is_found_by_what_follows_it() -> None:
    assert wanted("東") == (("東",), True)
    assert wanted("東京都") == (("東京", "京都"), False)


def test_a_line_of_code_is_cut_where_nobody_types_on() -> None:
    assert tokens("x" * 500) == ["x" * LONGEST_WORD]


def test_no_token_holds_what_the_databases_would_read_as_syntax() -> None:
    nasty = 'a\'b "c" d\\e f* (g) h:i -j NOT ^k & | ! <-> ; \0 \ud7ff'
    assert all(token.isalnum() for token in tokens(nasty))
