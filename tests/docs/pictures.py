"""Pictures of the pages of `docs/examples/slack`, taken by headless Chromium where it is there."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from assistant.rendering.preview import page
from tests.docs.slack import FOLDER, PICTURED

IMAGES = FOLDER.parents[1] / "images"
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_WIDTH, _TALLEST, _SCALE, _MARGIN = 880, 4_000, 2, 40


def chromium() -> str | None:
    """The browser, if this machine has one."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


def shoot(browser: str) -> Iterator[Path]:
    """Draw, photograph and trim each page."""
    for name in PICTURED:
        document = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
        target = IMAGES / f"slack-{name}.png"
        with tempfile.TemporaryDirectory() as folder:
            drawn = Path(folder) / "page.html"
            drawn.write_text(page(document), encoding="utf-8")
            _photograph(browser, drawn, target)
        _trim(target)
        yield target


def _photograph(browser: str, drawn: Path, target: Path) -> None:
    subprocess.run(
        [
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            f"--force-device-scale-factor={_SCALE}",
            f"--user-data-dir={drawn.parent / 'profile'}",
            f"--window-size={_WIDTH},{_TALLEST}",
            f"--screenshot={target}",
            drawn.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )


def _trim(target: Path) -> None:
    """Cut the empty paper around the page."""
    from PIL import Image, ImageChops

    with Image.open(target) as shot:
        picture = shot.convert("RGB")
    paper = Image.new("RGB", picture.size, picture.getpixel((1, 1)))
    box = ImageChops.difference(picture, paper).getbbox()
    if box is None:
        raise AssertionError(f"{target} is empty")
    left, top, right, bottom = box
    picture.crop(
        (left - _MARGIN, top - _MARGIN, right + _MARGIN, min(bottom + _MARGIN, picture.height))
    ).save(target, optimize=True)
