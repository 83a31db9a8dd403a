"""The tables as queries name them; `migrations` makes them."""

from __future__ import annotations

from sqlalchemy import Column, Float, Integer, LargeBinary, MetaData, String, Table

_METADATA = MetaData()

RECENT = Table(
    "recent",
    _METADATA,
    Column("path", String, primary_key=True),
    Column("study_uid", String, primary_key=True),
    Column("patient_name", String),
    Column("patient_id", String),
    Column("date", String),
    Column("description", String),
    Column("modalities", String),
    Column("images", Integer),
    Column("opened_at", String),
)
DRAFT = Table(
    "draft",
    _METADATA,
    Column("id", Integer, primary_key=True),
    Column("study_uid", String),
    Column("at", String),
    Column("title", String),
    Column("body", LargeBinary),
)
CHUNK = Table(
    "chunk",
    _METADATA,
    Column("name", String, primary_key=True),
    Column("size", Integer),
    Column("content", LargeBinary),
)
DRAFT_CHUNK = Table(
    "draft_chunk",
    _METADATA,
    Column("draft_id", Integer, primary_key=True),
    Column("name", String, primary_key=True),
)
AUDIT = Table(
    "audit",
    _METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", String),
    Column("who", String),
    Column("what", String),
    Column("study_uid", String),
    Column("detail", String),
)
PLACE = Table(
    "place",
    _METADATA,
    Column("place", String, primary_key=True),
    Column("reader", String),
    Column("seen_at", String),
)
KNOWN_FILE = Table(
    "known_file",
    _METADATA,
    Column("place", String, primary_key=True),
    Column("path", String, primary_key=True),
    Column("size", Integer),
    Column("modified_ns", Integer),
    Column("changed_ns", Integer),
    Column("inode", Integer),
    Column("study_uid", String),
    Column("told", String),
)
THUMBNAIL = Table(
    "thumbnail",
    _METADATA,
    Column("series_key", String, primary_key=True),
    Column("mark", String),
    Column("study_uid", String),
    Column("made_at", String),
    Column("rows", Integer),
    Column("columns", Integer),
    Column("grey", LargeBinary),
)
PATIENT = Table(
    "patient",
    _METADATA,
    Column("id", Integer, primary_key=True),
    Column("patient_id", String),
    Column("issuer", String),
    Column("known_by", String),
    Column("name", String),
    Column("birth_date", String),
    Column("sex", String),
)
STUDY = Table(
    "study",
    _METADATA,
    Column("id", Integer, primary_key=True),
    Column("patient", Integer),
    Column("uid", String),
    Column("date", String),
    Column("time", String),
    Column("description", String),
    Column("accession", String),
    Column("modalities", String),
    Column("images", Integer),
    Column("status", String),
    Column("priority", Integer),
    Column("tags", String),
    Column("notes", String),
    Column("added_at", String),
    Column("opened_at", String),
    Column("place", String),
    Column("held", String),
    Column("missing", Integer),
)
SERIES = Table(
    "series",
    _METADATA,
    Column("study", Integer, primary_key=True),
    Column("key", String, primary_key=True),
    Column("uid", String),
    Column("modality", String),
    Column("number", Integer),
    Column("description", String),
    Column("body_part", String),
    Column("images", Integer),
    Column("file", String),
)
COPIED_FILE = Table(
    "copied_file",
    _METADATA,
    Column("study", Integer, primary_key=True),
    Column("path", String, primary_key=True),
    Column("size", Integer),
    Column("sha256", String),
)
STUDY_TEXT = Table(
    "study_text",
    _METADATA,
    Column("rowid", Integer, primary_key=True),
    Column("patient", String),
    Column("patient_id", String),
    Column("accession", String),
    Column("descriptions", String),
    Column("notes", String),
    Column("tags", String),
)
STUDY_LOCK = Table(
    "study_lock",
    _METADATA,
    Column("study_uid", String, primary_key=True),
    Column("token", String),
    Column("who", String),
    Column("host", String),
    Column("process", Integer),
    Column("started", Float),
    Column("beat_at", Float),
)
HANGING = Table(
    "hanging",
    _METADATA,
    Column("position", Integer, primary_key=True),
    Column("body", String),
)
CORRECTION = Table(
    "correction",
    _METADATA,
    Column("finding_id", String, primary_key=True),
    Column("weights_sha256", String),
    Column("patient", String),
    Column("study_uid", String),
    Column("at", String),
    Column("right", Integer),
    Column("pushes", String),
    Column("rest", Float),
)
ADAPTATION = Table(
    "adaptation",
    _METADATA,
    Column("id", Integer, primary_key=True),
    Column("weights_sha256", String),
    Column("body", String),
)
ADAPTATION_USED = Table(
    "adaptation_used",
    _METADATA,
    Column("id", Integer, primary_key=True),
    Column("weights_sha256", String),
    Column("adaptation", Integer),
)
CROP = Table(
    "crop",
    _METADATA,
    Column("finding_id", String, primary_key=True),
    Column("weights_sha256", String),
    Column("study_uid", String),
    Column("at", String),
    Column("sides", String),
    Column("content", LargeBinary),
)
STUDY_READ = Table(
    "study_read",
    _METADATA,
    Column("id", Integer, primary_key=True),
    Column("study_uid", String),
    Column("kind", String),
    Column("who", String),
    Column("at", String),
    Column("begun_at", String),
    Column("reason", String),
    Column("models", String),
    Column("body", LargeBinary),
)
