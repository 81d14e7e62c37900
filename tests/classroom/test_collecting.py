"""Whatever was handed in is found, and what would do harm is named and not touched."""

from __future__ import annotations

import os
import random
import stat
import struct
import zipfile
from pathlib import Path

import pytest
from a_class import zip_of

from quizzes.classroom import collecting
from quizzes.classroom.collecting import Collector, Found, Ignored, Problem


def walk(place: Path) -> list[Found | Problem | Ignored]:
    return list(Collector().walk(place))


def reasons(place: Path) -> list[str]:
    return [found.reason for found in walk(place) if isinstance(found, Problem)]


def test_files_are_found_in_folders_and_zips_in_the_order_of_their_names(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.txt").write_bytes(b"2")
    (tmp_path / "one").write_bytes(b"1")
    (tmp_path / "c.dat").write_bytes(zip_of({"x/three": b"3", "inner.zip": zip_of({"four.json": b"4"})}))
    assert [(found.file, found.content) for found in walk(tmp_path)] == [
        ("c.dat/inner.zip/four.json", b"4"), ("c.dat/x/three", b"3"), ("one", b"1"), ("b/two.txt", b"2")]


def test_one_zip_or_one_file_can_be_all_there_is(tmp_path):
    path = tmp_path / "all.zip"
    path.write_bytes(zip_of({"a.json": b"{}"}))
    assert [found.file for found in walk(path)] == ["all.zip/a.json"]
    (tmp_path / "a.json").write_bytes(b"{}")
    assert [found.file for found in walk(tmp_path / "a.json")] == ["a.json"]


def test_nothing_of_that_name_is_said(tmp_path):
    with pytest.raises(ValueError) as said:
        walk(tmp_path / "nowhere")
    assert str(said.value) == f"{(tmp_path / 'nowhere').as_posix()}: found no such file or folder; accepted: a folder or a zip of hand-ins"


@pytest.mark.parametrize("name", [".DS_Store", "__MACOSX/._a.json", "a/._b.json", "Thumbs.db", "desktop.ini", ".~lock.a.json#", "~$a.xlsx"])
def test_what_an_operating_system_makes_is_no_hand_in_and_no_problem(tmp_path, name):
    (tmp_path / "a.zip").write_bytes(zip_of({name: b"x", "a.json": b"{}"}))
    assert [type(found) for found in walk(tmp_path)] in ([Ignored, Found], [Found, Ignored])


@pytest.mark.parametrize(("content", "reason"), [
    pytest.param(zip_of({"../a.json": b"{}"}), "found a path that leads out of the zip; accepted: a path inside it", id="up"),
    pytest.param(zip_of({"/etc/a.json": b"{}"}), "found a path that leads out of the zip; accepted: a path inside it", id="absolute"),
    pytest.param(zip_of({"a\\..\\..\\b.json": b"{}"}), "found a path that leads out of the zip; accepted: a path inside it", id="backslashes"),
    pytest.param(zip_of({"C:/b.json": b"{}"}), "found a path that leads out of the zip; accepted: a path inside it", id="a drive"),
    pytest.param(zip_of({"a.json": b"/etc/passwd"}, stat.S_IFLNK | 0o777), "found a symbolic link in a zip; accepted: a file", id="a link in a zip"),
    pytest.param(zip_of({"a.json": b""}, stat.S_IFIFO | 0o777), "found neither file nor folder in a zip; accepted: a file", id="a pipe in a zip"),
    pytest.param(zip_of({"a.json": bytes(30_000_000)})[:20_000], "found a broken zip (its end is missing); accepted: a whole one", id="cut off"),
    pytest.param(zip_of({}), "found an empty zip; accepted: one with hand-ins", id="empty"),
    pytest.param(zip_of({"word/document.xml": b"<x/>", "[Content_Types].xml": b"<x/>"}),
                 "found a document of an office program; accepted: the file of answers", id="a document"),
    pytest.param(zip_of({"1.zip": zip_of({"2.zip": zip_of({"3.zip": zip_of({"4": b"{}"})})})}),
                 "found zips in zips, more than 3 deep; accepted: fewer", id="zips in zips"),
])
def test_a_hostile_zip_is_one_line(tmp_path, content, reason):
    (tmp_path / "a.zip").write_bytes(content)
    (tmp_path / "b.json").write_bytes(b"{}")
    assert reasons(tmp_path) == [reason]
    assert [found.file for found in walk(tmp_path) if isinstance(found, Found)] == ["b.json"]


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    (tmp_path / "a.zip").write_bytes(zip_of({"a.json": bytes(15_000_000)}))
    assert reasons(tmp_path)[0].endswith("accepted: at most 200 times as much")


def test_a_zip_that_lies_about_its_size_is_read_no_further_than_it_says(tmp_path):
    content = zip_of({"a.json": bytes(15_000_000)})
    lie = content.replace(struct.pack("<I", 15_000_000), struct.pack("<I", 10))
    (tmp_path / "a.zip").write_bytes(lie)
    assert reasons(tmp_path)[0].startswith("found a broken file in a zip (")


def test_a_zip_whose_files_share_their_bytes_is_refused(tmp_path):
    content = zip_of({"a.json": random.Random(1).randbytes(5000)})
    at, end = content.index(b"PK\x01\x02"), content.index(b"PK\x05\x06")
    entry = content[at:end]
    twins = b"".join(entry.replace(b"a.json", f"{n}.json".encode()) for n in range(9))
    (tmp_path / "a.zip").write_bytes(content[:at] + twins + content[end:end + 8] + struct.pack("<HHII", 9, 9, len(twins), at) + b"\0\0")
    assert reasons(tmp_path) == ["found a zip whose files overlap; accepted: a plain zip"]


def test_a_zip_in_the_form_for_huge_archives_is_read_and_its_length_is_believed(tmp_path):
    content = zip_of({"a.json": b"{}"})
    at, end = content.index(b"PK\x01\x02"), content.index(b"PK\x05\x06")

    def huge(listed: int) -> bytes:
        record = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, listed, listed, end - at, at)
        return content[:end] + record + struct.pack("<4sIQI", b"PK\x06\x07", 0, end, 1) + content[end:]

    (tmp_path / "a.zip").write_bytes(huge(1))
    assert [found.file for found in walk(tmp_path)] == ["a.zip/a.json"]
    (tmp_path / "a.zip").write_bytes(huge(10 ** 9))
    assert reasons(tmp_path) == ["found a zip that lists 1000000000 files in 52 bytes; accepted: 20000 files at most"]


