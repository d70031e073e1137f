"""GET /suggest and POST /colormind: the answers of the library, and what is refused."""

import json

import pytest
from click.testing import CliRunner

import pochade
from pochade.cli.app import app

SUGGEST, COLORMIND = "/api/v1/suggest", "/api/v1/colormind"


def test_library_command_line_and_http_give_the_same_bytes(client) -> None:
    content = pochade.complete("#8e1a24, navy", 4, 3, seed=3, method="masked", hue=(330, 60)).to_json()
    query = {"keep": "8e1a24,navy", "k": 4, "n": 3, "seed": 3, "method": "masked", "hue": "330,60"}
    assert client.get(SUGGEST, params=query).text == content
    arguments = [f"--{name}={value}" for name, value in query.items() if name not in ("k", "n", "keep")]
    done = CliRunner().invoke(
        app, ["suggest", "-k", "4", "-n", "3", "--keep", "#8e1a24", "--keep", "navy", *arguments, "--json"]
    )
    assert done.output == f"{content}\n"


def test_a_picture_in_memory_gives_the_answer_of_its_bytes(client, stored: str, png: bytes) -> None:
    answer = client.get(SUGGEST, params={"picture": stored, "k": 4, "n": 2})
    assert answer.text == pochade.complete(png, 4, 2).to_json()
    assert client.get(SUGGEST, params={"picture": stored, "keep": "navy"}).status_code == 400


@pytest.mark.parametrize(
    ("query", "option", "said"),
    [
        ({"k": 11}, "k", "from 1 to 10"),
        ({"keep": "red,blue", "k": 2}, "k", "give k from 3"),
        ({"n": 1000}, "n", "from 1 to 100"),
        ({"keep": "8e1a24,8e1a24"}, "keep", "twice"),
        ({"keep": "8e1a24", "avoid": "8e1a20"}, "keep", "leave one of them out"),
        ({"contrast": 4.5}, "contrast", "give on"),
        ({"lightness": "0.9,0.1"}, "lightness", "above the second"),
        ({"hue": "red"}, "hue", "two numbers"),
        ({"method": "colormind"}, "method", "Known: example, frequent, masked, wheel"),
        ({"collection": "lospec"}, "collection", "unknown collection"),
        ({"temperature": 1}, "temperature", "unknown option of example"),
    ],
)
def test_a_bad_option_is_named(client, query: dict, option: str, said: str) -> None:
    answer = client.get(SUGGEST, params=query)
    assert answer.status_code == 400
    assert answer.json()["option"] == option
    assert said in answer.json()["detail"]


@pytest.mark.parametrize("path", [COLORMIND, "/api/"])
def test_colormind_clients_get_five_colors_with_theirs_in_place(client, path: str) -> None:
    body = '{"model": "default", "input": [[44,43,44], "N", [90,83,82], "N", "N"]}'
    form = {"content-type": "application/x-www-form-urlencoded"}  # as curl -d and their examples send it
    answer = client.post(path, content=body, headers=form)
    assert answer.status_code == 200
    assert list(answer.json()) == ["result"]
    result = answer.json()["result"]
    assert (len(result), result[0], result[2]) == (5, [44, 43, 44], [90, 83, 82])
    assert all(len(codes) == 3 and 0 <= min(codes) <= max(codes) <= 255 for codes in result)
    kept = [(44, 43, 44), (90, 83, 82)]
    assert [result[i] for i in (1, 3, 4)] == [list(c) for c in pochade.complete(kept, 5, 1)[0].palette.rgb[2:]]
    assert client.post(path, content=body).content == answer.content


def test_colormind_takes_no_input_another_model_and_a_seed(client) -> None:
    models = client.get(f"{COLORMIND}/list").json()["result"]
    assert models == client.get("/list/").json()["result"]
    assert models[0] == "default"
    answers = [
        client.post(COLORMIND, json={"model": "default", **more}).json()["result"]
        for more in ({}, {"seed": 1}, {"model": "masked"}, {"model": "MetBrewer"}, {"input": ["N"] * 5})
    ]
    assert answers[0] == answers[-1]
    assert len({json.dumps(answer) for answer in answers}) == 4


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"input": ["N"] * 4}, "input has 4 values: give a list of 5"),
        ({"input": []}, "input has 0 values"),
        ({"input": "NNNNN"}, "give a list of 5"),
        ({"input": ["n", "N", "N", "N", "N"]}, "input[0]='n' is not allowed"),
        ({"input": ["N", [0, 0, 256], "N", "N", "N"]}, "input[1]=[0, 0, 256] is not allowed"),
        ({"input": ["N", [0, -1, 0], "N", "N", "N"]}, "from 0 to 255"),
        ({"input": ["N", [0, 0], "N", "N", "N"]}, "three whole numbers"),
        ({"input": ["N", [0, 0, True], "N", "N", "N"]}, "three whole numbers"),
        ({"input": ["N", [0, 0, 1.5], "N", "N", "N"]}, "three whole numbers"),
        ({"input": [[1, 2, 3]] * 2 + ["N"] * 3}, "twice"),
        ({"input": [[i, 0, 0] for i in range(5)]}, "leaves none to find"),
        ({"model": "makoto_shinkai"}, "unknown model 'makoto_shinkai'"),
        ({"model": "default", "seed": "x"}, "seed='x' is not allowed"),
        ({"modle": "default"}, "Did you mean 'model'?"),
    ],
)
def test_other_requests_of_colormind_are_refused(client, body: dict, said: str) -> None:
    answer = client.post(COLORMIND, json=body)
    assert answer.status_code == 400
    assert said in answer.json()["detail"]


def test_the_methods_have_their_options(client) -> None:
    listed = {
        one["name"]: [option["name"] for option in one["options"]] for one in client.get(f"{SUGGEST}/methods").json()
    }
    assert listed == {
        "example": ["collection", "variety"],
        "frequent": [],
        "masked": ["temperature"],
        "wheel": ["rule"],
    }
