"""How the database came to its present form, step by step.

The number of a step is its place in the list, from 1; it is kept in SQLite's
`user_version`. A step that was released is never changed: add another.
"""

from __future__ import annotations

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE recent (
            path TEXT NOT NULL,
            study_uid TEXT NOT NULL,
            patient_name TEXT NOT NULL,
            patient_id TEXT NOT NULL,
            date TEXT NOT NULL,
            description TEXT NOT NULL,
            modalities TEXT NOT NULL,
            images INTEGER NOT NULL,
            opened_at TEXT NOT NULL,
            PRIMARY KEY (path, study_uid)
        )""",
        """CREATE TABLE draft (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            study_uid TEXT NOT NULL,
            at TEXT NOT NULL,
            title TEXT NOT NULL,
            body BLOB NOT NULL
        )""",
        "CREATE INDEX draft_of_study ON draft (study_uid, id)",
        """CREATE TABLE chunk (
            name TEXT PRIMARY KEY,
            size INTEGER NOT NULL,
            content BLOB NOT NULL
        )""",
        """CREATE TABLE draft_chunk (
            draft_id INTEGER NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
            name TEXT NOT NULL REFERENCES chunk (name),
            PRIMARY KEY (draft_id, name)
        )""",
        "CREATE INDEX chunk_of_draft ON draft_chunk (name)",
        """CREATE TABLE audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at TEXT NOT NULL,
            who TEXT NOT NULL,
            what TEXT NOT NULL,
            study_uid TEXT NOT NULL,
            detail TEXT NOT NULL
        )""",
        """CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
            BEGIN SELECT RAISE (ABORT, 'the audit trail is only appended to'); END""",
        """CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit
            BEGIN SELECT RAISE (ABORT, 'the audit trail is only appended to'); END""",
    ),
    (
        """CREATE TABLE place (
            place TEXT PRIMARY KEY,
            reader TEXT NOT NULL,
            seen_at TEXT NOT NULL
        )""",
        """CREATE TABLE known_file (
            place TEXT NOT NULL REFERENCES place (place) ON DELETE CASCADE,
            path TEXT NOT NULL,
            size INTEGER NOT NULL,
            modified_ns INTEGER NOT NULL,
            changed_ns INTEGER NOT NULL,
            inode INTEGER NOT NULL,
            study_uid TEXT NOT NULL,
            told TEXT NOT NULL,
            PRIMARY KEY (place, path)
        ) WITHOUT ROWID""",
        "CREATE INDEX known_file_of_study ON known_file (study_uid)",
    ),
    (
        """CREATE TABLE thumbnail (
            series_key TEXT PRIMARY KEY,
            mark TEXT NOT NULL,
            study_uid TEXT NOT NULL,
            made_at TEXT NOT NULL,
            "rows" INTEGER NOT NULL,
            "columns" INTEGER NOT NULL,
            grey BLOB NOT NULL
        )""",
        "CREATE INDEX thumbnail_of_study ON thumbnail (study_uid)",
    ),
    (
        """CREATE TABLE patient (
            id INTEGER PRIMARY KEY,
            patient_id TEXT NOT NULL,
            issuer TEXT NOT NULL,
            known_by TEXT NOT NULL,
            name TEXT NOT NULL,
            birth_date TEXT NOT NULL,
            sex TEXT NOT NULL,
            UNIQUE (patient_id, issuer, known_by)
        )""",
        """CREATE TABLE study (
            id INTEGER PRIMARY KEY,
            patient INTEGER NOT NULL REFERENCES patient (id),
            uid TEXT NOT NULL,
            date TEXT NOT NULL,
            time TEXT NOT NULL,
            description TEXT NOT NULL,
            accession TEXT NOT NULL,
            modalities TEXT NOT NULL,
            images INTEGER NOT NULL,
            status TEXT NOT NULL DEFAULT 'unread',
            priority INTEGER NOT NULL DEFAULT 0,
            tags TEXT NOT NULL DEFAULT '',
            notes TEXT NOT NULL DEFAULT '',
            added_at TEXT NOT NULL,
            opened_at TEXT NOT NULL DEFAULT '',
            place TEXT NOT NULL,
            held TEXT NOT NULL,
            missing INTEGER NOT NULL DEFAULT 0,
            UNIQUE (uid, patient)
        )""",
        "CREATE INDEX study_of_patient ON study (patient)",
        "CREATE INDEX study_by_date ON study (date, time, id)",
        "CREATE INDEX study_by_status ON study (status, date)",
        "CREATE INDEX study_by_opening ON study (opened_at)",
        """CREATE TABLE series (
            study INTEGER NOT NULL REFERENCES study (id) ON DELETE CASCADE,
            key TEXT NOT NULL,
            uid TEXT NOT NULL,
            modality TEXT NOT NULL,
            number INTEGER NOT NULL,
            description TEXT NOT NULL,
            body_part TEXT NOT NULL,
            images INTEGER NOT NULL,
            file TEXT NOT NULL,
            PRIMARY KEY (study, key)
        ) WITHOUT ROWID""",
        """CREATE TABLE copied_file (
            study INTEGER NOT NULL REFERENCES study (id) ON DELETE CASCADE,
            path TEXT NOT NULL,
            size INTEGER NOT NULL,
            sha256 TEXT NOT NULL,
            PRIMARY KEY (study, path)
        ) WITHOUT ROWID""",
        """CREATE VIRTUAL TABLE study_text USING fts5 (
            patient, patient_id, accession, descriptions, notes, tags,
            tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
        )""",
        """CREATE TRIGGER text_of_study_goes AFTER DELETE ON study
            BEGIN DELETE FROM study_text WHERE rowid = OLD.id; END""",
        """CREATE TABLE study_lock (
            study_uid TEXT PRIMARY KEY,
            token TEXT NOT NULL,
            who TEXT NOT NULL,
            host TEXT NOT NULL,
            process INTEGER NOT NULL,
            started REAL NOT NULL,
            beat_at REAL NOT NULL
        ) WITHOUT ROWID""",
    ),
    ("CREATE TABLE hanging (position INTEGER PRIMARY KEY, body TEXT NOT NULL)",),
    (
        """CREATE TABLE correction (
            finding_id TEXT PRIMARY KEY,
            weights_sha256 TEXT NOT NULL,
            patient TEXT NOT NULL,
            study_uid TEXT NOT NULL,
            at TEXT NOT NULL,
            "right" INTEGER NOT NULL,
            pushes TEXT NOT NULL,
            rest REAL NOT NULL
        ) WITHOUT ROWID""",
        "CREATE INDEX correction_of_model ON correction (weights_sha256, at)",
        "CREATE INDEX correction_of_study ON correction (study_uid)",
        """CREATE TABLE adaptation (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            weights_sha256 TEXT NOT NULL,
            body TEXT NOT NULL
        )""",
        """CREATE TABLE adaptation_used (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            weights_sha256 TEXT NOT NULL,
            adaptation INTEGER NOT NULL REFERENCES adaptation (id)
        )""",
    ),
    (
        """CREATE TABLE study_read (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            study_uid TEXT NOT NULL,
            kind TEXT NOT NULL,
            who TEXT NOT NULL,
            at TEXT NOT NULL,
            begun_at TEXT NOT NULL,
            reason TEXT NOT NULL,
            models TEXT NOT NULL,
            body BLOB NOT NULL
        )""",
        "CREATE INDEX study_read_of_study ON study_read (study_uid, id)",
        "CREATE INDEX study_read_by_whom ON study_read (who, study_uid, id)",
        """CREATE TRIGGER study_read_is_not_changed BEFORE UPDATE ON study_read
            BEGIN SELECT RAISE (ABORT, 'stored reads are only appended to'); END""",
        """CREATE TRIGGER study_read_is_not_shortened BEFORE DELETE ON study_read
            BEGIN SELECT RAISE (ABORT, 'stored reads are only appended to'); END""",
    ),
    (
        """CREATE TABLE crop (
            finding_id TEXT PRIMARY KEY,
            weights_sha256 TEXT NOT NULL,
            study_uid TEXT NOT NULL,
            at TEXT NOT NULL,
            sides TEXT NOT NULL,
            content BLOB NOT NULL
        )""",
        "CREATE INDEX crop_of_model ON crop (weights_sha256, at)",
        "CREATE INDEX crop_of_study ON crop (study_uid)",
    ),
)
