"""The program `pochade`: a group of commands, of which `extract` may be left unsaid."""

import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from pochade.cli.commands import commands
from pochade.cli.complain import complain
from pochade.errors import OptionError, PochadeError, UnknownNameError

DEFAULT = "extract"
_OWN = ("-h", "--help", "--version")


class App(click.Group):
    """`pochade photo.jpg` is `pochade extract photo.jpg`; modules are imported when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return commands.names

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if not cmd_name.replace("-", "_").isidentifier():  # saves `pochade photo.jpg` the search
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
        """The help of the default command, then the commands."""
        with commands[DEFAULT].make_context(ctx.info_name, [], parent=None, resilient_parsing=True) as inner:
            inner.command.format_help(inner, formatter)
        self.format_commands(ctx, formatter)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        found = super().shell_complete(ctx, incomplete)
        if incomplete.startswith("-"):
            return found + commands[DEFAULT].shell_complete(ctx, incomplete)
        return [*found, CompletionItem(incomplete, type="file")]

    def run(self, arguments: Sequence[str], name: str = "pochade") -> int:
        """Parse, do, and say what was wrong in one line; the exit status."""
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
        """What click's own tools call, with its parameters: `args` and more that does not matter here."""
        given = extra.get("args", args[0] if args else None)
        sys.exit(self.run(sys.argv[1:] if given is None else given))


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
