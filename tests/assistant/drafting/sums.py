"""Sums done anew with pandas, straight from the sample's export and apart from the product."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from knowledge.sample import SAMPLE

RATES = {"EUR": 1.0, "USD": 0.92}
AS_OF = pd.Timestamp("2026-09-30")


class Sums:
    """What the export says, as of the sample's day."""

    @cached_property
    def names(self) -> pd.Series[str]:
        """Account names by id."""
        return self.table("Account").set_index("Id")["Name"]

    @cached_property
    def group(self) -> pd.Series[str]:
        """The topmost account each account counts under."""
        rows = self.table("Account").set_index("Id")
        return rows.ParentId.fillna(pd.Series(rows.index, rows.index))

    @cached_property
    def orders(self) -> pd.DataFrame:
        """Orders that can be dated, in euros."""
        rows = self.table("Order")
        rows["on"] = pd.to_datetime(rows.EffectiveDate, errors="coerce")
        rows["eur"] = (rows.TotalAmount * rows.CurrencyIsoCode.map(RATES)).round(2)
        return rows.dropna(subset="on")

    def revenue(self, first: str, last: str) -> pd.Series[float]:
        """Euros by account between two days, both included."""
        rows = self.orders[self.orders.on.between(pd.Timestamp(first), pd.Timestamp(last))]
        return rows.groupby("AccountId").eur.sum().reindex(self.names.index, fill_value=0.0)

    @cached_property
    def latest(self) -> pd.Series[float]:
        """The last twelve months."""
        return self.revenue("2025-10-01", "2026-09-30")

    @cached_property
    def before(self) -> pd.Series[float]:
        """The twelve months before."""
        return self.revenue("2024-10-01", "2025-09-30")

    @cached_property
    def customers(self) -> pd.Series[float]:
        """Euros of twelve months by group of companies, the largest first."""
        return self.latest.groupby(self.group).sum().sort_values(ascending=False)

    def overdue(self, kind: str) -> pd.Series[int]:
        """How many of our promises or steps, or of their requests, are past due, by account."""
        rows = self.table("Commitment__c")
        past = pd.to_datetime(rows.Due_On__c) < AS_OF
        late = rows[(rows.Type__c == kind) & (rows.Side__c == "ours") & past]
        late = late[late.Done_On__c.isna()]
        return late.groupby("Account__c").size().reindex(self.names.index, fill_value=0)

    def closed(self, *, won: bool) -> pd.Series[int]:
        """How many deals were won, or lost, by account."""
        rows = self.table("Opportunity")
        rows["on"] = pd.to_datetime(rows.CloseDate, errors="coerce")
        rows = rows[pd.to_numeric(rows.Amount, errors="coerce").notna() | rows.Amount.isna()]
        rows = rows[rows.on <= AS_OF]
        rows = rows[rows.IsClosed & (rows.IsWon == won)]
        return rows.groupby("AccountId").size().reindex(self.names.index, fill_value=0)

    @cached_property
    def last_met(self) -> pd.Series[pd.Timestamp]:
        """The day of the last call, mail or meeting by contact."""
        events = pd.concat([self.table("Event"), self.table("Event_routine")])
        events["on"] = pd.to_datetime(events.StartDateTime, utc=True).dt.tz_localize(None)
        tasks = pd.concat([self.table("Task"), self.table("Task_routine")])
        tasks = tasks[tasks.TaskSubtype.isin(["Call", "Email"])]
        tasks["on"] = pd.to_datetime(tasks.ActivityDate, errors="coerce")
        guests = self.table("EventRelation").merge(events, left_on="EventId", right_on="Id")
        guests = guests.drop(columns="WhoId").rename(columns={"RelationId": "WhoId"})
        columns = ["WhoId", "on"]
        touches = pd.concat([events[columns], tasks[columns], guests[columns]]).dropna()
        touches = touches[touches.on.dt.normalize() <= AS_OF]
        last: pd.Series[pd.Timestamp] = touches.groupby("WhoId").on.max().dt.normalize()
        return last

    def share_of_wallet(self, end: str) -> pd.Series[float]:
        """Our per cent of the estimated spend, in the cells that somebody estimated."""
        spend = self.table("Spend_Estimate__c")
        spend["on"] = pd.to_datetime(spend.Estimated_On__c)
        spend = spend[spend.on <= AS_OF].sort_values("on")
        cell = ["Account__c", "Business_Unit__c", "Product_Family__c"]
        spend = spend.drop_duplicates(cell, keep="last")
        spend["most"] = spend[end] * spend.CurrencyIsoCode.map(RATES)
        families = self.table("Product2").set_index("Id").Family
        rows = self.orders[self.orders.on.between(pd.Timestamp("2025-10-01"), AS_OF)]
        rows = rows.assign(family=rows.Product2Id.map(families))
        ours = rows.groupby(["AccountId", "Business_Unit__c", "family"]).eur.sum()
        spend["ours"] = [ours.get(tuple(key), 0.0) for key in spend[cell].to_numpy()]
        spend = spend.dropna(subset="most")
        sums = spend.groupby("Account__c")[["ours", "most"]].sum()
        return sums.ours / sums.most * 100

    def table(self, name: str) -> pd.DataFrame:
        """One file of the export."""
        return pd.read_csv(SAMPLE / "export" / f"{name}.csv")
