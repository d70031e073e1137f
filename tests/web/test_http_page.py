"""The curl commands on the page about the HTTP API, and their answers."""

import json
import re
import shlex
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

PAGE = Path(__file__).parents[2] / "docs" / "http.md"
BLOCKS = re.findall(r"^```sh\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
COMMANDS = [line for block in BLOCKS for line in block.splitlines() if "url=https:" not in line]


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
            else:
                data[name] = text
        elif word == "-o":
            next(words)
        elif word != "-s":
            url = urlsplit(f"//{word}")
            said |= {"url": url.path, "params": {name: text for name, [text] in parse_qs(url.query).items()}}
    return said | ({"method": "POST", "data": data, "files": sent} if sent else {})


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_is_answered(client, jpeg: bytes, png: bytes, photo, encode, command: str) -> None:
    digests = {}
    for name, codes in (("digest", photo), ("other", np.ascontiguousarray(photo[::-1]))):
        digests[name] = client.post("/api/v1/pictures", content=encode(codes)).json()["picture"]
    command = re.sub(r"^digest=\$\((.*) \| jq .*\)$", r"\1", command)
    command = command.replace("'$digest'", "$digest")
    for name, digest in digests.items():
        command = command.replace(f"${name}", digest)
    files = {"photo.jpg": jpeg, "harbor.jpg": png, "photo.heic": png}
    answer = client.request(**request_of(command, files))
    assert answer.status_code in (200, 201, 204), answer.text
