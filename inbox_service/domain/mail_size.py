"""How much one mail may hold."""

from __future__ import annotations

MEBIBYTE = 1024 * 1024
# What nearly every provider takes, as sent: encoded, with headers and text.
LARGEST_MAIL = 25 * MEBIBYTE
# Kept for headers, text, HTML and the quoted history.
_WORDS = MEBIBYTE // 2
# RFC 2045 6.8: 57 bytes become a line of 76 letters, and two end it.
_BYTES_OF_A_LINE = 57
_LETTERS_OF_A_LINE = 78


def room_for_files(largest_mail: int) -> int:
    """Return how many bytes of files fit into a mail of so many bytes, in whole MiB."""
    room = (largest_mail - _WORDS) * _BYTES_OF_A_LINE // _LETTERS_OF_A_LINE
    return max(room, 0) // MEBIBYTE * MEBIBYTE
