"""A model's card as a person reads it."""

from __future__ import annotations

from collections.abc import Iterator

from viewer.ai.card import Accepts, Card, Performance

_KEY_TABLES, _KEY_METRICS = 3, 3
"""So many tables, and metrics of each, are told at first sight; of more tables only the first."""


def key_figures(card: Card) -> tuple[str, ...]:
    """Return the few measured figures that a card leads with, each with its interval."""
    tables = card.performance if len(card.performance) <= _KEY_TABLES else card.performance[:1]
    return tuple(_figure(part, _KEY_METRICS) for part in tables)


def all_figures(card: Card) -> tuple[str, ...]:
    """Return all measured figures, each with its interval, and on how many it was measured."""
    heads = [part.data for part in card.performance]
    return tuple(
        _figure(part, named=heads.count(part.data) > 1 and bool(part.metrics))
        for part in card.performance
    )


def _figure(part: Performance, most: int | None = None, *, named: bool = False) -> str:
    """Return one table in words; `named` where only its result tells it from others."""
    data = f"{part.data.rstrip('.')}; {part.result.rstrip('.')}" if named else part.data.rstrip(".")
    numbers = "; ".join(metric.in_words for metric in part.metrics[:most]) or part.result
    lesions = f", {part.lesions} lesions" if part.lesions else ""
    return f"{data}: {numbers} (n = {part.n}{lesions})"


def accepted(accepts: Accepts) -> str:
    """Return which images are accepted, in words."""
    return "; ".join(_accepted(accepts))


def _accepted(accepts: Accepts) -> Iterator[str]:
    unit = f" in {accepts.unit}" if accepts.unit else ""
    yield f"{', '.join(accepts.modalities)}{unit}, {accepts.dimensions}D"
    if accepts.regions:
        yield f"with {' or '.join(region.meaning for region in accepts.regions)}"
    if accepts.orientation != "any":
        yield f"{accepts.orientation} slices"
    if accepts.thickest_mm:
        yield f"slices up to {accepts.thickest_mm:g} mm apart"
    if accepts.coarsest_mm:
        yield f"pixels up to {accepts.coarsest_mm:g} mm"
    if accepts.finest_mm:
        yield f"voxels from {accepts.finest_mm:g} mm"
    if accepts.fewest_slices:
        yield f"at least {accepts.fewest_slices} slices"
    if accepts.shortest_mm:
        yield f"over at least {accepts.shortest_mm:g} mm"


def badges(card: Card) -> tuple[str, ...]:
    """Return what must be seen at first sight: trial or not, and what the licence forbids."""
    found = []
    if not card.proven:
        found.append("experimental")
    if card.non_commercial:
        found.append("non-commercial use only")
    if card.architecture == "torchscript":
        found.append("TorchScript program")
    return tuple(found)


def card_as_text(card: Card) -> str:
    """Return everything a person must know of a model."""
    lines = [
        f"{card.title} {card.version} ({card.id})",
        *(f"  {badge.upper()}" for badge in badges(card)),
        f"For: {card.intended_use}",
        f"Not for: {card.not_for}",
        f"Accepts: {accepted(card.accepts)}",
        f"Finds: {', '.join(_label(card))}",
        f"Licence: {card.licence}",
        f"Learned from: {card.trained_on}",
        "Figures, with 95 % intervals where they were measured:",
    ]
    for part in card.performance:
        lines.append(f"  {part.data} (n = {part.n}, lesions {part.lesions or 'not counted'})")
        for metric in part.metrics:
            over = f", drawn over {metric.interval_over}" if metric.interval_over else ""
            lines.append(f"    {metric.in_words}{over}")
        lines += [f"    {part.result}", f"    measured by: {part.command}"]
    if not card.performance:
        lines.append("  none: nothing is known of how good it is")
    if card.operating:
        lines.append(f"Thresholds, on {card.operating_on}:")
    for point in card.operating:
        usual = "  (usual)" if point.threshold == card.default_threshold else ""
        lines.append(
            f"  {point.threshold:g}: sensitivity {point.sensitivity:.3g},"
            f" {point.false_positives_per_scan:.3g} false marks per scan{usual}"
        )
    lines.append(f"Weights: {card.weights_file}, SHA-256 {card.weights_sha256}")
    return "\n".join(lines)


def _label(card: Card) -> Iterator[str]:
    for label in card.labels:
        yield f"{label.meaning} ({label.scheme} {label.value})"
