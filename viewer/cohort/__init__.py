"""The same engine over many studies, without a window.

`review` takes places on the disk to a table, a report and DICOM results,
study by study. `listing` says what is in a place. `selftest` shows that this
computer can do it. Nothing here draws: whoever calls gives the function that
makes the key images, so that this room needs no screen.
"""
