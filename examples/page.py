#!/usr/bin/env python3
"""Draw docs/figures/page.png: a screenshot of the page of `pochade serve` with the harbor, by Debian's Chromium.

python page.py [FILE]
"""

import shutil
import subprocess
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
SIZE = {"width": 1280, "height": 800}


def main(path: str) -> None:
    serve = [sys.executable, "-m", "pochade", "serve", "--port", "0"]
    with subprocess.Popen(serve, stdout=subprocess.PIPE, text=True) as server, sync_playwright() as playwright:
        address = server.stdout.readline().split()[3]
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = chromium.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce")
        page.goto(address)
        page.set_input_files("#file", HERE / "harbor.jpg")
        page.wait_for_selector(".pan")
        page.wait_for_timeout(1500)
        page.screenshot(path=path)
        chromium.close()
        server.terminate()
    with Image.open(path) as shot:
        few = shot.convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT, kmeans=3, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(HERE.parent / "docs/figures/page.png"))
