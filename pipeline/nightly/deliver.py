"""Sending a digest: to a webhook or by mail, with retries and back-off; what failed is tried again the next night.

A digest's folder says what became of it (``delivery.json``): until a target has taken it, it is waiting. A target may
get a digest twice when a night is killed between sending and noting it; both times it bears the same key.
"""

from __future__ import annotations

import http.client
import json
import os
import smtplib
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from parsers.errors import NianbaoError
from pipeline.files import written
from pipeline.nightly.settings import PORTS, Mail, Target, Webhook

TRIES = 3
"""Times that a target is tried in one night."""
FIRST_WAIT = 5.0
"""Seconds before the second try; each further wait is three times as long."""
TIMEOUT = 30.0
MOST_WAITING = 30
"""Old digests tried in one night: a month of nights without a mail server."""
STATE = "delivery.json"


class Undelivered(NianbaoError):
    """A target did not take a digest; ``temporary`` says that another try may help."""

    def __init__(self, message: str, *, temporary: bool = True) -> None:
        super().__init__(message)
        self.temporary = temporary


@dataclass(frozen=True, slots=True)
class Letter:
    """A digest as it is sent: its key is the same each time."""

    key: str
    title: str
    headline: str
    markdown: str
    page: str
    json: str


def letter_in(folder: Path) -> Letter | None:
    """The digest that a night left in its folder; None when there is none."""
    try:
        text = (folder / "digest.json").read_text(encoding="utf-8")
        told = json.loads(text)
        markdown = (folder / "digest.md").read_text(encoding="utf-8")
        page = (folder / "digest.html").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    return Letter(folder.name, f"nianbao {told['day']}: {told['headline']}", told["headline"], markdown, page, text)


def states(folder: Path) -> dict[str, dict[str, object]]:
    """What became of a digest, by target: when it was delivered, or the last error, and the number of tries."""
    try:
        told = json.loads((folder / STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def announce(folder: Path, targets: Sequence[Target]) -> None:
    """Notes for whom a digest is; what is noted already stays."""
    noted = states(folder)
    fresh: dict[str, dict[str, object]] = {t.name: {"delivered": None, "tries": 0, "error": None} for t in targets}
    written(folder / STATE, json.dumps(fresh | noted, ensure_ascii=False, indent=1) + "\n")


def waiting(out: Path) -> list[Path]:
    """Folders of digests that some target has not taken yet, the latest first."""
    folders = sorted((path.parent for path in out.glob(f"*/{STATE}")), reverse=True)
    return [f for f in folders if any(state["delivered"] is None for state in states(f).values())]


def deliver(
    out: Path,
    targets: Sequence[Target],
    now: Callable[[], datetime],
    sleep: Callable[[float], None],
    *,
    environment: Mapping[str, str] | None = None,
    told: Callable[..., None] = lambda *_, **__: None,
) -> int:
    """Sends every waiting digest of ``out`` to the targets that have not taken it, the oldest first; gives the number
    that still wait. A target that fails is not tried with a second digest in the same night."""
    variables = os.environ if environment is None else environment
    known = {target.name: target for target in targets}
    failed: set[str] = set()
    left = 0
    for folder in reversed(waiting(out)[:MOST_WAITING]):
        letter, noted = letter_in(folder), states(folder)
        for name, state in noted.items():
            if state["delivered"] is not None or name not in known or letter is None:
                continue
            if name not in failed:
                error = _tried(known[name], letter, variables, now, sleep, state)
                written(folder / STATE, json.dumps(noted, ensure_ascii=False, indent=1) + "\n")
                told("delivered" if error is None else "not delivered", level="warning" if error else "info",
                     target=name, digest=letter.key, error=error)  # fmt: skip
                if error is not None:
                    failed.add(name)
            left += state["delivered"] is None
    return left


def _tried(
    target: Target,
    letter: Letter,
    variables: Mapping[str, str],
    now: Callable[[], datetime],
    sleep: Callable[[float], None],
    state: dict[str, object],
) -> str | None:
    """Tries a target and notes in ``state`` what came of it; the error, or None."""
    wait = FIRST_WAIT
    for attempt in range(1, TRIES + 1):
        state["tries"] = int(str(state.get("tries") or 0)) + 1
        try:
            if isinstance(target, Webhook):
                post(target, letter, variables)
            else:
                mail(target, letter, variables, now())
        except Undelivered as error:
            state["error"] = str(error)
            if attempt == TRIES or not error.temporary:
                return str(error)
            sleep(wait)
            wait *= 3
        else:
            state["delivered"], state["error"] = now().isoformat(timespec="seconds"), None
            return None
    return None


def post(hook: Webhook, letter: Letter, variables: Mapping[str, str]) -> None:
    """Posts the digest's JSON. Raises Undelivered; neither address nor token appear in the message where they are secret."""
    url = hook.url or _secret(hook.url_env, variables, hook.name)
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "nianbao",
        "Idempotency-Key": letter.key,
    }
    if hook.token_env:
        headers["Authorization"] = f"Bearer {_secret(hook.token_env, variables, hook.name)}"
    try:
        if not url.startswith(("http://", "https://")):
            raise ValueError("no address of the web")
        request = Request(url, letter.json.encode(), headers, method="POST")
        with build_opener(_NoRedirection).open(request, timeout=TIMEOUT) as answer:
            answer.read(10_000)
    except HTTPError as error:
        error.close()
        temporary = error.code >= 500 or error.code in (408, 425, 429)
        raise Undelivered(f"{hook.name}: the webhook answers {error.code}", temporary=temporary) from None
    except (URLError, OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", error)
        raise Undelivered(f"{hook.name}: the webhook cannot be reached ({type(reason).__name__}: {reason})") from None
    except ValueError:
        raise Undelivered(f"{hook.name}: the address or the token cannot be sent", temporary=False) from None


class _NoRedirection(HTTPRedirectHandler):
    """A redirected POST would become a GET, and the token would go to somebody else."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


def mail(to: Mail, letter: Letter, variables: Mapping[str, str], moment: datetime) -> None:
    """Sends the digest as a mail: Markdown as its text, the page as its HTML, the JSON attached. Raises Undelivered."""
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = letter.title, to.sender, ", ".join(to.to)
    message["Date"] = format_datetime(moment)
    message["Message-ID"] = f"<nianbao.{letter.key}.{to.name}@{to.sender.rpartition('@')[2]}>"
    message.set_content(letter.markdown)
    message.add_alternative(letter.page, subtype="html")
    message.add_attachment(letter.json.encode(), maintype="application", subtype="json", filename="digest.json")
    port = to.port or PORTS[to.security]
    safe = ssl.create_default_context()
    try:
        if to.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(to.host, port, timeout=TIMEOUT, context=safe)
        else:
            server = smtplib.SMTP(to.host, port, timeout=TIMEOUT)
        with server:
            if to.security == "starttls":
                server.starttls(context=safe)
            if to.password_env:
                password = _secret(to.password_env, variables, to.name)
                server.login(_secret(to.user_env, variables, to.name) if to.user_env else to.sender, password)
            server.send_message(message)
    except smtplib.SMTPAuthenticationError as error:
        raise Undelivered(f"{to.name}: the mail server refuses user or password", temporary=False) from error
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise Undelivered(f"{to.name}: the mail server {to.host} does not take it ({error})") from error


def _secret(variable: str, variables: Mapping[str, str], target: str) -> str:
    if not variables.get(variable):
        raise Undelivered(f"{target}: the environment variable {variable} is not set", temporary=False)
    return variables[variable].strip()
