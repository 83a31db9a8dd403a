"""The tables as queries name them; `migrations` makes them."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, MetaData, String, Table

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
