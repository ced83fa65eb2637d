from pathlib import Path

from command_line import Inbox, Result


def findings(result: Result) -> dict[str, bool]:
    return {finding["part"]: finding["ok"] for finding in result.json()}


def test_a_new_folder_needs_a_database_and_processes(inbox: Inbox) -> None:
    shown = inbox("doctor", "--json")
    assert shown.code == 1
    assert findings(shown) == {"data folder": True, "database": False, "queue": False}


def test_every_finding_that_is_not_ok_says_what_to_do(inbox: Inbox, site_id: str) -> None:
    bad = [finding for finding in inbox("doctor", "--json").json() if not finding["ok"]]
    assert bad
    assert all(finding["remedy"] for finding in bad)


def test_an_upgraded_database_is_well(inbox: Inbox, site_id: str) -> None:
    shown = findings(inbox("doctor", "--json"))
    assert shown["database"]
    assert shown["site https://shop.example"] is False


def test_people_read_a_line_for_each_part(inbox: Inbox) -> None:
    shown = inbox("doctor").out
    assert "ok         data folder: " in shown
    assert "attention  database: sqlite, revision none, needed " in shown
    assert "           -> Run `inbox db upgrade`." in shown


def test_a_folder_that_cannot_be_written_is_found(inbox: Inbox, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    key = "k" * 32
    folder = str(tmp_path / "file")
    shown = inbox("doctor", "--json", INBOX_DATA_DIR=folder, INBOX_SECRET_KEY=key)
    assert findings(shown)["data folder"] is False


def test_a_database_that_does_not_answer_is_found(inbox: Inbox) -> None:
    url = "postgresql://nobody@127.0.0.1:1/nothing"
    shown = findings(inbox("doctor", "--json", DATABASE_URL=url))
    assert shown["database"] is False
