"""A mail that was saved is opened like a zip, and one that would do harm is one line."""

from __future__ import annotations

import random
import time
from email.message import EmailMessage

import pytest
from a_class import hand_in, to_bytes, zip_of

from quizzes.classroom.collecting import Collector, Found, Ignored, Problem
from quizzes.classroom.grading import grade
from quizzes.classroom.mails import BadMail, files_in

NOTHING = "found a mail without an attachment; accepted: one with the file of answers"
MIXED_UP = "found a mail that breaks off or is mixed up; accepted: one as the mail program saved it"


def mail(text: str = "Dear teacher, here it is.", **files: bytes) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["Subject"] = "Ana <ana@example.org>", "Monday"
    made.set_content(text)
    for name, content in files.items():
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made


def walk(folder, content: bytes, name: str = "Monday.eml") -> list[Found | Problem | Ignored]:
    (folder / name).write_bytes(content)
    return list(Collector().walk(folder))


def test_what_is_attached_is_graded_zips_and_forwarded_mails_too(monday, tmp_path):
    forwarded = mail("See below.")
    forwarded.add_attachment(mail(**{"cevap-çğ.json": to_bytes(hand_in(monday, 1))}))
    (tmp_path / "mails.zip").write_bytes(zip_of({"a.EML": bytes(mail(**{"a.json": to_bytes(hand_in(monday, 2))})), "b.eml": bytes(mail(**{
        "b.zip": zip_of({"b.json": to_bytes(hand_in(monday, 3))})}))}))
    (tmp_path / "forwarded.eml").write_bytes(bytes(forwarded))
    graded = grade(monday, tmp_path)
    assert graded.problems == []
    assert [student.number for student in graded.students] == ["2023-0001", "2023-0002", "2023-0003"]
    assert [one.file for one in graded.listed] == ["forwarded.eml/cevap-çğ.json", "mails.zip/a.EML/a.json", "mails.zip/b.eml/b.zip/b.json"]


def test_the_mails_of_a_whole_class_can_be_forwarded_as_one(monday, tmp_path):
    forwarded = mail("All of group A.")
    for n in range(120):
        forwarded.add_attachment(mail(**{"a.json": to_bytes(hand_in(monday, n))}))
    (tmp_path / "all.eml").write_bytes(bytes(forwarded))
    graded = grade(monday, tmp_path)
    assert (len(graded.students), graded.problems) == (120, [])


def test_answers_copied_into_the_text_are_found(monday, tmp_path):
    text = to_bytes(hand_in(monday, 4)).decode()
    (tmp_path / "copied.eml").write_bytes(bytes(mail(f"No file appeared, so:\n\n{text}\n-- \nAna")))
    graded = grade(monday, tmp_path)
    assert ([student.number for student in graded.students], graded.problems) == (["2023-0004"], [])


def test_the_picture_of_a_signature_is_no_hand_in_and_no_problem(tmp_path):
    made = mail(**{"a.json": b"{}"})
    made.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png", disposition="inline")
    made.add_attachment(b"0", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    assert walk(tmp_path, bytes(made))[1:] == [Ignored(file="Monday.eml/logo.png"), Ignored(file="Monday.eml/smime.p7s")]


def test_a_name_leads_nowhere_and_rings_nothing(tmp_path):
    (found,) = walk(tmp_path, b'Content-Disposition: attachment; filename="../../a\x07\\b.json"\n\n{}')
    assert (found.file, found.content) == ("Monday.eml/.._.._a\ufffd_b.json", b"{}")


@pytest.mark.parametrize(("content", "reason"), [
    pytest.param(b"", NOTHING, id="empty"),
    pytest.param(bytes(mail()), NOTHING, id="no attachment"),
    pytest.param(bytes(mail(**{"a.json": b"{}"}))[:150], NOTHING, id="cut off"),
    pytest.param(b"\x00\xff" * 1000, NOTHING, id="no mail at all"),
    pytest.param(b"a: b\n" * 400_001, "found a mail of more than 1000 parts or 400000 lines; accepted: fewer", id="many lines"),
    pytest.param(b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n" * 1001, "found a mail of more than 1000 parts or 400000 lines; accepted: fewer", id="many parts"),
    pytest.param(b"".join(b"Content-Type: Multipart/mixed; Boundary=b%d\n\n--b%d\n" % (n, n) for n in range(900)) + b"\n" + b"x\n" * 300_000,
                 "found 900 parts that hold parts in a mail of 302701 lines; accepted: fewer of either", id="parts in parts"),
    pytest.param(b"Content-Type: message/rfc822\n\n" * 100_000, MIXED_UP, id="mails in mails"),
    pytest.param(b"Content-Type: multipart/mixed;" + b"\n boundary*0=a; boundary*1=b;" * 100_000 + b"\n\n{}", MIXED_UP, id="a header of megabytes"),
    pytest.param(bytes(mail(**{"1.eml": bytes(mail(**{"2.eml": bytes(mail(**{"3.eml": bytes(mail(**{"4.json": b"{}"}))}))}))})),
                 "found mails in mails, more than 3 deep; accepted: fewer", id="mails attached to mails"),
])
def test_a_mail_that_cannot_be_read_is_one_line_and_soon(tmp_path, content, reason):
    began = time.monotonic()
    (problem,) = walk(tmp_path, content)
    assert isinstance(problem, Problem) and problem.reason == reason
    assert time.monotonic() - began < 5


def test_whatever_is_damaged_in_a_mail_nothing_else_is_raised():
    chance = random.Random(1)
    whole = bytes(mail(**{"cevap-ç.json": b"{}" * 100}))
    pieces = [b"=?utf-8?b?", b"?=", b"boundary=", b";", b"filename*=", b"utf-7''", b"\n", b"--", b"=?idna?q?\xff", b'"', b"Content-Transfer-Encoding: x-uuencode\n"]
    read = 0
    for _ in range(2000):
        damaged = bytearray(whole)
        for _ in range(chance.randrange(1, 12)):
            at = chance.randrange(len(damaged))
            damaged[at:at + chance.randrange(30)] = b"".join(chance.choices(pieces, k=chance.randrange(3)))
        try:
            read += bool(list(files_in(bytes(damaged))))
        except BadMail:
            continue
    assert 0 < read < 2000
