"""The recogniser: pictures of printed lines in, texts out. Offline, with the model that lies in the ``rapidocr`` wheel.

The model is run directly: its own pipeline would fill every picture up to the width of the widest, and a figure is one
digit wide. It runs in one thread, since pages are read by several processes side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from parsers.text import in_simplified_signs

if TYPE_CHECKING:
    from numpy import ndarray

MODEL = "PP-OCRv6_rec_small.onnx"
"""The recogniser that comes with rapidocr 3.10; another one would have to be fetched."""
HEIGHT = 48
"""Pixels: the height of a line that the model was made for."""
STEP = 32
"""Pixels: widths are rounded up to it, so that pictures of about one width run together."""
NARROWEST = 64
"""Pixels: narrower pictures are filled up; the model loses single digits in narrower ones."""
WIDEST = 3200
"""Pixels: a line of A4 paper in small print has 2,400; a wider picture is scaled down."""
BATCH_WIDTH = 800
"""Pixels of width recognised at once, or one wider picture: of 3200, what the model works on is fetched anew from the system for
each batch, which takes a fifth more time."""

SIGNS = ("", *"0123456789.,%/-+()", "—", "－", "无", "件", "元", "万", "次", "个", "项", "不", "适", "用", "空")
"""What stands in the cell of a figure; the first stands for nothing. Two dashes side by side are read as one."""
LOOK_ALIKES = {
    "0": "OoQD〇○。OоО０",
    "1": "lI|i丨１",
    "2": "Zz２",
    "3": "３",
    "4": "４",
    "5": "Ss５",
    "6": "б６",
    "7": "７",
    "8": "B８",
    "9": "９",
    ".": "．·",
    ",": "，、",
    "/": "／∕",
    "-": "–‐一−",
    "(": "（",
    ")": "）",
    "%": "％",
    "+": "＋十",
    "—": "―─",
}
"""The characters that the model takes for these signs where it does not know that it looks at a figure."""

FIGURE = 0.5
"""A figure read as such is at least so sure, compared with the same read as text."""


CERTAIN, CERTAIN_DIGIT, CERTAIN_STROKE = 0.8, 0.95, 0.99
"""How sure the model must be of the least certain character: of a 0 or a dash; of a figure with other digits, as it took
a 3 for an 8 twice with 0.85 and 0.98 where a sheet was scanned at 150 dots per inch; of a single stroke, or a point or a
comma before three digits, as it takes a slash for a 1 with up to 0.97, and a comma for a point with 0.94. Chosen on drawn
figures in eleven fonts, scanned at 150 to 300 dots per inch; two readings can still share an error, so sums are tried besides."""
DIGITS = frozenset("123456789")
STROKES, THOUSAND = frozenset("17/"), 3
_COMMAS = str.maketrans(",", ".")
_PLAIN = str.maketrans("Oo〇○−－—–一", "0000-----")


class Text(NamedTuple):
    """What a picture was read as, and how sure the model is of its least certain character (0 to 1); then the same
    when it is known to be a figure: 0 is no letter O then, and 1 no letter l. ``legible``: how many characters it is sure
    of, each counted as far as it is sure."""

    text: str
    confidence: float
    figure: str
    figure_confidence: float
    legible: float = 0.0

    @property
    def is_figure(self) -> bool:
        """Whether it is more likely a figure than words: as a figure it has as many characters, and is no less sure."""
        return (
            len(self.figure) == len(self.text.replace(" ", "")) and self.figure_confidence >= FIGURE * self.confidence
        )

    @property
    def is_certain(self) -> bool:
        """Whether it is a figure, no sign of which the model would take for anything else (but an O for a 0)."""
        if self.figure in STROKES or _may_be_thousands(self.figure):
            least = CERTAIN_STROKE
        else:
            least = CERTAIN if DIGITS.isdisjoint(self.figure) else CERTAIN_DIGIT
        alike = self.text.translate(_PLAIN).replace(" ", "") == self.figure.translate(_PLAIN)
        return alike and self.figure_confidence >= least


def _may_be_thousands(figure: str) -> bool:
    """Whether a figure has a point that may be a comma, or the other way round: then three digits stand behind each."""
    _, *groups = figure.translate(_COMMAS).split(".")
    return bool(groups) and all(len(group) == THOUSAND for group in groups)


@cache
def is_available() -> bool:
    """Whether the packages of the extra ``ocr`` and the model are installed."""
    return all(find_spec(name) for name in ("cv2", "onnxruntime", "rapidocr")) and _model().is_file()


def recognise(lines: Sequence[ndarray[Any, Any]]) -> list[Text]:
    """The text of each picture of a printed line: grey (0 black, 255 white), of any size."""
    import numpy as np

    texts = [Text("", 0.0, "", 0.0)] * len(lines)
    if not lines:
        return texts
    session, name, characters = _session()
    spellings = _spellings()
    prepared = [_fitted(line) for line in lines]
    order = sorted(range(len(lines)), key=lambda index: prepared[index].shape[1])
    while order:
        width = prepared[order[0]].shape[1]
        same = [index for index in order if prepared[index].shape[1] == width][: max(1, BATCH_WIDTH // width)]
        order = order[len(same) :]
        batch = np.stack([prepared[index] for index in same]).astype(np.float32) / 127.5 - 1.0
        batch = np.repeat(batch[:, None], 3, axis=1)
        for index, scores in zip(same, session.run(None, {name: batch})[0], strict=True):
            text, sure = _decoded(scores, characters)
            figure, figure_sure = _decoded(_merged(scores, spellings), SIGNS)
            texts[index] = Text(text, min(sure, default=0.0), figure, min(figure_sure, default=0.0), sum(sure))
    return texts


def _model() -> Path:
    spec = find_spec("rapidocr")
    return Path(spec.origin if spec is not None and spec.origin else "").parent / "models" / MODEL


@cache
def _session() -> tuple[Any, str, list[str]]:
    """The model, loaded once a process, the name of its input, and its characters (the first stands for none)."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(str(_model()), options, providers=["CPUExecutionProvider"])
    characters = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    return session, session.get_inputs()[0].name, ["", *characters, " "]


