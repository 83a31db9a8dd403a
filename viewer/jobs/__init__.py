"""Long work: lanes, progress, cancel, memory guard, worker processes.

Work is a plain function of values that takes a `Progress`; it knows nothing
of this room. `Runner.start` puts it on one of two lanes:

- `Lane.THREAD` for reading, writing and quick array work. A cancelled one
  stops at its next report.
- `Lane.PROCESS` for models and heavy filters: one process per job, because
  killing a process is the only honest cancel and a crash must not take the
  window along. Arrays travel to it and back in anonymous shared memory that
  has no name in any file system, so nothing can be left behind, whoever is
  killed when (`parcel`).

What comes back is posted to the thread that owns the window. The newest of a
name replaces the last, answers to a closed study are dropped, and nobody is
told of a job that was cancelled except that it was.
"""
