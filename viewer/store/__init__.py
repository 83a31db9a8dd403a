"""What is kept on this computer: the list of studies, copies, drafts, the audit trail.

One SQLite database, the only one in the house, written so that what was
committed survives a crash, a kill and a power cut (write-ahead log, every
commit flushed). Several programs may use it at once. Nothing in it is ever
unpickled: values are JSON, arrays are checked chunks (`serial`).

A study has one program that works on it (`locks`); others look on. A backup is
one file that is checked when it is written and before it is restored. Patients
of the same ID from other issuers are never merged.

`Shelf` is the way in.
"""
