"""A folder full of broken and hostile files beside good ones: the import finishes all the same."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document as Word

from knowledge.errors import BadInput
from knowledge.intake import ImportReport
from knowledge.records import Viewer
from knowledge.workspace import Workspace
from tests.properties.company import Company, Customer, Person, account_id, export

NOW = datetime(2026, 9, 30, tzinfo=UTC)
COMPANY = Company(people=(Person(),), customers=(Customer(owner=0, seller=0),), drifting=0)


def bomb() -> bytes:
    """A .docx whose document is a few hundred megabytes of nothing."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w") as part:
            for _ in range(150):
                part.write(b" " * 1024 * 1024)
    return packed.getvalue()


def encrypted() -> bytes:
    from pypdf import PdfWriter

    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def word() -> bytes:
    out = io.BytesIO()
    document = Word()
    for _ in range(50):
        document.add_paragraph("Quorvex Works wants energy figures.")
    document.save(out)
    return out.getvalue()


def rows_of(report: ImportReport) -> list[dict[str, str]]:
    """The list of rejects as a spreadsheet reads it."""
    assert report.rejects_file
    with Path(report.rejects_file).open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Good files, and one of every kind of bad one."""
    folder = export(COMPANY).write(tmp_path / "export")
    outside = tmp_path / "outside.md"
    outside.write_text("Quorvex passwords")
    (folder / "innocent.md").symlink_to(outside)
    (folder / "loop.md").symlink_to(folder / "loop.md")
    (folder / "bomb.docx").write_bytes(bomb())
    (folder / "locked.pdf").write_bytes(encrypted())
    (folder / "torn.docx").write_bytes(word()[:900])
    (folder / "good.docx").write_bytes(word())
    (folder / "wrong.txt").write_bytes(b"Quorvex \x81\x8d\x8f\x90\x9d \x01\x02 energy")
    (folder / "binary.md").write_bytes(b"\x00\x01\x02\xff" * 50)
    (folder / "empty.md").write_bytes(b"")
    (folder / "program.exe").write_bytes(b"MZ" + bytes(100))
    (folder / "deep.json").write_text("[" * 1_000 + "]" * 1_000)
    (folder / "Contact.json").write_text('{"totalSize": 1, "records": [{"Id": ')
    good, bad = "Id,Name,AccountId,StageName", f"006000000000501AAA,Fine,{account_id(0)},Proposal"
    (folder / "Opportunity_nul.csv").write_bytes(
        f"{good}\n006000000000500AAA,Nu\0l,{account_id(0)},Proposal\n{bad}\n".encode()
    )
    (folder / "Case.csv").write_text(
        f"Id,AccountId,Subject,CreatedDate\n500000000000001AAA,{account_id(0)},Leak,not a day\n"
        f"500000000000002AAA,{account_id(0)},Noise,2026-01-05T08:00:00.000+0000\n"
    )
    return folder


REJECTED = {
    *("innocent.md", "loop.md", "bomb.docx", "locked.pdf", "torn.docx", "wrong.txt", "binary.md"),
    *("empty.md", "program.exe", "deep.json", "Contact.json", "Case.csv", "Opportunity_nul.csv"),
}


def test_each_bad_file_is_a_reject_with_its_reason_and_everything_else_is_in(
    workspace: Workspace, folder: Path
) -> None:
    report = workspace.take_in([folder], now=NOW)
    rejected = {Path(one.file).name: one for one in report.refusals}
    assert rejected.keys() == REJECTED
    for one in rejected.values():
        assert len(one.reason) > 10
        assert "Traceback" not in one.reason
    assert rejected["Case.csv"].line == 2

    operator = Viewer.operator()
    file = workspace.ledger.account_file(operator, account_id(0), NOW.date())
    assert [case.subject for case in file.cases] == ["Noise"]
    assert {deal.name for deal in file.opportunities} == {"Quorvex retrofit"}
    files = {document.file for document in file.documents}
    assert {"good.docx", "Quorvex Works/visit.md", "notes/hint-0.md", "mail/0.eml"} <= files
    found = workspace.search(operator, "passwords", k=50)
    assert not [hit for hit in found.hits if "password" in hit.text.lower()]

    listed = rows_of(report)
    assert len(listed) == len(report.refusals) == report.outcomes["rejected"]
    assert all(row["file"] and row["reason"] for row in listed)

    again = workspace.take_in([folder], now=NOW)
    assert again.outcomes["rejected"] == report.outcomes["rejected"]
    assert again.outcomes["created"] == again.outcomes["updated"] == 0
    assert rows_of(again) == listed, "the same rejects are kept once"


def test_no_cell_of_the_list_of_rejects_is_a_formula(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "Case.csv"
    path.write_text('Id,Subject,CreatedDate\n=cmd|calc,Leak,"=HYPERLINK(""http://x"")"\n')
    report = workspace.take_in([path], now=NOW)
    (row,) = rows_of(report)
    assert not [cell for cell in row.values() if cell[:1] in {"=", "+", "-", "@"}]


def test_a_path_that_is_not_there_changes_nothing(workspace: Workspace, folder: Path) -> None:
    with pytest.raises(BadInput, match="does not exist"):
        workspace.take_in([folder, folder / "nowhere"], now=NOW)
    assert workspace.ledger.accounts(Viewer.operator()) == ()
