"""A small web server for model sites: routes, validators, a log of every request. One site listens on one port."""

from __future__ import annotations

import hashlib
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass(frozen=True)
class Answer:
    """What an address answers. ``validators`` False leaves ETag out, so that the page can only be fetched again."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str | None = "text/html; charset=utf-8"
    validators: bool = True


@dataclass(frozen=True)
class Asked:
    """A request: ``path`` decoded, ``params`` of query and form together, ``visit`` how often it came before."""

    method: str
    path: str
    params: dict[str, str]
    headers: Mapping[str, str]
    visit: int


Raw = Callable[["Handler"], None]
"""Writes an answer byte by byte: slow, endless or broken ones."""
Route = Answer | Callable[[Asked], "Answer | Raw | None"]


class Site:
    """A model site: routes by decoded path (a callable may answer a whole folder: its path ends with ``*``)."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.routes: dict[str, Route] = {}
        self.log: list[dict[str, Any]] = []
        self.visits: Counter[str] = Counter()
        self.lock = threading.Lock()

    def page(self, path: str, html: str, charset: str = "utf-8", **more: Any) -> None:
        """A page of HTML."""
        self.routes[path] = Answer(html.encode(charset), content_type="text/html", **more)

    def answer(self, asked: Asked) -> Answer | Raw:
        route = self.routes.get(asked.path)
        if route is None:
            folders = [path for path in self.routes if path.endswith("*") and asked.path.startswith(path[:-1])]
            route = self.routes[max(folders, key=len)] if folders else None
        answer = route(asked) if callable(route) else route
        return answer or Answer("<html><title>404</title>页面不存在</html>".encode(), 404)

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order, queries included."""
        return [entry["path"] for entry in self.log]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        self._serve()

    do_POST = do_GET

    def _serve(self) -> None:
        begun = time.time()
        target = urlsplit(self.path)
        form = (
            self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode() if self.command == "POST" else ""
        )
        with self.site.lock:
            visit = self.site.visits[self.path]
            self.site.visits[self.path] += 1
        params = dict(parse_qsl(target.query, keep_blank_values=True)) | dict(parse_qsl(form, keep_blank_values=True))
        asked = Asked(self.command, unquote(target.path), params, dict(self.headers.items()), visit)
        self.status = 0
        try:
            answer = self.site.answer(asked)
            if isinstance(answer, Answer):
                self._send(answer)
            else:
                self.close_connection = True
                answer(self)
        except OSError:
            self.close_connection = True
        self.site.log.append(
            {
                "time": begun,
                "end": time.time(),
                "path": self.path,
                "status": self.status,
                "agent": self.headers.get("User-Agent"),
            }
        )

    def _send(self, answer: Answer) -> None:
        etag = f'"{hashlib.sha256(answer.body).hexdigest()[:12]}"'
        if answer.validators and answer.status == 200 and self.headers.get("If-None-Match") == etag:
            self.begin(304, {"ETag": etag})
            return
        headers = dict(answer.headers)
        if answer.content_type:
            headers.setdefault("Content-Type", answer.content_type)
        if answer.validators and answer.status == 200:
            headers["ETag"] = etag
        self.begin(answer.status, headers | {"Content-Length": str(len(answer.body))})
        self.wfile.write(answer.body)

    def begin(self, status: int, headers: Mapping[str, str]) -> None:
        """Sends status and headers."""
        self.status = status
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, *_: object) -> None:
        pass  # a client that hangs up is expected here


@dataclass(frozen=True)
class Running:
    """Sites that are up, and their addresses without a slash at the end."""

    sites: dict[str, Site]
    urls: dict[str, str]


@contextmanager
def running(
    build: Callable[[dict[str, str]], list[Site]], names: list[str], ports: dict[str, int] | None = None
) -> Iterator[Running]:
    """Serves the sites that ``build`` makes from their addresses, on free ports or those of an earlier night."""
    servers: dict[str, _Server] = {}
    try:
        for name in names:
            handler = type("SiteHandler", (Handler,), {})
            servers[name] = _Server(("127.0.0.1", (ports or {}).get(name, 0)), handler)
        urls = {name: f"http://127.0.0.1:{server.server_address[1]}" for name, server in servers.items()}
        sites = {site.name: site for site in build(urls)}
        for name, server in servers.items():
            server.RequestHandlerClass.site = sites[name]  # type: ignore[attr-defined]
            threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield Running(sites, urls)
    finally:
        for server in servers.values():
            server.shutdown()
            server.server_close()
