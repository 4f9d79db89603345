"""The thresholds of every rule, in one table: shown with each result, changed in `liaison.toml`.

They are defaults of ours, not findings of the literature; `docs/rules.md` says which idea each
belongs to. Change them under `[rules]`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field


class Thresholds(BaseModel):
    """Every number that a rule compares with. Shares and percentages are whole per cent."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    core_share: int = Field(80, ge=1, le=100, description="The core list reaches this % of revenue")
    nurture_months: int = Field(24, ge=6, description="Months of trend that project an account")
    nurture_potential: int = Field(
        50, ge=0, le=100, description="Weight of potential beside trend in a projection, in %"
    )
    dependence_top1: int = Field(
        25, ge=1, le=100, description="One account above this % of revenue"
    )
    dependence_top5: int = Field(50, ge=1, le=100, description="Five accounts above this % of it")

    portfolio_high: int = Field(80, ge=1, le=100, description="Percentile of revenue called high")
    portfolio_low: int = Field(40, ge=0, le=100, description="Percentile below which it is low")
    relationship_strategic: int = Field(
        60, ge=0, le=100, description="Score of a strategic account"
    )
    cost_to_serve_limit: int = Field(50, ge=1, description="Cost to serve as % of gross margin")
    potential_gap_limit: int = Field(
        50, ge=1, description="(Potential - revenue) as % of potential"
    )

    stance_high: int = Field(60, ge=0, le=100, description="Score from which an axis is high")
    stance_low: int = Field(40, ge=0, le=100, description="Score below which an axis is low")
    stance_known: int = Field(
        40, ge=1, le=100, description="% of an axis's weight that must be on record"
    )

    features_known: int = Field(60, ge=1, le=100, description="% of features a stage needs known")
    early_orders: int = Field(
        3, ge=1, description="Fewer orders than this are an early relationship"
    )
    early_months: int = Field(12, ge=1, description="Younger than this is an early relationship")
    long_term_months: int = Field(24, ge=1, description="Tenure of a long-term relationship")
    final_quiet_months: int = Field(18, ge=1, description="Nothing new for this long: final stage")
    growth_percent: int = Field(5, ge=0, description="A rise of this much in a year is growth")
    decline_percent: int = Field(20, ge=1, le=100, description="A fall of this much is a fall")
    decline_periods: int = Field(2, ge=1, description="Falling periods in a row that are a decline")
    period_months: int = Field(6, ge=1, le=12, description="Length of the periods compared")

    single_thread_share: int = Field(
        80, ge=1, le=100, description="% of touches by one pair: basic"
    )
    own_functions: int = Field(
        2, ge=1, description="Functions of ours that must take part: cooperative and above"
    )
    cooperative_functions: int = Field(3, ge=1, description="Functions meeting: cooperative")
    interdependent_functions: int = Field(5, ge=1, description="Functions meeting: interdependent")

    contact_days: dict[str, int] = Field(
        default_factory=lambda: {
            "strategic": 14,
            "major": 30,
            "growth": 30,
            "standard": 60,
            "A": 14,
            "B": 30,
            "C": 60,
            "": 45,
        },
        description="Days between touches by tier (empty: no tier given)",
    )
    median_gap_factor: Decimal = Field(
        Decimal("1.5"), gt=0, description="Stale beyond this × median"
    )
    selling_share: int = Field(80, ge=1, le=100, description="% of touches inside open deals")
    key_player_days: int = Field(
        90, ge=1, description="A key player not met for this long is a gap"
    )

    single_thread_touches: int = Field(
        3, ge=1, description="Fewer touches: nothing is said of a single thread"
    )
    rhythm_months: int = Field(24, ge=1, description="Months of touches that make the rhythm")
    rhythm_touches: int = Field(3, ge=2, description="Fewer touches: no rhythm, no selling share")

    plan_idle_days: int = Field(21, ge=1, description="A mutual plan that stood still this long")
    lessons_minimum: int = Field(5, ge=2, description="Fewer closed deals: no percentages")
    expansion_room: int = Field(
        20, ge=0, description="Whitespace as % of potential: expansion plan"
    )
    trouble_months: int = Field(
        24, ge=1, description="Months for which a touch that tells of insolvency counts"
    )
    exposure_months: int = Field(
        3, ge=1, description="Orders of so many months may be unpaid when a customer is in trouble"
    )
    approval_days: int = Field(
        90, ge=1, description="An approval without an expiry lasts this long"
    )
    review_days: dict[str, int] = Field(
        default_factory=lambda: {
            "strategic": 90,
            "major": 180,
            "growth": 180,
            "standard": 365,
            "A": 90,
            "B": 180,
            "C": 365,
            "": 180,
        },
        description="Days between account reviews by tier (empty: no tier given)",
    )

    health_known: int = Field(
        40, ge=1, le=100, description="% of the weight that must be known for a health score"
    )
    health_weights: dict[str, int] = Field(
        default_factory=lambda: {
            "revenue": 25,
            "rhythm": 20,
            "coverage": 20,
            "promises": 15,
            "cases": 10,
            "mutual_plan": 10,
        },
        description="Weight of each part of the health score",
    )
    health_points: dict[str, Decimal] = Field(
        default_factory=lambda: {
            "steady_revenue": Decimal(70),
            "revenue_percent": Decimal("1.5"),
            "overdue_promise": Decimal(30),
            "late_promise": Decimal(10),
            "serious_case": Decimal(40),
            "open_case": Decimal(15),
            "red_plan": Decimal(50),
        },
        description="Score of unchanged revenue, points for each % of change, points lost for each",
    )
    health_good: int = Field(70, ge=1, le=100, description="A health score from which it is good")
    health_poor: int = Field(40, ge=0, le=100, description="A health score below which it is poor")

    urgent_days: int = Field(7, ge=1, description="Days to do what cannot wait")
    soon_days: int = Field(30, ge=1, description="Days to do what should be done this month")
    neglect_factor: Decimal = Field(
        Decimal(2),
        gt=0,
        description="Share of the room to win over share of touches: neglected from here",
    )
    renewal_days: int = Field(180, ge=1, description="A contract that ends within this is prepared")
    room_target: int = Field(
        20,
        ge=1,
        le=100,
        description="Part of the whitespace (in %) a year's target proposes to win",
    )


