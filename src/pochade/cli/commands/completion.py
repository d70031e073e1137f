"""`pochade completion`: print a completion script for a shell."""

import click

from pochade.cli.command import command
from pochade.cli.commands import commands

WHERE = {
    "bash": 'eval "$(pochade completion bash)" in ~/.bashrc',
    "zsh": 'eval "$(pochade completion zsh)" in ~/.zshrc',
    "fish": "pochade completion fish > ~/.config/fish/completions/pochade.fish",
}


@commands.register("completion")
@command(
    "completion",
    group="look up",
    example="pochade completion bash",
    short_help="Complete in a shell.",
    epilog="\b\n" + "\n".join(f"{shell}: {line}" for shell, line in WHERE.items()),
)
@click.argument("shell", type=click.Choice(list(WHERE)))
def completion(shell: str) -> None:
    """Print the completion script of a shell: bash, zsh or fish."""
    from click.shell_completion import get_completion_class

    from pochade.cli.app import app

    complete = get_completion_class(shell)
    assert complete is not None
    script = complete(app, {}, "pochade", "_POCHADE_COMPLETE")
    # source() would start the shell to check its version; the script may be for another computer
    click.echo(script.source_template % script.source_vars())
