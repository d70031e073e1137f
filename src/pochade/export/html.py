"""HTML: a self-contained page of swatches."""

from html import escape
from typing import Annotated

from pochade.export import exporters
from pochade.option import Within
from pochade.palette import Palette

STYLE = """
:root { color-scheme: light dark; --paper: %(paper)s; --ink: %(ink)s; --soft: %(soft)s; --hair: rgb(0 0 0 / 14%%) }
@media (prefers-color-scheme: dark) {
  :root { --paper: %(paper_)s; --ink: %(ink_)s; --soft: %(soft_)s; --hair: rgb(255 255 255 / 20%%) }
}
body {
  margin: 0 auto; padding: 40px 24px; max-width: 1080px; background: var(--paper); color: var(--ink);
  font: 16px/1.4 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  font-variant-numeric: tabular-nums;
}
h1 { margin: 0 0 24px; font-size: 24px; font-weight: 600; overflow-wrap: anywhere }
ol { display: grid; gap: 28px 16px; grid-template-columns: %(narrow)s; margin: 0; padding: 0; list-style: none }
@media (min-width: 900px) { ol { grid-template-columns: repeat(%(wide)s, 1fr) } }
button { display: block; width: 100%%; height: 128px; margin: 0 0 10px; padding: 10px; border: 0; border-radius: 3px;
  box-shadow: inset 0 0 0 1px var(--hair); forced-color-adjust: none; font: inherit; font-size: 13px;
  text-align: left; vertical-align: bottom; cursor: copy }
button span { display: block; margin-top: 90px; opacity: 0 }
button:hover span, button:focus-visible span { opacity: 1 }
button:focus-visible { outline: 2px solid var(--ink); outline-offset: 3px }
li { min-width: 0 }
p { display: flex; justify-content: space-between; margin: 0; font-size: 14px; color: var(--soft) }
p.name { display: block; font-size: 16px; color: var(--ink); overflow-wrap: anywhere }
code { font: inherit; user-select: all }
"""

SCRIPT = """
for (const button of document.querySelectorAll("button")) button.addEventListener("click", async () => {
  const hint = button.firstElementChild, code = button.parentElement.querySelector("code")
  try { await navigator.clipboard.writeText(button.value); hint.textContent = "Copied" }
  catch { getSelection().selectAllChildren(code); hint.textContent = "Selected: press Ctrl+C" }
  setTimeout(() => { hint.textContent = "Copy" }, 1600)
})
"""


@exporters.register("html", suffix=".html", media_type="text/html")
def html(palette: Palette, *, columns: Annotated[int, Within(0)] = 0) -> bytes:
    """A self-contained page of swatches, light and dark; a click copies a color.

    Without scripts, a click on a hex code selects it.

    Parameters
    ----------
    columns : number of swatches in a row; 0 chooses it, and takes fewer on narrow screens.
    """
    from pochade.draw.content import content_of
    from pochade.draw.parts import row_lengths
    from pochade.draw.swatches import IN_A_ROW
    from pochade.draw.tone import DARK, LIGHT, text_on

    content = content_of(palette, LIGHT, title=None, pictured=False)
    title = escape(content.title or "Palette")
    style = STYLE % {
        **{name: getattr(LIGHT, name) for name in ("paper", "ink", "soft")},
        **{f"{name}_": getattr(DARK, name) for name in ("paper", "ink", "soft")},
        "narrow": f"repeat({columns}, 1fr)" if columns else "repeat(auto-fill, minmax(140px, 1fr))",
        "wide": columns or max([3, *row_lengths(len(palette), IN_A_ROW)[:1]]),
    }
    items = "\n".join(
        f'<li><button value="{one.hex}" style="background:{one.hex};color:{text_on(one.hex)}" '
        f'aria-label="Copy {one.hex}"><span>Copy</span></button>'
        f'<p class="name">{escape(one.name)}</p><p><code>{one.hex}</code><span>{escape(one.share)}</span></p></li>'
        for one in content.swatches
    )
    head = f'<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n<title>{title}</title>'
    page = (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n{head}\n<style>{style}</style>\n</head>\n'
        f"<body>\n<h1>{title}</h1>\n<ol>\n{items}\n</ol>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"
    )
    return page.encode("utf-8", "replace")
