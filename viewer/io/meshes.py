"""Surfaces of segments as files for other programs: STL, OBJ, PLY, GLB.

Points are millimetres in the space that is chosen and named in the file: LPS as in DICOM, or RAS
(x to the patient's right, y to the front), which is LPS turned by half about z, so that
outside stays outside. STL, OBJ and PLY hold one segment each, GLB holds all (see `glb`).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from viewer.core.errors import Declined
from viewer.core.progress import Part, Progress
from viewer.core.segmentation import Segmentation
from viewer.imaging.segment_statistics import cut_out
from viewer.imaging.surface import mask_surface
from viewer.imaging.surface_thinning import thinned
from viewer.io.atomic import Staging
from viewer.io.glb import Mesh, glb, in_space
from viewer.io.identifiers import file_stem
from viewer.io.mesh_forms import MeshForm, Space

_HEADER = 80
_LINE = 200


@dataclass(frozen=True, slots=True)
class MeshWish:
    """Where surfaces are to be written, how they are called, as what and in which space."""

    folder: Path
    stem: str
    form: MeshForm = MeshForm.STL
    space: Space = Space.LPS
    force: bool = False


def meshes_of(
    groups: Sequence[Segmentation], error_mm: float, progress: Progress
) -> tuple[Mesh, ...]:
    """Return the surfaces of all segments that have voxels, thinned as far as an error allows.

    Raises:
        Cancelled: if nobody wants them any more.
    """
    both = [(group, segment) for group in groups for segment in group.segments]
    found = []
    for number, (group, segment) in enumerate(both):
        part = Part(progress, number / len(both), (number + 1) / len(both))
        part.report(0.0, segment.name)
        cut = cut_out(group.label_map, group.geometry, segment.label)
        if cut is not None:
            thin = thinned(mask_surface(cut.inside, cut.geometry), error_mm, Part(part, 0.3, 1.0))
            found.append(Mesh(segment.name, segment.colour, thin.surface, thin.error_mm))
    return tuple(found)


def write_meshes(wish: MeshWish, meshes: Sequence[Mesh]) -> tuple[Path, ...]:
    """Write surfaces, all or none; return their files.

    Raises:
        Declined: if there is no surface, a file is there already, or the disk refuses.
    """
    filled = [one for one in meshes if len(one.surface.triangles)]
    if not filled:
        raise Declined("There is no surface to be written.", code="no_surface")
    if wish.form is MeshForm.GLB:
        files = {f"{file_stem(wish.stem, 'segments')}.glb": glb(filled, wish.space)}
    else:
        write = {MeshForm.STL: stl, MeshForm.OBJ: obj, MeshForm.PLY: ply}[wish.form]
        names = _names(wish, filled)
        files = {name: write(one, wish.space) for name, one in zip(names, filled, strict=True)}
    there = [name for name in files if (wish.folder / name).exists()]
    if there and not wish.force:
        raise Declined(f"{there[0]} is there already; ask to replace it.", code="exists")
    with Staging(wish.folder) as staging:
        for name, content in files.items():
            staging.write(name, content)
        return staging.commit()


def _names(wish: MeshWish, meshes: Sequence[Mesh]) -> list[str]:
    """Return a file name for each surface, no two alike on any system."""
    names: list[str] = []
    taken: set[str] = set()
    for one in meshes:
        stem = f"{file_stem(wish.stem, 'segments')}_{file_stem(one.name, 'segment')}"
        name, number = stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}_{number}"
        taken.add(name.casefold())
        names.append(f"{name}.{wish.form.value}")
    return names


def stl(mesh: Mesh, space: Space) -> bytes:
    """Return a surface as binary STL; space and unit stand in its header."""
    made = mesh.surface
    corners = in_space(made.vertices, space)[made.triangles]
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    lengths = np.linalg.norm(normals, axis=1, keepdims=True)
    facets = np.zeros(
        len(corners), [("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("more", "<u2")]
    )
    facets["normal"] = normals / np.where(lengths > 0, lengths, 1)
    facets["corners"] = corners
    words = f"Skiagram SPACE={space.word} UNIT=mm ERROR={mesh.error_mm:.3f}mm {_ascii(mesh.name)}"
    head = words.encode("ascii")[:_HEADER].ljust(_HEADER)
    return head + struct.pack("<I", len(facets)) + facets.tobytes()


def obj(mesh: Mesh, space: Space) -> bytes:
    """Return a surface as OBJ with normals; space and unit stand in comments."""
    made = mesh.surface
    lines = [f"# {line}" for line in _comments(mesh, space)]
    lines.append(f"o {_ascii(mesh.name).replace(' ', '_') or 'segment'}")
    lines += [f"v {x:.9g} {y:.9g} {z:.9g}" for x, y, z in in_space(made.vertices, space).tolist()]
    lines += [f"vn {x:.6f} {y:.6f} {z:.6f}" for x, y, z in in_space(made.normals, space).tolist()]
    corners = (made.triangles + 1).tolist()
    lines += [f"f {a}//{a} {b}//{b} {c}//{c}" for a, b, c in corners]
    return ("\n".join(lines) + "\n").encode("ascii")


def ply(mesh: Mesh, space: Space) -> bytes:
    """Return a surface as binary PLY with normals and colour; space and unit stand in comments."""
    made = mesh.surface
    vertex = np.zeros(
        len(made.vertices), [("place", "<f4", 3), ("normal", "<f4", 3), ("colour", "u1", 3)]
    )
    vertex["place"] = in_space(made.vertices, space)
    vertex["normal"] = in_space(made.normals, space)
    vertex["colour"] = mesh.colour
    face = np.zeros(len(made.triangles), [("count", "u1"), ("corners", "<i4", 3)])
    face["count"] = 3
    face["corners"] = made.triangles
    head = [
        "ply",
        "format binary_little_endian 1.0",
        *(f"comment {line}" for line in _comments(mesh, space)),
        f"element vertex {len(vertex)}",
        *(f"property float {name}" for name in ("x", "y", "z", "nx", "ny", "nz")),
        *(f"property uchar {name}" for name in ("red", "green", "blue")),
        f"element face {len(face)}",
        "property list uchar int vertex_indices",
        "end_header",
    ]
    return ("\n".join(head) + "\n").encode("ascii") + vertex.tobytes() + face.tobytes()


def _comments(mesh: Mesh, space: Space) -> list[str]:
    axes = {Space.LPS: "left, posterior, superior", Space.RAS: "right, anterior, superior"}[space]
    return [
        "written by Skiagram",
        f"SPACE={space.word} ({axes})",
        "UNIT=mm",
        f"at most {mesh.error_mm:.3f} mm off the smoothed surface",
        f"segment {_ascii(mesh.name)}",
    ]


def _ascii(text: str) -> str:
    """Return a name in one line of plain letters, not too long."""
    plain = text.encode("ascii", "replace").decode()
    return "".join(letter if letter.isprintable() else " " for letter in plain)[:_LINE].strip()
