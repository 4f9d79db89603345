"""Records: the company's own data, who may see it, and how it is read."""

from knowledge.records.file import AccountFile, Catalogue, Revenue
from knowledge.records.ledger import Ledger
from knowledge.records.portfolio import Holding, Portfolio
from knowledge.records.ranking import Position
from knowledge.records.store import Database
from knowledge.records.viewers import Viewer

__all__ = [
    "AccountFile",
    "Catalogue",
    "Database",
    "Holding",
    "Ledger",
    "Portfolio",
    "Position",
    "Revenue",
    "Viewer",
]
