"""Windows, panels and dialogs: from clicks to commands, from news to widgets.

A widget is built once and then left alone. It keeps no state of its own: what
is open and how it is looked at lies in the `Session`, what a user can do in
the `Commands`, and the looks in `resources/style`. A widget listens to the
session and repaints, or turns a press into a command or a gesture
(`viewer.session.gestures`). Arithmetic is done in `render` and `session`.

Panels are listed in `viewer.ui.panels.make_panels(desk, commands)`.
"""
