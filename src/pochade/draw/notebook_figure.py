"""A matplotlib figure that displays itself in a notebook without pyplot."""

from io import BytesIO

from matplotlib.figure import Figure


class Shown(Figure):
    """Without this a notebook writes "<Figure size ...>" until some cell has used pyplot."""

    def _repr_png_(self) -> bytes:
        out = BytesIO()
        self.savefig(out, format="png")
        return out.getvalue()
