"""`pochade formats`: every format that a palette can be written in, from the registry."""

from pochade.cli.command import command
from pochade.cli.commands import commands


@commands.register("formats")
@command("formats", group="look up", example="pochade formats", short_help="List palette formats.")
def formats() -> None:
    """List the formats, their suffixes and options, and which are read."""
    from pochade.cli.text.listing import show
    from pochade.export import exporters

    rows = []
    for entry in exporters.entries:
        suffix = entry.about.suffix
        by_name = "" if entry.about.by_suffix else f", where --to or -f says {entry.name}"
        read = "; read back" if entry.about.read is not None else ""
        options = [(f"--set {o.name}=", f"{o.allowed}; default {_shown(o.default)}") for o in entry.options.values()]
        rows.append((entry.name, entry.summary, [("suffix", f"{suffix}{by_name}{read}"), *options]))
    show(rows)


def _shown(default: object) -> str:
    return "empty" if default == "" else str(default)
