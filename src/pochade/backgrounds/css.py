"""A background as CSS."""

from pochade.backgrounds.choice import Choice

CORNERS = "0% 0%", "100% 50%", "0% 100%"


def css(choice: Choice) -> str:
    """CSS declarations of the background and the text color; a field becomes radial gradients, with no picture to load.

    A gradient is declared twice; the first is for browsers without color spaces in gradients.
    """
    colors = choice.hex
    lines = [f"color: {choice.text};", f"background-color: {colors[0]};"]
    if choice.kind == "gradient":
        stops = ", ".join(colors)
        lines += [
            f"background-image: linear-gradient(to bottom, {stops});",
            f"background-image: linear-gradient(to bottom in oklab, {stops});",
        ]
    elif choice.kind == "field":
        spots = [
            f"radial-gradient(at {where}, {color}, transparent 70%)"
            for where, color in zip(CORNERS, colors, strict=True)
        ]
        lines.append(f"background-image: {', '.join(spots)};")
    return "\n".join([*lines, ""])
