"""The panels round the views: studies, findings, segments, histogram, jobs, tags, curve."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt

from viewer.commands.command import Commands
from viewer.commands.desk import Desk
from viewer.ui.panels.panel import Panel

__all__ = ["Panel", "make_panels"]


def make_panels(desk: Desk, commands: Commands) -> list[Panel]:
    """Build every panel, in the order in which they are docked."""
    from viewer.ui.panels.curve import CurvePanel
    from viewer.ui.panels.enhance import EnhancePanel
    from viewer.ui.panels.evaluation import EvaluationPanel
    from viewer.ui.panels.findings import FindingsPanel
    from viewer.ui.panels.histogram import HistogramPanel
    from viewer.ui.panels.jobs import JobsPanel
    from viewer.ui.panels.maps import MapsPanel
    from viewer.ui.panels.measures import MeasuresPanel
    from viewer.ui.panels.models import ModelsPanel
    from viewer.ui.panels.operations import OperationsPanel
    from viewer.ui.panels.profile import ProfilePanel
    from viewer.ui.panels.segment_statistics import SegmentStatisticsPanel
    from viewer.ui.panels.segments import SegmentsPanel
    from viewer.ui.panels.space import SpacePanel
    from viewer.ui.panels.studies import StudiesPanel
    from viewer.ui.panels.tags import TagsPanel

    def titled(text: str) -> str:
        return QCoreApplication.translate("Panels", text)

    left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
    return [
        Panel("studies", titled("Studies"), StudiesPanel(desk), left),
        Panel("findings", titled("Findings"), FindingsPanel(desk, commands), right),
        Panel("segments", titled("Segments"), SegmentsPanel(desk, commands), right),
        Panel("measurements", titled("Measurements"), MeasuresPanel(desk, commands), right),
        Panel("histogram", titled("Histogram"), HistogramPanel(desk), right),
        Panel("jobs", titled("Jobs"), JobsPanel(desk), left, shown=False),
        Panel("tags", titled("Tags"), TagsPanel(desk), right, shown=False),
        Panel("curve", titled("Curve"), CurvePanel(desk), right, shown=False),
        Panel("profile", titled("Values"), ProfilePanel(desk), right, shown=False),
        Panel("space", titled("3D"), SpacePanel(desk), right, shown=False),
        Panel("enhance", titled("Enhance"), EnhancePanel(desk, commands), right, shown=False),
        Panel("models", titled("Models"), ModelsPanel(desk, commands), right, shown=False),
        Panel("maps", titled("Maps"), MapsPanel(desk), right, shown=False),
        Panel(
            "operations",
            titled("Segment operations"),
            OperationsPanel(desk, commands),
            right,
            shown=False,
        ),
        Panel(
            "segment_statistics",
            titled("Segment statistics"),
            SegmentStatisticsPanel(desk, commands),
            right,
            shown=False,
        ),
        Panel("evaluation", titled("Evaluation"), EvaluationPanel(desk), right, shown=False),
    ]
