"""The command line: `liaison COMMAND`. Its names, options and JSON are a contract.

Exit codes: 0 done, 2 bad input, 3 not found or not allowed (the same words for both), 1 else.
"""

from __future__ import annotations

import os
import sys

import click

from assistant.cli.asking import accounts, search, show
from assistant.cli.backing_up import backup
from assistant.cli.conversing import ask
from assistant.cli.drafting import follow_up, plan, review, value
from assistant.cli.erasing import erase
from assistant.cli.explaining import why
from assistant.cli.learning import learn
from assistant.cli.measuring import evaluate
from assistant.cli.previewing import preview
from assistant.cli.serving import serve
from assistant.cli.steering import export
from assistant.cli.tending import demo, doctor, import_, reindex

#: Exit codes of the contract.
BAD_INPUT, NOT_FOUND, FAILED = 2, 3, 1


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="liaison", prog_name="liaison")
def liaison() -> None:
    """Strategic account planning in which every factual sentence can be checked."""


for _command in (
    demo,
    import_,
    accounts,
    show,
    search,
    ask,
    plan,
    value,
    follow_up,
    review,
    why,
    learn,
    evaluate,
    preview,
    export,
    reindex,
    serve,
    doctor,
    erase,
    backup,
):
    liaison.add_command(_command)


def main() -> None:
    """The entry point: turn every expected failure into one line and an exit code."""
    try:
        # What a command exits with comes back from here.
        code = liaison.main(standalone_mode=False)
    except click.UsageError as error:
        _fail(error.format_message(), BAD_INPUT)
    except (click.Abort, KeyboardInterrupt):
        _fail("Stopped. What was done is kept; run the same command again to go on.", FAILED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(FAILED)
    except Exception as error:
        if os.environ.get("LIAISON_DEBUG"):
            raise
        _fail(*_told(error))
    else:
        sys.exit(code or 0)


def _told(error: Exception) -> tuple[str, int]:
    from assistant.errors import BadInstruction, BadSettings, LiaisonError
    from knowledge.errors import BadInput, KnowledgeError, NotFound

    if isinstance(error, (BadInput, BadSettings, BadInstruction)):
        return str(error), BAD_INPUT
    if isinstance(error, NotFound):
        return str(error), NOT_FOUND
    if isinstance(error, (KnowledgeError, LiaisonError)):
        return str(error), FAILED
    where = "set LIAISON_DEBUG=1 to see where"
    return f"Something unexpected happened ({type(error).__name__}); {where}.", FAILED


def _fail(message: str, code: int) -> None:
    click.echo(f"liaison: {message}", err=True)
    sys.exit(code)
