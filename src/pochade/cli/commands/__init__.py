"""The commands, one per file. Other distributions add commands by entry points in the group `pochade.commands`."""

import click

from pochade.registry import NoFacts, Registry

commands: Registry[click.Command, NoFacts] = Registry("command", "pochade.cli.commands")
"""`register(name)` decorates a click command; its file has the name of the command."""
