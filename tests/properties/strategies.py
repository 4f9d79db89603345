"""Companies as Hypothesis draws them."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.properties.company import Company, Customer, Person


@st.composite
def companies(draw: st.DrawFn, *, accounts: int = 4) -> Company:
    """Up to five of us in up to two teams, some accounts, and deals and papers of nobody."""
    many = draw(st.integers(2, 5))
    who = st.integers(0, many - 1)
    somebody = st.none() | who
    leads = tuple(draw(st.lists(somebody, max_size=2)))
    team = st.sampled_from([None, *range(len(leads))])
    people = tuple(
        Person(
            manager=draw(somebody),
            team=draw(team),
            admin=draw(st.sampled_from([False] * 5 + [True])),
        )
        for _ in range(many)
    )
    count = draw(st.integers(1, accounts))
    customers = tuple(
        Customer(
            owner=draw(somebody),
            members=tuple(draw(st.lists(who, max_size=2, unique=True))),
            seller=draw(somebody),
            parent=draw(st.sampled_from([None, None, *range(number)])),
        )
        for number in range(count)
    )
    lonely = tuple(draw(st.lists(who, max_size=2)))
    return Company(people, leads, customers, lonely, draw(st.integers(0, 2)), draw(st.booleans()))
