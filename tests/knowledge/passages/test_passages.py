from __future__ import annotations

import subprocess
import sys

from knowledge import passages


def test_the_room_offers_exactly_this() -> None:
    assert passages.__all__ == [
        "Attachment",
        "Directory",
        "Limits",
        "Reading",
        "Span",
        "attach",
        "cut",
        "language_of",
        "read",
    ]


def test_heavy_libraries_wait_until_a_file_needs_them() -> None:
    heavy = ["pypdf", "docx", "pptx", "bs4", "lxml", "py3langid", "charset_normalizer", "numpy"]
    code = f"import sys, knowledge.passages; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
