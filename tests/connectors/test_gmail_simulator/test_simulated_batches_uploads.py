"""Batches and uploads, as the unmodified client makes them."""

import io

import pytest
import requests
from googleapiclient.errors import BatchError, HttpError
from googleapiclient.http import BatchHttpRequest, MediaIoBaseUpload
from simulated import (
    JO,
    SUPPORT,
    Connect,
    decoded,
    get,
    listed,
    mail,
    parsed,
    refused,
)

CHUNK = 256 * 1024
LONG = "A long line of text for a long mail.\r\n" * 20_000


def run(service, requests_):
    """Run a batch; return {request id: answer or error}."""
    found = {}

    def settle(request_id, response, exception):
        found[request_id] = exception or response

    batch = service.new_batch_http_request(callback=settle)
    for request in requests_:
        batch.add(request)
    batch.execute()
    return found


@pytest.fixture
def service(connect: Connect):
    return connect.service(SUPPORT)


def gets(service, ids):
    messages = service.users().messages()
    return [messages.get(userId="me", id=entry, format="minimal") for entry in ids]


def test_a_batch_answers_each_call(sim, service):
    ids = [sim.deliver(SUPPORT, mail(f"No. {n}"))["id"] for n in range(25)]
    found = run(service, gets(service, ids))
    assert [found[str(n + 1)]["id"] for n in range(25)] == ids


def test_one_failure_in_a_batch_is_its_own(sim, service):
    delivered = sim.deliver(SUPPORT, mail())
    found = run(service, gets(service, [delivered["id"], "0000000000000001"]))
    assert found["1"]["id"] == delivered["id"]
    assert found["2"].resp.status == 404


def test_a_batch_can_write(sim, service):
    ids = [sim.deliver(SUPPORT, mail(f"No. {n}"))["id"] for n in range(2)]
    messages = service.users().messages()
    body = {"removeLabelIds": ["UNREAD"]}
    run(service, [messages.modify(userId="me", id=entry, body=body) for entry in ids])
    assert listed(service.users(), q="is:unread") == []


def test_a_batch_costs_as_much_as_its_calls(sim, service):
    delivered = sim.deliver(SUPPORT, mail())
    run(service, gets(service, [delivered["id"]] * 10))
    assert sim.units(SUPPORT) == 200


def test_a_batch_holds_a_hundred_calls(service):
    with pytest.raises(HttpError) as caught:
        run(service, gets(service, ["0000000000000001"] * 101))
    assert caught.value.resp.status == 400
    text = b"Inner request count exceeds the limit. Received: 101, Limit: 100"
    assert text in caught.value.content


def test_the_batch_address_with_the_apis_name_answers_too(sim, service):
    delivered = sim.deliver(SUPPORT, mail())
    batch = BatchHttpRequest(batch_uri=f"{sim.root}/batch/gmail/v1")
    found = []
    batch.add(gets(service, [delivered["id"]])[0], callback=lambda *answer: found.append(answer))
    batch.execute()
    assert found[0][1]["id"] == delivered["id"]


def test_calls_beyond_the_limit_of_concurrency_are_refused(sim, service):
    sim.configure(concurrency=20)
    delivered = sim.deliver(SUPPORT, mail())
    found = run(service, gets(service, [delivered["id"]] * 50))
    errors = [answer for answer in found.values() if isinstance(answer, HttpError)]
    assert len(errors) == 30
    assert {error.resp.status for error in errors} == {429}


# The client leaves the connection open that it refreshes with.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_expired_tokens_in_a_batch_are_refreshed_by_the_client(sim, service):
    delivered = sim.deliver(SUPPORT, mail())
    run(service, gets(service, [delivered["id"]]))
    sim.expire_tokens(SUPPORT)
    assert run(service, gets(service, [delivered["id"]]))["1"]["id"] == delivered["id"]


def test_a_batch_without_calls_is_refused(sim):
    headers = {"Content-Type": "multipart/mixed; boundary=b"}
    answer = requests.post(f"{sim.root}/batch", data=b"--b--", headers=headers, timeout=5)
    assert answer.status_code == 400


