"""The files in a mail that was saved with its attachments (.eml), read by the standard library; a mail is hostile until parsed."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.policy import Compat32

MOST_PARTS, MOST_LINES = 1_000, 400_000  # a mail of 20 MB has 270,000 lines; more are there to fill the memory
MOST_COMPARED = 20_000_000  # lines times parts that hold parts: the library compares a line with the boundary of each that it stands in
LONGEST_HEADER = 4_000  # characters of one that are read; the library takes minutes over one of megabytes
FILE, OWN, TEXT = "file", "own", "text"
SIGNATURES = {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
BROKEN = (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError)  # what the library's parser is known to raise


class BadMail(ValueError):
    """A mail that is not read; the message says what was found and what is accepted."""


class Brief(Compat32):
    """Reads the beginning of every header."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:LONGEST_HEADER]


def files_in(content: bytes) -> Iterator[tuple[str, bytes | None]]:
    """The attachments of a mail, name and bytes; None for what belongs to the mail itself, like the picture of a signature.

    Where nothing is attached, the text of the mail from its first brace to its last: answers that were copied into it. Raises BadMail.
    """
    lines, holders = content.count(b"\n"), content.lower().count(b"multipart/")
    if content.count(b"\n--") > MOST_PARTS or lines > MOST_LINES:
        raise BadMail(f"found a mail of more than {MOST_PARTS} parts or {MOST_LINES} lines; accepted: fewer")
    if holders * lines > MOST_COMPARED:
        raise BadMail(f"found {holders} parts that hold parts in a mail of {lines} lines; accepted: fewer of either")
    try:
        parts = list(_parts(message_from_bytes(content, policy=Brief())))
    except BROKEN:
        raise BadMail("found a mail that breaks off or is mixed up; accepted: one as the mail program saved it") from None
    files = [(name, inner) for kind, name, inner in parts if kind == FILE] or [("text", inner) for kind, _, inner in parts if kind == TEXT and inner]
    if not files:
        raise BadMail("found a mail without an attachment; accepted: one with the file of answers")
    yield from files
    yield from ((name, None) for kind, name, _ in parts if kind == OWN)


def _parts(mail: Message) -> Iterator[tuple[str, str, bytes]]:
    """The parts that are no parts of others, with their names: files, what belongs to the mail, and its text."""
    for part in mail.walk():
        if part.is_multipart():
            continue
        name, kind, inline = _name(part), part.get_content_type(), part.get_content_disposition() == "inline"
        content = part.get_payload(decode=True) or b""
        if kind in SIGNATURES or part.get_content_maintype() == "image" and (inline or "Content-ID" in part):
            yield OWN, name or kind, content
        elif name or part.get_content_disposition() == "attachment":
            yield FILE, name or "attachment", content
        elif kind == "text/plain":
            yield TEXT, "", content[content.find(b"{"):content.rfind(b"}") + 1] if b"{" in content else b""


def _name(part: Message) -> str:
    name = str(make_header(decode_header(part.get_filename() or "")))
    return "".join("_" if letter in "/\\" else letter if letter.isprintable() else "\ufffd" for letter in name)[:200]
