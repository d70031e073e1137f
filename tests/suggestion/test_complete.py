"""complete() and suggest(): kept colors, limits, repeatability, and values that are refused."""

import itertools
import json
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

import pochade
from pochade.color.contrast import wcag
from pochade.color.difference import differences
from pochade.color.spaces import spaces
from pochade.color.srgb import decode
from pochade.suggestion.known import collections, known
from pochade.suggestion.methods import methods

MAX_ERROR = 1e-9


def least_difference(codes: np.ndarray, others: np.ndarray) -> float:
    return float(differences["ciede2000"].of_linear(decode(codes)[:, None], decode(others)[None]).min())


def found(one: pochade.suggestion.Suggestion) -> np.ndarray:
    return one.palette.srgb[one.kept :]


@pytest.mark.parametrize("method", methods.names)
def test_kept_colors_come_back_to_the_byte_and_all_colors_are_apart(method: str) -> None:
    rng = np.random.default_rng(len(method))
    for seed in range(6):
        kept = rng.integers(0, 256, (int(rng.integers(0, 4)), 3))
        k = len(kept) + int(rng.integers(1, 6))
        for one in pochade.complete(kept, k, 2, method=method, seed=seed):
            assert one.palette.rgb[: one.kept] == list(map(tuple, kept.tolist()))
            assert (one.kept, len(one.palette)) == (len(kept), k)
            for color, other in itertools.combinations(range(k), 2):
                if other >= one.kept:
                    pair = one.palette.srgb[[color, other]]
                    assert least_difference(pair[:1], pair[1:]) >= 10 - MAX_ERROR


def test_the_same_seed_gives_the_same_answer_and_another_seed_another() -> None:
    for method in methods.names:
        first, again, other = (pochade.complete("#8e1a24", 4, 1, method=method, seed=seed) for seed in (1, 1, 2))
        assert first.to_json() == again.to_json()
        assert [one.palette.hex for one in first] != [one.palette.hex for one in other]
    assert pochade.suggest(4, 2, seed=10**30).to_json() == pochade.complete((), 4, 2, seed=10**30).to_json()


def test_answers_are_those_of_other_machines() -> None:
    """Our own earlier output, so that another machine, kernel or NumPy does not change it unnoticed."""
    expected = {
        "example": ["#8e1a24", "#f4b93f", "#db741c", "#317a36", "#192359"],
        "frequent": ["#8e1a24", "#2c6b67", "#c9ffbc", "#d46d7a", "#005b8d"],
        "masked": ["#8e1a24", "#d9cc7d", "#7f9884", "#9fa4c3", "#d18b5e"],
        "wheel": ["#8e1a24", "#9aa04e", "#9bb6b9", "#aaa5c6", "#f1aca8"],
    }
    for method, colors in expected.items():
        assert pochade.complete("#8e1a24", 5, 1, method=method, seed=7)[0].palette.hex == colors


LIMITS = [
    {"lightness": (0.7, 0.8)},
    {"lightness": (0.5, 0.502), "apart": 5},
    {"chroma": (0, 0.03), "apart": 3},
    {"hue": (330, 30)},
    {"hue": (200, 230), "lightness": (0.4, 0.6), "apart": 4},
    {"contrast": 4.5, "on": "white"},
    {"contrast": 7, "on": "#102030", "lightness": (0.75, 1)},
    {"avoid": "red, #12354e, white, black"},
    {"apart": 25},
]


@pytest.mark.parametrize("limits", LIMITS, ids=str)
@pytest.mark.parametrize("method", ["example", "masked"])
def test_limits_are_met_exactly_by_all_colors_that_were_found(method: str, limits: dict) -> None:
    proposals = pochade.complete("#8e1a24", 4, 3, method=method, **limits)
    assert len(proposals)
    for one in proposals:
        codes = found(one)
        L, C, h = np.moveaxis(spaces["oklch"].from_linear(decode(codes)), -1, 0)
        for name, values in (("lightness", L), ("chroma", C)):
            low, high = limits.get(name, (0, 1))
            assert ((values >= low) & (values <= high)).all()
        if "hue" in limits:
            low, high = limits["hue"]
            assert (((h - low) % 360) <= (high - low) % 360).all()
        if "contrast" in limits:
            on = pochade.Palette(limits["on"]).srgb[0]
            assert (wcag(codes, on) >= limits["contrast"]).all()
        if "avoid" in limits:
            assert least_difference(codes, pochade.Palette(limits["avoid"]).srgb) >= 10 - MAX_ERROR
        every = one.palette.srgb
        for i in range(one.kept, len(every)):
            assert least_difference(every[i : i + 1], np.delete(every, i, 0)) >= limits.get("apart", 10) - MAX_ERROR


