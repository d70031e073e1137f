"""Options that several commands share."""

from collections.abc import Callable, Iterable
from typing import Annotated, Any, Literal

import click

from pochade.cli.command import Option, OutputFile
from pochade.cli.parameters import LibraryOption, Listed, Named, Parsed, RepeatableOption, Setting
from pochade.source.region import REGION

Function = Callable[..., Any]

AT_LEAST_0, AT_LEAST_1 = click.IntRange(min=0), click.IntRange(min=1)
SECONDS = click.FloatRange(min=0, min_open=True)
COUNT = Parsed("number|auto", int | Literal["auto"], ["auto"])
BOX = Parsed("L,T,R,B", Annotated[tuple[float, float, float, float], REGION])

ANSI = "Colors in the output; auto uses them on terminals only."
FORMAT = "The format of files in a folder; png by default."
KEEP = "Colors that the palette must contain: CSS names, '#8e1a24' (quoted, for the shell), ..."
AVOID = "Colors that the palette must not contain, nor similar ones."
IGNORE = "Ignore background, black, white or gray pixels."
AMONG = "Choose from these colors only."
SORT = "smooth, hue, luminance, ...; see `pochade orders`."
NAMES = "The vocabulary of color names; css by default; `pochade vocabularies`."
UNIQUE = "Use each name once per palette; the default for text. Or the nearest name of each."
ISOLATE = "Decode SVG, PDF, RAW, HEIC, ... in a process of its own, or in this one."

READING: dict[str, dict[str, Any]] = {
    "scale": {"type": float, "help": "Shrink the picture first: 0.5 halves its width and height."},
    "region": {"type": BOX, "help": "Use this box only: whole numbers are pixels, decimals are fractions."},
    "mask": {"type": click.Path(), "help": "Use the pixels that are white in this picture."},
    "frame": {"type": AT_LEAST_0, "help": "One frame of an animation, or page of a document, from 0."},
    "exposure": {"type": click.FloatRange(-32, 32), "help": "Stops for EXR, HDR, float TIFF; 0: light of 1 is white."},
    "truncated": {"is_flag": True, "default": None, "help": "Accept files that end early."},
    "timeout": {"group": "Limits", "type": SECONDS, "help": "Seconds for a URL, and for SVG, PDF, RAW, HEIC, ..."},
    "max_bytes": {"group": "Limits", "type": AT_LEAST_1, "help": "Refuse more bytes from a URL or a pipe."},
    "max_pixels": {"group": "Limits", "type": AT_LEAST_1, "help": "Refuse pictures with more pixels."},
    "max_frames": {"group": "Limits", "type": AT_LEAST_1, "help": "Refuse animations with more frames."},
    "max_memory": {"group": "Limits", "type": AT_LEAST_1, "help": "Refuse pictures that need more bytes of memory."},
    "isolate": {"flags": "--isolate/--no-isolate", "default": None, "help": ISOLATE},
}
"""The keywords of `pochade.read()`, as click has them."""

FINDING: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "k": (("-k", "--colors"), {"type": COUNT, "help": "How many colors, 1 to 256, or auto."}),
    "method": (("-m", "--method"), {"type": Named("method"), "help": "See `pochade methods`."}),
    "space": (("--space",), {"type": Named("space"), "help": "The color space of the method; `pochade spaces`."}),
    "seed": (("--seed",), {"type": AT_LEAST_0, "help": "For methods that use random numbers."}),
    "mood": (("--mood",), {"type": Named("mood"), "help": "colorful, muted, light, dark, bright or deep."}),
}
"""The keywords of `pochade.extract()` that several commands have, with their flags."""


def option(*names: str, group: str, **more: Any) -> Callable[[Function], Function]:
    """Decorator: an option in a group of the help."""
    settings: dict[str, Any] = {"cls": Option, "group": group} | more
    return click.option(*names, **settings)


def reading(*names: str) -> Callable[[Function], Function]:
    """Decorator: options of `pochade.read()`; without names, all."""
    first: dict[str, Any] = {"group": "Reading", "cls": LibraryOption}
    settings = {name: first | {"flags": f"--{name.replace('_', '-')}"} | READING[name] for name in names or READING}
    return _all(option(one.pop("flags"), **one) for one in settings.values())


def finding(*names: str, **changes: dict[str, Any]) -> Callable[[Function], Function]:
    """Decorator: options of `pochade.extract()`.

    changes : for an option, by name, the click arguments that this command has differently.
    """
    decorators = []
    for name in names:
        flags, settings = FINDING[name]
        settings = {"cls": LibraryOption} | settings | changes.get(name, {})
        decorators.append(option(*flags, name, group="Colors", **settings))
    return _all(decorators)


