"""The fictional company Varnholt: what a first look at Liaison runs on."""

from __future__ import annotations

from pathlib import Path

#: The folder of the sample: `liaison.toml`, `export` and `documents`.
SAMPLE = Path(__file__).parent
#: The account and the reader of the value proposition that the demonstration is about.
ACCOUNT = "Corvane Chemicals"
READER = "Thomas Wouters"
