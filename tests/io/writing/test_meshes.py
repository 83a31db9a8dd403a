"""Surfaces written and read again by VTK's readers: the same points in the same space."""

from __future__ import annotations

import json
import struct

import numpy as np
import pytest
from scipy.spatial import cKDTree
from vtkmodules.util.numpy_support import vtk_to_numpy
from vtkmodules.vtkFiltersCore import vtkCleanPolyData
from vtkmodules.vtkIOGeometry import vtkGLTFReader, vtkOBJReader, vtkSTLReader
from vtkmodules.vtkIOPLY import vtkPLYReader

from viewer.core.errors import Declined
from viewer.core.geometry import Geometry
from viewer.imaging.surface import mask_surface
from viewer.io.glb import Mesh
from viewer.io.mesh_forms import MeshForm, Space
from viewer.io.meshes import MeshWish, write_meshes

READERS = {MeshForm.STL: vtkSTLReader, MeshForm.OBJ: vtkOBJReader, MeshForm.PLY: vtkPLYReader}
CENTRE = np.array([40.0, -70.0, 110.0])
RADIUS = 12.0


def ball(name="Left lung", centre=CENTRE):
    geometry = Geometry.from_axes(
        (16, 34, 34), centre - (15, 15, 14), np.eye(3)[::-1], (2, 0.9, 0.9)
    )
    places = geometry.to_patient(np.moveaxis(np.indices(geometry.shape), 0, -1))
    inside = np.linalg.norm(places - centre, axis=-1) <= RADIUS
    return Mesh(name, (200, 100, 50), mask_surface(inside, geometry), 0.123)


def read(path, form):
    reader = READERS[form]()
    reader.SetFileName(str(path))
    clean = vtkCleanPolyData()
    clean.SetInputConnection(reader.GetOutputPort())
    clean.PointMergingOn()
    clean.SetTolerance(0)
    clean.Update()
    data = clean.GetOutput()
    points = vtk_to_numpy(data.GetPoints().GetData()).astype(float)
    triangles = vtk_to_numpy(data.GetPolys().GetConnectivityArray()).reshape(-1, 3)
    return points, triangles


def enclosed(points, triangles):
    a, b, c = (points[triangles[:, k]] for k in range(3))
    return np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6


def is_closed(triangles):
    edges = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    forth = {tuple(edge) for edge in edges.tolist()}
    return len(forth) == len(edges) and all((b, a) in forth for a, b in forth)


@pytest.mark.parametrize("space", Space)
@pytest.mark.parametrize("form", READERS)
def test_another_reader_finds_the_same_closed_surface_in_the_same_space(tmp_path, form, space):
    mesh = ball()
    (path,) = write_meshes(MeshWish(tmp_path, "Chest CT", form, space), [mesh])
    assert path.name == f"chest_ct_left_lung.{form.value}"
    points, triangles = read(path, form)
    turn = np.array([-1, -1, 1]) if space is Space.RAS else np.ones(3)
    assert len(points) == len(mesh.surface.vertices)
    assert len(triangles) == len(mesh.surface.triangles)
    away, _ = cKDTree(points).query(mesh.surface.vertices * turn)
    assert away.max() < 1e-4
    assert is_closed(triangles)
    assert enclosed(points, triangles) == pytest.approx(mesh.surface.volume_mm3, rel=1e-4)


@pytest.mark.parametrize("form", [MeshForm.STL, MeshForm.OBJ, MeshForm.PLY])
def test_space_unit_and_error_stand_in_the_file(tmp_path, form):
    (path,) = write_meshes(MeshWish(tmp_path, "a", form, Space.RAS), [ball()])
    head = path.read_bytes()[:400]
    assert b"SPACE=RAS" in head
    assert b"UNIT=mm" in head
    assert b"0.123" in head
    assert not head.startswith(b"solid")


def chunks(path):
    content = path.read_bytes()
    magic, version, size = struct.unpack("<4sII", content[:12])
    length, kind = struct.unpack("<I4s", content[12:20])
    words = json.loads(content[20 : 20 + length])
    more, other = struct.unpack("<I4s", content[20 + length : 28 + length])
    assert (magic, version, size, kind, other) == (b"glTF", 2, len(content), b"JSON", b"BIN\0")
    assert len(content) == 28 + length + more
    assert length % 4 == more % 4 == 0
    return words, content[28 + length :]