@dataclass(frozen=True)
class RelationshipPoints:
    """The most points each part of the relationship score can bring; together they are 100."""

    version: str = "2026-1"
    tenure: int = 15
    contract: int = 20
    adaptations: int = 15
    breadth: int = 20
    decider: int = 10
    support: int = 10
    joint_work: int = 10


@dataclass(frozen=True)
class Scale:
    """How a figure becomes a score: `worst` scores 0, `best` scores 100, and `weight` counts."""

    weight: int
    worst: int
    best: int


@dataclass(frozen=True)
class StanceWeights:
    """The criteria of the investment stance, all in per cent. A change needs a new version.

    Attractiveness: growth of revenue in a year, gross margin, potential still to win, cost to
    serve in gross margin. Strength: stage of the relationship, people who matter met in a year,
    contract, deals won, share of wallet.
    """

    version: str = "2026-1"
    growth: Scale = Scale(25, -20, 20)
    margin: Scale = Scale(25, 0, 50)
    potential: Scale = Scale(35, 0, 80)
    cost_to_serve: Scale = Scale(15, 100, 0)
    stage: Scale = Scale(25, 0, 100)
    coverage: Scale = Scale(20, 0, 100)
    contract: Scale = Scale(15, 0, 100)
    win_rate: Scale = Scale(20, 0, 100)
    share_of_wallet: Scale = Scale(20, 0, 50)


RELATIONSHIP_POINTS = RelationshipPoints()
STANCE_WEIGHTS = StanceWeights()
