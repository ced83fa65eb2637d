"""Messages: lists, searches, formats, labels, deletion, insertion, attachments."""

import pytest
from simulated import (
    JO,
    METADATA,
    READONLY,
    SALES,
    SUPPORT,
    decoded,
    encoded,
    get,
    header,
    listed,
    mail,
    parsed,
    profile,
    refused,
    send,
    with_file,
)

DAY = 86_400_000
NOON = 1_780_000_000_000


def test_a_profile_counts_messages_and_threads(sim, support):
    sim.deliver(SUPPORT, mail("One"))
    sim.deliver(SUPPORT, mail("Two"))
    found = profile(support)
    assert (found["emailAddress"], found["messagesTotal"], found["threadsTotal"]) == (SUPPORT, 2, 2)


def test_a_list_is_newest_first_by_the_time_of_receipt(sim, support):
    old = sim.deliver(SUPPORT, mail("Old"), received_at=NOON)
    new = sim.deliver(SUPPORT, mail("New"), received_at=NOON + DAY)
    between = sim.deliver(SUPPORT, mail("Between"), received_at=NOON + 1)
    assert listed(support) == [new["id"], between["id"], old["id"]]


def test_pages_cover_a_list_without_gap_or_repetition(sim, support):
    delivered = {sim.deliver(SUPPORT, mail(f"No. {n}"))["id"] for n in range(7)}
    request = support.messages().list(userId="me", maxResults=3)
    pages = []
    while request is not None:
        answer = request.execute()
        pages.append([entry["id"] for entry in answer["messages"]])
        request = support.messages().list_next(request, answer)
    assert [len(page) for page in pages] == [3, 3, 1]
    assert {entry for page in pages for entry in page} == delivered


def test_a_message_that_arrives_while_paging_moves_no_page(sim, support):
    for n in range(4):
        sim.deliver(SUPPORT, mail(f"No. {n}"))
    first = support.messages().list(userId="me", maxResults=2).execute()
    sim.deliver(SUPPORT, mail("Late"))
    rest = listed(support, maxResults=10, pageToken=first["nextPageToken"])
    assert len(rest) == 2
    assert not set(rest) & {entry["id"] for entry in first["messages"]}


def test_an_empty_list_has_no_messages_key(support):
    assert support.messages().list(userId="me").execute() == {"resultSizeEstimate": 0}


def test_a_loose_order_is_not_strictly_newest_first(sim, support):
    ids = [sim.deliver(SUPPORT, mail(f"No. {n}"))["id"] for n in range(4)]
    sim.configure(loose_order=True)
    shown = listed(support)
    assert sorted(shown) == sorted(ids)
    assert shown != list(reversed(ids))


def test_a_malformed_page_token_is_refused(support):
    status, _, text = refused(lambda: listed(support, pageToken="x"))
    assert (status, text) == (400, "Invalid pageToken")


def test_spam_and_trash_are_listed_only_on_request(sim, support):
    kept = sim.deliver(SUPPORT, mail("Kept"))["id"]
    spam = sim.deliver(SUPPORT, mail("Spam"), labels=frozenset({"SPAM"}))["id"]
    assert listed(support) == [kept]
    assert set(listed(support, includeSpamTrash=True)) == {kept, spam}
    assert listed(support, q="in:spam") == [spam]


def test_label_ids_are_joined_by_and(sim, support):
    sim.deliver(SUPPORT, mail("Read"), labels=frozenset({"INBOX"}))
    unread = sim.deliver(SUPPORT, mail("Unread"))["id"]
    assert listed(support, labelIds=["INBOX", "UNREAD"]) == [unread]


def test_an_unknown_label_is_refused(support):
    assert refused(lambda: listed(support, labelIds=["Label_99"]))[0] == 400


