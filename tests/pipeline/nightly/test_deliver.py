"""A digest reaches a real web server and a real mail server, at last."""

from __future__ import annotations

import email
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage, Message
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from parsers.errors import BadInput
from pipeline.files import written
from pipeline.nightly.deliver import TRIES, announce, deliver, states, waiting
from pipeline.nightly.settings import Mail, Target, Webhook, read_targets
from tests.pipeline.nightly.world import Clock


@contextmanager
def web_server(*answers: int) -> Iterator[tuple[str, list[tuple[dict[str, str], bytes]]]]:
    """Answers the first requests with these statuses, and later ones with 200; gives its address and what it got."""
    got: list[tuple[dict[str, str], bytes]] = []
    statuses = iter(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(next(statuses, 200))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/hook", got
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def mail_server() -> Iterator[tuple[int, list[Message]]]:
    """Speaks as much of SMTP as a client needs to hand over a mail."""
    got: list[Message] = []
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb") as stream:

                def say(line: str) -> None:
                    stream.write(line.encode() + b"\r\n")
                    stream.flush()

                say("220 model")
                for line in stream:
                    word = line[:4].upper().strip()
                    if word == b"DATA":
                        say("354 go on")
                        body = b"".join(iter(stream.readline, b".\r\n"))
                        got.append(email.message_from_bytes(body.replace(b"\r\n..", b"\r\n."), policy=default))
                    say("221 bye" if word == b"QUIT" else "250 ok")
                    if word == b"QUIT":
                        break

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listening.getsockname()[1], got
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()


def never(seconds: float) -> None:
    raise AssertionError(f"waited {seconds} seconds")


def digest(out: Path, day: str, targets: tuple[Target, ...]) -> Path:
    folder = out / f"{day}-000001"
    told = {"day": day, "headline": "1 new report", "new": [{"agency": "中卫市公安局"}]}
    written(folder / "digest.json", json.dumps(told, ensure_ascii=False))
    written(folder / "digest.md", "# 年报\n\n中卫市公安局\n")
    written(folder / "digest.html", "<h1>年报</h1><p>中卫市公安局</p>")
    announce(folder, targets)
    return folder


def test_a_webhook_gets_the_json_with_its_token_and_key(tmp_path: Path) -> None:
    with web_server() as (url, got):
        hook = Webhook("team", url_env="HOOK", token_env="TOKEN")
        folder = digest(tmp_path, "2023-02-01", (hook,))
        left = deliver(tmp_path, (hook,), Clock(), never, environment={"HOOK": url, "TOKEN": "s3cret"})
    ((headers, body),) = got
    assert left == 0
    assert json.loads(body)["new"][0]["agency"] == "中卫市公安局"
    assert (headers["Authorization"], headers["Idempotency-Key"]) == ("Bearer s3cret", folder.name)
    assert waiting(tmp_path) == []


def test_a_server_in_trouble_is_tried_again_after_longer_and_longer_waits(tmp_path: Path) -> None:
    waits: list[float] = []
    with web_server(503, 429) as (url, got):
        hook = Webhook("team", url)
        folder = digest(tmp_path, "2023-02-01", (hook,))
        assert deliver(tmp_path, (hook,), Clock(), waits.append) == 0
    assert len(got) == 3
    assert waits == sorted(waits)
    assert len(set(waits)) == 2
    assert states(folder)["team"]["tries"] == 3


def test_what_failed_is_delivered_the_next_night_with_the_next_digest(tmp_path: Path) -> None:
    hook = Webhook("team", "http://127.0.0.1:9/nobody")
    folder = digest(tmp_path, "2023-02-01", (hook,))
    assert deliver(tmp_path, (hook,), Clock(), lambda _: None) == 1
    assert states(folder)["team"]["tries"] == TRIES
    assert "cannot be reached" in str(states(folder)["team"]["error"])
    digest(tmp_path, "2023-02-02", (hook,))
    with web_server() as (url, got):
        assert deliver(tmp_path, (Webhook("team", url),), Clock(), lambda _: None) == 0
    assert [json.loads(body)["day"] for _, body in got] == ["2023-02-01", "2023-02-02"]
    assert deliver(tmp_path, (hook,), Clock(), never) == 0, "nothing is sent twice"


def test_a_server_that_refuses_is_not_pestered(tmp_path: Path) -> None:
    with web_server(403) as (url, got):
        hook = Webhook("team", url)
        digest(tmp_path, "2023-02-01", (hook,))
        assert deliver(tmp_path, (hook,), Clock(), never) == 1
    assert len(got) == 1


def test_a_missing_secret_is_named_and_never_a_value(tmp_path: Path) -> None:
    hook = Webhook("team", "http://127.0.0.1:9/", token_env="NO_SUCH_TOKEN")
    folder = digest(tmp_path, "2023-02-01", (hook,))
    assert deliver(tmp_path, (hook,), Clock(), never, environment={}) == 1
    assert "NO_SUCH_TOKEN is not set" in str(states(folder)["team"]["error"])


def test_a_mail_shows_chinese_as_text_and_as_a_page(tmp_path: Path) -> None:
    with mail_server() as (port, got):
        to = Mail("desk", "127.0.0.1", port, "none", "nianbao@example.org", ("desk@example.org",))
        digest(tmp_path, "2023-02-01", (to,))
        assert deliver(tmp_path, (to,), Clock(), never) == 0
    (message,) = got
    assert isinstance(message, EmailMessage)
    text, page = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert page is not None
    assert "中卫市公安局" in text.get_content()
    assert "中卫市公安局" in page.get_content()
    assert message["Subject"] == "nianbao 2023-02-01: 1 new report"
    assert "2023-02-01-000001" in message["Message-ID"]


def test_settings_are_read_and_what_is_wrong_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    hook = '[[deliver.webhook]]\nname = "team"\nurl_env = "HOOK"\n'
    post = '[[deliver.mail]]\nhost = "h.example"\nsender = "a@b.example"\nto = "c@d.example"\n'
    path.write_text(hook + post, encoding="utf-8")
    assert read_targets(path) == (
        Webhook("team", url_env="HOOK"),
        Mail("mail", "h.example", sender="a@b.example", to=("c@d.example",)),
    )
    for wrong, said in (
        (hook + '[[deliver.mail]]\nhost = "h"\n', "line 4"),
        (post + 'password = "x"\n', "environment variable"),
        (post + 'security = "none"\npassword_env = "P"\n', "never sent without encryption"),
        (hook + hook, "name of its own"),
        (hook.replace('"HOOK"', '"https://x.example/secret"'), "not the secret itself"),
        ('[[deliver.webhook]]\nurl = "ftp://x"\n', "no address"),
        ("[deliver.pigeon]\n", "pigeon"),
    ):
        path.write_text(wrong, encoding="utf-8")
        with pytest.raises(BadInput, match=said):
            read_targets(path)
