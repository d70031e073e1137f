"""The curl commands on the page about the HTTP API, and their answers."""

import json
import re
import runpy
import shlex
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

clips = runpy.run_path(str(Path(__file__).parents[1] / "films/clips.py"))
PAGE = Path(__file__).parents[2] / "docs" / "http.md"
BLOCKS = re.findall(r"^```sh\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
COMMANDS = [line for block in BLOCKS for line in block.splitlines() if "url=https:" not in line]
ON_FILMS = [command for command in COMMANDS if "/films" in command]
BOX = b"name,masstone,tint,ratio\nwhite,#f4f4ef,,\nblue,#3a3467,#7482bd,1:9\nred,#b3262b,#dd8384,1:9\n"


def request_of(command: str, files: dict[str, bytes]) -> dict[str, object]:
    """The request of a curl command; it knows only the options of curl that occur on the page."""
    words = iter(shlex.split(command)[1:])
    said: dict[str, object] = {"method": "GET", "headers": {}}
    data: dict[str, str] = {}
    sent: dict[str, tuple[str, bytes]] = {}
    for word in words:
        if word == "-H":
            name, _, text = next(words).partition(": ")
            said["headers"][name] = text
        elif word == "-X":
            said["method"] = next(words)
        elif word == "--json":
            said |= {"method": "POST", "json": json.loads(next(words))}
        elif word == "--data-binary":
            said |= {"method": "POST", "content": files[next(words)[1:]]}
        elif word == "-F":
            name, _, text = next(words).partition("=")
            if text.startswith("@"):
                sent[name] = text, files[text[1:]]
            elif text.startswith("<"):
                data[name] = files[text[1:]].decode()
            else:
                data[name] = text
        elif word == "-o":
            next(words)
        elif word != "-s":
            url = urlsplit(f"//{word}")
            said |= {"url": url.path, "params": {name: text for name, [text] in parse_qs(url.query).items()}}
    return said | ({"method": "POST", "data": data, "files": sent} if sent else {})


@pytest.mark.parametrize("command", [command for command in COMMANDS if command not in ON_FILMS])
def test_a_command_of_the_page_is_answered(client, jpeg: bytes, png: bytes, photo, encode, command: str) -> None:
    digests = {}
    for name, codes in (("digest", photo), ("other", np.ascontiguousarray(photo[::-1]))):
        digests[name] = client.post("/api/v1/pictures", content=encode(codes)).json()["picture"]
    command = re.sub(r"^digest=\$\((.*) \| jq .*\)$", r"\1", command)
    command = command.replace("'$digest'", "$digest")
    for name, digest in digests.items():
        command = command.replace(f"${name}", digest)
    files = {"photo.jpg": jpeg, "harbor.jpg": png, "photo.heic": png, "mine.csv": BOX}
    answer = client.request(**request_of(command, files))
    assert answer.status_code in (200, 201, 204), answer.text


def test_the_commands_on_films_are_answered(client_of, tmp_path: Path, until) -> None:
    path = clips["drawn"](tmp_path / "heat.mov", clips["scene"](1, 24), codec="png")
    first, *rest = ON_FILMS
    first = re.sub(r"^job=\$\((.*) \| jq .*\)$", r"\1", first)
    with client_of(films=True) as client:
        begun = client.request(**request_of(first, {"heat.mkv": path.read_bytes()}))
        assert begun.status_code == 202, begun.text
        until(lambda: client.get(begun.headers["location"]).json()["state"] == "done")
        for command in rest:
            answer = client.request(**request_of(command.replace("$job", begun.json()["job"]), {}))
            assert answer.status_code in (200, 204), (command, answer.text)
