"""`make docs`: write the generated pages."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from assistant.cli.progress import Bars
from assistant.demonstration import set_up_sample
from tests.docs.pages import pages

with tempfile.TemporaryDirectory() as folder, Bars() as bars:
    desk, _ = set_up_sample(Path(folder), bars)
    for path, text in pages(desk):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path}\n")
    desk.close()
