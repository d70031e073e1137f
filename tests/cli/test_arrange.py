"""--sort, --reverse, --names and --unique-names: what the library does, with the same bytes."""

import json

import pytest

import pochade
from pochade.color.names import vocabularies
from pochade.sort import orders


@pytest.mark.parametrize("order", ["smooth", "prominence"])
def test_a_sorted_palette_has_the_bytes_of_the_library(run, order):
    expected = pochade.extract("c.jpg", 6).sort(order, reverse=True).to_json() + "\n"
    assert run("c.jpg", "-k", "6", "--sort", order, "--reverse", "-f", "json").stdout == expected


def test_names_show_in_every_format_and_face(run):
    palette = pochade.extract("c.jpg", 5).named("xkcd", unique=True)
    names = palette.names
    asked = ("c.jpg", "-k", "5", "--names", "xkcd", "--unique-names")
    assert run(*asked, "-f", "json").stdout == palette.to_json() + "\n"
    assert [line.rsplit(",", 1)[1] for line in run(*asked, "-f", "csv").stdout.splitlines()[1:]] == names
    shown, explained = run(*asked).stdout.splitlines(), run(*asked, "--explain").stdout.splitlines()
    assert all(line.endswith(name) for name, line in zip(names, shown, strict=True))
    assert all(f"({name})" in line for name, line in zip(names, explained, strict=True))


def test_the_order_by_name_is_that_of_the_names_shown(run):
    said = run("c.jpg", "--names", "iscc-nbs", "--sort", "name", "-f", "json").stdout
    names = [color["name"] for color in json.loads(said)["colors"]]
    assert names == sorted(names)


def test_several_pictures_are_each_arranged(run):
    said = run("a.png", "c.jpg", "--sort", "luminance", "--reverse", "-f", "json", "-j", "2").stdout
    expected = [pochade.extract(name).sort("luminance", reverse=True).to_json() for name in ("a.png", "c.jpg")]
    assert said.splitlines() == expected


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--sort", "huge"), "unknown order 'huge'. Did you mean 'hue'?"),
        (("--names", "xkdc"), "unknown vocabulary 'xkdc'. Did you mean 'xkcd'?"),
    ],
)
def test_unknown_names_are_refused_before_a_picture_is_read(run, arguments, said):
    ended = run("nowhere.png", *arguments)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert said in ended.stderr


def test_too_few_unique_names_cost_that_picture_only(run):
    ended = run("c.jpg", "b.png", "-k", "200", "--unique-names", "-f", "hex")
    assert ended.returncode == 1
    assert "c.jpg: css has 139 colors, too few for 175 unique names" in ended.stderr
    assert ended.stdout == "#008000\n"


def test_the_lists_have_every_entry_with_source_and_license(run):
    listed = run("orders").stdout
    assert [line for line in listed.splitlines() if line[0] != " "] == orders.names
    listed = run("vocabularies").stdout
    assert [line for line in listed.splitlines() if line[:1] not in ("", " ")] == vocabularies.names
    for entry in vocabularies.entries:
        assert entry.value.source in listed
        assert entry.value.license in listed
