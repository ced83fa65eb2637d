"""Sending: what the API changes, who receives, how threads are joined; and drafts."""

import pytest
from simulated import (
    BILLING,
    JO,
    SALES,
    SUPPORT,
    decoded,
    encoded,
    get,
    history,
    listed,
    mail,
    parsed,
    profile,
    refused,
    send,
)


def raw_of(users, message_id):
    return parsed(get(users, message_id, "raw"))


def answer_to(delivered, **headers):
    """Return a reply that fulfils all three conditions of a thread."""
    given = {"From": SUPPORT, "To": JO, "In_Reply_To": "<q@c>", "References": "<q@c>"}
    return mail("Re: Question", "The answer", **given | headers)


@pytest.fixture
def question(sim):
    return sim.deliver(SUPPORT, mail("Question", Message_ID="<q@c>"))


def test_a_sent_mail_lies_in_sent(support):
    sent = send(support, mail(From=SUPPORT, To=JO))
    assert sent["labelIds"] == ["SENT"]
    assert sent["threadId"] == sent["id"]


def test_the_api_replaces_the_message_id(support):
    sent = send(support, mail(From=SUPPORT, To=JO, Message_ID="<mine@acme.test>"))
    found = get(support, sent["id"], "raw")
    assert parsed(found)["Message-ID"].startswith("<CA")
    assert parsed(found)["Message-ID"].endswith("@mail.gmail.com>")
    assert b"mine@acme.test" not in decoded(found["raw"])


def test_own_headers_stay(support):
    sent = send(support, mail(From=SUPPORT, To=JO, X_Unified_Inbox_Send_Id="key-1"))
    assert raw_of(support, sent["id"])["X-Unified-Inbox-Send-Id"] == "key-1"


def test_a_date_is_added_where_there_is_none(support):
    assert raw_of(support, send(support, mail(From=SUPPORT, To=JO))["id"])["Date"]


def test_a_sender_that_is_not_ones_own_becomes_the_primary_address(support):
    sent = send(support, mail(From="Boss <boss@acme.test>", To=JO))
    assert raw_of(support, sent["id"])["From"] == "Acme Support <support@acme.test>"


def test_an_accepted_alias_may_stand_as_sender(support):
    sent = send(support, mail(From=f"Billing <{BILLING}>", To=JO))
    assert raw_of(support, sent["id"])["From"] == f"Billing <{BILLING}>"


def test_an_alias_that_is_not_yet_verified_may_not(sim, support):
    sim.add_alias(SUPPORT, "new@acme.test", "pending")
    sent = send(support, mail(From="new@acme.test", To=JO))
    assert SUPPORT in raw_of(support, sent["id"])["From"]


def test_the_addresses_to_send_from_are_listed_with_their_state(sim, support):
    sim.add_alias(SUPPORT, "new@acme.test", "pending")
    found = support.settings().sendAs().list(userId="me").execute()["sendAs"]
    states = {entry["sendAsEmail"]: entry.get("verificationStatus") for entry in found}
    assert states == {SUPPORT: None, BILLING: "accepted", "new@acme.test": "pending"}
    assert found[0]["isPrimary"]


def test_one_address_to_send_from_can_be_read(support):
    send_as = support.settings().sendAs()
    found = send_as.get(userId="me", sendAsEmail=BILLING).execute()
    assert found["verificationStatus"] == "accepted"
    assert refused(send_as.get(userId="me", sendAsEmail="no@acme.test").execute)[0] == 404


@pytest.mark.parametrize(
    ("headers", "text"),
    [
        ({"To": ""}, "Recipient address required"),
        ({"To": "nobody"}, "Invalid To header"),
        ({"To": JO, "Cc": "nonsense"}, "Invalid Cc header"),
        ({"To": ", ".join(f"a{n}@c.test" for n in range(501))}, "Too many recipients"),
    ],
)
def test_gmail_refuses_these_recipients(support, headers, text):
    assert refused(lambda: send(support, mail(From=SUPPORT, **headers)))[::2] == (400, text)
    assert listed(support) == []


