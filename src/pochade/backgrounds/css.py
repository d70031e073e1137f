"""A ground as CSS."""

from pochade.backgrounds.choice import Choice

CORNERS = "0% 0%", "100% 50%", "0% 100%"


def css(choice: Choice) -> str:
    """Declarations of the ground and its text; a field as soft spots of its colors, with no picture to load.

    The first declaration of a gradient is for browsers that do not know its color space.
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
