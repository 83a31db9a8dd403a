"""The only room that speaks DICOM, NIfTI and the like: bytes to values and back.

Reading goes in three steps. `scan` looks at headers alone and lists what is
there, grouped so that each entry can be opened as one thing, and what is not
and why. `load` allocates an image once and decodes every slice straight into
its place. `thumbnail` reads one slice for the list.

Place comes from Image Position and Image Orientation (Patient) only. A series
that is not a regular grid becomes a `Stack` with a sentence, never a volume.
Pictures and videos in files of their own know of no patient: they have no mm.
Native decoders run in processes of their own: a file that kills one costs
that frame and nothing else.
"""
