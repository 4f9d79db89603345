from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from knowledge.errors import BadMapping
from knowledge.records import tables as t
from knowledge.records.importing import describe, is_table, read_mapping
from knowledge.records.importing.keys import record_key
from knowledge.records.importing.sheets import decode
from knowledge.records.importing.values import Habit, NotAValue, money, parse
from tests.knowledge.records.importing.conftest import Desk

DEALS = "Deal Name,Associated Company,Deal Stage,Amount,Close Date\n"


@pytest.mark.parametrize(
    ("cell", "comma", "amount", "currency"),
    [
        ("1,234.50", False, "1234.5", None),
        ("1.234,50 €", False, "1234.5", "EUR"),
        ("$12k", False, "12000", "USD"),
        ("-$5", False, "-5", "USD"),
        ("(300)", False, "-300", None),
        ("USD 1 200", False, "1200", "USD"),
        ("1.234", True, "1234", None),
        ("1.234", False, "1.234", None),
        ("2.5m EUR", False, "2500000", "EUR"),
        ("1'234.50 CHF", False, "1234.5", "CHF"),
    ],
)
def test_money_is_read_as_it_is_written(
    cell: str, *, comma: bool, amount: str, currency: str | None
) -> None:
    assert money(cell, Habit(comma_decimals=comma)) == (amount, currency)


@pytest.mark.parametrize(
    ("cell", "order", "day"),
    [
        ("2025-03-04", "mdy", "2025-03-04"),
        ("3/4/2025", "mdy", "2025-03-04"),
        ("3/4/2025", "dmy", "2025-04-03"),
        ("31.12.2016", "mixed", "2016-12-31"),
        ("4 Mar 2025", "mdy", "2025-03-04"),
        ("2025-04-21T23:30:00.000-0500", "mdy", "2025-04-22"),
        ("1741046400000", "mdy", "2025-03-04"),
    ],
)
def test_days_are_read_as_they_are_written(cell: str, order: str, day: str) -> None:
    assert parse("date", cell, Habit(dates=order)) == day  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("form", "cell"),
    [
        ("date", "31/31/2020"),
        ("date", "soon"),
        ("money", "abc"),
        ("money", "12kg"),
        ("money", "9" * 30),
        ("flag", "perhaps"),
        ("int", "10000000000"),
    ],
)
def test_what_is_no_value_says_so(form: str, cell: str) -> None:
    with pytest.raises(NotAValue):
        parse(form, cell, Habit())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_any_usual_encoding_is_read(encoding: str) -> None:
    assert decode("Name;Größe\nMüller & Söhne;3\n".encode(encoding)).startswith("Name;Größe")


def test_a_column_decides_between_day_and_month_by_all_its_values(desk: Desk) -> None:
    rows = "A,Acme,Won,1,3/4/2025\nB,Acme,Won,1,25/4/2025\n"
    assert not desk.read("european.csv", DEALS + rows).notes
    assert desk.one(t.Opportunity, name="A").closes_on == date(2025, 4, 3)

    report = desk.read("unclear.csv", DEALS + "C,Acme,Won,1,3/4/2025\n")
    assert desk.one(t.Opportunity, name="C").closes_on == date(2025, 3, 4)
    assert "whether day or month comes first; read as month first" in report.notes[0]

    report = desk.read("euro.csv", DEALS + 'D,Acme,Won,"1.234,50 €",3.4.2025\n')
    deal = desk.one(t.Opportunity, name="D")
    assert (deal.amount, deal.currency) == (Decimal("1234.50"), "EUR")
    assert deal.closes_on == date(2025, 4, 3)
    assert "dots mean day first" in report.notes[0]


def test_quoted_newlines_keep_the_right_line_and_one_stray_quote_costs_one_row(desk: Desk) -> None:
    content = (
        "Deal Name;Associated Company;Deal Stage;Description\r\n"
        'One;Acme;Won;"first\r\nsecond; with ""quotes"""\r\n'
        'Two;Acme;Won;"never closed" at all\r\n'
        "Three;Acme;Lost;fine\r\n"
        "Four;Acme;Lost;too;many\r\n"
    )
    report = desk.read("deals.csv", content)

    assert (report.created, report.rejected) == (2, 2)
    assert [(reject.line, reject.text.split(";")[0]) for reject in report.rejects] == [
        (4, "Two"),
        (6, "Four"),
    ]
    assert desk.one(t.Opportunity, name="One").description == 'first\nsecond; with "quotes"'
    with desk.database.reading() as session:
        version = session.query(t.SourceVersion).filter_by(source_id="opportunity:three / acme")
        assert version.one().origin == "deals.csv:5"


