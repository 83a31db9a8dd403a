"""What a user can do, each verb said once.

A `Command` has an id, a title, a menu, a key, a help line, when it is allowed
and what it does to the `Desk`. Menus, tool bars, the palette, the shortcut
list and the help are all built from `viewer.commands.every.COMMANDS`. A
command never waits: long work goes to `desk.runner`, questions to the person
go to `desk.asker`, and both come back with a call.
"""
