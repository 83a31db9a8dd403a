"""What is kept on this computer: recent studies, drafts, the audit trail.

One SQLite database, the only one in the house, written so that what was
committed survives a crash, a kill and a power cut (write-ahead log, every
commit flushed). Several programs may use it at once. Nothing in it is ever
unpickled: values are JSON, arrays are checked chunks (`serial`).

`Shelf` is the way in.
"""