def test_hubspot_and_homemade_tables_are_known_by_their_headers(desk: Desk) -> None:
    desk.read(
        "hubspot-deals.csv",
        "Record ID,Deal Name,Deal Stage,Associated Company,Create Date,Close Date,Amount\n"
        "901,Line audit,closedwon,Nordwind,2025-01-02 08:30,2025-02-03 09:00,1200\n",
    )
    won = desk.one(t.Opportunity, id="901")
    assert (won.status, won.created_on) == ("won", date(2025, 1, 2))

    desk.read(
        "reps.csv",
        "sales_agent;manager;regional_office\nJo Day;Al Boss;North\n",
    )
    assert desk.one(t.User, name="Al Boss").role == "manager"
    assert desk.one(t.User, name="Jo Day").team_id == desk.one(t.Team, name="North").id

    report = desk.read("odd.csv", "who,how much,state\nJo,$5,Won\n")
    assert report.rejected == 1
    assert "a mapping file can name one" in report.rejects[0].reason


def test_json_comes_as_arrays_answers_lines_and_bundles(desk: Desk) -> None:
    account = {
        "attributes": {"type": "Account"},
        "Id": "A1",
        "Name": "Acme",
        "Owner": {"Name": "Jo"},
    }
    desk.read("answer.json", json.dumps({"totalSize": 1, "records": [account]}))
    assert desk.one(t.Account, id="A1").owner_id == "named:jo"

    lines = [{"Subject": "Slow", "AccountId": "A1"}, {"Subject": "Loud", "AccountId": "A1"}]
    report = desk.read("Case.jsonl", "\n".join(json.dumps(line) for line in lines))
    assert report.created == 2

    bundle = [
        {"Opportunity": {"Id": "D1", "Name": "Seals"}, "Task": [{"Id": "T1", "Subject": "Ring"}]}
    ]
    desk.read("bundle.json", json.dumps(bundle))
    assert desk.one(t.Activity, id="T1").opportunity_id == "D1"

    report = desk.read("broken.json", '[\n{"Opportunity": {"Id": "D2", "Name": "x"}},\n{"Id": }\n]')
    assert (report.created, report.rejected, report.rejects[0].line) == (1, 1, 3)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.csv", b"", "The file is empty."),
        ("picture.csv", b"\x89PNG\x00\x01\x00\x02abc" * 20, "The file is not text"),
        ("deep.json", b"[" * 200_000, "nested too deeply"),
        ("wide.csv", b",".join(b"c%d" % n for n in range(2000)), "2000 columns"),
    ],
)
def test_a_file_that_is_no_table_is_a_reject_and_no_error(
    desk: Desk, name: str, content: bytes, reason: str
) -> None:
    report = desk.read(name, content)

    assert (report.files, report.rejected) == (0, 1)
    assert reason in report.rejects[0].reason
    assert desk.one(t.Reject, file=name).line is None


def test_a_bad_row_is_kept_once_with_its_reason_wherever_it_moves(desk: Desk) -> None:
    bad = "Bad,Acme,Won,lots,2025-01-01\n"
    desk.read("deals.csv", DEALS + bad)
    desk.read("deals.csv", DEALS + bad)
    desk.read("deals.csv", DEALS + "Good,Acme,Won,5,2025-01-01\n" + bad)

    reject = desk.one(t.Reject)
    assert (reject.line, reject.reason) == (3, "Column “Amount”: “lots” is not a number.")
    assert reject.row_text == bad.strip()


def test_of_two_rows_of_one_record_the_later_change_is_kept(desk: Desk) -> None:
    header = "Id,Name,StageName,LastModifiedDate\n"
    old, new = "D1,Old,Proposal,2025-01-01T00:00:00Z\n", "D1,New,Proposal,2025-02-01T00:00:00Z\n"
    report = desk.read("Opportunity.csv", header + new + old + new)

    assert (report.created, report.unchanged, report.rejected) == (1, 1, 1)
    assert "it was changed later" in report.rejects[0].reason
    assert desk.one(t.Opportunity).name == "New"


