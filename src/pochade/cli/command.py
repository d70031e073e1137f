"""The class of every command: help with grouped options and an example, and one rule for existing files."""

from collections.abc import Callable, Iterable
from typing import Any

import click

from pochade.cli.endings import endings
from pochade.files import check_free

FORCE = "pochade.force"
"""The key of --force in click's `Context.meta`."""

OTHER = "Options"
"""The heading of options without a group."""


class OutputFile(click.Path):
    """The path of a file that the command writes; "-" is a stream."""

    def __init__(self, *, folders: bool = False) -> None:
        super().__init__(dir_okay=folders, allow_dash=True)


class Option(click.Option):
    """An option with the group that it has in the command's help."""

    def __init__(self, *names: Any, group: str = OTHER, **more: Any) -> None:
        super().__init__(*names, **more)
        self.group = group


class Command(click.Command):
    """A command of pochade.

    group : the command's place in `pochade --help`: "palette", "picture", "draw" or "look up".
    example : a command line, shown in both helps.

    A command with an `OutputFile` parameter has the option --force. Without it, existing files are refused before the
    command starts. Signals that end it leave no incomplete file.
    """

    def __init__(self, name: str, *, group: str, example: str, **more: Any) -> None:
        super().__init__(name, **more)
        self.group = group
        self.example = example
        if self.outputs:
            self.params.append(_force())

    @property
    def outputs(self) -> list[str]:
        """The names of the parameters that hold output files."""
        return [str(parameter.name) for parameter in self.params if isinstance(parameter.type, OutputFile)]

    def invoke(self, ctx: click.Context) -> Any:
        if not self.outputs:
            return super().invoke(ctx)
        resumed = {"output"} if ctx.params.get("resume") else set()  # --resume has a rule of its own
        check_outputs(ctx.params[name] for name in self.outputs if name not in resumed)
        with endings():
            return super().invoke(ctx)

    def groups(self, ctx: click.Context) -> dict[str, list[click.Parameter]]:
        """The options by group, in order; those without a group come last."""
        groups: dict[str, list[click.Parameter]] = {}
        for parameter in self.get_params(ctx):
            if isinstance(parameter, click.Option) and not parameter.hidden:
                groups.setdefault(getattr(parameter, "group", OTHER), []).append(parameter)
        return {name: groups[name] for name in sorted(groups, key=lambda name: name == OTHER)}

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for name, parameters in self.groups(ctx).items():
            with formatter.section(name):
                formatter.write_dl([record for one in parameters if (record := one.get_help_record(ctx))])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        formatter.write(f"Example: {self.example}\n")
        super().format_epilog(ctx, formatter)


def command(name: str, *, group: str, example: str, **more: Any) -> Callable[[Callable[..., Any]], Command]:
    """Decorator: make a function a `Command`."""
    return click.command(name, cls=Command, group=group, example=example, **more)


def check_outputs(paths: Iterable[str | None]) -> None:
    """OptionError if one of the files exists and the running command was not given --force; "-" is no file."""
    for path in paths:
        if path not in (None, "-"):
            check_free(str(path), force=is_forced())


def is_forced() -> bool:
    """Whether the running command was given --force."""
    return bool(click.get_current_context().meta[FORCE])


def _force() -> Option:
    def remember(ctx: click.Context, param: click.Parameter, value: bool) -> None:
        ctx.meta[FORCE] = value

    names, help = ["--force"], "Overwrite files that exist."
    return Option(names, is_flag=True, expose_value=False, callback=remember, group="Output", help=help)
