"""A matplotlib figure that shows itself in a notebook, whatever the notebook knows of matplotlib."""

from io import BytesIO

from matplotlib.figure import Figure


class Shown(Figure):
    """Without this a notebook writes "<Figure size ...>" until some cell has used pyplot."""

    def _repr_png_(self) -> bytes:
        out = BytesIO()
        self.savefig(out, format="png")
        return out.getvalue()
