"""What a loader needs to know of a series that was not listed by this scan."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from viewer.core.errors import Unreadable
from viewer.core.study import Series
from viewer.io.heads import header_of
from viewer.io.judge import judged
from viewer.io.picture import Picture, pictures_of


def pictures_in(series: Series) -> Sequence[Picture]:
    """Return the pictures of a series, their heads read again where it was listed elsewhere.

    Raises:
        Unreadable: if a file is gone or not what it was.
    """
    read: dict[Path, dict[int, Picture]] = {}
    pictures: list[Picture] = []
    for instance in series.instances:
        if isinstance(instance, Picture):
            pictures.append(instance)
            continue
        if instance.path not in read:
            try:
                again = pictures_of(judged(header_of(instance.path)))
            except OSError as error:
                raise Unreadable(f"{instance.path.name} is gone", code="missing_file") from error
            read[instance.path] = {picture.frame: picture for picture in again}
        found = read[instance.path].get(instance.frame)
        if found is None or found.sop_instance_uid != instance.sop_instance_uid:
            raise Unreadable(
                f"{instance.path.name} is not the file that was listed", code="changed"
            )
        pictures.append(found)
    return pictures
