"""The lists for programs: they come from the registries, so new entries appear in them."""

import inspect

import pytest

import pochade
from pochade.cluster import methods
from pochade.color.difference import differences
from pochade.color.names import vocabularies
from pochade.color.spaces import spaces
from pochade.export import exporters
from pochade.quantization import dithers, formats
from pochade.sort import orders
from pochade.web.descriptions import palette_options


@pytest.mark.parametrize(
    ("path", "registry"),
    [
        ("methods", methods),
        ("spaces", spaces),
        ("formats", exporters),
        ("orders", orders),
        ("dithers", dithers),
        ("differences", differences),
        ("picture-formats", formats),
        ("vocabularies", vocabularies),
    ],
)
def test_a_list_has_the_entries_of_the_registry(client, path: str, registry) -> None:
    entries = client.get(f"/api/v1/{path}").json()
    assert [entry["name"] for entry in entries] == registry.names
    assert all(entry["summary"] for entry in entries)


def test_a_method_lists_its_options(client) -> None:
    entries = {entry["name"]: entry for entry in client.get("/api/v1/methods").json()}
    assert entries["prominent"]["spaces"] == ["oklab"]
    init = next(option for option in entries["kmeans"]["options"] if option["name"] == "init")
    assert (init["type"], init["default"]) == ("string", "farthest")
    assert init["choices"] == ["farthest", "k-means++", "random"]
    assert all(option["summary"] for entry in entries.values() for option in entry["options"])


def test_bounds_come_from_the_signature(client) -> None:
    ends = {"minimum": "least", "exclusiveMinimum": "above", "maximum": "most"}
    seen = 0
    for path, registry in (("methods", methods), ("formats", exporters)):
        for entry in client.get(f"/api/v1/{path}").json():
            for option in entry["options"]:
                bounds = registry.entry(entry["name"]).options[option["name"]].bounds
                expected = {
                    name: getattr(bounds, end) for name, end in ends.items() if getattr(bounds, end, None) is not None
                }
                assert {name: option[name] for name in ends if name in option} == expected
                seen += bool(expected)
    assert seen > 10
    options = {option["name"]: option for option in client.get("/api/v1/options").json()["options"]}
    assert (options["k"]["minimum"], options["k"]["maximum"]) == (1, 256)
    assert (options["scale"]["exclusiveMinimum"], options["scale"]["maximum"]) == (0, 1)


def test_the_schema_has_the_bounds_that_methods_share(client) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    known = {p["name"]: p["schema"] for p in paths["/api/v1/quantize"]["get"]["parameters"]}
    assert known["strength"] == {"type": "number", "minimum": 0, "maximum": 1, "default": 1.0}
    assert known["min_weight"] == {"type": "number", "exclusiveMinimum": 0, "default": 0.005}
    assert known["target_kb"] == {"type": "number", "exclusiveMinimum": 0}
    known = {p["name"]: p["schema"] for p in paths["/api/v1/background"]["get"]["parameters"]}
    assert (known["margin"]["minimum"], known["margin"]["maximum"]) == (0, 0.45)
    assert known["width"] == {"type": "integer", "minimum": 1, "maximum": 4096}
    known = {p["name"]: p["schema"] for p in paths["/api/v1/palette"]["get"]["parameters"]}
    assert known["k"]["anyOf"][0] == {"type": "integer", "minimum": 1, "maximum": 256}


def test_the_options_of_all_palettes_are_listed(client) -> None:
    options = {option["name"]: option for option in client.get("/api/v1/options").json()["options"]}
    assert {"k", "method", "space", "seed", "keep", "avoid", "ignore", "among", "mood", "region", "sort"} <= set(
        options
    )
    assert not {"source", "options", "public_only", "mask"} & set(options)
    assert options["k"]["default"] == 8
    assert all(option["summary"] for option in options.values())


def test_the_schema_has_every_option_of_every_method_and_format(client) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    palette = {p["name"]: p for p in schema["paths"]["/api/v1/palette"]["get"]["parameters"]}
    wanted = {name for entry in methods.entries for name in entry.options} | set(palette_options()) | {"url", "picture"}
    assert wanted <= set(palette)
    assert palette["method"]["schema"]["enum"] == methods.names
    assert palette["format"]["schema"]["enum"] == exporters.names
    exports = {p["name"] for p in schema["paths"]["/api/v1/export/{format}"]["post"]["parameters"]}
    assert {name for entry in exporters.entries for name in entry.options} <= exports


@pytest.mark.parametrize(
    ("path", "function", "read_otherwise"),
    [
        ("quantize", pochade.quantize, set()),
        ("quantize/report", pochade.quantize, set()),
        ("quantize/table", pochade.quantize, {"k", "palette"}),
        ("recolor", pochade.recolor, {"palette"}),
        ("background", pochade.background, set()),
        ("compare", pochade.compare, set()),
        ("numbers", pochade.numbers, set()),
    ],
)
def test_the_schema_has_every_option_of_the_picture_functions(
    client, path: str, function, read_otherwise: set[str]
) -> None:
    schema = client.get("/api/v1/openapi.json").json()["paths"][f"/api/v1/{path}"]
    signature = inspect.signature(function).parameters.values()
    expected = {p.name for p in signature if p.default is not p.empty} | {
        "region",
        "scale",
        "frame",
        "n_init",
        "format",
    }
    for operation in schema.values():
        known = {p["name"]: p for p in operation["parameters"]}
        assert expected - read_otherwise <= set(known)
        assert not {"mask", "source", "public_only"} & set(known)
        assert len(known) == len(operation["parameters"])
        assert [name for name, p in known.items() if not p["description"]] == []
        assert {"200", "400", "404", "413", "415", "422", "429", "503"} <= set(operation["responses"])
    assert known["method"]["schema"]["enum"] == methods.names
    assert {"get", "post"} == set(schema)


def test_a_new_method_appears_by_itself(client_of, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(methods, "_entries", dict(methods._entries))

    @methods.register("by-taste")
    def by_taste(points, weights, k, *, daring: float = 0.5):
        """Colors by taste."""

    from pochade.web.app import create_app

    schema = create_app().openapi()
    names = [p["name"] for p in schema["paths"]["/api/v1/palette"]["get"]["parameters"]]
    assert "daring" in names


def test_health_has_the_version(client) -> None:
    import pochade

    assert client.get("/api/v1/health").json() == {"status": "ok", "version": pochade.__version__}


def test_a_server_is_ready_while_it_has_a_worker_and_does_not_stop(client_of, monkeypatch: pytest.MonkeyPatch) -> None:
    with client_of() as client:
        ready = client.get("/api/v1/ready")
        assert (ready.status_code, ready.json()) == (200, {"status": "ready", "workers": 1})
        with monkeypatch.context() as patch:
            patch.setattr(client.service.pool, "_all", set())
            answer = client.get("/api/v1/ready")
            assert (answer.status_code, answer.json()["title"]) == (503, "Busy")
        client.portal.call(client.service.drain.start, 0.0)
        answer = client.get("/api/v1/ready")
        assert (answer.status_code, answer.json()["title"]) == (503, "Stopping")
        assert client.get("/api/v1/health").status_code == 200
        assert client.get("/api/v1/lists").json()["title"] == "Stopping"


def test_a_problem_says_what_its_type_means(client) -> None:
    problem = client.get("/api/v1/palette").json()
    assert client.get(problem["type"]).json()["title"] == problem["title"] == "No picture given"
