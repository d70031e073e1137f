"""The commands, one a file. Other distributions add theirs by the entry points `pochade.commands`."""

import click

from pochade.registry import NoFacts, Registry

commands: Registry[click.Command, NoFacts] = Registry("command", "pochade.cli.commands")
"""`register(name)` stands on a click command; the file has the name of the command."""
