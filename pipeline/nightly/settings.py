"""Whom the digest is sent to: ``[deliver]`` in ``sources.toml``. Secrets are named, never written: each is the name of an
environment variable.

::

    [[deliver.webhook]]
    name = "team"
    url_env = "NIANBAO_WEBHOOK"          # or url = "https://…", where the address is no secret
    token_env = "NIANBAO_WEBHOOK_TOKEN"  # sent as Authorization: Bearer …

    [[deliver.mail]]
    name = "desk"
    host = "smtp.example.org"
    port = 587
    security = "starttls"                # or "tls", or "none" (without a password)
    sender = "nianbao@example.org"
    to = ["desk@example.org"]
    user_env = "NIANBAO_MAIL_USER"
    password_env = "NIANBAO_MAIL_PASSWORD"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from parsers.errors import BadInput

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ADDRESS = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")
PORTS = {"starttls": 587, "tls": 465, "none": 25}


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that takes the digest's JSON as a POST; the address itself, or the variable that holds it."""

    name: str
    url: str = ""
    url_env: str = ""
    token_env: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail server and who is written to."""

    name: str
    host: str = ""
    port: int = 0
    security: str = "starttls"
    sender: str = ""
    to: tuple[str, ...] = ()
    user_env: str = ""
    password_env: str = ""


Target = Webhook | Mail


def read_targets(path: Path) -> tuple[Target, ...]:
    """The targets in a file of sources; none where it has no ``[deliver]``. Raises BadInput, with the line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = tomllib.loads(text)
    except (OSError, ValueError) as error:
        raise BadInput(f"{path}: cannot be read ({error})") from error
    deliver = data.get("deliver", {})
    if not isinstance(deliver, dict):
        raise BadInput(f"{path}: write [[deliver.webhook]] or [[deliver.mail]], each with its settings below it")
    targets: list[Target] = []
    for kind, entries in deliver.items():
        if kind not in ("webhook", "mail") or not isinstance(entries, list):
            raise BadInput(f"{path}: {kind!r} in deliver is not known; write [[deliver.webhook]] or [[deliver.mail]]")
        for number, entry in enumerate(entries):
            where = f"{path}, line {_line(text, kind, number)}"
            targets.append(_target(kind, entry, where))
    names = [target.name for target in targets]
    for name in names:
        if names.count(name) > 1:
            raise BadInput(f"{path}: two targets of [deliver] are called {name!r}; each needs a name of its own")
    return tuple(targets)


def _target(kind: str, entry: Any, where: str) -> Target:
    made: type[Target] = Webhook if kind == "webhook" else Mail
    types = {field.name: str(field.type) for field in fields(made)}
    given: dict[str, Any] = {"name": kind}
    for name, said in entry.items() if isinstance(entry, Mapping) else ():
        if name not in types:
            secret = name.endswith(("password", "token", "secret"))
            hint = "; a secret is given by the name of an environment variable" if secret else ""
            raise BadInput(f"{where}: deliver.{kind} has no {name!r}; it has {', '.join(types)}{hint}")
        value: Any = [said] if name == "to" and isinstance(said, str) else said
        if not _fits(value, types[name]):
            raise BadInput(f"{where}: {name} cannot be {value!r}")
        if name.endswith("_env") and not _VARIABLE.fullmatch(value):
            raise BadInput(f"{where}: {name} is the name of an environment variable, not the secret itself")
        given[name] = tuple(value) if isinstance(value, list) else value
    target = made(**given)
    problem = _wrong_webhook(target) if isinstance(target, Webhook) else _wrong_mail(target)
    if problem:
        raise BadInput(f"{where}: {problem}")
    return target


def _fits(value: object, kind: str) -> bool:
    if kind == "int":
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == "str":
        return isinstance(value, str)
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _wrong_webhook(hook: Webhook) -> str | None:
    if bool(hook.url) == bool(hook.url_env):
        return "a webhook needs url, or url_env with the name of the variable that holds it"
    parts = urlsplit(hook.url)
    if hook.url and (parts.scheme not in ("http", "https") or not parts.hostname):
        return f"{hook.url!r} is no address; it begins with https://"
    if parts.password:
        return "the address holds a password; use url_env or token_env"
    return None


def _wrong_mail(mail: Mail) -> str | None:
    if not mail.host or not mail.to:
        return "mail needs host, sender and to"
    for address in (mail.sender, *mail.to):
        if not _ADDRESS.fullmatch(address):
            return f"{address!r} is no address of mail"
    if mail.security not in PORTS:
        return f"security is one of {', '.join(PORTS)}"
    if not 0 <= mail.port < 65536:
        return f"port {mail.port} is none"
    if mail.security == "none" and mail.password_env:
        return "a password is never sent without encryption; set security to starttls or tls"
    return None


def _line(text: str, kind: str, number: int) -> int:
    """The line of the table of a target."""
    headers = [
        i for i, line in enumerate(text.splitlines(), 1) if re.match(rf"\s*\[\[\s*deliver\.{kind}\s*\]\]", line)
    ]
    return headers[number] if number < len(headers) else 1
