"""Programs of others that the user installed and that outline images: asked over files.

They are found on the PATH, never brought along and never fetched. Each runs in a folder of its
own that only this user can read, with an environment that names no network, and is ended with
all that it started. What it writes is read like any stranger's file and is only proposed.
"""