def test_a_locked_file_and_a_strange_packing_are_said(tmp_path):
    content = bytearray(zip_of({"a.json": b"{}"}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(content)
    with zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_BZIP2) as opened:
        opened.writestr("b.json", b"{}")
    assert reasons(tmp_path) == ["found a file locked with a password; accepted: one without", "found a packing that is not read (method 12); accepted: a plain zip"]


def test_links_and_pipes_in_a_folder_are_not_followed(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "a.json").write_bytes(b"{}")
    (tmp_path / "in" / "folder").symlink_to(tmp_path / "secret")
    (tmp_path / "in" / "link.json").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "in" / "pipe")
    assert reasons(tmp_path / "in") == ["found a symbolic link; accepted: a file", "found a symbolic link; accepted: a file", "found neither file nor folder; accepted: a file"]
    assert not [found for found in walk(tmp_path / "in") if isinstance(found, Found)]


def test_a_file_of_100_mb_is_not_read(tmp_path):
    with (tmp_path / "huge.json").open("wb") as file:
        file.truncate(100_000_000)
    assert reasons(tmp_path) == ["found 100 MB; accepted: 20 MB at most"]


def test_more_files_than_a_class_has_are_said_once_for_a_zip(tmp_path, monkeypatch):
    monkeypatch.setattr(collecting, "MOST_FILES", 3)
    (tmp_path / "a.zip").write_bytes(zip_of({f"{n}.json": b"{}" for n in range(5)}))
    assert reasons(tmp_path) == ["found a zip that lists 5 files in 260 bytes; accepted: 3 files at most"]


def test_bytes_at_random_never_raise(tmp_path):
    content = zip_of({"a.json": b"{}" * 50, "b/c.json": b"{}"})
    for n in range(len(content)):
        (tmp_path / "a.zip").write_bytes(content[:n] + bytes([content[n] ^ 0xFF]) + content[n + 1:])
        assert walk(tmp_path)
