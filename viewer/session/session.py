"""Everything that is open on one desk, as observable values."""

from __future__ import annotations

from dataclasses import dataclass, replace

from viewer.core.author import Author
from viewer.core.axis import Axis
from viewer.core.errors import Declined
from viewer.core.finding import Finding
from viewer.core.geometry import Position
from viewer.core.presentation import Presentation
from viewer.core.read import Read
from viewer.core.recipe import Recipe
from viewer.core.segmentation import Segment, Segmentation
from viewer.core.study import Catalogue, Refusal, Series, Study
from viewer.core.volume import Volume
from viewer.core.window import Window
from viewer.session.beside import beside, pictures_of
from viewer.session.buttons import Buttons
from viewer.session.clicking import Clicking
from viewer.session.corner_texts import CornerTexts, Techniques
from viewer.session.curve import Curve
from viewer.session.enhancing import Enhancing
from viewer.session.finding_list import FindingList, Listing
from viewer.session.first_sight import first_look_of, middle_of
from viewer.session.flight import Flight
from viewer.session.following import with_frames
from viewer.session.images import Images, OpenImage
from viewer.session.linking import Group, Linking
from viewer.session.look import Hanging, Layout, Links, Look, Viewing
from viewer.session.maps import Maps
from viewer.session.moments import Playing, number_of
from viewer.session.oblique import Planes
from viewer.session.observable import Observable
from viewer.session.operating import Operating, Points
from viewer.session.record import History, Record, Step
from viewer.session.sealing import Sealing, parted, put_aside
from viewer.session.segmenting import Segmenting, Stroke
from viewer.session.spots import Spots
from viewer.session.tools import Shown, Tool

__all__ = ["Message", "Place", "Session", "Shown", "Tool", "segment_key", "series_of"]


