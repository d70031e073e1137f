"""Debian's Firefox, driven by WebDriver BiDi, the W3C's protocol, which Firefox speaks by itself.

Playwright drives only a Firefox of its own build, and needs commands that the Firefox of Debian does not have yet.
"""

import base64
import contextlib
import itertools
import json
import subprocess
import time
from pathlib import Path
from typing import Any

from websockets.sync.client import connect

PREFERENCES = {
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.normandy.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.cosmeticAnimations.enabled": False,
}
SERVER = "WebDriverBiDiServer.json"
CALLED = "async (text) => JSON.stringify((await ({script})(...JSON.parse(text))) ?? null)"


class Firefox:
    """A headless Firefox with a profile of its own, and the page in it.

    folder : for the profile. patience : the bound of every wait, in seconds.
    """

    def __init__(self, program: str, folder: Path, patience: float) -> None:
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items())
        (folder / "user.js").write_text("".join(lines))
        command = [program, "--headless", "--no-remote", "--profile", str(folder), "--remote-debugging-port", "0"]
        self._open = contextlib.ExitStack()
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._numbers, self._patience = itertools.count(1), patience
        self.errors: list[str] = []
        self._page = self._user = ""
        try:
            address = self._address(folder / SERVER)
            self._socket = self._open.enter_context(connect(address, max_size=None, proxy=None, open_timeout=patience))
            self.send("session.new", capabilities={})
            self.send("session.subscribe", events=["log.entryAdded"])
        except BaseException:
            self._open.close()
            self._process.kill()
            self._process.wait()
            raise

    def _address(self, file: Path) -> str:
        """The address of the socket, from the file that Firefox writes into its profile when it listens."""
        end = time.monotonic() + self._patience
        while True:
            assert self._process.poll() is None, "Firefox ended before it listened"
            assert time.monotonic() < end, "Firefox did not start"
            with contextlib.suppress(OSError, ValueError):
                told = json.loads(file.read_text())
                return f"ws://{told['ws_host']}:{told['ws_port']}/session"
            time.sleep(0.1)

    def close(self) -> None:
        """End Firefox."""
        self.send("browser.close")
        self._open.close()
        self._process.wait(self._patience)

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """The result of a command; error messages of the page that arrive before it go into `errors`."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv(self._patience))
            entry = message.get("params", {})
            if message.get("method") == "log.entryAdded" and entry["level"] == "error":
                self.errors.append(entry["text"])
            if message.get("id") == number:
                assert message["type"] == "success", f"{method}: {message}"
                return dict(message["result"])

    def open(self, address: str, size: tuple[int, int]) -> None:
        """Open an address in a viewport of this size, with storage of its own."""
        if self._user:
            self.send("browser.removeUserContext", userContext=self._user)
        self._user = self.send("browser.createUserContext")["userContext"]
        self._page = self.send("browsingContext.create", type="tab", userContext=self._user)["context"]
        viewport = {"width": size[0], "height": size[1]}
        self.send("browsingContext.setViewport", context=self._page, viewport=viewport)
        self.send("browsingContext.navigate", context=self._page, url=address, wait="complete")

    def call(self, script: str, *arguments: Any) -> Any:
        """The result of a function of the page, in the types of JSON."""
        said = self._call(CALLED.replace("{script}", script), {"type": "string", "value": json.dumps(arguments)})
        return json.loads(said["value"])

    def wait(self, script: str, *arguments: Any) -> Any:
        """The result of a function of the page, once it is true."""
        end = time.monotonic() + self._patience
        while not (result := self.call(script, *arguments)):
            assert time.monotonic() < end, f"it did not come true: {script} {arguments}"
            time.sleep(0.05)
        return result

    def run(self, source: str) -> None:
        """Run a script in the page."""
        target = {"context": self._page}
        said = self.send("script.evaluate", expression=source, target=target, awaitPromise=False)
        assert said["type"] == "success", said

    def click(self, selector: str) -> None:
        """Click the middle of the first element that matches, once it is there."""
        self.wait("(selector) => Boolean(document.querySelector(selector))", selector)
        where = """(selector) => {
            const node = document.querySelector(selector);
            node.scrollIntoView({block: 'nearest', inline: 'nearest'});
            const box = node.getBoundingClientRect();
            return [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 2)];
        }"""
        self.drag(self.call(where, selector))

    def drag(self, *places: tuple[int, int]) -> None:
        """Press the mouse at the first place and release it at the last."""
        (x, y), *rest = places
        moves = [{"type": "pointerMove", "x": x, "y": y, "duration": 60} for x, y in rest]
        down, up = ({"type": f"pointer{name}", "button": 0} for name in ("Down", "Up"))
        actions = [{"type": "pointerMove", "x": x, "y": y}, down, *moves, up]
        mouse = {"type": "pointer", "id": "mouse", "actions": actions}
        self.send("input.performActions", context=self._page, actions=[mouse])

    def press(self, key: str) -> None:
        """Press and release a key."""
        actions = [{"type": kind, "value": key} for kind in ("keyDown", "keyUp")]
        keys = {"type": "key", "id": "keys", "actions": actions}
        self.send("input.performActions", context=self._page, actions=[keys])

    def give(self, selector: str, *paths: Path) -> None:
        """Put files into a file input."""
        node = self._call("(selector) => document.querySelector(selector)", {"type": "string", "value": selector})
        files = [str(path) for path in paths]
        self.send("input.setFiles", context=self._page, element={"sharedId": node["sharedId"]}, files=files)

    def shot(self, path: Path) -> None:
        """Save a screenshot."""
        path.write_bytes(base64.b64decode(self.send("browsingContext.captureScreenshot", context=self._page)["data"]))

    def _call(self, function: str, argument: dict[str, str]) -> Any:
        said = self.send(
            "script.callFunction",
            functionDeclaration=function,
            arguments=[argument],
            target={"context": self._page},
            awaitPromise=True,
        )
        assert said["type"] == "success", said
        return said["result"]