def test_a_batch_that_is_dropped_answers_nothing(sim, service):
    sim.fault("messages.get", kind="drop", times=None)
    delivered = sim.deliver(SUPPORT, mail())
    with pytest.raises((ConnectionError, BatchError, OSError)):
        run(service, gets(service, [delivered["id"]]))


def upload(raw, **how):
    return MediaIoBaseUpload(io.BytesIO(raw), mimetype="message/rfc822", **how)


def test_a_mail_can_be_sent_as_media(support, service):
    media = upload(mail("As media", From=SUPPORT, To=JO))
    sent = support.messages().send(userId="me", media_body=media).execute()
    assert parsed(get(support, sent["id"], "raw"))["Subject"] == "As media"


def test_a_mail_can_be_sent_as_multipart_with_its_thread(sim, support):
    asked = sim.deliver(SUPPORT, mail("Question", Message_ID="<q@c>"))
    raw = mail("Re: Question", From=SUPPORT, To=JO, References="<q@c>")
    body = {"threadId": asked["threadId"]}
    sent = support.messages().send(userId="me", body=body, media_body=upload(raw)).execute()
    assert sent["threadId"] == asked["threadId"]
    assert get(support, sent["id"])["snippet"] == "How are you?"


def test_a_mail_can_be_sent_resumably_in_chunks(support):
    raw = mail("Long", LONG, From=SUPPORT, To=JO)
    media = upload(raw, resumable=True, chunksize=CHUNK)
    request = support.messages().send(userId="me", media_body=media)
    steps, sent = 0, None
    while sent is None:
        _, sent = request.next_chunk()
        steps += 1
    assert steps == len(raw) // CHUNK + 1
    body = raw.partition(b"\r\n\r\n")[2]
    assert decoded(get(support, sent["id"], "raw")["raw"]).endswith(body)


def test_an_interrupted_upload_goes_on_where_it_stood(sim, support):
    media = upload(mail("Long", LONG, From=SUPPORT, To=JO), resumable=True, chunksize=CHUNK)
    request = support.messages().send(userId="me", media_body=media)
    request.next_chunk()
    status = requests.put(
        request.resumable_uri, headers={"Content-Range": f"bytes */{media.size()}"}, timeout=5
    )
    assert status.status_code == 308
    assert status.headers["Range"] == f"bytes=0-{CHUNK - 1}"
    request.execute()
    assert len(sim.sent(SUPPORT)) == 1


def test_a_draft_can_be_uploaded(support):
    media = upload(mail("Draft", From=SUPPORT, To=JO), resumable=True)
    made = support.drafts().create(userId="me", body={"message": {}}, media_body=media).execute()
    found = support.drafts().get(userId="me", id=made["id"], format="raw").execute()
    assert parsed(found["message"])["Subject"] == "Draft"


def test_an_insert_can_be_uploaded_with_labels(support):
    media = upload(mail("Kept"))
    insert = support.messages().insert(userId="me", body={"labelIds": ["INBOX"]}, media_body=media)
    assert insert.execute()["labelIds"] == ["INBOX"]


def test_an_upload_needs_a_token_too(sim):
    url = f"{sim.root}/upload/gmail/v1/users/me/messages/send?uploadType=media"
    answer = requests.post(url, data=mail(), headers={"Content-Type": "message/rfc822"}, timeout=5)
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("query", "status"),
    [("uploadType=carrier-pigeon", 400), ("uploadType=resumable&upload_id=none", 404)],
)
def test_an_upload_of_no_known_kind_is_refused(sim, connect, query, status):
    url = f"{sim.root}/upload/gmail/v1/users/me/messages/send?{query}"
    assert connect.session(SUPPORT).post(url, data=b"x").status_code == status


def test_a_mail_sent_by_upload_needs_a_recipient(support):
    media = upload(mail(From=SUPPORT, To=""))
    request = support.messages().send(userId="me", media_body=media)
    assert refused(request.execute)[2] == "Recipient address required"
