"""The only door to models: one that reads for meaning, one that writes.

Nothing heavy is imported before a model is asked for.
"""

from assistant.models.deadline import Deadline
from assistant.models.door import Models, RunFor
from assistant.models.embedding import embedder
from assistant.models.outside import Outside
from assistant.models.reach import reach
from assistant.models.tokens import estimate_tokens

__all__ = ["Deadline", "Models", "Outside", "RunFor", "embedder", "estimate_tokens", "reach"]
