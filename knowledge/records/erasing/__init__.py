"""Forgetting a person: by what they are known again, and how words are blackened.

    marks      salted hashes by which an import knows somebody who was erased
    person     who an address is: the names, numbers and records that go with it
    quoting    sentences of theirs that others copied
    redacting  where a text names them or quotes them, and the same text without

What an import leaves out of an arrival is decided in `importing.leaving_out`.
"""
