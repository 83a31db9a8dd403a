"""Groups of segments and the segments in them: made, named, coloured, locked, taken away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from viewer.commands.desk import Desk
from viewer.core.code import ANATOMICAL_STRUCTURE, LESION, MORPHOLOGICALLY_ABNORMAL, TISSUE, Code
from viewer.core.errors import Declined
from viewer.core.identity import new_uid
from viewer.core.label_map import LabelMap
from viewer.core.segmentation import Colour, Segment, Segmentation, colour_in_turn
from viewer.core.volume import Volume
from viewer.session.images import OpenImage, share_space
from viewer.session.names import Name, Use, names_for
from viewer.session.segmenting import Target
from viewer.session.session import segment_key

MOST_SEGMENTS = 65535
_LOADING = "Not all of this series is loaded yet; what follows its values has to wait."


# -- which segment is worked on --------------------------------------------------------------


def group(desk: Desk, id_: str) -> Segmentation | None:
    """Return the group of segments of this id."""
    said = desk.session.record.value.segmentations
    return next((one for one in said if one.id == id_), None)


def chosen(desk: Desk) -> tuple[Segmentation, Segment] | None:
    """Return the segment that is worked on, with its group."""
    now = desk.session.segmenting.value
    found = group(desk, now.segmentation_id)
    segment = found.segment(now.label) if found is not None else None
    return (found, segment) if found is not None and segment is not None else None


def has_chosen(desk: Desk) -> bool:
    """Tell whether there is a segment to work on."""
    return chosen(desk) is not None


def required(desk: Desk) -> tuple[Segmentation, Segment]:
    """Return the segment that is worked on.

    Raises:
        Declined: if none is chosen.
    """
    found = chosen(desk)
    if found is None:
        raise Declined("Choose a segment first, or add one.", code="no_segment")
    return found


def has_volume(desk: Desk) -> bool:
    """Tell whether the active view shows what can be segmented."""
    opened = desk.session.active_image
    return opened is not None and isinstance(opened.image, Volume)


def choose(desk: Desk, id_: str, label: int) -> None:
    """Work on another segment, and show it."""
    session = desk.session
    session.segmenting.set(session.segmenting.value.at(id_, label))
    key = f"{id_}/{label}"
    if key in session.hidden.value:
        session.hidden.set(session.hidden.value - {key})


def step(desk: Desk, by: int) -> None:
    """Work on the next segment of the space of the active view, or on one before."""
    opened = desk.session.active_image
    groups = [] if opened is None else _groups_in(desk, opened)
    every = [(one.id, segment.label) for one in groups for segment in one.segments]
    if not every:
        raise Declined("There is no segment yet; add one first.", code="no_segment")
    now = desk.session.segmenting.value
    here = (now.segmentation_id, now.label)
    at = every.index(here) + by if here in every else 0
    choose(desk, *every[at % len(every)])
    found = chosen(desk)
    if found is not None:
        desk.session.say(f"Now working on {found[1].name}.")


def to_paint(desk: Desk, cell: int) -> Target | None:
    """Return the segment that strokes on a view go to; a new one where there is none yet.

    Why there is none is said to the reader.
    """
    opened = desk.session.image_in(cell)
    if opened is None or not isinstance(opened.image, Volume):
        desk.session.say("Only a volume can be segmented; this is a single picture.", serious=True)
        return None
    if desk.session.segmenting.value.brush.looks_at_values and not opened.is_whole:
        desk.session.say(_LOADING, serious=True)
        return None
    if desk.session.hanging.value.cells[cell].slab_mm > 0:
        desk.session.say("This view shows a slab; what is drawn goes to the slice in its middle.")
    now = chosen(desk)
    here = [one.id for one in _groups_in(desk, opened)]
    if now is None or now[0].id not in here:
        made = new_group(opened, desk, Segment(1, "Segment 1", TISSUE, colour=colour_in_turn(1)))
        choose(desk, made.id, 1)
        return Target(made, 1, opened.image)
    found, segment = now
    if segment_key(found, segment) in desk.session.segmenting.value.locked:
        desk.session.say(f"{segment.name} is locked; unlock it to change it.", serious=True)
        return None
    choose(desk, found.id, segment.label)
    return Target(found, segment.label, opened.image)


def require_arrived(opened: OpenImage | None) -> None:
    """See that all values of an image are there which work is to follow.

    Raises:
        Declined: if it is still loading.
    """
    if opened is not None and not opened.is_whole:
        raise Declined(_LOADING, code="loading")


def new_group(opened: OpenImage, desk: Desk, *segments: Segment) -> Segmentation:
    """Return an empty group of segments on the grid of a volume; it is not kept yet.

    Raises:
        Declined: if the image is no volume.
    """
    if not isinstance(opened.image, Volume):
        raise Declined("Only a volume can be segmented; open one first.", code="no_volume")
    grid = opened.image.geometry
    number = sum(one.series_key == opened.key for one in desk.session.record.value.segmentations)
    return Segmentation(
        new_uid(),
        f"Segments {number + 1}" if number else "Segments",
        LabelMap.empty(grid.shape),
        grid,
        segments,
        desk.session.reader,
        opened.key,
        status="accepted",
    )


def _groups_in(desk: Desk, opened: OpenImage) -> list[Segmentation]:
    """Return the groups in the patient space of an image, those of the image itself first."""
    images = desk.session.images.value
    said = [one for one in desk.session.record.value.segmentations if one.status != "rejected"]
    here = [one for one in said if share_space(images, opened, one.series_key)]
    return sorted(here, key=lambda one: one.series_key != opened.key)


# -- steps that can be undone ------------------------------------------------------------------


def keep(desk: Desk, title: str, changed: Segmentation, *, tool: str = "") -> None:
    """Put a changed group in place of its older self, as the reader's, as one step.

    Its author names the algorithm that made it first, and the `tool` that changed it now. What
    was only proposed stays so: a stroke in one segment stands behind none of the others.

    Raises:
        Declined: if the study is here for looking only.
    """
    author = desk.session.reader.helped_by(*changed.author.helpers, tool)
    ours = replace(changed, author=author)
    older = group(desk, changed.id)
    desk.session.do(title, desk.session.record.value.with_segmentation(ours))
    _unhide_new(desk, ours, older)
    if changed.author.is_model and ours.status != "accepted":
        desk.session.say(
            "These outlines are still proposals, with your change; they are saved once you "
            "accept them (Ctrl+Shift+A)."
        )


def _unhide_new(desk: Desk, now: Segmentation, older: Segmentation | None) -> None:
    """Show and unlock new segments whose label an earlier one had that was removed."""
    known = {one.label for one in older.segments} if older is not None else set()
    new = {segment_key(now, one) for one in now.segments if one.label not in known}
    session, segmenting = desk.session, desk.session.segmenting.value
    if new & session.hidden.value:
        session.hidden.set(session.hidden.value - new)
    if new & segmenting.locked:
        session.segmenting.set(replace(segmenting, locked=segmenting.locked - new))


def add_group(desk: Desk) -> None:
    """Add an empty group with one segment; groups may overlap each other."""
    opened = desk.session.active_image
    if opened is None:
        raise Declined("Only a volume can be segmented; open one first.", code="no_volume")
    made = new_group(opened, desk, Segment(1, "Segment 1", TISSUE, colour=colour_in_turn(1)))
    keep(desk, "Add group", made)
    choose(desk, made.id, 1)


def add_segment(desk: Desk) -> None:
    """Add an empty segment to the group that is worked on, or to a new one."""
    now, opened = chosen(desk), desk.session.active_image
    if now is None or (opened is not None and now[0] not in _groups_in(desk, opened)):
        add_group(desk)
        return
    found, segment = with_new_segment(now[0])
    keep(desk, "Add segment", found)
    choose(desk, found.id, segment.label)


def with_new_segment(
    found: Segmentation, name: str = "", type_: Code = TISSUE
) -> tuple[Segmentation, Segment]:
    """Return a group with one more segment, and that.

    Raises:
        Declined: if it is full.
    """
    used = {one.label for one in found.segments}
    label = next((n for n in range(1, MOST_SEGMENTS + 1) if n not in used), 0)
    if not label:
        raise Declined("There is no room for another segment in this group.", code="full")
    colour = colour_in_turn(label)
    segment = Segment(label, name or f"Segment {label}", type_, colour=colour)
    wider = found
    if label > 255 and found.label_map.dtype.itemsize == 1:
        wider = replace(found, label_map=found.label_map.widened())
    return replace(wider, segments=(*found.segments, segment)), segment


def remove_group(desk: Desk) -> None:
    """Take the group that is worked on away."""
    found, _ = required(desk)
    for segment in found.segments:
        require_unlocked(desk, found, segment)
    record = desk.session.record.value
    rest = tuple(one for one in record.segmentations if one.id != found.id)
    desk.session.do(f"Remove {found.title}", replace(record, segmentations=rest))
    desk.session.segmenting.set(desk.session.segmenting.value.at("", 0))


def require_unlocked(desk: Desk, found: Segmentation, segment: Segment) -> None:
    """See that nothing keeps a segment from being changed.

    Raises:
        Declined: if it is locked.
    """
    if segment_key(found, segment) in desk.session.segmenting.value.locked:
        raise Declined(f"{segment.name} is locked; unlock it to change it.", code="locked")


def change_segment(desk: Desk, title: str, changed: Segment) -> None:
    """Put a segment with another name, word or colour in place of its older self."""
    found, old = required(desk)
    if changed != old:
        keep(desk, title, replace(found, segments=tuple(_swapped(found.segments, changed))))


def _swapped(segments: Iterable[Segment], changed: Segment) -> Iterable[Segment]:
    return (changed if one.label == changed.label else one for one in segments)


def rename(desk: Desk) -> None:
    """Ask how the segment is to be called."""
    _, segment = required(desk)

    def answered(text: str) -> None:
        if text.strip():
            change_segment(desk, "Rename", replace(segment, name=text.strip()[:64]))

    desk.asker.ask_text("Segment", "What is it called?", segment.name, answered)


def name_by_code(desk: Desk) -> None:
    """Ask what the segment is, in a coded word; its name becomes that word."""
    _, segment = required(desk)
    recent = desk.settings.measuring.recent_names
    words = (*names_for(Use.SITE, recent), *names_for(Use.FINDING, recent))

    def answered(number: int) -> None:
        word = words[number]
        change_segment(desk, "Name", _named(segment, word))

    choices = tuple(word.code.meaning for word in words)
    desk.asker.ask_choice("Segment", "What is it?", choices, answered)


def _named(segment: Segment, word: Name) -> Segment:
    site = word.use is Use.SITE
    category = ANATOMICAL_STRUCTURE if site else MORPHOLOGICALLY_ABNORMAL
    return replace(segment, name=word.code.meaning[:64], type=word.code, category=category)


def mark_as_lesion(desk: Desk) -> None:
    """Say that the segment is a lesion."""
    _, segment = required(desk)
    change_segment(desk, "Name", replace(segment, type=LESION, category=MORPHOLOGICALLY_ABNORMAL))


def recolour(desk: Desk, colour: Colour) -> None:
    """Draw the segment in another colour."""
    _, segment = required(desk)
    change_segment(desk, "Colour", replace(segment, colour=colour))


def toggle_lock(desk: Desk, key: str = "") -> None:
    """Keep a segment from being changed, or no longer; the chosen one if none is named."""
    if not key:
        key = segment_key(*required(desk))
    session = desk.session
    session.segmenting.set(
        replace(session.segmenting.value, locked=session.segmenting.value.locked ^ {key})
    )


def is_locked(desk: Desk) -> bool:
    """Tell whether the segment that is worked on is locked."""
    found = chosen(desk)
    return found is not None and segment_key(*found) in desk.session.segmenting.value.locked