def _fitted(line: ndarray[Any, Any]) -> ndarray[Any, Any]:
    """The picture as high as the model wants it, filled up with paper at the right to one of few widths."""
    import cv2

    from parsers.readers.ocr.ink import level_of

    height, width = line.shape
    wanted = min(max(round(width * HEIGHT / height), 8), WIDEST)
    scaled = cv2.resize(line, (wanted, HEIGHT), interpolation=cv2.INTER_AREA if height > HEIGHT else cv2.INTER_CUBIC)
    full = max(-(-wanted // STEP) * STEP, NARROWEST)
    paper = int(level_of(line, 90))
    return cv2.copyMakeBorder(scaled, 0, 0, 0, full - wanted, cv2.BORDER_CONSTANT, value=paper)


@cache
def _spellings() -> list[list[int]]:
    """For each of SIGNS the characters of the model that are taken for it."""
    _, _, characters = _session()
    place = {character: index for index, character in enumerate(characters)}
    return [[place[each] for each in {sign, *LOOK_ALIKES.get(sign, "")} if each in place] for sign in SIGNS]


def _merged(scores: ndarray[Any, Any], spellings: list[list[int]]) -> ndarray[Any, Any]:
    import numpy as np

    starts = np.cumsum([0, *map(len, spellings[:-1])])
    return np.add.reduceat(scores[:, [place for places in spellings for place in places]], starts, axis=1)


def _decoded(scores: ndarray[Any, Any], characters: Sequence[str]) -> tuple[str, list[float]]:
    """The best character of each step, repetitions and nothings left out (connectionist temporal classification), and how
    sure each of them is. A traditional sign is made simplified: many look alike (黃, 黄), and reports are written in these."""
    best = scores.argmax(axis=1).tolist()
    kept = [at for at, code in enumerate(best) if code and (at == 0 or best[at - 1] != code)]
    return in_simplified_signs("".join(characters[best[at]] for at in kept)), [
        float(scores[at, best[at]]) for at in kept
    ]
