"""Local servers: a folder of files as a web host sends it, and all other hosts in one."""

from __future__ import annotations

import gzip
import mimetypes
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

Find = Callable[[str, str], Path | None]  # host, path -> the file to send
TEXT = ("text/", "application/javascript", "application/json", "image/svg+xml", "application/xml")
DAYS = "30"


class Handler(BaseHTTPRequestHandler):
    """Sends the file that `find` names; text is gzipped at level 6."""

    protocol_version = "HTTP/1.1"

    def __init__(self, find: Find, *args: object) -> None:
        self.find = find
        super().__init__(*args)

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        file = self.find(self.headers["Host"].split(":")[0], path)
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream" if file else "text/plain"
        body, zipped = packed(file, kind.startswith(TEXT)) if file else (b"", False)
        self.send_response(200 if file else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        self.send_header("Access-Control-Allow-Origin", "*")
        if zipped:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Nothing: a benchmark prints its table only."""


@cache
def packed(file: Path, text: bool) -> tuple[bytes, bool]:
    """The body of a file and whether it is gzipped; made once, so that no visit pays for it."""
    return (gzip.compress(file.read_bytes(), 6, mtime=0), True) if text else (file.read_bytes(), False)


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *args: object) -> None:
        """A browser that closes a connection is no error."""


@contextmanager
def serving(find: Find, certificate: Path | None = None) -> Iterator[int]:
    """A server on a free port, which is given; with a certificate it speaks HTTPS."""
    server = Server(("127.0.0.1", 0), partial(Handler, find))
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def in_folder(folder: Path) -> Find:
    """Finds the files of one folder, and `index.html` for a path that ends in a slash."""
    def find(_host: str, path: str) -> Path | None:
        file = (folder / path.lstrip("/")).resolve()
        file = file / "index.html" if path.endswith("/") else file
        return file if file.is_file() and file.is_relative_to(folder.resolve()) else None

    return find


def make_certificate(folder: Path) -> Path:
    """A certificate that nobody has signed, for hosts that are asked through HTTPS."""
    file = folder / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", DAYS, "-subj", "/CN=localhost",
               "-keyout", str(file), "-out", str(folder / "public.pem")]
    subprocess.run(command, check=True, capture_output=True)
    file.write_text(file.read_text() + (folder / "public.pem").read_text())
    return file
