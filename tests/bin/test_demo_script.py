"""How a conversation is written down."""

import pytest
from mail import script

PLAY = """
== torn-box
to: billing
from: Eva Berg <eva@berg.example>
age: 2.5
subject: Torn: box
--- in html picture=moth attach=a.pdf attach=b.csv
Hello,

it is torn.
--- auto +0.5 charset=iso-8859-1 subject=Away until Monday, html or not
Away.
"""


@pytest.fixture
def conversation():
    (found,) = script.parse(PLAY)
    return found


def test_the_heading_says_who_writes_where_and_when(conversation):
    assert conversation.inbox == "billing"
    assert str(conversation.customer) == "Eva Berg <eva@berg.example>"
    assert (conversation.subject, conversation.age, conversation.language) == (
        "Torn: box",
        2.5,
        "en",
    )


def test_options_of_a_mail_are_told_apart(conversation):
    first, second = conversation.turns
    assert first.html
    assert first.attachments == ("a.pdf", "b.csv")
    assert first.options["picture"] == "moth"
    assert not second.html
    assert second.after == 0.5
    assert second.options == {
        "charset": "iso-8859-1",
        "subject": "Away until Monday, html or not",
    }


def test_the_text_keeps_its_paragraphs(conversation):
    assert conversation.turns[0].text == "Hello,\n\nit is torn."


def test_a_heading_without_a_subject_is_refused():
    with pytest.raises(KeyError):
        list(script.parse("== x\nto: sales\n--- in\nHi"))
