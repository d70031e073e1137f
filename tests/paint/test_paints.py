"""The choice of tubes, the recipes, and the options."""

import itertools
import json
import pickle

import numpy as np
import pytest

import pochade
from pochade import Box, Paint, Palette
from pochade.color.difference import differences
from pochade.errors import OptionError, UnknownNameError
from pochade.paint import choice as choosing
from pochade.paint.boxes import boxes
from pochade.paint.mixes import mixes_of

NIGHT = Palette(["#10293f", "#081118", "#387666", "#392352", "#46b484", "#bde9d4", "#ffb347", "#3f445f"])


def table(palette=NIGHT, box="kimera", parts=4, stock=False):
    mixes = mixes_of(boxes[box](), 3, parts, stock=stock)
    return choosing.lookup(mixes, tuple(color.to("cielab") for color in palette), (1 / len(palette),) * len(palette))


def nearest(mixes, tubes, color):
    """The least difference of a color from all mixes of some tubes, one by one."""
    best = np.inf
    for groups, parts, cielab in zip(mixes.groups, mixes.parts, mixes.cielab, strict=True):
        for i, group in enumerate(groups):
            used = {mixes.ingredients[j].tube for j in group}
            used |= {mixes.white} if any(mixes.ingredients[j].is_tint for j in group) else set()
            if used <= set(tubes):
                some = cielab[i * len(parts) : (i + 1) * len(parts)]
                best = min(best, differences["ciede2000"](some, np.array(color.to("cielab"))).min(initial=np.inf))
    return best


@pytest.mark.parametrize("stock", [False, True])
def test_the_look_up_is_the_best_of_all_mixes(stock):
    lookup = table(NIGHT[:3], "primaries", stock=stock)
    for n in (1, 2, 3, 4):
        sets = itertools.combinations(range(5), n)
        best = min(np.mean([nearest(lookup.mixes, tubes, color) for color in NIGHT[:3]]) for tubes in sets)
        assert lookup.choose(n, ()).difference == pytest.approx(best)


def test_own_tubes_are_always_in_and_cost_a_little():
    lookup = table()
    free, tied = lookup.choose(5, ()), lookup.choose(5, (3, 12))
    assert {3, 12} <= set(tied.tubes)
    assert len(tied.tubes) == 5
    assert tied.difference >= free.difference
    rest = itertools.combinations([t for t in range(13) if t not in (3, 12)], 3)
    assert tied.difference == pytest.approx(min(lookup._choice((3, 12, *one), True).difference for one in rest))


def test_a_greedy_choice_is_the_exact_one_here_and_says_what_it_is():
    lookup = table()
    for n, own in itertools.product((2, 4, 6), ((), (1,), (0, 5))):
        greedy = lookup._greedy(n, own)
        assert not greedy.is_exact
        assert greedy.difference == pytest.approx(lookup.choose(n, own).difference, abs=0.05)


def test_too_many_sets_are_chosen_from_greedily_and_the_answer_says_so(monkeypatch):
    monkeypatch.setattr(choosing, "MAX_CURVE_LOOKUPS", 10)
    monkeypatch.setattr(choosing.Lookup.choose, "__defaults__", (10,))
    choosing.lookup.cache_clear()
    answer = pochade.paints(NIGHT, 4, parts=3, stock=False)
    choosing.lookup.cache_clear()
    assert not answer.is_exact
    assert answer.to_dict()["exact"] is False
    assert "too many to try them all" in str(answer)
    assert len(answer.curve) == 13


def test_more_tubes_never_leave_more_and_the_curve_ends_with_the_box():
    answer = pochade.paints(NIGHT, 4)
    assert len(answer.curve) == 13
    assert (np.diff(answer.curve) <= 0).all()
    assert pochade.paints(NIGHT, 13).curve == answer.curve
    assert answer.is_exact


def test_auto_takes_the_fewest_tubes_near_the_whole_box():
    answer = pochade.paints(NIGHT, "auto")
    n = len(answer.tubes)
    assert answer.curve[n - 1] <= answer.curve[-1] + 1 < answer.curve[n - 2]
    at_home = pochade.paints(NIGHT, "auto", own="orange,violet,red")
    assert {"orange", "violet", "red"} <= {paint.name for paint in at_home.tubes}


