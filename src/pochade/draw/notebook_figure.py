"""A matplotlib figure that displays itself in a notebook without pyplot."""

from io import BytesIO

from matplotlib.figure import Figure


class NotebookFigure(Figure):
    """A figure with a PNG representation. A plain Figure prints as text until pyplot is imported."""

    def _repr_png_(self) -> bytes:
        out = BytesIO()
        self.savefig(out, format="png")
        return out.getvalue()
