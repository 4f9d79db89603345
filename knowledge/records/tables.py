"""All tables in one place: importing this module registers every one of them."""

from knowledge.records.accounts import Account, Adaptation, Case, Contract, Order, SpendEstimate
from knowledge.records.base import Base, Record
from knowledge.records.deals import (
    Approval,
    Competitor,
    Opportunity,
    OpportunityContact,
    OpportunityLine,
    Policy,
    Product,
    ValueDriver,
    ValueInput,
)
from knowledge.records.history import Activity, ActivityContact, Commitment, Document
from knowledge.records.people import AccountTeamMember, Contact, Team, User
from knowledge.records.sources import (
    Grant,
    ImportRun,
    Link,
    Oversight,
    Passage,
    Reject,
    Run,
    Snapshot,
    Source,
    SourceVersion,
    Vector,
)

__all__ = [
    "Account",
    "AccountTeamMember",
    "Activity",
    "ActivityContact",
    "Adaptation",
    "Approval",
    "Base",
    "Case",
    "Commitment",
    "Competitor",
    "Contact",
    "Contract",
    "Document",
    "Grant",
    "ImportRun",
    "Link",
    "Opportunity",
    "OpportunityContact",
    "OpportunityLine",
    "Order",
    "Oversight",
    "Passage",
    "Policy",
    "Product",
    "Record",
    "Reject",
    "Run",
    "Snapshot",
    "Source",
    "SourceVersion",
    "SpendEstimate",
    "Team",
    "User",
    "ValueDriver",
    "ValueInput",
    "Vector",
]
