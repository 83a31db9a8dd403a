"""`skiagram reads`: how studies were read before and after models were seen, for scripts."""

from __future__ import annotations

import json as json_text
from typing import TYPE_CHECKING, Annotated

import typer

from viewer.console import NothingFound, opened_shelf, plainly

if TYPE_CHECKING:
    from viewer.core.outline import Outline
    from viewer.core.read import Change, Read

app = typer.Typer(add_completion=False)


@app.command("reads")
def list_reads(
    context: typer.Context,
    study: Annotated[str, typer.Argument(help="The UID of a study; all without it.")] = "",
    *,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of CSV.")] = False,
) -> None:
    """Print the stored reads of a study with their times, findings and changes."""
    with plainly(context), opened_shelf() as shelf:
        uids = (study,) if study else shelf.reads.studies()
        reads = [read for uid in uids for read in shelf.reads.of(uid)]
        if study and not reads:
            raise NothingFound(f"No read of the study {study} is stored.")
        if json:
            typer.echo(json_text.dumps([_told(read, reads) for read in reads], indent=2))
            return
        from viewer.io.reads_table import reads_table

        for uid in uids:
            typer.echo(reads_table([read for read in reads if read.study_uid == uid]), nl=False)


def _told(read: Read, all_: list[Read]) -> dict[str, object]:
    """Return a read as JSON holds it, with what changed since the first of its study."""
    from viewer.io.reads_table import since_first

    own = [one for one in all_ if one.study_uid == read.study_uid]
    return {
        "study_uid": read.study_uid,
        "read": read.kind.value,
        "by": read.by.name,
        "begun_at": read.begun_at,
        "at": read.at,
        "reason": read.reason,
        "models": list(read.models),
        "findings": [
            {
                "id": one.id,
                "kind": one.kind.meaning,
                "status": one.status.value,
                "source": str(one.author),
                "score": one.score,
            }
            for one in read.items
        ],
        "outlines": [_outlined(one) for one in read.outlines],
        "changes": [_changed(one) for one in since_first(own, read)],
    }


def _outlined(one: Outline) -> dict[str, object]:
    return {
        "id": one.id,
        "name": one.name,
        "kind": one.kind.meaning,
        "code": {"value": one.kind.value, "scheme": one.kind.scheme},
        "status": one.status,
        "source": str(one.author),
        "volume_ml": one.volume_ml,
        "voxels": one.voxels,
        "centre_mm_lps": list(one.centre),
        "box_mm_lps": [list(one.low), list(one.high)],
        "mask_sha256": one.sha256,
        "mask_kept": one.mask is not None,
    }


def _changed(one: Change) -> dict[str, object]:
    from viewer.io.reads_table import volume_mm3

    now, before = volume_mm3(one.item), volume_mm3(one.before)
    return {
        "what": one.kind.value,
        "id": one.item.id,
        "reason": one.reason,
        "volume_ml": None if now is None else now / 1000,
        "volume_ml_before": None if before is None else before / 1000,
        "dice": one.dice,
    }