@pytest.mark.parametrize("space", Space)
def test_glb_is_metres_with_the_head_up_and_the_front_forward(tmp_path, space):
    meshes = [ball(), ball("Nodule", CENTRE + np.array([5, 0, 40]))]
    (path,) = write_meshes(MeshWish(tmp_path, "Chest", MeshForm.GLB, space), meshes)
    words, _ = chunks(path)
    assert words["asset"]["extras"]["meshSpace"] == space.word
    assert words["asset"]["extras"]["worldUnit"] == "m"
    assert [one["name"] for one in words["meshes"]] == ["Left lung", "Nodule"]
    reader = vtkGLTFReader()
    reader.SetFileName(str(path))
    reader.ApplyDeformationsToGeometryOn()
    reader.Update()
    for mesh, data in zip(meshes, leaves(reader.GetOutput()), strict=True):
        points = vtk_to_numpy(data.GetPoints().GetData()).astype(float)
        left, back, head = mesh.surface.vertices.T / 1000
        assert np.allclose(points, np.column_stack([left, head, -back]), atol=1e-6)
        triangles = vtk_to_numpy(data.GetPolys().GetConnectivityArray()).reshape(-1, 3)
        volume = enclosed(points, triangles) * 1e9
        assert volume == pytest.approx(mesh.surface.volume_mm3, rel=1e-3)
        assert is_closed(triangles)


def leaves(data):
    if data.IsA("vtkPolyData"):
        return [data]
    blocks = (data.GetBlock(number) for number in range(data.GetNumberOfBlocks()))
    return [leaf for block in blocks if block is not None for leaf in leaves(block)]


def test_normals_of_glb_point_outward_and_bounds_are_true(tmp_path):
    mesh = ball()
    (path,) = write_meshes(MeshWish(tmp_path, "a", MeshForm.GLB), [mesh])
    words, body = chunks(path)
    pairs = zip(words["accessors"][:2], words["bufferViews"][:2], strict=True)
    place, normal = (
        np.frombuffer(body, "<f4", 3 * one["count"], view["byteOffset"]).reshape(-1, 3)
        for one, view in pairs
    )
    assert words["accessors"][0]["min"] == pytest.approx(place.min(axis=0))
    assert words["accessors"][0]["max"] == pytest.approx(place.max(axis=0))
    outward = place - CENTRE
    assert (np.einsum("ij,ij->i", outward, normal) > 0).all()
    assert np.allclose(np.linalg.norm(normal, axis=1), 1, atol=1e-4)


def test_segments_of_one_name_get_files_of_their_own(tmp_path):
    meshes = [ball("Lesion"), ball("LESION"), ball("Läsion/../x")]
    files = write_meshes(MeshWish(tmp_path, "a", MeshForm.PLY), meshes)
    assert [one.name for one in files] == ["a_lesion.ply", "a_lesion_2.ply", "a_lasion_x.ply"]


def test_nothing_is_replaced_unasked_and_nothing_is_half_written(tmp_path):
    wish = MeshWish(tmp_path, "a", MeshForm.STL)
    write_meshes(wish, [ball("Second")])
    with pytest.raises(Declined, match="there already"):
        write_meshes(wish, [ball("First"), ball("Second")])
    assert [one.name for one in tmp_path.iterdir()] == ["a_second.stl"]
    write_meshes(MeshWish(tmp_path, "a", MeshForm.STL, force=True), [ball("Second")])


def test_a_segment_without_voxels_is_no_file(tmp_path):
    geometry = Geometry.from_axes((3, 3, 3), (0, 0, 0), np.eye(3)[::-1], (1, 1, 1))
    empty = Mesh("Empty", (1, 2, 3), mask_surface(np.zeros((3, 3, 3), bool), geometry))
    with pytest.raises(Declined, match="no surface"):
        write_meshes(MeshWish(tmp_path, "a"), [empty])