def setting(
    help: str = "An option of the method; repeatable.", *, methods: bool = True, group: str = "Colors"
) -> Callable[[Function], Function]:
    """Decorator: --set OPTION=VALUE, repeatable, as the parameter `settings`."""
    return option("--set", "settings", group=group, multiple=True, type=Setting(methods=methods), help=help)


def output(
    help: str, *, required: bool = False, folders: bool = False, metavar: str = "FILE"
) -> Callable[[Function], Function]:
    """Decorator: -o FILE. `Command` adds --force."""
    path = OutputFile(folders=folders)
    return option("-o", "--output", group="Output", type=path, required=required, metavar=metavar, help=help)


def coloring() -> Callable[[Function], Function]:
    """Decorator: --ansi, when text is written in colors, as the parameter `color`."""

    def refuse(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
        if value is not None:
            raise click.UsageError(
                "--color is called --ansi, so that nobody mistakes it for --colors (-k), the number of colors."
            )

    choice = click.Choice(["auto", "always", "never"])
    old = {"hidden": True, "expose_value": False, "is_eager": True, "callback": refuse}
    return _all(
        [
            option("--ansi", "color", group="Output", type=choice, default="auto", show_default=True, help=ANSI),
            option("--color", "old_color", group="Output", is_flag=False, flag_value="", **old),
        ]
    )


def drawing() -> Callable[[Function], Function]:
    """Decorator: options of drawings of a palette, --dark and --title."""
    return _all(
        [
            option("--dark", group="Drawing", is_flag=True, help="Use a dark background."),
            option("--title", group="Drawing", help="The name of the picture by default; '' for none."),
        ]
    )


def pictures() -> Callable[[Function], Function]:
    """Decorator: the arguments PICTURE..., as `expand` takes them."""
    return click.argument("pictures", nargs=-1, required=True, metavar="PICTURE...", type=click.Path(allow_dash=True))


def recursive() -> Callable[[Function], Function]:
    """Decorator: --recursive, for folders among the arguments."""
    return option("-r", "--recursive", group="Files", is_flag=True, help="Search subfolders too.")


def picture_output(suffixes: Iterable[str], *, required: bool = True) -> Callable[[Function], Function]:
    """Decorator: -o FILE or FOLDER/, and -f for the format of the files in a folder. suffixes : those allowed."""
    allowed = [*suffixes]
    path = output(f"{', '.join(allowed)}; or FOLDER/, a file for each picture.", required=required, folders=True)
    choice = click.Choice([suffix[1:] for suffix in allowed])
    return _all([path, option("-f", "--format", group="Output", type=choice, help=FORMAT)])


def preferring() -> Callable[[Function], Function]:
    """Decorator: the options of `pochade.extract()` that say what a palette should have."""
    texts = {"keep": KEEP, "avoid": AVOID, "ignore": IGNORE, "among": AMONG}
    lists = [
        option(
            f"--{name}",
            group="Colors",
            cls=RepeatableOption,
            type=Listed("kind,..." if name == "ignore" else "color,..."),
            help=text,
        )
        for name, text in texts.items()
    ]
    bounds = [
        option(
            "--k-min", group="Colors", cls=LibraryOption, type=int, help="The fewest colors of -k auto; 3 by default."
        ),
        option(
            "--k-max", group="Colors", cls=LibraryOption, type=int, help="The most colors of -k auto; 12 by default."
        ),
    ]
    return _all([*lists, finding("mood"), *bounds])


def arranging(group: str) -> Callable[[Function], Function]:
    """Decorator: the options of `Arrange`, which sort and name palettes."""
    return _all(
        [
            option("--sort", group=group, type=Named("order"), help=SORT),
            option("--reverse", group=group, is_flag=True, help="Reverse the order."),
            option("--names", group=group, type=Named("vocabulary"), help=NAMES),
            option("--unique-names/--nearest-names", group=group, default=None, help=UNIQUE),
        ]
    )


def stated(options: dict[str, Any]) -> dict[str, Any]:
    """The options that were given; the library knows the defaults of the others."""
    return {name: value for name, value in options.items() if value is not None}


def _all(decorators: Iterable[Callable[[Function], Function]]) -> Callable[[Function], Function]:
    ordered = [*decorators]

    def decorate(function: Function) -> Function:
        for add in reversed(ordered):
            function = add(function)
        return function

    return decorate
