"""What can go wrong in the assistant.

    LiaisonError
    ├── BadSettings         liaison.toml or the environment says something impossible
    ├── BadTemplate         a phrase or prompt lacks a placeholder, or has one too many
    ├── BadInstruction      a draft cannot be revised that way without a language model
    ├── BadFormula          a formula cannot be evaluated (`assistant.formulas`)
    └── NothingToDraft      the records hold too little for what was asked

`knowledge.errors` has its own tree; the command line turns both into one line and an exit code.
Every message is one clear sentence: what, where, what to do.
"""


class LiaisonError(Exception):
    """The root: everything this package raises on purpose."""


class BadSettings(LiaisonError):
    """A setting is missing or impossible; the message names file and line, or the variable."""


class BadTemplate(LiaisonError):
    """A phrase or prompt and its values do not fit; the message names file and key."""


class BadInstruction(LiaisonError):
    """A draft cannot be revised that way; the message says which ways there are."""


class NothingToDraft(LiaisonError):
    """The records hold too little for what was asked; the message says what would help."""
