"""From a seed to specimens, and from a specimen to the sheet that a producer renders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from random import Random

from corpus.arithmetic import breaks
from corpus.specimens.agencies import invented_agency
from corpus.specimens.data import data
from corpus.specimens.figures import invented_values, make_slip
from corpus.specimens.printing import printed_cells
from corpus.specimens.prose import Prose
from corpus.specimens.sheet import Block, Heading, Paragraph, Sheet, SheetTable, Title, table_blocks
from corpus.specimens.specimen import Specimen
from corpus.specimens.wording import BentSpelling
from parsers.forms import form_of
from parsers.forms.form import Form, Layout

YEARS = (2019, 2024)
"""First and last report year of the specimens."""

TRAITS: Mapping[str, float] = {
    "slip": 0.2,
    "aliases": 0.2,
    "bent_labels": 0.2,
    "half_width": 0.2,
    "inner_blanks": 0.1,
    "blank_zeros": 0.06,
    "blank_zeros_but_totals": 0.06,
    "blank_zeros_everywhere": 0.06,
    "rules_dash": 0.15,
    "nothing_signs": 0.06,
    "plus_signs": 0.3,
    "separators": 0.1,
    "full_width": 0.05,
    "units": 0.1,
    "unreadable_cell": 0.03,
    "unofficial_row": 0.06,
    "remark_row": 0.06,
    "no_banner": 0.1,
    "no_corner": 0.06,
    "no_table_four": 0.04,
    "four_tables": 0.1,
    "official_merges": 0.5,
    "vertical_group": 0.3,
    "no_headings": 0.04,
    "bent_headings": 0.3,
    "leftover": 0.1,
    "large": 0.08,
    "yuan_header": 0.04,
    "only_totals": 0.02,
    "blank_totals": 0.02,
    "missing_row": 0.03,
    "missing_block": 0.03,
    "lost_signs": 0.05,
    "tight_columns": 0.1,
    "short_span": 0.06,
    "title_row": 0.05,
    "change_words": 0.05,
    "typographic_minus": 0.2,
    "cut_table": 0.0,
    "cut_without_header": 0.0,
    "header_again": 0.0,
    "brief": 0.0,
    "specimen_mark": 0.0,
}
"""How often each habit is seen in a specimen; a producer may change the shares (see ``render``). Of the order of
what published reports show; the rare ones are raised so that a hundred specimens hold some of each."""

TITLES = {
    "title_usual": 8,
    "title_blanks": 4,
    "title_year_first": 3,
    "title_two_lines": 4,
    "title_three_lines": 3,
    "title_short": 2,
    "title_year_in_middle": 1,
    "title_year_last": 1,
    "title_about": 1,
    "title_bare": 1,
}
"""How often, relative to each other, the ways to write the title are seen."""


def make_specimen(seed: int, index: int, producer: str, shares: Mapping[str, float]) -> Specimen:
    """The specimen of this seed and number. ``shares`` are the producer's own chances of traits, which replace
    those of :data:`TRAITS` and may add to them."""
    identity = f"s{seed}-{index:04}-{producer}"
    random = Random(identity)
    traits = {trait for trait, share in {**TRAITS, **shares}.items() if random.random() < share}
    traits.add(random.choices(list(TITLES), list(TITLES.values()))[0])
    agency = invented_agency(random)
    year = random.randint(*YEARS)
    form = _form_for(year)
    values = invented_values(random, form, agency, frozenset(traits))
    if "slip" in traits:
        make_slip(random, form, values)
    cells = printed_cells(random, form, values, frozenset(traits))
    slips, tolerated = breaks(form, cells)
    return Specimen(identity, producer, agency, year, form.edition, cells, slips, tolerated, frozenset(traits))


def sheet_of(specimen: Specimen) -> Sheet:
    """The specimen laid out, ready for a producer."""
    random = Random(specimen.id + "/sheet")
    form = _form(specimen.edition)
    prose = Prose(random, specimen)
    spell = BentSpelling(random, specimen.year, specimen.traits)
    return Sheet(specimen.id, tuple(_blocks(random, specimen, form, prose, spell)))


def _blocks(random: Random, specimen: Specimen, form: Form, prose: Prose, spell: BentSpelling) -> Iterator[Block]:
    texts = data("prose")
    numbers = iter(texts["headings"]["numbers"])
    wording = data("wording")["unofficial"]

    def heading(section: str) -> Iterator[Heading]:
        number = next(numbers)
        if "no_headings" not in specimen.traits:
            yield Heading(number + prose.heading(section))

    yield Title(prose.title())
    if "specimen_mark" in specimen.traits:
        yield Paragraph(texts["pages"]["specimen"])
    yield from map(Paragraph, prose.preamble())
    yield from heading("overview")
    overview = list(prose.overview())
    yield from map(Paragraph, overview[:1] if "brief" in specimen.traits else overview)
    for table in form.tables:
        headings = tuple(heading(table.key))
        if "title_row" not in specimen.traits:
            yield from headings
        if "leftover" in specimen.traits:
            yield Paragraph(texts["headings"]["leftover"])
        if table.key == "review_litigation" and "no_table_four" in specimen.traits:
            yield Paragraph(prose.no_cases())
            continue
        extra = [wording["row"]] if "unofficial_row" in specimen.traits else []
        laid_out = table_blocks(table, specimen.cells, spell, specimen.traits, extra)
        if table.layout is Layout.MATRIX:
            laid_out = _cut(random, laid_out[0], specimen.traits)
        if "title_row" in specimen.traits:
            laid_out = (laid_out[0].titled([each.text for each in headings]), *laid_out[1:])
        yield from laid_out
        if "remark_row" in specimen.traits and table.key == "requests":
            yield Paragraph(wording["remark"])
    yield from heading("problems")
    yield from map(Paragraph, prose.problems())
    yield from heading("other")
    yield from map(Paragraph, prose.other())


def _cut(random: Random, table: SheetTable, traits: frozenset[str]) -> tuple[SheetTable, ...]:
    """The table as one, as two, or with its header once more in the middle: what page breaks leave in documents
    that have no pages any more."""
    if not traits & {"cut_table", "cut_without_header", "header_again"}:
        return (table,)
    above, below = table.cut(random.randrange(table.header_rows + 3, len(table.rows) - 2))
    header = table.rows[: table.header_rows]
    if "cut_without_header" in traits:
        return above, below
    if "cut_table" in traits:
        return above, replace(below, rows=(*header, *below.rows), header_rows=len(header))
    return (replace(above, rows=(*above.rows, *header, *below.rows)),)


def _form_for(year: int) -> Form:
    return _form("2019" if year <= 2020 else "2021")


def _form(edition: str) -> Form:
    form = form_of(edition)
    if form is None:
        raise ValueError(f"no form of edition {edition}")
    return form