def test_a_mail_to_another_account_arrives_there_once(support, sales):
    sent = send(support, mail("Hand-over", From=SUPPORT, To=SALES, Cc=f"Sales <{SALES}>"))
    (received,) = listed(sales)
    arrived = raw_of(sales, received)
    assert arrived["Message-ID"] == raw_of(support, sent["id"])["Message-ID"]
    assert received != sent["id"]
    assert get(sales, received, "minimal")["labelIds"] == ["INBOX", "UNREAD"]


def test_what_arrives_carries_gmails_own_verdict_on_top(support, sales):
    send(support, mail(From=SUPPORT, To=SALES))
    arrived = raw_of(sales, listed(sales)[0])
    assert arrived.keys()[0] == "Delivered-To"
    assert arrived["Delivered-To"] == SALES
    verdict = arrived["Authentication-Results"]
    assert verdict.startswith("mx.google.com;")
    assert "dkim=pass header.i=@acme.test" in verdict
    assert "spf=pass" in verdict
    assert "dmarc=pass" in verdict


def test_a_forged_mail_is_marked_as_such(sim, support):
    delivered = sim.deliver(SUPPORT, mail(), authenticated=False)
    verdict = raw_of(support, delivered["id"])["Authentication-Results"]
    assert "dmarc=fail" in verdict
    assert "pass" not in verdict.replace("mx.google.com", "")


@pytest.mark.parametrize("address", [BILLING, "Support+t.4711@acme.test", "SUPPORT@ACME.TEST"])
def test_aliases_plus_addresses_and_any_case_reach_the_account(support, sales, address):
    send(sales, mail(From=SALES, To=address))
    assert raw_of(support, listed(support)[0])["Delivered-To"].lower() == address.lower()


def test_dots_do_not_matter_in_gmails_own_domain(sim, connect):
    sim.add_account("jane.doe@gmail.com")
    sim.deliver("j.a.n.e.d.o.e+x@gmail.com", mail())
    assert len(listed(connect.users("jane.doe@gmail.com"))) == 1


def test_a_blind_copy_is_seen_by_the_sender_only(support, sales):
    sent = send(support, mail(From=SUPPORT, To=JO, Bcc=SALES))
    assert raw_of(support, sent["id"])["Bcc"] == SALES
    assert raw_of(sales, listed(sales)[0])["Bcc"] is None


def test_a_mail_to_oneself_is_one_message_in_sent_and_inbox(support):
    sent = send(support, mail(From=SUPPORT, To=BILLING))
    assert sent["labelIds"] == ["INBOX", "SENT", "UNREAD"]
    assert listed(support) == [sent["id"]]


def test_a_reply_joins_the_thread_it_names(support, question):
    sent = send(support, answer_to(question), question["threadId"])
    assert sent["threadId"] == question["threadId"]


@pytest.mark.parametrize(
    ("subject", "headers"),
    [
        ("Something else", {}),
        ("Re: Question", {"References": "", "In_Reply_To": ""}),
        ("Re: Question", {"References": "<other@c>", "In_Reply_To": "<other@c>"}),
    ],
)
def test_a_reply_that_misses_a_condition_starts_a_thread(support, question, subject, headers):
    raw = answer_to(question, Subject=subject, **headers)
    assert send(support, raw, question["threadId"])["threadId"] != question["threadId"]


def test_headers_without_a_thread_id_start_a_thread(support, question):
    assert send(support, answer_to(question))["threadId"] != question["threadId"]


def test_another_mailboxs_thread_id_is_not_found(sales, question):
    raw = answer_to(question, From=SALES)
    assert refused(lambda: send(sales, raw, question["threadId"]))[0] == 404


def test_the_customers_answer_joins_by_its_references(sim, support, question):
    sent = send(support, answer_to(question), question["threadId"])
    real_id = raw_of(support, sent["id"])["Message-ID"]
    back = sim.deliver(SUPPORT, mail("RE: Question", In_Reply_To=real_id, References=real_id))
    assert back["threadId"] == question["threadId"]


def test_another_subject_splits_a_thread(sim, question):
    back = sim.deliver(SUPPORT, mail("New matter", References="<q@c>"))
    assert back["threadId"] != question["threadId"]