@dataclass(frozen=True, slots=True)
class Place:
    """The point of the patient that all views go through.

    Only views whose image shares `frame_of_reference_uid` follow it.
    """

    position: Position = (0.0, 0.0, 0.0)
    frame_of_reference_uid: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for the reader; `serial` makes the same sentence news again.

    A serious one without words takes back what was said before.
    """

    sentence: str = ""
    serious: bool = False
    serial: int = 0


_STANDARD = (Viewing.AXIAL, Viewing.CORONAL, Viewing.SAGITTAL, Viewing.SPACE)


class Session:
    """What is open, how it is looked at, what was said about it."""

    def __init__(self, reader: Author) -> None:
        self.reader = reader
        self.catalogue = Observable(Catalogue())
        self.images = Observable(Images())
        self.hanging = Observable(Hanging())
        self.links = Observable(Links())
        self.place = Observable(Place())
        self.place.changed.connect(self._placed)
        self.linking = Observable(Linking())
        self.pointing = Observable(False)
        self.planes = Observable(Planes())
        self.curves = Observable[tuple[Curve, ...]](())
        self.tool = Observable(Tool.CROSSHAIR)
        self.buttons = Observable(Buttons())
        self.shown = Observable(Shown())
        self.record = Observable(Record())
        self.sealing = Observable(Sealing())
        self.reads = Observable[tuple[Read, ...]](())
        self.presentations = Observable[tuple[Presentation, ...]](())
        self.only_looked_at = Observable[frozenset[str]](frozenset())
        self.threshold = Observable(0.5)
        self.operating = Observable(Operating())
        self.points = Observable(Points())
        self.listing = Observable(Listing())
        self.list = FindingList()
        self.maps = Observable(Maps())
        self.selected = Observable("")
        self.hidden = Observable[frozenset[str]](frozenset())
        self.cine = Observable[int | None](None)
        self.playing = Observable(Playing())
        self.axes = Observable[tuple[Axis, ...]](())
        self.flight = Observable[Flight | None](None)
        self.corner_texts = Observable(CornerTexts())
        self.techniques = Observable(Techniques())
        self.lens_factor = Observable(3.0)
        self.enhancing = Observable(Enhancing())
        self.recipes = Observable[tuple[Recipe, ...]](())
        self.segmenting = Observable(Segmenting())
        self.stroke = Observable[Stroke | None](None)
        self.preview = Observable[Segmentation | None](None)
        self.clicking = Observable(Clicking())
        self.message = Observable(Message())
        self.history = History()

    # -- what is open -----------------------------------------------------

    def add_to_catalogue(self, found: Catalogue) -> None:
        """List what a scan found, together with what is listed of the same studies already.

        The same study UID with another patient is another study.
        """
        listed = {study.identity: study for study in self.catalogue.value.studies}
        for study in found.studies:
            older = listed.pop(study.identity, None)
            listed[study.identity] = study if older is None else self._joined(older, study)
        refused: tuple[Refusal, ...] = (*self.catalogue.value.refused, *found.refused)
        self.catalogue.set(Catalogue(tuple(listed.values()), tuple(dict.fromkeys(refused))))

    def _joined(self, older: Study, newer: Study) -> Study:
        """Return a study with the series of both; one that is open stays as it was opened.

        Where the same series has other pictures now, both are listed; fewer bring nothing new.
        """
        series = {item.key: item for item in older.series}
        for item in newer.series:
            known = series.get(item.key)
            if known is None or (
                self._may_replace(known) and pictures_of(item) >= pictures_of(known)
            ):
                series[item.key] = item
            elif not pictures_of(item) <= pictures_of(known):
                other = beside(item)
                series[other.key] = other
        return replace(newer, series=tuple(series.values()))

    def listed_as(self, series: Series) -> str:
        """Return the key under which a series that a scan found is listed here."""
        other = beside(series).key
        return series.key if self.catalogue.value.find(other) is None else other

    def _may_replace(self, series: Series) -> bool:
        images = self.images.value
        return all(images.get(one.key) is None for one in (series, *series.parts))

    def show(self, opened: OpenImage) -> None:
        """Take an image in and hang it in every view; frames without a grid fill the window.

        A grid of more than four views was hung by hand: there only the active one changes.
        """
        now = self.hanging.value
        if now.layout.cells > len(_STANDARD) and any(self.image_in(n) for n in now.main):
            self.hang(now.active, opened)
            return
        self.images.set(self.images.value.with_image(opened))
        solid = isinstance(opened.image, Volume)
        looks = tuple(
            first_look_of(opened, viewing if solid else Viewing.ACQUISITION)
            for viewing in _STANDARD
        )
        alone = None if solid else 0
        layout = Layout.FOUR if now.layout.cells > len(_STANDARD) else now.layout
        self.hanging.set(replace(now.filled(looks, layout), maximised=alone))
        self.place.set(Place(middle_of(opened), opened.frame_of_reference_uid))

    def hang(self, cell: int, opened: OpenImage) -> None:
        """Take an image in and hang it in one view."""
        self.images.set(self.images.value.with_image(opened))
        solid = isinstance(opened.image, Volume)
        viewing = self.hanging.value.cells[cell].viewing if solid else Viewing.ACQUISITION
        self.hanging.set(self.hanging.value.changed(cell, lambda _: first_look_of(opened, viewing)))
        if self.place.value.frame_of_reference_uid != opened.frame_of_reference_uid:
            self.place.set(Place(middle_of(opened), opened.frame_of_reference_uid))

    def close(self, study: Study) -> None:
        """Put a study away, with all that was said about it."""
        keys = study.keys
        self.selected.set("")
        self.images.set(self.images.value.without(keys))
        self.hanging.set(
            self.hanging.value.all_changed(
                lambda look: Look(viewing=look.viewing) if look.series_key in keys else look
            )
        )
        if self.cine.value is not None and self.image_in(self.cine.value) is None:
            self.cine.set(None)
        self.record.set(self.record.value.without(keys))
        self.maps.set(self.maps.value.without(keys))
        gone = {(i.sop_instance_uid, i.frame) for one in study.series for i in one.instances}
        kept = (p for p in self.presentations.value if gone.isdisjoint(p.pictures))
        self.presentations.set(tuple(kept))
        self.history.forget(keys)
        self.axes.set(tuple(axis for axis in self.axes.value if axis.series_key not in keys))
        left = tuple(s for s in self.catalogue.value.studies if s.identity != study.identity)
        self.catalogue.set(Catalogue(left, self.catalogue.value.refused))

    # -- how it is looked at ----------------------------------------------

    def image_in(self, cell: int) -> OpenImage | None:
        """Return the image that hangs in a view."""
        return self.images.value.get(self.hanging.value.look(cell).series_key)

    @property
    def active_image(self) -> OpenImage | None:
        """The image in the view that was touched last."""
        return self.image_in(self.hanging.value.active)

    def group_in(self, cell: int) -> Series | None:
        """Return the 4D series that a view shows a moment of, be it loaded or not."""
        key = self.hanging.value.cells[cell].series_key
        return self.catalogue.value.group_of(key) if key else None

    def moment_in(self, cell: int) -> int | None:
        """Return the number (from 0) of the moment that a view shows."""
        group = self.group_in(cell)
        return number_of(group, self.hanging.value.cells[cell].series_key) if group else None

    def shown_moment(self, group: Series) -> int | None:
        """Return the number of the moment of a 4D series that is on screen."""
        keys = [look.series_key for look in self.hanging.value.cells]
        numbers = (number_of(group, key) for key in keys)
        return next((number for number in numbers if number is not None), None)

    def show_moment(self, group: Series, number: int) -> None:
        """Show a moment in all views of a 4D series; how they look at it stays."""
        keys, key = {part.key for part in group.parts}, group.parts[number].key
        self.hanging.set(
            self.hanging.value.all_changed(
                lambda look: replace(look, series_key=key) if look.series_key in keys else look
            )
        )

    def show_moment_of(self, key: str) -> None:
        """Show the moment of this key wherever its 4D series hangs; other series have none."""
        group = self.catalogue.value.group_of(key)
        number = number_of(group, key) if group else None
        if group is not None and number is not None:
            self.show_moment(group, number)

    def axis_of(self, key: str) -> Axis | None:
        """Return what is known of the moments or frames of a series."""
        return next((axis for axis in self.axes.value if axis.series_key == key), None)

    def bring_frames(self, key: str) -> None:
        """Show in the stacks of a group of views the frame nearest to its place."""
        linking = self.linking.value
        self.hanging.set(with_frames(self.hanging.value, self.images.value, linking, key))

    def _placed(self, new: Place, _: Place) -> None:
        """Note where the views are that move with all, and turn their stacks to it."""
        key = Group.ALL.value
        moved = self.linking.value.moved(key, new.frame_of_reference_uid, new.position)
        self.linking.set(moved)
        self.bring_frames(key)

    def segmentations(self) -> tuple[Segmentation, ...]:
        """Return all segmentations, as a stroke under way would leave them."""
        stroke, said = self.stroke.value, self.record.value.segmentations
        if stroke is None:
            return said
        now = stroke.segmentation
        new = () if any(one.id == now.id for one in said) else (now,)
        return (*(now if one.id == now.id else one for one in said), *new)

    def window_of(self, look: Look) -> Window:
        """Return the window a look really uses: its own, or that of what it shows."""
        opened = self.images.value.get(look.series_key)
        if look.window is not None or opened is None:
            return look.window or Window(40, 400)
        return opened.window_at(look.frame)

    # -- what is said about it ----------------------------------------------

    def do(self, title: str, after: Record) -> None:
        """Make a change to the record that can be undone.

        What models say of a study that is read without them first is put aside instead.

        Raises:
            Declined: if it is about a study that is here for looking only.
        """
        self._require_ours(after)
        before = self.record.value
        keys = self.sealed_keys()
        if keys:
            after, aside = parted(after, keys, self.reader, before)
            if not aside.same_as(Record()):
                self.sealing.update(aside=put_aside(self.sealing.value.aside, aside))
                if after.same_as(before):
                    return
        self.history.add(Step(title, before, after))
        self.record.set(after)

    def sealed_keys(self) -> frozenset[str]:
        """Return the series of which the results of models are put aside for now."""
        opened = tuple(self.images.value)
        keys = self.sealing.value.keys(
            (*self.catalogue.value.studies, *(one.study for one in opened))
        )
        hidden = (one.key for one in opened if self.sealing.value.hides(one.study.uid))
        return keys.union(hidden)

    def ai_hidden(self, series_key: str) -> bool:
        """Tell whether nothing that models say of a series may be shown or hinted at yet."""
        return series_key in self.sealed_keys()

    def undo(self) -> str | None:
        """Take the last change back; return its title.

        Raises:
            Declined: if it is about a study that is here for looking only.
        """
        if self.history.next_undo is not None:
            self._require_ours(self.history.next_undo.before)
        step = self.history.undo()
        if step is None:
            return None
        self.record.set(step.before)
        return step.title

    def redo(self) -> str | None:
        """Make the change undone last again; return its title.

        Raises:
            Declined: if it is about a study that is here for looking only.
        """
        if self.history.next_redo is not None:
            self._require_ours(self.history.next_redo.after)
        step = self.history.redo()
        if step is None:
            return None
        self.record.set(step.after)
        return step.title

    def _require_ours(self, after: Record) -> None:
        """See that a change is not about a study that somebody else works on."""
        uids = self.only_looked_at.value
        listed = [study for study in self.catalogue.value.studies if study.uid in uids]
        if listed:
            keys = frozenset().union(*(study.keys for study in listed))
            if not after.of(keys).same_as(self.record.value.of(keys)):
                raise Declined(
                    "Somebody else is working on this study, so here it is for looking only.",
                    code="read_only",
                )

    def visible_findings(self) -> tuple[Finding, ...]:
        """Return the findings at or above the threshold, and all that were judged or drawn."""
        return self.visible_spots().findings

    def visible_spots(self) -> Spots:
        """Return the visible findings with their numbers, places and sizes."""
        points, listing = self.points.value, self.listing.value
        return self.list.shown(self.record.value, points, self.threshold.value, listing)

    def say(self, sentence: str, *, serious: bool = False) -> None:
        """Tell the reader something in the window's message line."""
        self.message.set(Message(sentence, serious, self.message.value.serial + 1))

    def hush(self) -> None:
        """Take back all that was said and still stands in the window."""
        self.say("", serious=True)


def segment_key(segmentation: Segmentation, segment: Segment) -> str:
    """Return the name under which a segment is in `Session.hidden` when not to be drawn."""
    return f"{segmentation.id}/{segment.label}"


def series_of(session: Session, key: str) -> Series | None:
    """Return the listed series of this key."""
    found = session.catalogue.value.find(key)
    return found[1] if found else None
