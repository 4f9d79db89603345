"""Where links may lead: our CRM's pages, messages of our own Slack workspace, and ourselves.

A host counts only if it is the same to the letter, over https, without port or user: whatever
merely looks like one of ours stays text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from assistant.claims import Evidence
from assistant.settings import CrmSettings

#: Longer addresses do not fit a button, and no page of ours has one.
_LONGEST = 1_500
_PERMALINK = re.compile(r"/archives/[A-Z0-9]+/p\d+")
_IN_THREAD = re.compile(r"(?:(?:thread_ts=[\d.]+|cid=[A-Z0-9]+)(?:&|$))*")
#: Kinds of source that are no page of the CRM, whatever they are cited as.
_ELSEWHERE = frozenset({"computed", "document", "message", "note", "playbook"})
#: How the ids of records begin that people told us, and the CRM does not know.
_CAPTURED = ("slack-", "told-")
_ID = re.compile(r"[A-Za-z0-9_.-]+")


def _nowhere(_: Evidence) -> str | None:
    return None


@dataclass(frozen=True)
class Links:
    """The allow list, and where a citation leads.

    Attributes:
        hosts: https hosts whose every page may be linked.
        workspace: the host of our Slack workspace, such as `varnholt.slack.com`; only its
            messages may be linked.
        record_page: the address of a CRM record, with `{id}` where its id goes.
        permalink: the Slack message a captured source was taken from, if it was.
    """

    hosts: frozenset[str] = frozenset()
    workspace: str | None = None
    record_page: str | None = None
    permalink: Callable[[Evidence], str | None] = _nowhere

    def allows(self, url: str) -> bool:
        """Whether text may carry this link."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        if parts.scheme != "https" or not url.isascii() or len(url) > _LONGEST:
            return False
        if parts.netloc == self.workspace:
            return bool(_PERMALINK.fullmatch(parts.path) and _IN_THREAD.fullmatch(parts.query))
        return bool(parts.netloc) and parts.netloc in self.hosts

    def is_message(self, url: str) -> bool:
        """Whether a link that is allowed leads to a message of our workspace."""
        return urlsplit(url).netloc == self.workspace

    def of(self, evidence: Evidence) -> str | None:
        """The page a citation opens; None where only its quote can be shown."""
        url = self.permalink(evidence) or self._record(evidence)
        return url if url is not None and self.allows(url) else None

    def _record(self, evidence: Evidence) -> str | None:
        if self.record_page is None or evidence.kind in _ELSEWHERE:
            return None
        record_id = re.split(r"[@#\[]", evidence.ref.partition(":")[2], maxsplit=1)[0]
        if not _ID.fullmatch(record_id) or record_id.startswith(_CAPTURED):
            return None
        return self.record_page.replace("{id}", quote(record_id, safe=""))


#: Nothing may be linked.
NO_LINKS = Links()


def links_of(
    crm: CrmSettings,
    *,
    workspace: str | None = None,
    own: Iterable[str] = (),
    permalink: Callable[[Evidence], str | None] = _nowhere,
) -> Links:
    """The links of a company.

    Args:
        crm: what `liaison.toml` says about the CRM.
        workspace: our Slack workspace, as `auth.test` tells its address or as a bare host.
        own: further hosts of ours, such as the one this service answers on.
        permalink: the Slack message behind a captured source.
    """
    pages = [urlsplit(crm.link).netloc] if crm.link and crm.link.startswith("https://") else []
    slack = workspace and (urlsplit(workspace).netloc or workspace).lower()
    return Links(
        hosts=frozenset({*pages, *crm.link_hosts, *own}),
        workspace=slack or None,
        record_page=crm.link,
        permalink=permalink,
    )
