"""From files to findable: the time of both pipelines as a ratio to embedding alone."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

from langchain_core.embeddings import Embeddings
from sqlalchemy import select

from knowledge.index.minilm import MiniLM
from knowledge.records.content import embedded_text
from knowledge.records.tables import Passage
from knowledge.workspace import Place, Workspace
from tests.benchmarks.measuring import Line, seconds
from tests.benchmarks.stock import Stock
from tests.benchmarks.texts import documents, paragraph

SAMPLE = 200  # texts that the model is given alone


class Timed(Embeddings):
    """A model, and how long it has worked."""

    def __init__(self, model: MiniLM) -> None:
        self.model, self.spent = model, 0.0
        self.name, self.dimensions = model.name, model.dimensions

    def reads(self, language: str) -> bool:
        """As the model does."""
        return self.model.reads(language)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The model's vectors."""
        begun = perf_counter()
        vectors = self.model.embed_documents(texts)
        self.spent += perf_counter() - begun
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The model's vector."""
        return self.model.embed_query(text)


def measure(home: Path, *, quick: bool) -> list[Line]:
    """Both pipelines over the same files, each against the model's share of its own run.

    Other work on the machine slows a run and its share alike. That neither asks more of the
    model than the same texts need is told by the model alone over a part of them.
    """
    files = home / "files"
    files.mkdir(parents=True)
    for name, text in documents(25 if quick else 200):
        (files / name).write_text(text, encoding="utf-8")
    model = MiniLM()
    model.embed_documents([paragraph(-number) for number in range(1, 17)])  # warm
    return [
        *_ours(home / "ours", files, Timed(model)),
        *_stock(home / "stock", files, Timed(model)),
    ]


def _ours(home: Path, files: Path, model: Timed) -> list[Line]:
    place = Place(home, f"sqlite:///{home / 'liaison.db'}", lambda: model)
    with Workspace(place) as workspace:
        workspace._open_vectors()
        begun = perf_counter()
        workspace.take_in([files])
        by_words = perf_counter() - begun
        workspace.embed()
        whole = perf_counter() - begun
        with workspace.database.reading() as session:
            texts = [embedded_text(p.heading, p.text) for p in session.scalars(select(Passage))]
    about = f"{seconds(by_words)} for {len(texts):,} passages"
    return [
        Line("Liaison: findable, by words", by_words / model.spent, "", about),
        Line("Liaison: fully indexed", whole / model.spent, "≤ 1.15", _told(whole, model, texts)),
    ]


def _stock(folder: Path, files: Path, model: Timed) -> list[Line]:
    store = Stock(folder, model)
    begun = perf_counter()
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(files.glob("*.md"))}
    made = Stock.split(texts)
    store.add(made)
    whole = perf_counter() - begun
    about = _told(whole, model, [one.page_content for one in made])
    ratio = whole / model.spent
    return [Line("LangChain + Chroma: findable and fully indexed", ratio, "", about)]


def _told(whole: float, model: Timed, texts: list[str]) -> str:
    each = model.spent / len(texts)
    some = texts[:: max(1, len(texts) // SAMPLE)]
    begun = perf_counter()
    model.model.embed_documents(some)
    alone = (perf_counter() - begun) / len(some)
    return (
        f"{seconds(whole)} for {len(texts):,} passages; the model took {seconds(each)} a passage, "
        f"alone {seconds(alone)}"
    )
