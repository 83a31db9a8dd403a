"""What is open and how it is looked at: the only state that changes.

State is a handful of frozen values, each held by an `Observable` that tells
its listeners the new and the old. Whoever wants a change makes another value
and sets it; nobody changes a value in place. What a person or a model says
about the images is one `Record`, and one `History` undoes it all. How things
are looked at (`Hanging`, `Look`) is not undone.

Everything here runs on one thread, the window's. No Qt, no files, no VTK.
"""