def test_a_proposal_names_the_palette_that_it_follows() -> None:
    for one in pochade.complete(["#8e1a24", "#12354e"], 5, 5):
        assert one.after is not None
        collection = collections()[one.after.collection]
        assert (one.after.author, one.after.license) == (collection.author, collection.license)
        assert len(collection.codes[one.after.number - 1]) >= 5
        assert str(one.after) in one.words
        assert str(one.moved) in one.words
    assert all(one.after is None for one in pochade.suggest(3, 2, method="masked"))


def test_a_known_palette_with_all_kept_colors_comes_first_and_is_told_as_a_near_copy() -> None:
    wada = collections()["wada"].codes[299]
    first = pochade.complete(wada[:3], 4, 1, variety=0.0, apart=0)[0]
    assert first.palette.srgb.tolist() == wada.tolist()
    assert (first.near, str(first.moved)) == (first.after, "unchanged")
    assert first.words.endswith("a near copy")


def test_moves_are_told_in_words() -> None:
    Moved = pochade.suggestion.Moved
    assert str(Moved(turn=1.2, lightness=-0.1, chroma=1.5, fitted=2)) == (
        "turned by 1 degree, 10 darker, 50 % more chroma, 2 colors moved to meet the limits"
    )


def test_proposals_differ_from_one_another() -> None:
    proposals = pochade.complete("#8e1a24", 4, 12)
    for a, b in itertools.combinations([found(one) for one in proposals], 2):
        far = differences["ciede2000"].of_linear(decode(a)[:, None], decode(b)[None])
        assert max(far.min(0).max(), far.min(1).max()) > 5


def test_many_proposals_follow_as_many_palettes() -> None:
    proposals = pochade.complete("#8e1a24", 3, 60)
    assert len({one.after for one in proposals}) == len(proposals) == 60
    assert all(0.25 <= one.moved.chroma <= 2 and abs(one.moved.lightness) <= 0.5 for one in proposals if one.moved)


def test_of_more_proposals_than_are_distinct_those_come_and_the_reason() -> None:
    proposals = pochade.complete((), 5, 20, collection="ggpomological")
    assert 0 < len(proposals) <= 2
    assert (
        proposals.shortfall
        == f"{len(proposals)} proposals instead of 20: the method example finds no more that differ."
    )
    assert pochade.suggest(3, 2).shortfall is None


def test_a_picture_keeps_its_prominent_colors() -> None:
    picture = np.zeros((20, 20, 3), np.uint8)
    picture[:8], picture[8:14], picture[14:] = (142, 26, 36), (18, 53, 78), (240, 220, 180)
    answers = {
        pochade.complete(each, 5, 1).to_json() for each in (picture, Image.fromarray(picture), pochade.read(picture))
    }
    assert len(answers) == 1
    one = pochade.complete(picture, 5, 1)[0]
    assert one.palette.hex[:2] == pochade.extract(picture, 2).hex
    assert one.kept == 2


def test_colors_to_keep_may_be_text_triples_a_palette_or_none() -> None:
    palette = pochade.Palette(["#8e1a24", "#12354e"])
    answers = {
        pochade.complete(keep, 4, 1)[0].palette.srgb.tobytes()
        for keep in ("#8e1a24, #12354e", [(142, 26, 36), "#12354e"], palette, np.asarray(palette))
    }
    assert len(answers) == 1
    assert pochade.complete(None, 3, 1)[0].kept == 0