@pytest.fixture
def desk(sim, support):
    """A mailbox to search: name -> id."""
    sim_label = support.labels().create(userId="me", body={"name": "Orders/New EU"}).execute()
    found = {
        "lamp": sim.deliver(
            SUPPORT, mail("The lamp", "It is *broken*", Message_ID="<l@c>"), received_at=NOON
        )["id"],
        "order": sim.deliver(
            SUPPORT,
            mail("An order", "Two chairs", From="eva@other.test"),
            labels=frozenset({"INBOX", sim_label["id"]}),
            received_at=NOON + 2 * DAY,
        )["id"],
        "file": sim.deliver(
            SUPPORT, with_file("Plan", "plan.pdf", b"%PDF"), received_at=NOON + 4 * DAY
        )["id"],
    }
    sent = support.messages().insert(
        userId="me", body={"raw": encoded(mail("Done", From=SUPPORT, To=JO)), "labelIds": ["SENT"]}
    )
    return found | {"sent": sent.execute()["id"]}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("rfc822msgid:l@c", "lamp"),
        ("rfc822msgid:<l@c>", "lamp"),
        ("in:inbox", "lamp order file"),
        ("in:sent", "sent"),
        ("in:inbox OR in:sent", "lamp order file sent"),
        ("{in:sent subject:lamp}", "lamp sent"),
        ("(in:inbox subject:lamp)", "lamp"),
        ("in:anywhere -in:inbox", "sent"),
        ("is:unread", "lamp file"),
        ("label:orders-new-eu", "order"),
        ('label:"Orders/New EU"', "order"),
        ("from:eva@other.test", "order"),
        ("from:jo", "lamp file"),
        ("to:support", "lamp order file"),
        ("subject:order", "order"),
        ("has:attachment", "file"),
        ("chairs", "order"),
        ('"two chairs"', "order"),
        ("broken lamp", "lamp"),
        (f"after:{(NOON + DAY) // 1000} in:inbox", "order file"),
        (f"before:{(NOON + DAY) // 1000}", "lamp"),
        ("before:2026/05/30", "lamp"),
        ("label:nothing", ""),
        ("-has:attachment in:inbox", "lamp order"),
    ],
)
def test_a_search_finds(support, desk, query, names):
    assert set(listed(support, q=query)) == {desk[name] for name in names.split()}


def test_a_search_operator_that_is_not_simulated_says_so(support):
    assert refused(lambda: listed(support, q="newer_than:2d"))[0] == 501


def test_raw_is_the_mail_with_its_delivery_headers(sim, support):
    raw = mail("Bytes", Message_ID="<b@customer.test>")
    found = get(support, sim.deliver(SUPPORT, raw)["id"], "raw")
    assert decoded(found["raw"]).endswith(raw)
    assert found["sizeEstimate"] == len(decoded(found["raw"]))
    assert "payload" not in found


def test_minimal_has_neither_payload_nor_raw(sim, support):
    delivered = sim.deliver(SUPPORT, mail(text="A short text"), received_at=NOON)
    found = get(support, delivered["id"], "minimal")
    assert found["snippet"] == "A short text"
    assert found["internalDate"] == str(NOON)
    assert found["labelIds"] == ["INBOX", "UNREAD"]
    assert not {"payload", "raw"} & set(found)


def test_metadata_shows_only_the_headers_asked_for(sim, support):
    delivered = sim.deliver(SUPPORT, mail("Grüße", Message_ID="<m@c>"))
    found = get(support, delivered["id"], "metadata", metadataHeaders=["subject", "Message-ID"])
    assert {h["name"]: h["value"] for h in found["payload"]["headers"]} == {
        "Subject": "Grüße",
        "Message-ID": "<m@c>",
    }


def test_full_shows_the_tree_and_leaves_files_to_attachments(sim, support):
    delivered = sim.deliver(SUPPORT, with_file("Plan", "plan.pdf", b"%PDF-1.7 plan"))
    tree = get(support, delivered["id"])["payload"]
    assert tree["mimeType"] == "multipart/mixed"
    texts, file = tree["parts"]
    assert [part["partId"] for part in texts["parts"]] == ["0.0", "0.1"]
    assert decoded(texts["parts"][0]["body"]["data"]) == b"See the file.\r\n"
    assert (file["partId"], file["filename"], file["body"]["size"]) == ("1", "plan.pdf", 13)
    assert "data" not in file["body"]


def test_an_attachment_id_fetches_the_file_and_is_another_each_time(sim, support):
    delivered = sim.deliver(SUPPORT, with_file("Plan", "plan.pdf", b"%PDF-1.7 plan"))
    ids = [
        get(support, delivered["id"])["payload"]["parts"][1]["body"]["attachmentId"]
        for _ in range(2)
    ]
    attachments = support.messages().attachments()
    request = attachments.get(userId="me", messageId=delivered["id"], id=ids[0])
    assert decoded(request.execute()["data"]) == b"%PDF-1.7 plan"
    assert ids[0] != ids[1]


