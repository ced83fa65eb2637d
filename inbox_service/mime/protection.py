"""Whether a mail is signed or encrypted, told from its parts (RFC 8551, RFC 3156)."""

from __future__ import annotations

from inbox_service.domain.mail import Protection
from inbox_service.mime.tree import Node

_PKCS7 = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_ARMOURED = (
    ("-----BEGIN PGP MESSAGE-----", Protection.PGP_ENCRYPTED),
    ("-----BEGIN PGP SIGNED MESSAGE-----", Protection.PGP_SIGNED),
)


def protection(root: Node, text: str) -> Protection | None:
    """Return the outermost protection of a mail, None where it has none."""
    stack = [root]
    while stack:
        node = stack.pop()
        found = _of_node(node)
        if found:
            return found
        stack.extend(reversed(node.children))
    return next((kind for mark, kind in _ARMOURED if mark in text), None)


def _of_node(node: Node) -> Protection | None:
    protocol = node.parameters.get("protocol", "").lower()
    if node.content_type == "multipart/encrypted":
        return Protection.PGP_ENCRYPTED
    if node.content_type == "multipart/signed":
        return Protection.SMIME_SIGNED if "pkcs7" in protocol else Protection.PGP_SIGNED
    if node.content_type in _PKCS7:
        kind = node.parameters.get("smime-type", "").lower()
        return Protection.SMIME_SIGNED if "signed" in kind else Protection.SMIME_ENCRYPTED
    return None