BAD = [
    ({"k": 0}, "k=0 is not allowed: give a whole number from 1 to 10"),
    ({"k": 11}, "k=11 is not allowed"),
    ({"k": 1}, "k=1 is not above the number of kept colors, 1 color is kept: give k from 2."),
    ({"keep": "red, blue", "k": 2}, "2 colors are kept: give k from 3"),
    ({"n": 0}, "n=0 is not allowed: give a whole number from 1 to 100"),
    ({"keep": ["#8e1a24", (142, 26, 36)]}, "keep has #8e1a24 twice"),
    ({"keep": "#8e1a24", "avoid": "#8e1a20"}, "keep has #8e1a24, which is within 10"),
    ({"keep": [f"#0000{i:02x}" for i in range(256)]}, "keep has 256 colors"),
    ({"keep": "blurple"}, "unknown CSS color in keep"),
    ({"keep": "nothing.jpg"}, "no such file"),
    ({"contrast": 4.5}, "contrast=4.5 needs the color"),
    ({"on": "white"}, "needs a contrast"),
    ({"on": "white,red", "contrast": 3}, "give one color"),
    ({"contrast": 22, "on": "white"}, "contrast=22 is not allowed"),
    ({"contrast": float("nan"), "on": "white"}, "contrast=nan is not allowed"),
    ({"lightness": (0.9, 0.1)}, "the least, is above the second"),
    ({"lightness": (0.1,)}, "give two numbers from 0 to 1"),
    ({"lightness": 0.5}, "give two numbers"),
    ({"lightness": (10, 90)}, "give two numbers from 0 to 1"),
    ({"hue": (0, 361)}, "give two numbers from 0 to 360"),
    ({"chroma": (float("nan"), 0.1)}, "give two numbers"),
    ({"chroma": (0.4, 0.5)}, "chroma=0.4..0.5 leaves no color"),
    (
        {"lightness": (0.9, 1), "contrast": 4.5, "on": "white"},
        "lightness=0.9..1 and contrast=4.5 with #ffffff leave no",
    ),
    ({"hue": (140, 145), "lightness": (0, 0.3), "chroma": (0.2, 0.3)}, "leave no color together"),
    ({"hue": (10, 11), "lightness": (0.5, 0.51), "chroma": (0.1, 0.11)}, "apart=10 leaves no room for 4 more colors"),
    ({"apart": 80}, "apart=80 leaves no room"),
    ({"apart": -1}, "apart=-1 is not allowed"),
    ({"seed": -1}, "seed=-1 is not allowed"),
    ({"seed": 1.5}, "seed=1.5 is not allowed"),
    ({"method": "colormind"}, "unknown method of suggestion 'colormind'"),
    ({"collection": "COLOURlovers"}, "unknown collection 'COLOURlovers'"),
    ({"method": "masked", "collection": "wada"}, "unknown option of masked: 'collection'"),
    ({"method": "wheel", "rule": "pentagram"}, "rule='pentagram' is not allowed"),
]


@pytest.mark.parametrize(("given", "message"), BAD, ids=[message for _, message in BAD])
def test_bad_values_are_refused_with_the_reason(given: dict, message: str) -> None:
    with pytest.raises(pochade.PochadeError) as error:
        pochade.complete(**({"keep": "#8e1a24"} | given))
    assert message in str(error.value)
    assert str(error.value).endswith(".")


def test_importing_pochade_and_extracting_load_neither_palettes_nor_weights() -> None:
    program = (
        "import sys, numpy, pochade\n"
        "pochade.extract(numpy.zeros((4, 4, 3), numpy.uint8))\n"
        "print([name for name in sys.modules if name.startswith('pochade.suggestion')])\n"
        "pochade.complete('#8e1a24')\n"
        "from pochade.suggestion.network import shipped\n"
        "print(shipped.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["[]", "0"]


def test_json_has_every_proposal_with_its_source() -> None:
    facts = json.loads(pochade.complete("#8e1a24", 3, 2).to_json())
    assert [len(one["colors"]) for one in facts["suggestions"]] == [3, 3]
    assert set(facts["suggestions"][0]["after"]) == {"collection", "number", "author", "license"}


def test_no_collection_is_one_that_must_stay_out() -> None:
    names = {name.lower() for name in collections()}
    assert not names & {
        "ghibli",
        "wesanderson",
        "beyonce",
        "colourlovers",
        "kuler",
        "pat",
        "coolors",
        "colorhunt",
        "lospec",
    }
    assert len(known()) == sum(len(one.codes) for one in collections().values()) == 1003
    assert {one.license for one in collections().values()} <= {"MIT", "Apache-2.0", "CC0"}
