"""`pochade completion`: the script that teaches a shell to complete."""

import click

from pochade.cli.commands import commands

WHERE = {
    "bash": 'eval "$(pochade completion bash)" in ~/.bashrc',
    "zsh": 'eval "$(pochade completion zsh)" in ~/.zshrc',
    "fish": "pochade completion fish > ~/.config/fish/completions/pochade.fish",
}


@commands.register("completion")
@click.command("completion", epilog="\b\n" + "\n".join(f"{shell}: {line}" for shell, line in WHERE.items()))
@click.argument("shell", type=click.Choice(list(WHERE)))
def completion(shell: str) -> None:
    """Print the completion script of a shell: bash, zsh or fish."""
    from click.shell_completion import get_completion_class

    from pochade.cli.app import app

    complete = get_completion_class(shell)
    assert complete is not None
    script = complete(app, {}, "pochade", "_POCHADE_COMPLETE")
    # its source() starts a shell to see its version; the script may be made on one computer for another
    click.echo(script.source_template % script.source_vars())
