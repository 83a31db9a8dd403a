"""The reader's own recipes: tried or applied by one click, kept and removed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QComboBox, QGridLayout, QGroupBox, QPushButton, QVBoxLayout

from viewer.commands.command import Commands
from viewer.commands.desk import Desk
from viewer.commands.enhance_recipes import forget, list_kept, use, use_at_once
from viewer.commands.enhancing import has_volume
from viewer.core.errors import Declined


class KeptRecipes(QGroupBox):
    """A list of recipes by name, with what can be done with the chosen one."""

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__()
        self.setTitle(self.tr("My recipes"))
        self._desk, self._commands = desk, commands
        self._names = QComboBox()
        self._names.setAccessibleName(self.tr("My recipes"))
        self._names.setToolTip(self.tr("Recipes that you kept by name."))
        column = QVBoxLayout(self)
        column.addWidget(self._names)
        grid = QGridLayout()
        column.addLayout(grid)
        self._try = self._button(self.tr("Try"), self.tr("Try this recipe on the active volume."))
        self._apply = self._button(
            self.tr("Apply"), self.tr("Make a new series of the active volume by this recipe.")
        )
        self._forget = self._button(self.tr("Remove"), self.tr("Take this recipe away."))
        self._keep = self._button(
            self.tr("Keep…"), self.tr("Keep the recipe above among your own.")
        )
        for place, button in enumerate((self._try, self._apply, self._forget, self._keep)):
            grid.addWidget(button, place // 2, place % 2)
        self._try.clicked.connect(partial(self._do, use))
        self._apply.clicked.connect(partial(self._do, use_at_once))
        self._forget.clicked.connect(partial(self._do, forget))
        self._keep.clicked.connect(lambda: commands.run("enhance.keep", desk))
        session = desk.session
        session.recipes.changed.connect(self._listed)
        for news in (session.enhancing.changed, session.hanging.changed, session.images.changed):
            news.connect(self._news)
        self._listed()
        list_kept(desk)

    def _button(self, title: str, help_: str) -> QPushButton:
        button = QPushButton(title)
        button.setToolTip(help_)
        button.setAccessibleName(f"{self.title()}: {title}")
        button.setMinimumWidth(20)
        return button

    def _listed(self, *_: object) -> None:
        chosen = self._names.currentText()
        names = [recipe.name for recipe in self._desk.session.recipes.value]
        self._names.clear()
        self._names.addItems(names)
        if chosen in names:
            self._names.setCurrentText(chosen)
        self._news()

    def _news(self, *_: object) -> None:
        some = self._names.count() > 0
        volume = has_volume(self._desk)
        self._names.setEnabled(some)
        self._try.setEnabled(some and volume)
        self._apply.setEnabled(some and volume)
        self._forget.setEnabled(some)
        self._keep.setEnabled(self._commands["enhance.keep"].allowed(self._desk))

    def _do(self, act: Callable[[Desk, str], None], *_: object) -> None:
        try:
            act(self._desk, self._names.currentText())
        except Declined as why:
            self._desk.session.say(str(why), serious=True)
