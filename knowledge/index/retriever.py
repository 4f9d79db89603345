"""The search as a LangChain retriever."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from knowledge.index.search import Search
from knowledge.records.viewers import Viewer


class LiaisonRetriever(BaseRetriever):
    """Passages for a chain or an agent, seen with the eyes it was made for.

    The viewer is fixed when the retriever is made, so that nothing a model writes can change
    it. A document's metadata are the fields of a `Hit` without its text and explanation.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True, frozen=True)

    search: Search
    viewer: Viewer
    k: int = 10
    account_id: str | None = None

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, **_: Any
    ) -> list[Document]:
        del run_manager
        found = self.search.find(self.viewer, query, account_id=self.account_id, k=self.k)
        documents = []
        for hit in found.hits:
            metadata = asdict(hit)
            del metadata["text"], metadata["why"]
            documents.append(
                Document(id=str(hit.passage_id), page_content=hit.text, metadata=metadata)
            )
        return documents
