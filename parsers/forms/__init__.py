"""The statutory forms, as data: one TOML file an edition in this folder, and one dictionary made from them all."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from parsers.forms.form import Form
from parsers.forms.indicators import Indicator, indicators_of
from parsers.forms.load import load_form


@cache
def all_forms() -> tuple[Form, ...]:
    """Every form that this folder holds, the oldest edition first; raises BadInput when a file is wrong."""
    entries = sorted((e for e in files(__name__).iterdir() if e.name.endswith(".toml")), key=lambda entry: entry.name)
    forms = (load_form(entry.name, entry.read_text(encoding="utf-8")) for entry in entries)
    return tuple(sorted(forms, key=lambda form: form.first_year))


def form_of(edition: str) -> Form | None:
    """The form of an edition, or None where we have no form for it (reports in prose)."""
    return next((form for form in all_forms() if form.edition == edition), None)


@cache
def forms_of_reports() -> tuple[Form, ...]:
    """The forms whose tables are parts of a report, the oldest edition first; not those that are attached to one."""
    return tuple(form for form in all_forms() if not form.attached)


@cache
def all_indicators() -> tuple[Indicator, ...]:
    """The dictionary of indicators, made from every form: one entry a quantity, whatever the editions."""
    return indicators_of(all_forms())


__all__ = ["Form", "Indicator", "all_forms", "all_indicators", "form_of", "forms_of_reports"]
