"""What happened at five customers, told as true claims with their evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.claims import Evidence, Input
from tests.assistant.grounding.workspace import Account, change, computed, days_since

NOW = "orders, 2025-10-01 to 2026-09-30"
BEFORE = "orders, 2024-10-01 to 2025-09-30"


@dataclass(frozen=True)
class Facts:
    """The records every customer has: figures, people, a contract, deals and promises."""

    latest: tuple[str, ...]
    before: tuple[str, ...]
    person: str
    role: str
    met: date
    contract: str
    ends: date
    yearly: str
    won: tuple[str, str, date]
    lost: tuple[str, str, date, str]
    open: tuple[str, str, date]
    promise: tuple[str, date]


def records_of(a: Account, f: Facts) -> dict[str, Evidence]:
    """The evidence behind the facts, by a short name."""
    latest = a.orders(list(f.latest), f"{a.name}: {NOW}", "revenue")
    before = a.orders(list(f.before), f"{a.name}: {BEFORE}", "revenue_before")
    who = a.record("contact", f"{a.id}-1", "name", f.person, name=f.person)
    last = f"activity:{a.id}-9@1#occurred_at"
    met = a.record("activity", f"{a.id}-9", "occurred_at", f.met, name="Last meeting")
    won, lost, deal = f.won, f.lost, f.open
    o1 = {"name": won[0], "currency": "EUR"}
    o2 = {"name": lost[0], "currency": "EUR", "competitor": lost[3]}
    o3 = {"name": deal[0], "currency": "EUR"}
    return {
        "latest": latest,
        "before": before,
        "change": change(before, latest, a.name),
        "person": who,
        "role": a.record("contact", f"{a.id}-1", "title", f.role, name=f.person),
        "met": met,
        "gap": days_since(f.met, last, "Days since the last meeting"),
        "ends": a.record("contract", f.contract, "ends_on", f.ends, name=f.contract),
        "yearly": a.record(
            "contract",
            f.contract,
            "yearly_value",
            Decimal(f.yearly),
            name=f.contract,
            currency="EUR",
        ),
        "won": a.record("opportunity", f"{a.id}-w", "status", "won", **o1),
        "won_amount": a.record("opportunity", f"{a.id}-w", "amount", Decimal(won[1]), **o1),
        "won_on": a.record("opportunity", f"{a.id}-w", "closes_on", won[2], **o1),
        "lost": a.record("opportunity", f"{a.id}-l", "status", "lost", **o2),
        "lost_amount": a.record("opportunity", f"{a.id}-l", "amount", Decimal(lost[1]), **o2),
        "lost_on": a.record("opportunity", f"{a.id}-l", "closes_on", lost[2], **o2),
        "rival": a.record("opportunity", f"{a.id}-l", "competitor", lost[3], **o2),
        "open": a.record("opportunity", f"{a.id}-o", "status", "open", **o3),
        "open_amount": a.record("opportunity", f"{a.id}-o", "amount", Decimal(deal[1]), **o3),
        "open_on": a.record("opportunity", f"{a.id}-o", "closes_on", deal[2], **o3),
        "promise": a.record("commitment", f"{a.id}-p", "text", f.promise[0], name=f.promise[0]),
        "due": a.record("commitment", f"{a.id}-p", "due_on", f.promise[1], name=f.promise[0]),
        "late": days_since(
            f.promise[1], f"commitment:{a.id}-p@1#due_on", f"Days past due: {f.promise[0]}"
        ),
    }


def english_day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def english(a: Account, f: Facts) -> dict[str, Evidence]:
    """What a plan says of every customer, in English."""
    e = records_of(a, f)
    latest, before = Decimal(str(e["latest"].value)), Decimal(str(e["before"].value))
    percent = abs(Decimal(str(e["change"].value)))
    less = "less" if latest < before else "more"
    went = "fell" if latest < before else "rose"
    a.say(
        f"{a.name} bought EUR {latest / 1_000_000:.2f} million in the twelve months to "
        f"30 September 2026, {percent:.0f} % {less} than in the twelve months before.",
        e["latest"],
        e["change"],
    )
    a.say(f"Revenue {went} by {percent} % to EUR {latest:,.0f}.", e["latest"], e["change"])
    a.say(f"In the twelve months before, it was EUR {before / 1000:,.0f} thousand.", e["before"])
    a.say(
        f"{f.person}, {f.role}, was last met on {english_day(f.met)}.",
        e["person"],
        e["role"],
        e["met"],
    )
    a.say(f"The last meeting was {e['gap'].value} days ago, in {f.met:%B %Y}.", e["met"], e["gap"])
    a.say(f"The contract {f.contract} ends on {english_day(f.ends)}.", e["ends"])
    a.say(
        f"Contract {f.contract} is worth EUR {Decimal(f.yearly) / 1000:,.0f}k a year and runs "
        f"to {f.ends.isoformat()}.",
        e["yearly"],
        e["ends"],
    )
    a.say(
        f"“{f.won[0]}” was won on {f.won[2]:%B} {f.won[2].day}, {f.won[2].year} for "
        f"€{Decimal(f.won[1]):,.0f}.",
        e["won"],
        e["won_amount"],
        e["won_on"],
    )
    a.say(
        f"We lost {f.lost[0]} to {f.lost[3]} in {f.lost[2]:%B %Y}.",
        e["lost"],
        e["rival"],
        e["lost_on"],
    )
    a.say(
        f"The deal {f.lost[0]}, EUR {Decimal(f.lost[1]):,.2f}, was lost.",
        e["lost"],
        e["lost_amount"],
    )
    a.say(
        f"{f.open[0]} is open: EUR {Decimal(f.open[1]):,.0f}, closing on {f.open[2]:%d.%m.%Y}.",
        e["open"],
        e["open_amount"],
        e["open_on"],
    )
    a.say(
        f"Our promise “{f.promise[0]}” was due on {english_day(f.promise[1])} and is "
        f"{e['late'].value} days overdue.",
        e["promise"],
        e["due"],
        e["late"],
    )
    a.say(
        f"Close {f.open[0]} before the contract ends in {f.ends:%B %Y}.",
        e["open"],
        e["ends"],
        kind="recommendation",
    )
    a.say(f"We do not know who decides beside {f.person}.", e["person"], kind="unknown")
    return e


def borealis(a: Account) -> None:
    english(
        a,
        Facts(
            ("1204310.00", "803940.50", "402110.00"),
            ("1530000.00", "1600120.00"),
            "Henrik Dalgaard",
            "Group COO",
            date(2025, 11, 18),
            "VX-2023-118",
            date(2026, 12, 31),
            "9600000.00",
            ("Viborg UHT pumps", "720000.00", date(2024, 5, 30)),
            ("Viborg hygienic pumps lot 2", "640000.00", date(2025, 11, 28), "Hydrax"),
            ("Viborg energy retrofit", "880000.00", date(2026, 12, 15)),
            ("Energy baseline for line 3", date(2026, 8, 14)),
        ),
    )
    letter = a.passage(
        "letter",
        "Letter to suppliers, Henrik Dalgaard, 2025-10-14",
        "By the end of 2027 we will use 15 % less energy per tonne of milk than in 2024: 121 kWh, "
        "down from 142. Every line will run at 78 % OEE or better.",
    )
    a.say(
        "By the end of 2027 they want to use 15 % less energy per tonne of milk than in 2024.",
        letter,
    )
    a.say("The goal is 121 kWh per tonne, down from 142 kWh in 2024.", letter)
    a.say(
        "Henrik Dalgaard wrote on 14 October 2025 that every line will run at 78 % OEE or better.",
        letter,
    )
    rule = a.passage(
        "meeting",
        "Meeting with Katrin Vestergaard, 20 January 2026",
        "Katrin: No category above one million euros stays single-sourced after 2026. That is not "
        "about you, it is about us.",
    )
    a.say(
        "Katrin Vestergaard said on 20 January 2026 that no category above EUR 1 million stays "
        "single-sourced after 2026.",
        rule,
    )
    call = a.passage(
        "call",
        "Call with Mette Kjærgaard, 17 September 2026",
        "Mette says Hydrax has offered a free energy audit at Hjørring in October. If the line 3 "
        "number is not on Henrik's desk by then, she cannot help us.",
    )
    a.say(
        "Hydrax has offered a free energy audit at Hjørring in October, says Mette Kjærgaard.", call
    )
    a.say("Mette cannot help us if the line 3 number is not on Henrik's desk by October.", call)
    trial = a.passage(
        "trial",
        "Energy trial, Viborg line 3",
        "First weeks show 131.5 kWh per tonne against 138.2 before. Six VX-200 with PulseWatch run "
        "since 12 June 2026. Jens Overgaard contested the figure: low-fat milk only.",
    )
    a.say("The Viborg trial shows 131.5 kWh per tonne against 138.2 before.", trial)
    a.say("Six VX-200 with PulseWatch have run since 12 June 2026.", trial)
    a.say("Jens Overgaard contested the figure: low-fat milk only.", trial)
    saved = computed(
        "saved",
        "Energy saved a year on line 3",
        Decimal("86966.00"),
        "EUR",
        "price * tonnes * saved",
        [
            Input("price", Decimal("0.11"), (), "EUR"),
            Input("tonnes", 118000, (), "tonnes"),
            Input("saved", Decimal("6.7"), (), "kWh"),
        ],
    )
    a.say(
        "At EUR 0.11 a kWh, 118,000 tonnes and 6.7 kWh saved per tonne are worth about EUR 87 "
        "thousand a year.",
        saved,
        trial,
    )
    share = computed(
        "share",
        "Portfolio of 34 customers, twelve months to 2026-09-30",
        Decimal("25.6"),
        "%",
        "round(revenue / total * 100, 1)",
        [
            Input("revenue", Decimal(6400000), (), "EUR"),
            Input("total", Decimal(25000000), (), "EUR"),
            Input("rank", 1),
            Input("customers", 34),
        ],
    )
    a.say("Borealis is 25.6 % of our revenue, the first of 34 customers.", share)
    never = computed("met", "Meetings with Birgit Aagaard", 0, "meetings", "count(meeting)", [])
    a.say("Nobody of ours has met Birgit Aagaard.", never)
    a.say("There has been no meeting with Birgit Aagaard.", never)
    a.say("Ask Mette Kjærgaard for two dates within 14 days.", call, kind="recommendation")
    done = a.record("commitment", "borealis-p", "done_on", None, name="Energy baseline for line 3")
    a.say("The promise “Energy baseline for line 3” is not done.", done)
    a.say("The energy baseline for line 3 is still open.", done)


def meridian(a: Account) -> None:
    e = english(
        a,
        Facts(
            ("142000.00", "268450.75", "189000.00"),
            ("310220.10", "90340.00"),
            "Rachel Amadi",
            "Engineering Director",
            date(2026, 9, 15),
            "MB-77/2024",
            date(2027, 6, 30),
            "310000.00",
            ("Cardiff seal conversion", "96000.00", date(2024, 3, 28)),
            ("Sheffield brewhouse pumps", "268000.00", date(2025, 10, 17), "Hydrax"),
            ("Norwich water recovery skids", "354000.00", date(2026, 11, 30)),
            ("Water balance for Norwich", date(2026, 9, 29)),
        ),
    )
    goal = a.passage(
        "report-m",
        "Sustainability report 2025, Meridian Breweries",
        "3.1 hectolitres of water per hectolitre of beer by 2028; in 2024 we stood at 3.9.",
    )
    a.say("Meridian wants 3.1 hectolitres of water per hectolitre of beer by 2028.", goal)
    a.say("In 2024 they stood at 3.9 hectolitres of water per hectolitre of beer.", goal)
    loss = a.passage(
        "call-m",
        "Call with Rachel Amadi, 2025-10-17",
        "We hear from Varnholt when there is a purchase order in sight. Hydrax were in the "
        "brewhouse in March when nobody was buying anything.",
    )
    a.say(
        "Rachel Amadi says they hear from Varnholt “when there is a purchase order in sight”.", loss
    )
    a.say("Hydrax were in the brewhouse in March when nobody was buying anything.", loss)
    visit = a.passage(
        "visit-m",
        "Site visit Norwich, 8 September 2026",
        "Oliver Prescott does not want a skid price. He wants whole-life water cost over ten "
        "years. Gareth Pugh asked for a reference brewery with more than 20 % less water.",
    )
    a.say("Oliver Prescott wants whole-life water cost over ten years.", visit)
    a.say("Oliver Prescott does not want a skid price.", visit)
    a.say("Gareth Pugh asked for a reference brewery with more than 20 % less water.", visit)
    inside = computed(
        "inside",
        "Touches inside open deals",
        Decimal("100.0"),
        "%",
        "round(count(inside) / count(touch) * 100, 1)",
        [
            *(Input("inside", "meeting", (e["met"].ref,)) for _ in range(14)),
            *(Input("touch", "meeting", (e["met"].ref,)) for _ in range(14)),
        ],
    )
    a.say("100 % of the touches fall inside open deals, all 14 of them.", inside)
    cases = [a.record("case", f"m-{n}", "status", "open", name=f"Leak {n}") for n in range(3)]
    a.say("Three cases are open.", *cases)
    a.say(
        "Offer a free water audit, not a discount of 11 %.",
        a.passage("why-m", "Loss review", "Hydrax undercut us by 11 %."),
        kind="recommendation",
    )
    a.say(
        "Hydrax undercut us by 11 %.",
        a.passage("why-m", "Loss review", "Hydrax undercut us by 11 %."),
    )
    chance = a.record(
        "account",
        "meridian-a",
        "potential",
        Decimal("3400000.00"),
        currency="EUR",
        name="Meridian Breweries",
    )
    a.say("We put the potential of Meridian Breweries at EUR 3.4 million a year.", chance)
    a.say("Their potential is above EUR 3 million.", chance)


def corvane(a: Account) -> None:
    english(
        a,
        Facts(
            ("702300.00", "740110.00"),
            ("733000.00", "730500.00"),
            "Pieter Claes",
            "Senior Buyer",
            date(2026, 9, 10),
            "CC-2019-04",
            date(2027, 3, 31),
            "290000.00",
            ("Utilities process pumps", "258000.00", date(2024, 9, 20)),
            ("Polymers monitoring", "132000.00", date(2026, 6, 26), "Vibrasense"),
            ("Tank farm dual-seal programme", "420000.00", date(2026, 11, 27)),
            ("Seal failure statistics", date(2026, 7, 3)),
        ),
    )
    goal = a.passage(
        "review-c",
        "Business review with Thomas Wouters, 2025-06-17",
        "Fugitive emissions from seals below 4 tonnes a year by 2027, we were at 11 in 2024. And I "
        "do not want to read about us in the newspaper.",
    )
    a.say("Thomas Wouters wants fugitive emissions from seals below 4 tonnes a year by 2027.", goal)
    a.say("In 2024 fugitive emissions from seals were at 11 tonnes a year.", goal)
    bye = a.passage(
        "bye-c",
        "Farewell call with Elise Vandamme, 5 March 2026",
        "Elise Vandamme left Corvane on 13 March 2026 for Delmotte Fertilisers. She advised us to "
        "talk to Koen Maes and to whoever follows her before the summer.",
    )
    a.say("Elise Vandamme left Corvane on 13 March 2026 for Delmotte Fertilisers.", bye)
    a.say("She advised us to talk to Koen Maes before the summer.", bye)
    ask = a.passage(
        "mail-c",
        "E-mail from Pieter Claes, 21 May 2026",
        "Pieter Claes asks for the same seals at 6 % less. Sealwright samples are on test in "
        "Polymers. The order for SL-45 has not been released.",
    )
    a.say("Pieter Claes asks for the same seals at 6 % less.", ask)
    a.say("Sealwright samples are on test in Polymers.", ask)
    a.say("The order for SL-45 has not been released.", ask)
    stance = a.record("contact", "c-2", "stance", "supporter", name="Koen Maes")
    a.say("Koen Maes is a supporter.", stance)
    median = computed(
        "median",
        "Median gap between touches",
        21,
        "days",
        "median(gap)",
        [Input("gap", n, (), "days") for n in (9, 21, 44)],
    )
    a.say("The median gap between touches is three weeks.", median)
    longest = computed(
        "longest",
        "Longest gap between touches",
        44,
        "days",
        "max(gap)",
        [Input("gap", n, (), "days") for n in (9, 21, 44)],
    )
    a.say("The longest of the three gaps was 44 days, against a median of 21.", median, longest)
    quarter = a.orders(["180300.40", "171110.10"], "Corvane Chemicals: orders, Q3 2026", "q3")
    a.say("In Q3 2026 Corvane ordered EUR 351,410.50.", quarter)
    a.say("Orders in the third quarter of 2026 came to some EUR 351 thousand.", quarter)


def german_day(day: date) -> str:
    months = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
    return f"{day.day}. {months.split()[day.month - 1]} {day.year}"


def grouped(number: Decimal, mark: str, decimal: str = ",", places: int = 0) -> str:
    return f"{number:,.{places}f}".replace(",", "~").replace(".", decimal).replace("~", mark)


def lindauer(a: Account) -> None:
    f = Facts(
        ("612400.00", "640120.55"),
        ("701200.00", "698800.00"),
        "Petra Sommerfeld",
        "Werkleiterin",
        date(2026, 8, 20),
        "LP-2021-7",
        date(2027, 6, 30),
        "1250000.00",
        ("PM2 Dichtungen", "188000.00", date(2024, 6, 14)),
        ("Stoffpumpen PM1", "156000.00", date(2026, 3, 20), "Pumpenwerk Sander"),
        ("PM1 Dichtungsumstellung", "214000.00", date(2026, 12, 11)),
        ("8D-Bericht", date(2026, 7, 10)),
    )
    e = records_of(a, f)
    latest = Decimal(str(e["latest"].value))
    fall = grouped(abs(Decimal(str(e["change"].value))), ".", places=1)
    million = grouped(latest / 1_000_000, ".", places=2)
    a.say(
        f"{a.name} kaufte in den zwölf Monaten bis 30. September 2026 für {million} Mio. EUR, "
        f"{fall} % weniger als im Vorjahr.",
        e["latest"],
        e["change"],
    )
    a.say(
        f"Der Umsatz ist um {fall} % auf {grouped(latest, '.')} Euro gefallen.",
        e["latest"],
        e["change"],
    )
    a.say(
        f"Dr. Petra Sommerfeld, Werkleiterin, haben wir zuletzt am {german_day(f.met)} getroffen.",
        e["person"],
        e["role"],
        e["met"],
    )
    a.say(f"Das letzte Treffen war vor {e['gap'].value} Tagen.", e["gap"], e["met"])
    a.say(f"Der Vertrag LP-2021-7 endet am {german_day(f.ends)}.", e["ends"])
    a.say("Der Rahmenvertrag LP-2021-7 ist 1,25 Mio. EUR im Jahr wert.", e["yearly"])
    a.say(
        "„PM2 Dichtungen“ haben wir am 14.06.2024 für 188.000 EUR gewonnen.",
        e["won"],
        e["won_amount"],
        e["won_on"],
    )
    a.say(
        "Stoffpumpen PM1 haben wir im März 2026 an Pumpenwerk Sander verloren.",
        e["lost"],
        e["rival"],
        e["lost_on"],
    )
    a.say(
        "Die PM1 Dichtungsumstellung über 214 Tsd. Euro ist noch offen.",
        e["open"],
        e["open_amount"],
    )
    a.say(
        f"Der 8D-Bericht war am 10. Juli 2026 fällig und ist seit {e['late'].value} Tagen "
        "überfällig.",
        e["promise"],
        e["due"],
        e["late"],
    )
    goal = a.passage(
        "jahr-l",
        "Jahresgespräch mit Petra Sommerfeld, 10.02.2026",
        "Jede ungeplante Stunde Stillstand an der PM2 kostet uns 9.400 Euro. 2025 waren es 97 "
        "Stunden, 2027 wollen wir unter 40 liegen.",
    )
    a.say("Jede ungeplante Stunde Stillstand an der PM2 kostet 9.400 EUR.", goal)
    a.say("2025 stand die PM2 ungeplant 97 Stunden still.", goal)
    a.say("2027 will Petra Sommerfeld unter 40 Stunden Stillstand liegen.", goal)
    meeting = a.passage(
        "treffen-l",
        "Besprechung mit Bernd Auer, 20.08.2026",
        "Wir haben drei Termine bekommen und keinen davon gesehen. Der Bericht wurde nicht "
        "geliefert. Ralf Kessler hat die Reklamation 00417 am 18. Juni 2026 eröffnet.",
    )
    a.say("Bernd Auer sagt, der Bericht wurde nicht geliefert.", meeting)
    a.say("Ralf Kessler hat die Reklamation 00417 am 18. Juni 2026 eröffnet.", meeting)
    a.say("Bernd Auer: „Wir haben drei Termine bekommen und keinen davon gesehen.“", meeting)
    sander = a.passage(
        "sander-l",
        "Telefonat mit Ralf Kessler, 22.09.2026",
        "Sander hat Testdichtungen für die PM1 kostenlos geliefert. Die Lieferzeit von Sander ist "
        "kürzer als unsere: 24 Stunden statt neun Tage.",
    )
    a.say("Sander hat Testdichtungen für die PM1 kostenlos geliefert.", sander)
    a.say("Die Lieferzeit von Sander ist kürzer als unsere.", sander)
    a.say("Sander liefert in 24 Stunden, wir in neun Tagen.", sander)
    a.say(
        "Den 8D-Bericht bis zum nächsten Treffen mit Petra Sommerfeld übergeben.",
        e["promise"],
        e["person"],
        kind="recommendation",
    )
    a.say("Wir wissen nicht, wer nach Bernd Auer den Einkauf leitet.", meeting, kind="unknown")


def russian_day(day: date) -> str:
    months = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
    return f"{day.day} {months.split()[day.month - 1]} {day.year} г."


def altyn(a: Account) -> None:
    f = Facts(
        ("297000.00", "363000.00", "241500.00"),
        ("210300.00", "245000.00"),
        "Ерлан Джаксыбеков",
        "главный инженер",
        date(2026, 8, 13),
        "АМ-2024-3",
        date(2027, 5, 31),
        "640000.00",
        ("Line 2 slurry pumps", "363000.00", date(2026, 3, 26)),
        ("Tailings monitoring", "88000.00", date(2025, 11, 14), "Vibrasense"),
        ("Line 3 slurry pumps", "528000.00", date(2027, 1, 29)),
        ("Отчёт об износе", date(2026, 9, 10)),
    )
    e = records_of(a, f)
    latest = Decimal(str(e["latest"].value))
    rise = grouped(Decimal(str(e["change"].value)), " ", places=1)
    a.say(
        f"«Алтын Минерал» за двенадцать месяцев до 30 сентября 2026 г. купил на "
        f"{grouped(latest / 1000, ' ', places=1)} тыс. евро.",
        e["latest"],
    )
    a.say(f"Выручка выросла на {rise} % до {grouped(latest, ' ')} евро.", e["latest"], e["change"])
    a.say(
        f"С главным инженером Ерланом Джаксыбековым мы встречались {russian_day(f.met)}",
        e["person"],
        e["role"],
        e["met"],
    )
    a.say(f"Последняя встреча была {e['gap'].value} дней назад.", e["gap"], e["met"])
    a.say(f"Договор АМ-2024-3 заканчивается {russian_day(f.ends)}", e["ends"])
    a.say("Договор АМ-2024-3 стоит 0,64 млн евро в год.", e["yearly"])
    a.say(
        "Сделка Line 2 slurry pumps на 363 000 евро выиграна в марте 2026 г.",
        e["won"],
        e["won_amount"],
        e["won_on"],
    )
    a.say(
        "Сделку Tailings monitoring мы проиграли компании Vibrasense в ноябре 2025 года.",
        e["lost"],
        e["rival"],
        e["lost_on"],
    )
    a.say("Сделка Line 3 slurry pumps на 528 тыс. евро открыта.", e["open"], e["open_amount"])
    a.say(
        f"«Отчёт об износе» обещан к {russian_day(f.promise[1])} и просрочен на "
        f"{e['late'].value} дней.",
        e["promise"],
        e["due"],
        e["late"],
    )
    goal = a.passage(
        "goal-a",
        "Совещание с Ерланом Джаксыбековым, 25.09.2025",
        "Межремонтный интервал шламовых насосов — 4 000 часов к концу 2027 года. Сегодня 2 350.",
    )
    a.say(
        "Межремонтный интервал шламовых насосов должен достичь 4 000 часов к концу 2027 года.", goal
    )
    a.say("Сегодня межремонтный интервал шламовых насосов — 2 350 часов.", goal)
    wear = a.passage(
        "wear-a",
        "Письмо Ольги Петренко, 13 августа 2026",
        "Ольга Петренко: с новым рабочим колесом KP-90 работает 3 180 часов. Второй насос пока не "
        "переоборудован. Марат Сулейменов подписал протокол 7 августа 2026 года.",
    )
    a.say("С новым рабочим колесом KP-90 работает 3 180 часов, пишет Ольга Петренко.", wear)
    a.say("Второй насос пока не переоборудован.", wear)
    a.say("Марат Сулейменов подписал протокол 7 августа 2026 года.", wear)
    a.say("Yerlan Dzhaksybekov was last met on 13 August 2026.", e["person"], e["met"])
    a.say("Предложить Ольге Петренко два аудита.", wear, kind="recommendation")
    a.say("Мы не знаем, кто решает кроме Ерлана Джаксыбекова.", e["person"], kind="unknown")


def stratton(a: Account) -> None:
    english(
        a,
        Facts(
            ("880210.00", "701980.00"),
            ("640300.00", "655500.00"),
            "Fiona Marsh",
            "Head of Commercial",
            date(2026, 6, 24),
            "SW-F-2022-09",
            date(2026, 11, 30),
            "1600000.00",
            ("Networks boosters", "301000.00", date(2025, 6, 20)),
            ("Treatment membranes", "410000.00", date(2024, 11, 29), "FiltraCore"),
            ("Tertiary filtration framework", "1900000.00", date(2027, 1, 29)),
            ("Whole-life cost sheet", date(2026, 8, 28)),
        ),
    )
    tender = a.passage(
        "tender-s",
        "Tender SW-2026-114",
        "The award is on 20 November 2026, followed by ten days' standstill. Bids were weighted 60 "
        "quality and 40 whole-life cost. Contact with Joanna Clegg is allowed only through the "
        "tender portal.",
    )
    a.say(
        "The award of SW-2026-114 is on 20 November 2026, followed by ten days' standstill.", tender
    )
    a.say("Bids were weighted 60 quality and 40 whole-life cost.", tender)
    a.say("Contact with Joanna Clegg is allowed only through the tender portal.", tender)
    offer = a.passage(
        "offer-s",
        "Note by Helena Brandt, 26 August 2026",
        "The discount of 17 % is above the approval limit of 12 %. Claire Okafor's approval "
        "expired on 31 July 2026. The committee has not approved the request.",
    )
    a.say("The discount of 17 % is above the approval limit of 12 %.", offer)
    a.say("Claire Okafor's approval expired on 31 July 2026.", offer)
    a.say("The committee has not approved the request.", offer)
    a.say(
        "The discount is five points over the limit.",
        computed(
            "over",
            "Points over the limit",
            5,
            "points",
            "asked - limit",
            [Input("asked", 17, (), "%"), Input("limit", 12, (), "%")],
        ),
    )
    goal = a.passage(
        "goal-s",
        "Supplier day, Joanna Clegg, 12 February 2026",
        "Phosphorus under 0.25 milligrams per litre at eleven works by March 2030, and we will be "
        "fined if we miss it.",
    )
    a.say(
        "Joanna Clegg wants phosphorus under 0.25 milligrams per litre at 11 works by March 2030.",
        goal,
    )


ACCOUNTS: list[tuple[str, str, Callable[[Account], None]]] = [
    ("borealis", "Borealis Dairy Group", borealis),
    ("meridian", "Meridian Breweries", meridian),
    ("corvane", "Corvane Chemicals", corvane),
    ("lindauer", "Lindauer Papierwerke", lindauer),
    ("altyn", "Алтын Минерал", altyn),
    ("stratton", "Stratton Water", stratton),
]