def test_a_recipe_states_its_mix_and_its_difference():
    answer = pochade.paints(NIGHT, 5)
    assert [recipe.original for recipe in answer.recipes] == list(NIGHT)
    for recipe in answer.recipes:
        assert sum(recipe.parts.values()) <= 8
        assert len(recipe.parts) <= 3
        apart = differences["ciede2000"](np.array(recipe.target.to("cielab")), np.array(recipe.color.to("cielab")))
        assert apart == pytest.approx(recipe.difference, abs=1)  # the mix in whole codes, and within sRGB
        assert recipe.within_reach == (recipe.difference <= 10)
    weights = NIGHT.weights / 2 + 1 / len(NIGHT) / 2
    assert answer.difference == pytest.approx(weights @ [recipe.difference for recipe in answer.recipes])


def test_parts_are_in_the_order_of_the_box_and_tints_say_how_to_make_them():
    answer = pochade.paints(NIGHT, 5)
    order = answer.box.names + [tint.name for tint in answer.stock]
    for recipe in answer.recipes:
        assert list(recipe.parts) == sorted(recipe.parts, key=order.index)
    assert answer.stock
    for tint in answer.stock:
        name, white = tint.parts
        assert (tint.name, white, list(tint.parts.values())) == (f"{name} tint", "white", [1, 9])
        assert f"First make {tint.name}: 1 {name} + 9 white." in str(answer)
    plain = pochade.paints(NIGHT, 5, stock=False)
    assert plain.stock == ()
    assert set().union(*(recipe.parts for recipe in plain.recipes)) <= {paint.name for paint in plain.tubes}
    assert plain.difference > answer.difference


def test_simple_recipes_have_fewer_parts_and_stay_near():
    exact, simple = (pochade.paints(NIGHT, 5, stock=False, simple=simple) for simple in (0, 1))
    total = [sum(sum(recipe.parts.values()) for recipe in one.recipes) for one in (exact, simple)]
    assert total[1] < total[0]
    for one, other in zip(exact.recipes, simple.recipes, strict=True):
        assert one.difference <= other.difference <= one.difference + 1
        assert len(other.parts) <= len(one.parts)
    assert exact.difference == pytest.approx(exact.curve[4])


def test_fitted_black_and_white_are_those_of_the_box():
    ends = Palette(["black", "white"])
    fitted, as_is = (pochade.paints(ends, 5, value=value) for value in ("fit", "as-is"))
    assert fitted.difference < 2 < 7 < as_is.difference
    assert [recipe.target.hex for recipe in as_is.recipes] == ends.hex
    lightness = [recipe.target.to("cielab")[0] for recipe in fitted.recipes]
    assert lightness == [pytest.approx(19, abs=1), pytest.approx(97, abs=1)]


def test_what_is_out_of_reach_is_said():
    answer = pochade.paints(Palette(["#00ff00", "#808080"]), 4)
    assert [recipe.within_reach for recipe in answer.recipes] == [False, True]
    assert f"Out of reach: #00ff00 ({answer.recipes[0].difference:.1f})." in str(answer)


def test_one_part_is_a_tube_alone():
    answer = pochade.paints(NIGHT, 5, parts=1, stock=False)
    assert all(list(recipe.parts.values()) == [1] for recipe in answer.recipes)


def test_a_color_weighs_half_by_area_and_half_alike():
    palette = Palette((pochade.Color((20, 20, 20), 0.98), pochade.Color((255, 210, 0), 0.02)))
    answer = pochade.paints(palette, 1, stock=False)
    heavy, light = (recipe.difference for recipe in answer.recipes)
    assert answer.difference == pytest.approx(0.74 * heavy + 0.26 * light)


@pytest.mark.parametrize(
    "codes", [np.full((1, 1, 3), 128, np.uint8), np.arange(0, 240, 10, np.uint8).reshape(1, -1, 1).repeat(3, 2)]
)
def test_tiny_and_gray_pictures_have_an_answer(codes):
    answer = pochade.paints(codes, 3)
    assert len(answer.tubes) == 3
    assert answer.difference < 3
    assert len(answer.recipes) <= 12


