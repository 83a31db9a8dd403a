"""Surfaces as glTF 2.0 binary (GLB): all in one scene.

glTF wants metres with y up and z to the front. The meshes keep millimetres of the space that
is chosen; the node above them turns and shrinks these: x left, y head, z front. Space and
units also stand in the extras of the asset.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from viewer.core.segmentation import Colour
from viewer.imaging.surface import Surface
from viewer.io.mesh_forms import Space

_FLOAT, _UNSIGNED = 5126, 5125
_VERTICES, _INDICES = 34962, 34963
_GAMMA = 2.2
_TO_GLTF = {
    Space.LPS: ((0.001, 0, 0), (0, 0, 0.001), (0, -0.001, 0)),
    Space.RAS: ((-0.001, 0, 0), (0, 0, 0.001), (0, 0.001, 0)),
}
"""From millimetres of a space to metres of glTF: rows are its x (left), y (head), z (front)."""


@dataclass(frozen=True, slots=True, eq=False)
class Mesh:
    """The surface of one segment, and how far it may be off what it was made of."""

    name: str
    colour: Colour
    surface: Surface = field(repr=False)
    error_mm: float = 0.0


def in_space(points: NDArray[np.float32], space: Space) -> NDArray[np.float32]:
    """Return points or directions (n, 3) of LPS in a space."""
    turned = points * np.array([-1, -1, 1], np.float32) if space is Space.RAS else points
    return np.ascontiguousarray(turned, dtype="<f4")


class _Store:
    """The binary part of the file, and what lies where in it."""

    def __init__(self) -> None:
        self.blocks: list[bytes] = []
        self.views: list[dict[str, object]] = []
        self.accessors: list[dict[str, object]] = []
        self._size = 0

    def points(self, values: NDArray[np.float32]) -> int:
        """Keep points (n, 3) with their bounds; return their number."""
        number = self._keep(values, "VEC3", _FLOAT, _VERTICES)
        low, high = values.min(axis=0).tolist(), values.max(axis=0).tolist()
        self.accessors[number] |= {"min": low, "max": high}
        return number

    def corners(self, triangles: NDArray[np.int32]) -> int:
        """Keep the corners of triangles; return their number."""
        flat = np.ascontiguousarray(triangles, dtype="<u4").ravel()
        return self._keep(flat, "SCALAR", _UNSIGNED, _INDICES)

    def _keep(self, values: NDArray[np.generic], kind: str, component: int, target: int) -> int:
        content = values.tobytes()
        view: dict[str, object] = {"buffer": 0, "byteOffset": self._size}
        view["byteLength"] = len(content)
        self.views.append(view | {"target": target})
        self.blocks.append(content + b"\0" * (-len(content) % 4))
        self._size += len(self.blocks[-1])
        about: dict[str, object] = {"bufferView": len(self.views) - 1, "componentType": component}
        self.accessors.append(about | {"count": len(values), "type": kind})
        return len(self.accessors) - 1


def glb(meshes: Sequence[Mesh], space: Space) -> bytes:
    """Return surfaces as one file: a node for each, below a root that makes metres."""
    store = _Store()
    shapes = [_shape(one, number, space, store) for number, one in enumerate(meshes)]
    body = b"".join(store.blocks)
    scene = _scene(meshes, space) | {
        "meshes": shapes,
        "accessors": store.accessors,
        "bufferViews": store.views,
        "buffers": [{"byteLength": len(body)}],
    }
    words = json.dumps(scene, ensure_ascii=False).encode()
    words += b" " * (-len(words) % 4)
    return b"".join(
        (
            struct.pack("<4sII", b"glTF", 2, 28 + len(words) + len(body)),
            struct.pack("<I4s", len(words), b"JSON") + words,
            struct.pack("<I4s", len(body), b"BIN\0") + body,
        )
    )


def _shape(mesh: Mesh, material: int, space: Space, store: _Store) -> dict[str, object]:
    made = mesh.surface
    attributes = {
        "POSITION": store.points(in_space(made.vertices, space)),
        "NORMAL": store.points(in_space(made.normals, space)),
    }
    primitive = {
        "attributes": attributes,
        "indices": store.corners(made.triangles),
        "material": material,
    }
    error = {"errorMillimetres": round(mesh.error_mm, 4)}
    return {"name": mesh.name, "extras": error, "primitives": [primitive]}


def _scene(meshes: Sequence[Mesh], space: Space) -> dict[str, object]:
    """Return the nodes and materials."""
    turn = np.eye(4)
    turn[:3, :3] = _TO_GLTF[space]
    children = [{"name": one.name, "mesh": number} for number, one in enumerate(meshes)]
    root = {
        "name": f"{space.word} millimetres to metres, y up",
        "matrix": turn.T.ravel().tolist(),
        "children": list(range(1, len(meshes) + 1)),
    }
    extras = {"meshSpace": space.word, "meshUnit": "mm", "worldUnit": "m"}
    extras["worldAxes"] = "x left, y head, z front"
    return {
        "asset": {"version": "2.0", "generator": "Skiagram", "extras": extras},
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [root, *children],
        "materials": [_material(one) for one in meshes],
    }


def _material(mesh: Mesh) -> dict[str, object]:
    linear = [round((part / 255) ** _GAMMA, 5) for part in mesh.colour]
    look = {"baseColorFactor": [*linear, 1.0], "metallicFactor": 0.0, "roughnessFactor": 0.8}
    return {"name": mesh.name, "pbrMetallicRoughness": look}
