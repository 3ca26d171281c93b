"""The whole scenario: one season, and the policies to be compared on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field

from sim.scenario.area import BackorderArea
from sim.scenario.base import Block, Name
from sim.scenario.care import BackupPlan, Message
from sim.scenario.carrier import Carrier
from sim.scenario.checks import semantic_problems
from sim.scenario.costs import Costs
from sim.scenario.customers import Customers
from sim.scenario.demand import Demand
from sim.scenario.forecast_value import ForecastValue
from sim.scenario.people import People
from sim.scenario.plan import Plan
from sim.scenario.products import Product
from sim.scenario.replenishment import Replenishment
from sim.scenario.retention import Retention
from sim.scenario.returns import Returns
from sim.scenario.season import Opening, Season
from sim.scenario.storefront import Alerts, Storefront
from sim.scenario.suppliers import Receiving, Supplier
from sim.scenario.support import Support
from sim.scenario.third_party import ThirdParty
from sim.scenario.validation import Validation
from sim.scenario.wrapping import Wrapping

if TYPE_CHECKING:
    from sim.errors import Problem


class Scenario(Block):
    """A season as a planner writes it. Every block may be left out."""

    name: str = "Season"
    """Title of the season."""
    question: str | None = None
    """The question that the scenario asks."""
    currency: str = Field(default="USD", min_length=1, max_length=8)
    """Currency of every amount."""
    season: Season
    """When it runs."""
    opening: Opening = Field(default_factory=Opening)
    """Where the shop stands at the start."""
    demand: Demand
    """Orders that come in."""
    products: tuple[Product, ...] = Field(min_length=1)
    """What is sold: a list, or a CSV file."""
    suppliers: dict[Name, Supplier] = Field(default_factory=dict)
    """Suppliers by name."""
    receiving: Receiving = Field(default_factory=Receiving)
    """Work at the dock."""
    replenishment: Replenishment = Field(default_factory=Replenishment)
    """When to buy and how much."""
    storefront: Storefront = Field(default_factory=Storefront)
    """What shoppers see when an item is short."""
    alerts: Alerts = Field(default_factory=Alerts)
    """Back-in-stock e-mails."""
    customers: Customers = Field(default_factory=Customers)
    """How customers decide and wait."""
    messages: tuple[Message, ...] = ()
    """Messages to customers who wait."""
    backup_plan: BackupPlan | None = None
    """What customers are given whose promise passes; none: nothing."""
    backorder_area: BackorderArea | None = None
    """Floor space for waiting orders; none: space is neither limited nor charged."""
    people: People = Field(default_factory=People)
    """Teams; none: work is done at once."""
    support: Support | None = None
    """Contacts of customers; none: nobody asks."""
    carrier: Carrier | None = None
    """Pickups and transit; none: parcels arrive when packed."""
    third_party: ThirdParty | None = None
    """Picks and packs for the shop; none: the shop does everything itself."""
    wrapping: Wrapping | None = None
    """Gift wrapping; none: nothing is wrapped."""
    returns: Returns | None = None
    """Orders that come back; none: nothing does."""
    costs: Costs = Field(default_factory=Costs)
    """Money."""
    retention: Retention | None = None
    """Who buys again and what that is worth; none: customer value is unknown."""
    forecast_value: ForecastValue | None = None
    """What the season teaches about next season's demand; none: not worked out."""
    policies: dict[Name, dict[str, Any]] = Field(default_factory=dict)
    """Named changes of this season, by dotted path or nested; compared on the same customers."""
    plan: Plan | None = None
    """What `peakwise size` may change, and what must be met; none: nothing to size."""
    validation: Validation | None = None
    """Known answers, if this is a case for `peakwise validate`."""

    def semantic_problems(self) -> list[Problem]:
        """Return what is wrong between fields: unknown names, impossible dates, overlaps."""
        return semantic_problems(self)
