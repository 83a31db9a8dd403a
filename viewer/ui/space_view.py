"""The 3D view."""

from __future__ import annotations

from viewer.ui.slice_view import SliceView


class SpaceView(SliceView):
    """The 3D view."""
