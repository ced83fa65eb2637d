"""What goes into the plugin's archive."""

from pathlib import Path
from zipfile import ZipFile

import pack
import pytest


@pytest.fixture
def plugin(tmp_path: Path) -> Path:
    folder = tmp_path / "wp-plugin"
    for name in (
        "unified-inbox.php",
        "uninstall.php",
        "includes/class-plugin.php",
        "build/index.js",
        "build/.built",
        "languages/unified-inbox-ar.mo",
        "src/index.tsx",
        "tests/bootstrap.php",
        "node_modules/react/index.js",
        "package.json",
        "build.mjs",
        "tsconfig.json",
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return folder


def test_a_site_gets_what_it_needs_under_the_slug_and_no_more(plugin, tmp_path):
    pack.pack(plugin, tmp_path / "x.zip")
    with ZipFile(tmp_path / "x.zip") as archive:
        assert archive.namelist() == [
            "unified-inbox/build/index.js",
            "unified-inbox/includes/class-plugin.php",
            "unified-inbox/languages/unified-inbox-ar.mo",
            "unified-inbox/unified-inbox.php",
            "unified-inbox/uninstall.php",
        ]


def test_the_same_files_give_the_same_archive(plugin, tmp_path):
    pack.pack(plugin, tmp_path / "a.zip")
    (plugin / "unified-inbox.php").touch()
    pack.pack(plugin, tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_a_plugin_that_was_not_built_is_not_packed(plugin, tmp_path):
    (plugin / "build/index.js").unlink()
    with pytest.raises(FileNotFoundError):
        pack.pack(plugin, tmp_path / "x.zip")
