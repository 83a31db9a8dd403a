"""What the panel of findings says of one line, and of how the sources agree, as small pages."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from viewer.core.assessment import Assessment
from viewer.core.finding import Finding, Judgement, Reason
from viewer.render.probe import unit_in_words
from viewer.session.agreement import Agreement
from viewer.ui.panels.findings_table import said_beside
from viewer.ui.panels.similar_table import parted, table_of
from viewer.ui.words import in_words


def explained(item: Finding | Assessment, *, as_model: bool = False) -> str:
    """Return what speaks for a finding or statement and who said what, as a small page."""
    author = escape(str(item.author))
    by = f"Proposed by {author}" if item.author.is_model else f"By {author}"
    arguments, similar = parted(item.explanation)
    parts = [
        *_about(item),
        in_words(by),
        *(_argument(reason) for reason in arguments),
        *(_verdict(verdict) for verdict in item.history),
    ]
    if isinstance(item, Finding) and item.original is not None:
        parts.append(_original(item, as_model=as_model))
    return "<br>".join(parts) + table_of(similar)


def _about(item: Finding | Assessment) -> list[str]:
    name = escape((said_beside(item) or in_words(item.kind.meaning)).rstrip("."))
    if isinstance(item, Assessment):
        return [f"<b>{name}</b>", escape(in_words(item.sentence))]
    x, y, z = item.position
    site = [escape(in_words(item.site.meaning))] if item.site else []
    return [
        f"<b>{name}</b>, {item.diameter_mm:.1f} mm, {item.volume_mm3:.0f} mm³",
        f"{_side(x, 'L', 'R')} · {_side(y, 'P', 'A')} · {_side(z, 'H', 'F')} mm",
        *site,
    ]


def _verdict(verdict: Judgement) -> str:
    said = in_words(
        f"{escape(verdict.status.value)} by {escape(verdict.by.name)}, {verdict.at[:16]}"
    )
    return f"{said}: {escape(verdict.reason)}" if verdict.reason else said


def _original(item: Finding, *, as_model: bool) -> str:
    was = item.original
    if was is None:
        return ""
    told = in_words("As the model had it:")
    numbers = f"{was.diameter_mm:.1f} mm, {was.volume_mm3:.0f} mm³"
    shown = in_words("shown now") if as_model else ""
    return f"<i>{told} {numbers}</i>" + (f" ({shown})" if shown else "")


def _argument(reason: Reason) -> str:
    push = "" if reason.contribution is None else f" ({reason.contribution:+.2f})"
    unit = f" {escape(unit_in_words(reason.unit))}" if reason.unit not in ("", "1") else ""
    return f"{escape(in_words(reason.name))}: {reason.value:.4g}{unit}{push}"


def _side(value_mm: float, positive: str, negative: str) -> str:
    return f"{positive if value_mm >= 0 else negative} {abs(value_mm):.1f}"


def compared(found: Sequence[Agreement]) -> str:
    """Return how every two sources agree, as a table."""
    if not found:
        return escape(in_words("There is only one source in the list."))
    heads = ("both", "only A", "only B", "agreement")
    top = "".join(f"<th align='right'>&nbsp;{escape(in_words(head))}</th>" for head in heads)
    rows = "".join(map(_rows, found))
    notes = [_statements(one) for one in found if one.same_statements or one.disputed]
    words = in_words(
        "Agreement is 2 · both / (2 · both + only A + only B). "
        "Of a model counts what reaches its threshold."
    )
    return f"<table cellspacing='2'><tr>{top}</tr>{rows}</table>" + "<br>".join(
        [*notes, f"<small>{escape(words)}</small>"]
    )


def _rows(one: Agreement) -> str:
    """Return the two names in a line of their own, which a narrow panel has room for."""
    share = "–" if one.positive is None else f"{one.positive:.2f}"
    numbers = (str(len(one.both)), str(len(one.only_first)), str(len(one.only_second)), share)
    names = f"A: {escape(one.first)}, B: {escape(one.second)}"
    cells = "".join(f"<td align='right'>{number}</td>" for number in numbers)
    return f"<tr><td colspan='4'>{names}</td></tr><tr>{cells}</tr>"


def _statements(one: Agreement) -> str:
    first, second = escape(one.first), escape(one.second)
    return in_words(
        f"{first} and {second} share {one.same_statements} statements, dispute {len(one.disputed)}."
    )
