"""The program `pochade`: a group of commands; without one, `extract` runs."""

import os
import sys
from collections.abc import Sequence
from textwrap import wrap
from typing import Any

import click

from pochade.cli.command import OTHER, Command
from pochade.cli.commands import commands
from pochade.cli.errors import complain
from pochade.errors import OptionError, PochadeError, UnknownNameError

DEFAULT = "extract"
_OWN = ("-h", "--help", "--version")

FIRST = ("k", "method", "format", "output", "ignore", "sort")
"""The options of `extract` in `pochade --help`; its other options are named by group."""

GROUPS = {
    "palette": "Palettes, as in `pochade theme harbor.jpg --for kitty`",
    "picture": "Pictures, as in `pochade quantize harbor.jpg -o few.png`",
    "draw": "Draw, as in `pochade poster harbor.jpg -o poster.png`",
    "look up": "Look up, as in `pochade methods`",
}
"""The groups of commands in `pochade --help`, with their headings; others come last."""

BRIEF = (GROUPS["draw"], GROUPS["look up"])
"""The groups whose commands are only named there."""


class App(click.Group):
    """`pochade photo.jpg` is `pochade extract photo.jpg`; command modules are imported when needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return commands.names

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if not cmd_name.replace("-", "_").isidentifier():  # `pochade photo.jpg` needs no search
            return None
        try:
            return commands[cmd_name]
        except UnknownNameError:
            return None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        implied = not args or not (args[0] in _OWN or self.get_command(ctx, args[0]))
        if implied and not (ctx.resilient_parsing and not args):
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One screen: the first options of the default command, its other options by group, the commands."""
        formatter.write_usage("pochade", "[OPTIONS] PICTURE...  or  pochade COMMAND --help")
        formatter.write("Print the palette of pictures: files, folders, patterns, URLs, - or clipboard:.\n")
        default = commands[DEFAULT]
        assert isinstance(default, Command)
        with default.make_context(ctx.info_name, [], parent=None, resilient_parsing=True) as inner:
            _format_first(default, inner, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        groups: dict[str, list[click.Command]] = {name: [] for name in GROUPS}
        for command in (commands[name] for name in sorted(commands.names, key=lambda name: (name != DEFAULT, name))):
            groups.setdefault(getattr(command, "group", "others"), []).append(command)
        for name, members in groups.items():
            _format_group(GROUPS.get(name, name.capitalize()), members, formatter)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        items = super().shell_complete(ctx, incomplete)
        if incomplete.startswith("-"):
            return items + commands[DEFAULT].shell_complete(ctx, incomplete)
        return [*items, CompletionItem(incomplete, type="file")]

    def run(self, arguments: Sequence[str], name: str = "pochade") -> int:
        """Run the command, report an error in one line, and return the exit status."""
        if instruction := os.environ.get("_POCHADE_COMPLETE"):
            from click.shell_completion import shell_complete

            return shell_complete(self, {}, name, "_POCHADE_COMPLETE", instruction)
        try:
            with self.make_context(name, list(arguments)) as context:
                return self.invoke(context) or 0
        except click.exceptions.Exit as end:
            return end.exit_code
        except click.ClickException as error:
            complain(f"{error.format_message()} See {name} --help.")
            return 2
        except (OptionError, UnknownNameError) as error:
            complain(str(error))
            return 2
        except PochadeError as error:
            complain(str(error))
            return 1

    def main(self, *args: Any, **extra: Any) -> Any:
        """The entry point that click's own tools call; other parameters than `args` are ignored."""
        given = extra.get("args", args[0] if args else None)
        sys.exit(self.run(sys.argv[1:] if given is None else given))


def _format_first(default: Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    groups = default.groups(ctx)
    options = [option for members in groups.values() for option in members]
    first = sorted((one for one in options if one.name in FIRST), key=lambda one: FIRST.index(str(one.name)))
    with formatter.section("Options, as in `pochade harbor.jpg -k auto -o harbor.css`"):
        formatter.write_dl([record for one in first if (record := one.get_help_record(ctx))], col_max=24)
    with formatter.section(f"More options, in `pochade {DEFAULT} --help`"):
        for name, members in groups.items():
            if name != OTHER:
                flags = " ".join(one.opts[-1] for one in members if one.name not in FIRST)
                lines = wrap(flags, formatter.width - 11, break_on_hyphens=False)
                for label, line in zip([name] + [""] * len(lines), lines, strict=False):
                    formatter.write(f"  {label:7}  {line}\n")


def _format_group(heading: str, members: list[click.Command], formatter: click.HelpFormatter) -> None:
    """Write the commands of a group with their summaries, or only their names."""
    if not members:
        return
    names = [command.name or "" for command in members]
    with formatter.section(heading):
        if heading in BRIEF:
            for line in wrap(", ".join(names), formatter.width):
                formatter.write(f"  {line}\n")
        else:
            formatter.write_dl([(name, one.get_short_help_str(100)) for name, one in zip(names, members, strict=True)])


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        import pochade

        click.echo(f"pochade {pochade.__version__}")
        ctx.exit()


app = App(
    "pochade",
    params=[
        click.Option(
            ["--version"],
            is_flag=True,
            expose_value=False,
            is_eager=True,
            callback=_show_version,
            help="Show the version.",
        )
    ],
    context_settings={"help_option_names": ["-h", "--help"]},
)
