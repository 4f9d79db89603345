"""Whether the model can be reached, without asking it to write anything."""

from __future__ import annotations

from assistant.errors import NoModel, RequestRefused
from assistant.models.outside import Outside
from assistant.settings import Settings

_SECONDS = 15


def reach(settings: Settings, outside: Outside | None = None) -> str:
    """What the server says about the model, in a sentence.

    It reads the list of models, which costs nothing.

    Raises:
        NoModel: no key is set.
        ModelFailure: the server is not reached, refuses the key, or does not have the model.
    """
    if settings.openai_api_key is None:
        raise NoModel("OPENAI_API_KEY is not set.")
    import httpx2
    import openai

    from assistant.models.faults import fault_of

    world = outside or Outside()
    with (
        httpx2.Client(transport=world.transport, timeout=_SECONDS) as http,
        openai.OpenAI(
            api_key=settings.openai_api_key.get_secret_value(),
            base_url=settings.openai_base_url,
            http_client=http,
            timeout=_SECONDS,
            max_retries=0,
        ) as client,
    ):
        try:
            offered = {model.id for model in client.models.list()}
        except Exception as error:
            fault = fault_of(error, now=world.now())
            if fault is None:
                raise
            raise fault from None
    if settings.model not in offered:
        raise RequestRefused(f"The server answers, but does not offer “{settings.model}”.")
    return f"{settings.model} at {settings.openai_base_url or 'OpenAI'}."
