"""The larger of the two detectors, with its model in files that are looked into and never read as a whole.

The model has 67 MB, of which a text needs a few thousand bytes. As the package loads it, every process unpacks all of it
(0.8 s of a core) and holds it. Kept once as plain files, it is mapped: processes share what they touch, and the system takes
it back when it needs the room. The files are named after the package's version, so another one makes new ones. Where there
is no folder to keep them in, or it cannot be written to, the model is loaded as it comes.
"""

from __future__ import annotations

import json
import mmap
import shutil
import tempfile
from array import array
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, Literal, Protocol

_WHOLE: Final = "whole.json"  # written last


_open: list[mmap.mmap] = []


class Classifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


def second_opinion(folder: Path | None = None) -> Classifier:
    """The same answers with a folder and without."""
    found: Classifier | None = None
    with suppress(OSError):
        if folder is not None:
            place = folder / f"py3langid-{version('py3langid')}"
            if not (place / _WHOLE).exists():
                _keep(place)
            found = _mapped(place)
    if found is None:
        found = _loaded()
    return found


def let_go() -> None:
    """What texts have touched goes back to the system, which has it at hand for the next one."""
    for one in _open:
        one.madvise(mmap.MADV_DONTNEED)


def _loaded() -> Any:
    from py3langid import langid  # type: ignore[import-untyped]

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)


def _keep(place: Path) -> None:
    """Made aside and moved: nobody sees half a model, and of two who make it at once the second one's is dropped."""
    import numpy

    model = _loaded()
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=place.parent))
    try:
        numpy.save(draft / "features.npy", model.nb_ptc)
        _write(draft / "moves", model.tk_nextmove)
        _write(draft / "rows", array("I", model._rowbase))
        _write(draft / "outputs", array("i", model.tk_output))
        (draft / _WHOLE).write_text(
            json.dumps(
                {
                    "classes": model.nb_classes,
                    "priors": [float(one) for one in model.nb_pc],
                    "moves": model.tk_nextmove.typecode,
                }
            )
        )
        with suppress(OSError):
            draft.rename(place)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _write(file: Path, numbers: array[int]) -> None:
    with file.open("wb") as written:
        numbers.tofile(written)


def _mapped(place: Path) -> Any:
    import numpy
    from py3langid import langid

    told = json.loads((place / _WHOLE).read_text())
    features = numpy.load(place / "features.npy", mmap_mode="r")
    _open.append(features._mmap)
    found = langid.LanguageIdentifier(
        numpy.asarray(features),
        numpy.array(told["priors"], dtype=numpy.float32),
        told["classes"],
        _numbers(place / "moves", told["moves"]),
        _numbers(place / "outputs", "i"),
        tk_row=(),
    )
    found._rowbase = _numbers(place / "rows", "I")  # it would make 100,000 objects of them
    return found


def _numbers(file: Path, kind: Literal["H", "I", "i"]) -> memoryview:
    with file.open("rb") as opened:
        _open.append(mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ))
    return memoryview(_open[-1]).cast(kind)
