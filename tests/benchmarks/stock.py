"""The peer: LangChain's splitter and its Chroma store, used as its documentation shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

CHUNK, OVERLAP = 1_000, 200  # characters: what its tutorials use


class Stock:
    """A store of one folder."""

    def __init__(self, folder: Path, embedder: Any) -> None:
        assert isinstance(embedder, Embeddings)
        self.store = Chroma("passages", embedder, persist_directory=str(folder))
        self.most = self.store._client.get_max_batch_size()

    @staticmethod
    def split(texts: Mapping[str, str]) -> list[Document]:
        """Documents of at most `CHUNK` characters."""
        splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP)
        whole = [Document(text, metadata={"source": name}) for name, text in texts.items()]
        return splitter.split_documents(whole)

    def add(self, some: Sequence[Document]) -> None:
        """Embed and keep documents, as many at once as Chroma takes."""
        for at in range(0, len(some), self.most):
            self.store.add_documents(list(some[at : at + self.most]))

    def ask(self, question: str, accounts: Sequence[str] | None = None, k: int = 10) -> int:
        """Search among all documents, or those of some accounts; how many were found."""
        chosen: dict[str, Any] | None = {"account": {"$in": list(accounts)}} if accounts else None
        return len(self.store.similarity_search(question, k=k, filter=chosen))
