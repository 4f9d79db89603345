"""Importing tables: exports of Salesforce and HubSpot, and any other table by its headers.

Two steps, each safe to repeat and to kill: `import_tables` keeps every row as a version of its
source, `link` makes records of them that know each other. Rows that cannot be taken are kept
with the reason.
"""

from knowledge.records.importing.describing import describe
from knowledge.records.importing.intake import Progress, TableReport, import_tables
from knowledge.records.importing.linking import Joined, LinkReport, link
from knowledge.records.importing.mapping import Mapping, read_mapping
from knowledge.records.importing.preparing import Refusal
from knowledge.records.importing.recognition import Reading
from knowledge.records.importing.sheets import TableFile, is_table

__all__ = [
    "Joined",
    "LinkReport",
    "Mapping",
    "Progress",
    "Reading",
    "Refusal",
    "TableFile",
    "TableReport",
    "describe",
    "import_tables",
    "is_table",
    "link",
    "read_mapping",
]
