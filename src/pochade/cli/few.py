"""What `pochade quantize` does, once its options are parsed."""

import json
import os
from collections.abc import Sequence
from typing import Any

import click

from pochade.cli.asked import PICTURES
from pochade.cli.sink import deliver
from pochade.cluster import methods, unknown_option
from pochade.errors import PochadeError
from pochade.files import check_free
from pochade.quantization import Quantized, Report, fitted, quantize, table
from pochade.quantization.formats import check_suffix, format_of, formats

TARGETS = ("target_kb", "max_difference")
FINDING = {"k": "-k", "method": "-m", "space": "--space", "seed": "--seed", "settings": "--set"}
"""What says how colors are found."""


def few(picture: str, given: dict[str, Any]) -> int:
    """Write a picture with few colors, or the table; the exit status."""
    output, format = given.pop("output", None), given.pop("format", None)
    tabled, as_json, force = (given.pop(name) for name in ("table", "as_json", "force"))
    _check(given, output, tabled=tabled, force=force)
    if output == "-" and format is None:
        raise click.UsageError("standard output has no suffix: give the format with -f.")
    format = format or (format_of(output) if output else "png")
    formats[format]
    if output and output != "-":
        check_suffix(output, format)
    settings = given.pop("settings", ())
    if settings:
        given |= _of_method(settings, given.get("method"))
    if "palette" in given:
        given["palette"] = given_palette(given["palette"])
    source = _kept(picture)
    if tabled:
        _say_table(table(source, format=format, **given), as_json=as_json)
        return 0
    made = (
        fitted(source, format=format, **given) if any(name in given for name in TARGETS) else quantize(source, **given)
    )
    _write(made, output, format, as_json=as_json)
    return 0


def _check(given: dict[str, Any], output: str | None, *, tabled: bool, force: bool) -> None:
    """Refuse, before anything is read, what does not go together."""
    targets = [f"--{name.replace('_', '-')}" for name in TARGETS if name in given]
    if tabled and (output or targets or "k" in given):
        raise click.UsageError(
            "--table shows all numbers of colors: leave -o, -k, --target-kb and --max-difference out."
        )
    if not tabled and not output:
        raise click.UsageError("no file to write: give -o FILE, or --table.")
    if targets and "k" in given:
        raise click.UsageError(f"{targets[0]} finds the number of colors: leave -k out.")
    found = [flag for name, flag in FINDING.items() if given.get(name, ()) != ()]
    if "palette" in given and found:
        raise click.UsageError(f"--palette gives the colors, and {found[0]} says how to find some: leave one out.")
    if output and output != "-":
        check_free(output, force=force)


def _of_method(settings: Sequence[tuple[str, str]], method: str | None) -> dict[str, Any]:
    if method is None:
        raise click.UsageError("--set gives an option of a method: give the method with -m.")
    entry = methods.entry(method)
    for option, _ in settings:
        if option not in entry.options:
            raise unknown_option(entry, option)
    return entry.parse(settings)


def given_palette(given: str) -> Any:
    """The palette of a file of that name, else the colors that it says."""
    from pochade.export import exporters, load

    if "://" in given:
        return load(given)
    if not os.path.isfile(given):
        if given.lower().endswith(tuple(entry.about.suffix for entry in exporters.entries)):
            raise PochadeError(f"{given}: no such file.")
        return given
    if os.path.splitext(given)[1].lower() in PICTURES:
        raise click.UsageError(
            f"--palette takes colors or a palette file, and {given} is a picture: write its colors to a file first, "
            "`pochade PICTURE -o colors.gpl`."
        )
    return load(given)


def _kept(picture: str) -> Any:
    """The source: what comes from a pipe or a URL is read once, and kept for the report."""
    from pochade.source import read

    return read(picture) if picture == "-" or "://" in picture else picture


def _write(made: Quantized, output: str, format: str, *, as_json: bool) -> None:
    deliver(made.encode(format), format, output)
    report, name = made.report(format), "standard output" if output == "-" else output
    click.echo(json.dumps(report.to_dict()) if as_json else f"{name}: {report}", err=output == "-")


def _say_table(reports: Sequence[Report], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([report.to_dict() for report in reports]))
        return
    click.echo("  k  colors  bits       kB  CIEDE2000  PSNR dB   SSIM")
    for r in reports:
        click.echo(
            f"{r.k:3}  {r.colors:6}  {r.bits:4}  {r.bytes_after / 1000:7.1f}"
            f"  {r.difference:9.2f}  {r.psnr:7.1f}  {r.ssim:5.3f}"
        )