def test_a_wrong_attachment_id_is_refused(sim, support):
    delivered = sim.deliver(SUPPORT, mail())
    attachments = support.messages().attachments()
    request = attachments.get(userId="me", messageId=delivered["id"], id="nonsense")
    assert refused(request.execute)[::2] == (400, "Invalid attachment token")


def test_an_enclosed_message_is_a_file(sim, support):
    inner = mail("Inner").replace(b"\r\n", b"\n").decode()
    raw = (
        f"From: {JO}\nTo: {SUPPORT}\nSubject: Fwd\nMIME-Version: 1.0\n"
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSee below\n"
        f"--b\nContent-Type: message/rfc822\n\n{inner}\n--b--\n"
    ).encode()
    tree = get(support, sim.deliver(SUPPORT, raw)["id"])["payload"]
    assert tree["parts"][1]["mimeType"] == "message/rfc822"
    assert "attachmentId" in tree["parts"][1]["body"]


@pytest.mark.parametrize(
    ("identifier", "status", "text"),
    [
        ("not-an-id", 400, "Invalid id value"),
        ("0123456789abcdef", 404, "Requested entity was not found."),
    ],
)
def test_a_malformed_id_is_400_and_an_unknown_one_404(support, identifier, status, text):
    assert refused(lambda: get(support, identifier))[::2] == (status, text)


def test_an_unknown_format_is_refused(sim, connect):
    delivered = sim.deliver(SUPPORT, mail())
    url = f"{sim.root}/gmail/v1/users/me/messages/{delivered['id']}?format=shiny"
    assert connect.session(SUPPORT).get(url).status_code == 400


def test_an_unknown_query_parameter_is_refused(sim, connect):
    answer = connect.session(SUPPORT).get(f"{sim.root}/gmail/v1/users/me/messages?limit=3")
    assert answer.status_code == 400
    assert 'Unknown name "limit"' in answer.json()["error"]["message"]


def test_a_field_mask_cuts_the_answer(sim, support):
    delivered = sim.deliver(SUPPORT, mail())
    answer = support.messages().list(userId="me", fields="messages/id").execute()
    assert answer == {"messages": [{"id": delivered["id"]}]}
    found = get(support, delivered["id"], "full", fields="id,payload(headers(name),mimeType)")
    assert set(found) == {"id", "payload"}
    assert set(found["payload"]) == {"headers", "mimeType"}


def test_a_malformed_field_mask_is_refused(support):
    assert refused(lambda: listed(support, fields="messages(id"))[0] == 400


def test_modify_adds_and_removes_labels(sim, support):
    delivered = sim.deliver(SUPPORT, mail())
    change = {"addLabelIds": ["STARRED"], "removeLabelIds": ["UNREAD", "INBOX"]}
    answer = support.messages().modify(userId="me", id=delivered["id"], body=change).execute()
    assert answer == delivered | {"labelIds": ["STARRED"]}


def test_a_message_without_labels_has_no_label_key(sim, support):
    delivered = sim.deliver(SUPPORT, mail(), labels=frozenset())
    assert "labelIds" not in get(support, delivered["id"], "minimal")


@pytest.mark.parametrize(
    "change",
    [
        {"addLabelIds": ["SENT"]},
        {"removeLabelIds": ["DRAFT"]},
        {"addLabelIds": ["Label_404"]},
        {"addLabelIds": ["STARRED"], "removeLabelIds": ["STARRED"]},
        {},
    ],
)
def test_gmail_refuses_this_change_of_labels(sim, support, change):
    delivered = sim.deliver(SUPPORT, mail())
    request = support.messages().modify(userId="me", id=delivered["id"], body=change)
    assert refused(request.execute)[0] == 400


def test_trash_takes_a_message_out_of_the_inbox_and_untrash_leaves_it_out(sim, support):
    delivered = sim.deliver(SUPPORT, mail())
    trashed = support.messages().trash(userId="me", id=delivered["id"]).execute()
    assert trashed["labelIds"] == ["TRASH", "UNREAD"]
    back = support.messages().untrash(userId="me", id=delivered["id"]).execute()
    assert back["labelIds"] == ["UNREAD"]


def test_delete_is_for_good(sim, support):
    delivered = sim.deliver(SUPPORT, mail())
    support.messages().delete(userId="me", id=delivered["id"]).execute()
    assert refused(lambda: get(support, delivered["id"]))[0] == 404


