"""The words of the field as frozen values.

Everything else in the house speaks in these: where voxels lie (`geometry`,
`plane`), what is seen (`volume`, `stack`), whose it is (`study`), what was
found and by whom (`finding`, `measurement`, `segmentation`, `author`,
`code`). Nothing here reads a file, starts a thread or knows a screen.

Positions are millimetres in DICOM patient space, LPS: x grows to the
patient's left, y to the back, z to the head. Arrays are (slice, row, column).
"""