def test_a_changed_row_is_a_new_version_and_the_old_one_stays(desk: Desk) -> None:
    header = "Id,Name,StageName,Amount\n"
    desk.read("Opportunity.csv", header + "D1,Seals,Proposal,5\n")
    report = desk.read("Opportunity.csv", header + "D1,Seals,Closed Lost,5\n")

    assert report.updated == 1
    assert desk.one(t.Opportunity).version == 2
    assert desk.one(t.SourceVersion, number=1).payload["stage"] == "Proposal"


def test_true_repeats_are_kept_apart(desk: Desk) -> None:
    rows = "Account Name,Order Date,Amount\nAcme,2025-01-01,5\nAcme,2025-01-01,5\n"
    desk.read("orders.csv", rows)
    desk.read("orders.csv", rows)

    assert len(desk.rows(t.Order)) == 2


def test_the_mapping_file_has_the_last_word(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "mapping.toml"
    path.write_text(
        'currency = "CHF"\n[files."odd.csv"]\nkind = "opportunity"\nignore = ["x"]\n'
        'date_order = "dmy"\n[files."odd.csv".fields]\nwho = "account"\nwhat = "name"\n'
        'worth = "amount"\nby = "closes_on"\n'
    )
    content = "who,what,worth,by,x\nAcme,Seals,5,3/4/2025,secret\n"
    report = desk.read("odd.csv", content, read_mapping(path))

    deal = desk.one(t.Opportunity)
    assert (deal.currency, deal.closes_on) == ("CHF", date(2025, 4, 3))
    assert report.readings[0].ignored == ("x",)
    assert json.loads(json.dumps(report.as_json()))["mapping"][0]["columns"]["worth"] == "amount"
    assert str(report.readings[0]).startswith("odd.csv: opportunity, 1 rows. who → account")


@pytest.mark.parametrize(
    ("said", "line", "message"),
    [
        ('[files."a.csv"]\nkind = "oportunity"', 2, "is not a kind of record"),
        (
            '[files."a.csv"]\nkind = "order"\n[files."a.csv".fields]\nx = "stage"',
            4,
            "is not a field",
        ),
        ('curency = "EUR"', 1, "is not a setting"),
        ('date_order = "ymd"', 1, "date_order is"),
        ('[files."deals.csv"]\nignore = ["Nope"]', 2, "has no column “Nope”"),
    ],
)
def test_a_wrong_mapping_is_refused_with_its_line(
    desk: Desk, tmp_path: Path, said: str, line: int, message: str
) -> None:
    path = tmp_path / "mapping.toml"
    path.write_text(said)

    with pytest.raises(BadMapping, match=message) as refused:
        desk.read("deals.csv", DEALS, read_mapping(path))
    assert f"mapping.toml:{line}:" in str(refused.value)


def test_a_record_reads_as_prose_without_its_ids() -> None:
    call = {
        "type": "call",
        "subject": "Price talk",
        "occurred_at": "2025-03-04T00:00:00+00:00",
        "contact": "Jane Doe",
        "contact_id": "0035g0000000001AAA",
        "body": "She wants\n3 % less.",
    }
    assert describe("activity", call) == (
        "Call on 2025-03-04: Price talk\nContact: Jane Doe\nShe wants\n3 % less."
    )
    deal = {"name": "Seals", "status": "won", "amount": "1234.5", "currency": "EUR"}
    assert "Amount: 1,234.50 EUR" in describe("opportunity", deal)


def test_a_task_that_is_open_is_due_and_one_that_was_done_happened(desk: Desk) -> None:
    desk.read(
        "Task.csv",
        "Id,Subject,TaskSubtype,Status,ActivityDate\n"
        "T1,Ring Jane,Call,Not Started,2025-05-01\nT2,Rang Jane,Call,Completed,2025-04-01\n",
    )
    plan, done = desk.one(t.Activity, id="T1"), desk.one(t.Activity, id="T2")
    assert (plan.type, plan.due_on, plan.occurred_at) == ("task", date(2025, 5, 1), None)
    assert (done.type, done.occurred_at) == ("call", datetime(2025, 4, 1, tzinfo=UTC))


def test_both_lengths_of_a_salesforce_id_are_one_record() -> None:
    assert record_key("001D000000IRFma") == record_key("001D000000IRFmaIAH")
    assert record_key("jane@acme.com") == "jane~acme.com"


def test_only_tables_are_tables() -> None:
    assert is_table(Path("Deals.CSV"))
    assert is_table(Path("a.jsonl"))
    assert not is_table(Path("notes.md"))