def test_batch_modify_changes_many_and_passes_over_unknown_ids(sim, support):
    ids = [sim.deliver(SUPPORT, mail(f"No. {n}"))["id"] for n in range(3)]
    body = {"ids": [*ids, "0000000000000001"], "removeLabelIds": ["UNREAD"]}
    support.messages().batchModify(userId="me", body=body).execute()
    assert listed(support, q="is:unread") == []


def test_batch_modify_takes_a_thousand_ids_at_most(support):
    body = {"ids": [f"{n:x}" for n in range(1, 1002)], "addLabelIds": ["STARRED"]}
    request = support.messages().batchModify(userId="me", body=body)
    assert refused(request.execute)[0] == 400


def test_batch_delete_removes_many(sim, support):
    ids = [sim.deliver(SUPPORT, mail(f"No. {n}"))["id"] for n in range(3)]
    support.messages().batchDelete(userId="me", body={"ids": ids[:2]}).execute()
    assert listed(support) == [ids[2]]


@pytest.mark.parametrize("ids", [[], ["not an id"], [7]])
def test_a_batch_without_proper_ids_is_refused(support, ids):
    request = support.messages().batchDelete(userId="me", body={"ids": ids})
    assert refused(request.execute)[0] == 400


def test_insert_takes_any_label_and_keeps_the_message_id(support):
    raw = mail("Old answer", From=SUPPORT, To=JO, Message_ID="<kept@acme.test>")
    body = {"raw": encoded(raw), "labelIds": ["SENT"]}
    made = support.messages().insert(userId="me", body=body).execute()
    found = get(support, made["id"], "raw")
    assert found["labelIds"] == ["SENT"]
    assert decoded(found["raw"]) == raw


def test_import_is_dated_by_the_mail_and_insert_by_the_clock(support):
    body = {"raw": encoded(mail(Date="Thu, 01 Jan 2026 10:00:00 +0000"))}
    imported = support.messages().import_(userId="me", body=body).execute()
    inserted = support.messages().insert(userId="me", body=body).execute()
    assert get(support, imported["id"], "minimal")["internalDate"] == "1767261600000"
    assert get(support, inserted["id"], "minimal")["internalDate"] > "1767261600000"


def test_insert_without_a_mail_is_refused(support):
    request = support.messages().insert(userId="me", body={"labelIds": ["INBOX"]})
    assert refused(request.execute)[0] == 400


def test_raw_that_is_not_base64_is_refused(support):
    request = support.messages().insert(userId="me", body={"raw": "*?"})
    assert refused(request.execute)[0] == 400


def test_another_users_mailbox_is_closed(support):
    request = support.messages().list(userId=SALES)
    assert refused(request.execute)[::2] == (403, f"Delegation denied for {SUPPORT}")


def test_ones_own_address_names_the_mailbox_too(sim, support):
    sim.deliver(SUPPORT, mail())
    answer = support.messages().list(userId="Support@ACME.test").execute()
    assert len(answer["messages"]) == 1


def test_a_scope_that_only_reads_cannot_send(connect):
    users = connect.users(SUPPORT, READONLY)
    status, reason, _ = refused(lambda: send(users, mail(To=SALES)))
    assert (status, reason) == (403, "insufficientPermissions")


def test_the_metadata_scope_neither_searches_nor_reads_bodies(sim, connect):
    users = connect.users(SUPPORT, METADATA)
    delivered = sim.deliver(SUPPORT, mail("Seen"))
    assert refused(lambda: listed(users, q="in:inbox"))[0] == 403
    assert refused(lambda: get(users, delivered["id"], "raw"))[0] == 403
    assert header(get(users, delivered["id"], "metadata"), "Subject") == "Seen"


def test_a_mail_without_fields_or_text_is_held_all_the_same(sim, support):
    delivered = sim.deliver(SUPPORT, b"\xff\xfe no header at all")
    assert parsed(get(support, delivered["id"], "raw"))["Delivered-To"] == SUPPORT


def test_a_method_that_is_not_simulated_says_so(support):
    assert refused(support.settings().getImap(userId="me").execute)[0] == 501


def test_an_unknown_path_is_not_found(sim, connect):
    assert connect.session(SUPPORT).get(f"{sim.root}/gmail/v1/nonsense").status_code == 404
