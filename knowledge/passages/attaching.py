"""Whose account a document is about: rules in the order of how surely people meant it."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from knowledge.passages.reading.base import Reading

_WORD = re.compile(r"\w+")
_INITIAL = re.compile(r"\b(\w)\.(?=\w\b)")  # “S.A.” is the word “SA”
_LEGAL = {
    *("inc", "incorporated", "corp", "corporation", "co", "company", "llc", "llp", "lp", "ltd"),
    *("limited", "plc", "gmbh", "mbh", "ag", "kg", "kgaa", "ug", "se", "ev", "sa", "sas", "sarl"),
    *("sl", "slu", "spa", "srl", "bv", "nv", "ab", "as", "oy", "oyj", "aps", "pty", "kk"),
}
_LEGAL_FIRST = {"ооо", "оао", "зао", "пао", "ао", "ип"}
_SHORT = 3  # letters: so short a name counts only as it is written
# Addresses at these say nothing about the company behind them.
_FREE_MAIL = {
    *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com"),
    *("outlook.de", "hotmail.de", "hotmail.fr", "hotmail.es", "hotmail.co.uk", "live.fr"),
    *("yahoo.com", "yahoo.de", "yahoo.fr", "yahoo.es", "yahoo.co.uk", "ymail.com", "aol.com"),
    *("icloud.com", "me.com", "mac.com", "gmx.de", "gmx.net", "gmx.com", "gmx.at", "gmx.ch"),
    *("web.de", "t-online.de", "freenet.de", "mail.de", "posteo.de", "mail.com", "zoho.com"),
    *("proton.me", "protonmail.com", "pm.me", "fastmail.com", "hey.com", "tutanota.com"),
    *("mail.ru", "bk.ru", "list.ru", "inbox.ru", "internet.ru", "yandex.ru", "yandex.com"),
    *("ya.ru", "rambler.ru", "orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "sfr.fr"),
    *("telefonica.net", "comcast.net", "verizon.net", "att.net", "btinternet.com", "qq.com"),
    *("163.com", "126.com", "naver.com", "seznam.cz", "wp.pl", "libero.it", "bluewin.ch"),
}

Words = tuple[str, ...]


@dataclass(frozen=True)
class Attachment:
    """The account a document belongs to, and the rule that said so."""

    account_id: str
    by: Literal["folder", "front matter", "address", "name"]


@dataclass(frozen=True)
class Directory:
    """What the rules may know: who is who, and where the file lay.

    `accounts` maps ids to names, `domains` e-mail domains to account ids (one that several
    accounts share must be left out), `contacts` e-mail addresses to account ids; domains and
    addresses are in lower case. `folder` is the file's folder relative to the root, in POSIX
    form, empty at the root itself.
    """

    accounts: Mapping[str, str]
    domains: Mapping[str, str]
    contacts: Mapping[str, str]
    folder: str = ""

    @cached_property
    def names(self) -> Mapping[Words, frozenset[str]]:
        """Every name in normalised words, with and without its legal form → account ids."""
        found: dict[Words, set[str]] = defaultdict(set)
        for account, name in self.accounts.items():
            for words in _forms(name):
                found[words].add(account)
        return {words: frozenset(ids) for words, ids in found.items()}

    @cached_property
    def spellings(self) -> Mapping[str, tuple[Words, ...]]:
        """The names as they are written, by their first word normalised, longest first."""
        found: dict[str, set[Words]] = defaultdict(set)
        for name in self.accounts.values():
            for words in _written(name):
                found[_folded(words[0])].add(words)
        return {
            first: tuple(sorted(written, key=len, reverse=True)) for first, written in found.items()
        }


def attach(reading: Reading, directory: Directory) -> Attachment | None:
    """The account of a document, or None: then a person decides.

    The folder it lies in (the nearest one named like an account), its front matter, its
    participants' addresses, an account named in its title, one named in its text. A rule that
    points to several accounts ends the search, and so does front matter that names an account
    nobody knows: a document shown to the wrong team is worse than one that waits.
    """
    if account := _by_folder(directory):
        return Attachment(account, "folder")
    if reading.account_hint:
        stated = _stated(reading.account_hint, directory)
        return Attachment(stated, "front matter") if stated else None
    written = _by_address(reading.participants, directory)
    if written:
        return Attachment(next(iter(written)), "address") if len(written) == 1 else None
    for text in (reading.title, reading.text):
        named = _mentioned(text, directory)
        if named:
            return Attachment(next(iter(named)), "name") if len(named) == 1 else None
    return None


def _by_folder(directory: Directory) -> str | None:
    for folder in reversed(directory.folder.split("/")):
        if (account := _one(folder, directory)) is not None:
            return account
    return None


def _stated(hint: str, directory: Directory) -> str | None:
    return hint if hint in directory.accounts else _one(hint, directory)


def _one(name: str, directory: Directory) -> str | None:
    """The only account of this name; one called exactly so goes before “… GmbH” and “… Ltd”."""
    for words in _forms(name):
        ids = directory.names.get(words, frozenset())
        exact = {account for account in ids if next(_forms(directory.accounts[account])) == words}
        if len(exact or ids) == 1:
            return next(iter(exact or ids))
    return None


def _by_address(participants: tuple[str, ...], directory: Directory) -> set[str]:
    accounts = (_owner(address.lower(), directory) for address in participants)
    return {account for account in accounts if account}


def _owner(address: str, directory: Directory) -> str | None:
    """The account of a contact, else of the company whose domain (or its parent) it is at."""
    if address in directory.contacts:
        return directory.contacts[address]
    domain = address.rpartition("@")[2]
    while "." in domain and domain not in _FREE_MAIL:
        if domain in directory.domains:
            return directory.domains[domain]
        domain = domain.partition(".")[2]
    return None


def _mentioned(text: str, directory: Directory) -> set[str]:
    """The accounts named in the text as whole words; a longer name hides those inside it.

    A name that two accounts share counts for both, so it decides nothing.
    """
    accounts: set[str] = set()
    words = _WORD.findall(text)
    at = 0
    while at < len(words):
        name = _name_at(words, at, directory)
        accounts |= directory.names[_normal(name)] if name else set()
        at += len(name) or 1
    return accounts


def _name_at(words: list[str], at: int, directory: Directory) -> Words:
    for name in directory.spellings.get(_folded(words[at]), ()):
        there = words[at : at + len(name)]
        if len(there) == len(name) and all(map(_same, there, name)):
            return name
    return ()


def _same(word: str, name: str) -> bool:
    """Whether a word of the text is this word of a name: “target” is not the company Target."""
    if len(name) <= _SHORT:
        return word == name
    return _folded(word) == _folded(name) and (word[0].isupper() or not name[0].isupper())


def _written(name: str) -> Iterator[Words]:
    """A name's words as written, then without its legal form."""
    words = tuple(_WORD.findall(_INITIAL.sub(r"\1", unicodedata.normalize("NFC", name))))
    if not words:
        return
    yield words
    short = words
    while len(short) > 1 and _folded(short[-1]) in _LEGAL:
        short = short[:-1]
    while len(short) > 1 and _folded(short[0]) in _LEGAL_FIRST:
        short = short[1:]
    if short != words:
        yield short


def _forms(name: str) -> Iterator[Words]:
    return map(_normal, _written(name))


def _normal(words: Words) -> Words:
    return tuple(map(_folded, words))


def _folded(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold()
