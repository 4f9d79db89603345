"""Erasing a person from the records and from everything that was derived from them."""

from knowledge.intake.erasing.erasing import Erased, erase, finish

__all__ = ["Erased", "erase", "finish"]