def test_our_own_message_id_is_not_found_after_a_send(support):
    send(support, mail(From=SUPPORT, To=JO, Message_ID="<mine@acme.test>"))
    assert listed(support, q="rfc822msgid:mine@acme.test") == []


def draft(users, raw, thread_id=""):
    message = {"raw": encoded(raw)} | ({"threadId": thread_id} if thread_id else {})
    return users.drafts().create(userId="me", body={"message": message}).execute()


def test_a_draft_may_lack_recipients_and_carries_the_draft_label(support):
    made = draft(support, mail(From=SUPPORT, To=""))
    assert made["message"]["labelIds"] == ["DRAFT"]
    assert support.drafts().list(userId="me").execute()["drafts"][0]["id"] == made["id"]


def test_a_draft_joins_the_thread_it_answers(support, question):
    made = draft(support, answer_to(question), question["threadId"])
    assert made["message"]["threadId"] == question["threadId"]


def test_a_draft_can_be_read_in_every_format(support):
    made = draft(support, mail("Sketch", From=SUPPORT, To=JO))
    found = support.drafts().get(userId="me", id=made["id"], format="raw").execute()
    assert parsed(found["message"])["Subject"] == "Sketch"


def test_saving_a_draft_again_makes_a_new_message(support):
    made = draft(support, mail("First", From=SUPPORT, To=JO))
    body = {"message": {"raw": encoded(mail("Second", From=SUPPORT, To=JO))}}
    saved = support.drafts().update(userId="me", id=made["id"], body=body).execute()
    assert saved["id"] == made["id"]
    assert saved["message"]["id"] != made["message"]["id"]
    assert refused(lambda: get(support, made["message"]["id"]))[0] == 404


def test_a_sent_draft_is_gone_and_its_mail_is_in_sent_and_delivered(support, sales):
    made = draft(support, mail("Offer", From=SUPPORT, To=SALES))
    sent = support.drafts().send(userId="me", body={"id": made["id"]}).execute()
    assert sent["labelIds"] == ["SENT"]
    assert sent["id"] != made["message"]["id"]
    assert sent["threadId"] == made["message"]["threadId"]
    assert refused(support.drafts().get(userId="me", id=made["id"]).execute)[0] == 404
    assert len(listed(sales)) == 1


def test_a_draft_is_sent_once(support):
    made = draft(support, mail(From=SUPPORT, To=JO))
    support.drafts().send(userId="me", body={"id": made["id"]}).execute()
    again = support.drafts().send(userId="me", body={"id": made["id"]})
    assert refused(again.execute)[0] == 404
    assert len(listed(support, q="in:sent")) == 1


def test_a_draft_can_be_changed_as_it_is_sent(support):
    made = draft(support, mail("Old", From=SUPPORT, To=JO))
    body = {"id": made["id"], "message": {"raw": encoded(mail("New", From=SUPPORT, To=JO))}}
    sent = support.drafts().send(userId="me", body=body).execute()
    assert raw_of(support, sent["id"])["Subject"] == "New"


def test_a_draft_without_recipient_is_not_sent(support):
    made = draft(support, mail(From=SUPPORT, To=""))
    request = support.drafts().send(userId="me", body={"id": made["id"]})
    assert refused(request.execute)[0] == 400
    assert support.drafts().get(userId="me", id=made["id"]).execute()["id"] == made["id"]


def test_a_deleted_draft_is_gone_for_good(support):
    made = draft(support, mail(From=SUPPORT, To=JO))
    support.drafts().delete(userId="me", id=made["id"]).execute()
    assert listed(support, includeSpamTrash=True) == []
    assert refused(support.drafts().delete(userId="me", id=made["id"]).execute)[0] == 404


def test_drafts_come_and_go_in_the_history(support):
    start = profile(support)["historyId"]
    made = draft(support, mail(From=SUPPORT, To=JO))
    support.drafts().send(userId="me", body={"id": made["id"]}).execute()
    kinds = [set(r) - {"id", "messages"} for r in history(support, start)["history"]]
    assert kinds == [{"messagesAdded"}, {"messagesAdded"}, {"messagesDeleted"}]
