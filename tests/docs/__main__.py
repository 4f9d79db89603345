"""`make docs`: write the generated pages, and photograph those that Chromium can draw."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from assistant.cli.progress import Bars
from assistant.demonstration import set_up_sample
from tests.docs.pages import documents, pages
from tests.docs.pictures import chromium, shoot

with tempfile.TemporaryDirectory() as folder, Bars() as bars:
    desk, _ = set_up_sample(Path(folder), bars)
    for path, text in pages(desk):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path}\n")
    for path, content in documents(desk):
        path.write_bytes(content)
        sys.stdout.write(f"{path}\n")
    desk.close()

if browser := chromium():
    for picture in shoot(browser):
        sys.stdout.write(f"{picture}\n")
