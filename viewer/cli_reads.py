"""`skiagram reads`: how studies were read before and after models were seen, for scripts."""

from __future__ import annotations

import json as json_text
from typing import TYPE_CHECKING, Annotated

import typer

from viewer.console import NothingFound, opened_shelf, plainly

if TYPE_CHECKING:
    from viewer.core.read import Read

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
    from viewer.core.read import ReadKind, changes

    own = (one for one in all_ if one.study_uid == read.study_uid)
    first = next((one for one in own if one.kind is ReadKind.FIRST), None)
    later = first is not None and read.is_a_read and read is not first
    changed = changes(first, read) if first is not None and later else ()
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
        "changes": [
            {"what": one.kind.value, "id": one.item.id, "reason": one.reason} for one in changed
        ],
    }
