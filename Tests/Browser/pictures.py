"""Takes the pictures of the portal that the READMEs show: docs/images/portal.en.png and portal.ja.png.

    .venv/bin/python Tests/Browser/pictures.py      (after: swift build --product suiro-sandbox)
"""

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "Tests" / "Acceptance"))
os.environ.setdefault("SUIRO_SANDBOX", str(ROOT / ".build" / "debug" / "suiro-sandbox"))

from program import Program  # noqa: E402  (it reads SUIRO_SANDBOX when it is imported)
from tab import LANGUAGES, Windows, browser  # noqa: E402

LARGEST = 300_000
TALLEST = 1000


def take(tab, file):
    height = min(TALLEST, tab.in_document("document.documentElement.scrollHeight"))
    tab.page.set_viewport_size({"width": 1280, "height": height})
    tab.page.screenshot(path=file, clip={"x": 0, "y": 0, "width": 1280, "height": height})
    size = file.stat().st_size
    assert size < LARGEST, f"{file.name} has {size} bytes"
    print(f"{file.relative_to(ROOT)}  1280 × {height}  {size} bytes")


def main():
    folder = ROOT / "docs" / "images"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as logs, browser() as chromium:
        program = Program(Path(logs), "--demo", "--clock", "2026-11-22T01:00:00Z")
        try:
            windows = Windows(chromium, program.url)
            customer = program.ready["personas"]["ichiro"]["tenant"]
            for language in LANGUAGES:
                take(windows(language, who="hanako").goto(f"/customers/{customer}"), folder / f"portal.{language}.png")
            windows.close()
        finally:
            program.stop()


if __name__ == "__main__":
    main()
