"""The server against its own schema: schemathesis sends valid and invalid requests."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

CONFIG = """
[parameters]
picture = "{digest}"
a = "{digest}"
b = "{digest}"
"""


@pytest.mark.skipif(shutil.which("schemathesis") is None, reason="needs schemathesis")
def test_no_request_of_schemathesis_causes_a_defect(serve, flag: np.ndarray, encode, tmp_path: Path) -> None:
    with serve("--workers", "2", "--seconds", "2") as server:
        tiny = encode(flag[28:32, 28:63])  # small, so every method is fast
        digest = json.loads(server.ask("POST", "/api/v1/pictures", tiny)[1])["picture"]
        (tmp_path / "schemathesis.toml").write_text(CONFIG.format(digest=digest))
        run = subprocess.run(
            [
                str(Path(sys.executable).with_name("schemathesis")),
                "run",
                f"http://127.0.0.1:{server.port}/api/v1/openapi.json",
                "--phases=fuzzing",
                "--checks=not_a_server_error,status_code_conformance,content_type_conformance",
                "--max-examples=8",
                "--seed=1",
                "--workers=2",
                "--exclude-path-regex=/pictures/",  # a DELETE would drop the picture
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert run.returncode == 0, run.stdout[-4000:]
        assert server.metric('pochade_tasks_total{outcome="defect"}') == 0
        assert server.metric('pochade_tasks_total{outcome="done"}') > 5
        assert server.ask("GET", "/api/v1/health")[0] == 200