def test_a_picture_and_its_palette_have_the_same_answer(photo):
    assert pochade.paints(photo, 4, k=6).to_dict() == pochade.paints(pochade.extract(photo, 6), 4).to_dict()


def test_the_answer_is_json_and_html():
    answer = pochade.paints(NIGHT, 4, own=["white"])
    read = json.loads(json.dumps(answer.to_dict()))
    assert [tube["own"] for tube in read["tubes"]] == [tube["name"] == "white" for tube in read["tubes"]]
    assert len(read["recipes"]) == len(NIGHT)
    page = answer._repr_html_()
    assert all(recipe.color.hex in page and recipe.target.hex in page for recipe in answer.recipes)


def test_answers_and_paints_are_shown_in_a_line_and_copied():
    answer = pochade.paints(NIGHT, 2, box="zorn", parts=3)
    assert repr(answer).startswith("<Paints ")
    assert repr(answer.box.white) == "<Paint white #f6f7f4>"
    assert pickle.loads(pickle.dumps(answer)).to_json() == answer.to_json()


def test_names_of_paints_are_text_in_html():
    box = Box([Paint("<b>", "#f4f4ef"), Paint("blue", "#3a3467", "#7482bd", "1:9")])
    assert '<b>"' not in (page := pochade.paints(NIGHT, 2, box=box)._repr_html_())
    assert "&lt;b&gt;" in page


def test_a_stock_tint_has_a_name_of_its_own():
    box = Box(
        [
            Paint("white", "#f4f4ef"),
            Paint("blue", "#3a3467", "#7482bd", "1:9"),
            Paint("blue tint", "#7482bd", "#a0aad8", "1:2"),
        ]
    )
    names = [one.name for one in mixes_of(box, 2, 4, stock=True).ingredients]
    assert len(set(names)) == 5


REFUSED = {
    "n=0": ({"n": 0}, "n=0 is not allowed: the box kimera has 13 paints; give a whole number from 1 to 13, or 'auto'"),
    "n above": ({"n": 14}, "n=14 is not allowed: the box kimera has 13 paints"),
    "n above zorn": ({"n": 5, "box": "zorn"}, "n=5 is not allowed: the box zorn has 4 paints"),
    "n in words": ({"n": "five"}, "n='five' is not allowed"),
    "n in parts": ({"n": 2.5}, "n=2.5 is not allowed"),
    "n true": ({"n": True}, "n=True is not allowed"),
    "own above n": ({"n": 2, "own": "white,black,red"}, "own has 3 tubes, and n=2 counts them too: give n=3 or more"),
    "own number": ({"own": 7}, "own=7 is not allowed: give names of paints"),
    "parts": ({"parts": 0}, "parts=0 is not allowed: give a whole number from 1 to 20"),
    "most": ({"most": 5}, "most=5 is not allowed: give a whole number from 1 to 4"),
    "simple": ({"simple": -1}, "simple=-1 is not allowed"),
    "value": ({"value": "as is"}, "value='as is' is not allowed: give one of fit, as-is"),
    "stock": ({"stock": "no"}, "stock='no' is not allowed: give true or false"),
    "mixes": ({"most": 4, "parts": 20}, "mixes: give stock=False, fewer parts or a smaller box"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_options_are_refused(case):
    options, message = REFUSED[case]
    with pytest.raises(OptionError) as refused:
        pochade.paints(NIGHT, **options)
    assert message in str(refused.value)


def test_an_unknown_own_tube_is_refused_with_the_nearest_name():
    with pytest.raises(UnknownNameError, match=r"unknown paint 'violett'\. Did you mean 'violet'\?"):
        pochade.paints(NIGHT, own="white,violett")


def test_an_empty_palette_is_refused():
    with pytest.raises(OptionError, match="the palette has no color to mix"):
        pochade.paints(Palette([]))


def test_a_start_of_pochade_does_not_import_paint():
    import subprocess
    import sys

    code = "import pochade, pochade.cli.app, sys; sys.exit(any(m.startswith('pochade.paint') for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
