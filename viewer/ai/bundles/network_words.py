"""The network of a bundle: its `network_def` taken literally, if it is one that is known here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from viewer.ai.bundles.settings import Settings, class_word, wholes
from viewer.ai.bundles.unet import UNetShape
from viewer.core.errors import Declined

KNOWN = ("UNet",)
_INSTEAD = "write its value there by hand"
_SAID = frozenset({
    "_target_", "spatial_dims", "in_channels", "out_channels", "channels", "strides",
    "kernel_size", "up_kernel_size", "num_res_units", "act", "norm", "dropout", "bias",
    "adn_ordering",
})  # fmt: skip


def unet_shape(settings: Settings) -> UNetShape:
    """Return the shape of the network that a bundle describes.

    Raises:
        Declined: if it is another network, described by expressions, or has parts that are not
            built here.
    """
    said = settings.at("network_def")
    if not isinstance(said, Mapping):
        raise _no(settings, "there is no network_def that describes a network")
    name = class_word(said.get("_target_"))
    if name not in KNOWN:
        raise _no(settings, f"the network {name[:60]!r} is not built here ({', '.join(KNOWN)})")
    strange = sorted(set(said) - _SAID)
    if strange:
        raise _no(settings, f"network_def.{strange[0][:60]} is not known here")
    return _Reader(settings, said).shape()


def _no(settings: Settings, why: str) -> Declined:
    return Declined(
        f"{settings.name}: {why}; export the network as ONNX and write a card (docs/models.md).",
        code="network",
    )


class _Reader:
    def __init__(self, settings: Settings, said: Mapping[str, object]) -> None:
        self._settings, self._said = settings, said

    def shape(self) -> UNetShape:
        if self._whole("spatial_dims", 0) != 3:
            raise _no(self._settings, "only networks of three dimensions are built here")
        if self._get("adn_ordering", "NDA") not in ("NDA", "NA", "ND A"):
            raise _no(self._settings, "network_def.adn_ordering is another than NDA")
        norm, affine = self._norm()
        bias = self._get("bias", True)
        if not isinstance(bias, bool):
            raise _no(self._settings, "network_def.bias is neither true nor false")
        return UNetShape(
            inputs=self._whole("in_channels", 0),
            outputs=self._whole("out_channels", 0),
            widths=wholes(self._get("channels", None)) or (),
            strides=self._strides(),
            residuals=self._whole("num_res_units", 0),
            norm=norm,
            affine=affine,
            act=self._act(),
            bias=bias,
            kernel=self._side("kernel_size"),
            up_kernel=self._side("up_kernel_size"),
        )

    def _get(self, key: str, usual: object) -> object:
        found = self._settings.literal(self._said.get(key, usual), f"network_def.{key}", _INSTEAD)
        return usual if found is None else found

    def _whole(self, key: str, usual: int) -> int:
        found = self._get(key, usual)
        if isinstance(found, bool) or not isinstance(found, int):
            raise _no(self._settings, f"network_def.{key} is no whole number")
        return found

    def _side(self, key: str) -> int:
        found = self._get(key, 3)
        sides = set(wholes(found) or ()) if isinstance(found, list) else {found}
        side = sides.pop() if len(sides) == 1 else None
        if not isinstance(side, int):
            raise _no(self._settings, f"network_def.{key} differs from side to side")
        return side

    def _strides(self) -> tuple[tuple[int, int, int], ...]:
        found = self._get("strides", None)
        strides = []
        for one in found if isinstance(found, list) else ():
            sides = (one, one, one) if isinstance(one, int) else wholes(one)
            if sides is None or len(sides) != 3:
                raise _no(self._settings, "network_def.strides are no whole numbers")
            strides.append((sides[0], sides[1], sides[2]))
        return tuple(strides)

    def _named(self, key: str, usual: str) -> tuple[str, Mapping[str, object]]:
        """Return a name such as "batch" and its settings, from a word or a pair."""
        found = self._get(key, usual)
        how: object = {}
        if isinstance(found, list) and len(found) == 2:
            found, how = found
        if not isinstance(found, str) or not isinstance(how, Mapping):
            raise _no(self._settings, f"network_def.{key} is no name")
        return found.lower(), how

    def _norm(self) -> tuple[Literal["batch", "instance"], bool]:
        name, how = self._named("norm", "instance")
        affine = how.get("affine", name == "batch")
        if set(how) - {"affine"} or not isinstance(affine, bool):
            raise _no(self._settings, "network_def.norm has settings that are not known here")
        if name == "batch" and affine:
            return "batch", True
        if name == "instance":
            return "instance", affine
        raise _no(self._settings, f"the normalisation {name[:40]!r} is not built here")

    def _act(self) -> Literal["prelu", "relu"]:
        name, how = self._named("act", "prelu")
        if set(how) - {"init", "inplace"}:
            raise _no(self._settings, "network_def.act has settings that are not known here")
        if name == "prelu":
            return "prelu"
        if name == "relu":
            return "relu"
        raise _no(self._settings, f"the activation {name[:40]!r} is not built here")
