"""How a picture was taken, in the few words of a corner; what is not known is not said."""

from __future__ import annotations

from collections.abc import Callable

from viewer.core.technique import Technique
from viewer.session.corner_texts import Item

_SIDES = {"L": "left", "R": "right", "B": "both sides", "U": ""}
_GAP = "  "


def _with(value: float | None, form: str) -> str:
    return "" if value is None else form.format(value)


def _joined(*parts: str) -> str:
    return _GAP.join(part for part in parts if part)


def _tube(said: Technique) -> str:
    return _joined(_with(said.kilovolts, "{:g} kV"), _with(said.exposure_mas, "{:.3g} mAs"))


def _dose(said: Technique) -> str:
    return _joined(_with(said.ctdi_mgy, "CTDIvol {:.3g} mGy"), _entrance(said))


def _entrance(said: Technique) -> str:
    return _with(said.entrance_mgy, "entrance {:.3g} mGy")


def _kernel(said: Technique) -> str:
    tilt = "" if not said.tilt_degrees else f"tilt {said.tilt_degrees:g}°"
    kernel = said.kernel.replace("\\", " ")
    return _joined(f"kernel {kernel}" if kernel else "", tilt)


def _sequence(said: Technique) -> str:
    return _joined(said.sequence.replace("\\", " "), _with(said.field_tesla, "{:.3g} T"))


def _times(said: Technique) -> str:
    return _joined(
        _with(said.repetition_ms, "TR {:.5g} ms"),
        _with(said.echo_ms, "TE {:.4g} ms"),
        _with(said.inversion_ms or None, "TI {:.5g} ms"),
        _with(said.flip_degrees, "FA {:g}°"),
    )


def _slice(said: Technique) -> str:
    return _with(said.slice_mm or None, "{:.3g} mm thick")


def _contrast(said: Technique) -> str:
    return f"contrast: {said.contrast}" if said.contrast else ""


def _tracer(said: Technique) -> str:
    return _joined(said.tracer, _with(said.activity_mbq, "{:.4g} MBq"))


def _corrections(said: Technique) -> str:
    return " ".join(said.corrections)


def _projection(said: Technique) -> str:
    return " ".join(filter(None, (_SIDES.get(said.laterality, said.laterality), said.view)))


def _compression(said: Technique) -> str:
    return _joined(_with(said.force_newton, "{:.3g} N"), _with(said.breast_mm, "{:.3g} mm"))


def _exposure(said: Technique) -> str:
    return _with(said.exposure_index, "EI {:.4g}")


def _ultrasound(said: Technique) -> str:
    return _joined(
        said.probe.replace("\\", " "),
        _with(said.mechanical_index, "MI {:.2g}"),
        _with(said.thermal_index, "TI {:.2g}"),
    )


WORDS: dict[Item, Callable[[Technique], str]] = {
    Item.TUBE: _tube,
    Item.DOSE: _dose,
    Item.KERNEL: _kernel,
    Item.SEQUENCE: _sequence,
    Item.TIMES: _times,
    Item.SLICE_THICKNESS: _slice,
    Item.CONTRAST: _contrast,
    Item.TRACER: _tracer,
    Item.CORRECTIONS: _corrections,
    Item.PROJECTION: _projection,
    Item.COMPRESSION: _compression,
    Item.EXPOSURE_INDEX: _exposure,
    Item.ULTRASOUND: _ultrasound,
}
