"""The weights of deepbet 1.0.2 (Fisch et al., MIT licence), taken from its files as plain numbers.

A TorchScript file is a ZIP: `data.pkl` and `code/` could run something and are not touched;
`data/0` to `data/37` are the weights in the order of the network, 32-bit floats.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.core.author import Author
from viewer.core.errors import Declined, Unreadable

PACKAGE, VERSION = "deepbet", "1.0.2"
FINE, ROUGH = "model.pt", "bbox_model.pt"
SHA256 = {
    FINE: "de8ee7c69654d0dd3935dc4a5d84571d8ecf4637a6bfc01df399c4c2bc86e0fd",
    ROUGH: "39a7b2b5f799faa1391ea97bfcdc0b9299f20d84f2316a4ff8918dc4685e40aa",
}
INSTALL = "pip install deepbet==1.0.2"
LARGEST_BYTES = 20_000_000
LARGEST_ARRAY_BYTES = 4_000_000

Weights = tuple[NDArray[np.float32], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Deepbet:
    """Both networks: one finds where the brain is, the other outlines it."""

    rough: Weights = field(repr=False)
    fine: Weights = field(repr=False)

    @property
    def author(self) -> Author:
        """Who signs its outlines."""
        both = f"{SHA256[ROUGH]}{SHA256[FINE]}".encode()
        return Author("deepbet", True, VERSION, hashlib.sha256(both).hexdigest())


def installed_folder() -> Path:
    """Return where the files of the installed package are, without importing it.

    Raises:
        Declined: if the user did not install it.
    """
    try:
        found = distribution(PACKAGE)
    except PackageNotFoundError as missing:
        raise Declined(
            f"Brain extraction by deepbet is not installed: {INSTALL}.", code="not_installed"
        ) from missing
    return Path(str(found.locate_file("data"))) / "models"


def deepbet_of(folder: Path) -> Deepbet:
    """Read both networks.

    Raises:
        Unreadable: if a file is missing, or not that of deepbet 1.0.2.
    """
    return Deepbet(weights_of(folder / ROUGH), weights_of(folder / FINE))


def weights_of(path: Path) -> Weights:
    """Return the arrays of one network in their order, flat.

    Raises:
        Unreadable: if the file is missing, or not that of deepbet 1.0.2.
    """
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise Unreadable(f"{path.name}: larger than the file of deepbet.", code="hash_mismatch")
        content = path.read_bytes()
    except OSError as why:
        raise Unreadable(f"{path.name}: cannot be read; {INSTALL}.", code="no_model") from why
    if hashlib.sha256(content).hexdigest() != SHA256.get(path.name):
        raise Unreadable(
            f"{path.name}: not the file of deepbet {VERSION}; {INSTALL}.", code="hash_mismatch"
        )
    return plain_arrays(content, path.name)


def plain_arrays(content: bytes, where: str) -> Weights:
    """Return the numbered arrays of a TorchScript archive without loading anything of it.

    Raises:
        Unreadable: if it is no such archive.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sizes = {one.filename: one.file_size for one in archive.infolist()}
            found = {
                int(name.rsplit("/", 1)[1]): name
                for name in sizes
                if name.count("/") == 2 and "/data/" in name and name.rsplit("/", 1)[1].isdecimal()
            }
            if sorted(found) != list(range(len(found))) or not found:
                raise Unreadable(f"{where}: its arrays are not numbered.", code="damaged_model")
            if max(sizes[name] for name in found.values()) > LARGEST_ARRAY_BYTES:
                raise Unreadable(f"{where}: an array is too large.", code="damaged_model")
            return tuple(
                np.frombuffer(archive.read(found[number]), dtype="<f4").astype(np.float32)
                for number in range(len(found))
            )
    except (zipfile.BadZipFile, ValueError, OSError) as why:
        raise Unreadable(f"{where}: no archive of arrays.", code="damaged_model") from why
