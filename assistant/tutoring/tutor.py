"""The tutor: a path of lessons, cards that come back, answers that cite the playbook.

It teaches from the shipped playbook, which everyone may read: somebody the records do not know
yet learns like anybody else. What is kept of a learner stands in the journal under their address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from assistant.claims import Claim
from assistant.grounding import check
from assistant.office import Office
from assistant.tutoring.bank import Question, shipped_questions
from assistant.tutoring.cards import Asked, Card, Outcome
from assistant.tutoring.learners import learner_of, role_of
from assistant.tutoring.lessons import Fit, Lesson, lesson_of
from assistant.tutoring.marking import judged
from assistant.tutoring.path import Path, Role, path_of
from assistant.tutoring.progress import Progress, Summary, counted, most_missed, summary_of
from assistant.tutoring.schedule import Grade, review
from knowledge.errors import NotFound
from knowledge.journal.learning import Answered, LearningJournal
from knowledge.playbook import Article, read_playbook
from knowledge.records import Viewer

#: The day's limits: answers in all, and questions never asked before.
DAILY, DAILY_NEW = 30, 12
_MOST_ACCOUNTS, _MOST_FITS = 12, 2


class Tutor:
    """Teaches the people of one office."""

    def __init__(
        self,
        office: Office,
        playbook: Mapping[str, Article] | None = None,
        questions: Mapping[str, Question] | None = None,
    ) -> None:
        self._office = office
        self._playbook = read_playbook() if playbook is None else playbook
        self._questions = shipped_questions() if questions is None else questions
        self._journal = LearningJournal(office.workspace.database)

    def path(self, viewer: Viewer, role: Role | None = None) -> Path:
        """The viewer's path; without a role, the one that goes with what the records say."""
        return self._path(learner_of(viewer), role or role_of(viewer))

    def lesson(self, viewer: Viewer, lesson: str, day: date | None = None) -> Lesson:
        """A lesson, with the viewer's own accounts that it fits on a day.

        Raises:
            NotFound: the playbook has no such article.
        """
        article = self._article(lesson)
        fits = self._fits(viewer, article, self._office.day(day))
        return lesson_of(article, self._office.versions[article.source_id], fits)

    def finish(self, viewer: Viewer, lesson: str, now: datetime) -> None:
        """Keep that the viewer has read a lesson; its questions are asked from now on."""
        self._journal.read(learner_of(viewer), self._article(lesson).slug, now)

    def due(self, viewer: Viewer, now: datetime, limit: int = DAILY) -> list[Card]:
        """What to ask the viewer now: cards that are due, then questions never asked before.

        New ones come from the lessons read, then from the next lesson on the path. Never more
        than the day's limits leave; a day begins at midnight UTC.
        """
        now = now.astimezone(UTC)
        learner = learner_of(viewer)
        self._journal.settle(learner, self._questions.keys(), now)
        kept = self._journal.cards(learner)
        waiting = [
            Card(c.question_id, c.article, self._questions[c.question_id].kind, c.due, fresh=False)
            for c in kept
            if c.retired is None and c.due <= now
        ]
        begun = sum(c.introduced.date() == now.date() for c in kept)
        path = self._path(learner, role_of(viewer))
        fresh = self._fresh(learner, path, {c.question_id for c in kept}, now)
        found = [*waiting, *fresh[: max(0, DAILY_NEW - begun)]]
        return found[: max(0, min(limit, self._left(learner, now)))]

    def ask(self, viewer: Viewer, card: Card | str) -> Asked:  # noqa: ARG002 - everyone is asked alike
        """The question of a card as it is shown.

        Raises:
            NotFound: no such question, or one that is no longer asked.
        """
        question = self._question(card if isinstance(card, str) else card.id)
        title = self._playbook[question.article].title
        return Asked(
            question.id, question.article, title, question.kind, question.ask, question.options
        )

    def reveal(self, viewer: Viewer, card: str) -> Outcome:
        """The answer to a question whose learner has thought about it; nothing is kept.

        Raises:
            NotFound: no such question, or one that is no longer asked.
        """
        question = self._question(card)
        return Outcome(
            card,
            None,
            None if question.right is None else question.options[question.right],
            question.here,
            self._explained(viewer, question),
            "good",
            None,
            None,
        )

    def answer(
        self,
        viewer: Viewer,
        card: str,
        *,
        now: datetime,
        reply: str | None = None,
        grade: Grade | None = None,
    ) -> Outcome:
        """Judge a reply, and keep the grade.

        An option is right or wrong: right counts as `good` unless graded otherwise, wrong as
        `again`. A reply in one's own words without a grade is only judged: show the passage and
        the suggestion, and answer again with the learner's grade. A card that is not due is not
        reviewed again, so a second click changes nothing.

        Raises:
            NotFound: no such question, or one that is no longer asked.
            BadInput: neither a reply nor a grade, or a reply that is none of the options.
        """
        question = self._question(card)
        right, suggestion = judged(question, reply, grade)
        settled = suggestion if right is not None else grade
        learner = learner_of(viewer)
        before = self._journal.card(learner, card)
        outcome = Outcome(
            card,
            right,
            None if question.right is None else question.options[question.right],
            question.here,
            self._explained(viewer, question),
            suggestion,
            settled,
            None,
        )
        if settled is None:
            return outcome
        if before is not None and before.due > now:
            return replace(outcome, due=before.due)
        after = review(before.state if before else None, settled, now)
        self._journal.keep(
            Answered(
                learner,
                card,
                question.article,
                question.ask,
                now,
                settled,
                reply,
                after.state,
                after.due,
            )
        )
        return replace(outcome, due=after.due)

    def progress(self, viewer: Viewer, now: datetime, role: Role | None = None) -> Progress:
        """How far the viewer has come, and who else may see the summary."""
        learner = learner_of(viewer)
        waiting = self.due(viewer, now)
        cards = self._journal.cards(learner)
        reviews = self._journal.reviews(learner)
        titles = {slug: article.title for slug, article in self._playbook.items()}
        return Progress(
            summary=summary_of(learner, self.path(viewer, role), reviews, now),
            due=len(waiting),
            fresh=sum(card.fresh for card in waiting),
            left_today=self._left(learner, now),
            retired=sum(card.retired is not None for card in cards),
            reread=most_missed(cards, reviews, titles, now),
            shared_with=self._journal.shared_with(learner),
        )

    def agree(
        self, viewer: Viewer, manager: str, now: datetime, *, yes: bool
    ) -> Mapping[str, datetime]:
        """Let a manager see the viewer's summary, or stop it; who may see it afterwards.

        Raises:
            NotFound: nobody of that address in the records (only when agreeing).
        """
        learner = learner_of(viewer)
        if yes:
            self._journal.share(learner, learner_of(self._office.ledger.viewer(manager)), now)
        else:
            self._journal.revoke(learner, manager.strip().lower(), now)
        return self._journal.shared_with(learner)

    def summary(self, reader: Viewer, learner: str, now: datetime) -> Summary:
        """The summary of a learner: for themselves, or for a manager they agreed to.

        Raises:
            NotFound: nobody of that address, or nobody who agreed (the same words for both).
        """
        who = learner.strip().lower()
        own = learner_of(reader)
        if who != own and own not in self._journal.shared_with(who):
            raise NotFound("learner", learner)
        role = role_of(reader) if who == own else self._role(who)
        return summary_of(who, self._path(who, role), self._journal.reviews(who), now)

    def learners(self, manager: Viewer) -> list[str]:
        """The learners whose summary the viewer may see."""
        return self._journal.learners_of(learner_of(manager))

    def _path(self, learner: str, role: Role) -> Path:
        asked: dict[str, list[str]] = {}
        for question in self._questions.values():
            asked.setdefault(question.article, []).append(question.id)
        counts = counted(asked, self._journal.cards(learner))
        return path_of(role, self._playbook, self._journal.lessons(learner).keys(), counts)

    def _fresh(self, learner: str, path: Path, known: set[str], now: datetime) -> list[Card]:
        read = self._journal.lessons(learner)
        lessons = [*(s.lesson for s in path.steps if s.read), *sorted(read)]
        if path.next:
            lessons.append(path.next.lesson)
        return [
            Card(question.id, slug, question.kind, now, fresh=True)
            for slug in dict.fromkeys(lessons)
            for question in self._questions.values()
            if question.article == slug and question.id not in known
        ]

    def _left(self, learner: str, now: datetime) -> int:
        midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        return max(0, DAILY - len(self._journal.reviews(learner, since=midnight)))

    def _explained(self, viewer: Viewer, question: Question) -> tuple[Claim, ...]:
        version = self._office.versions[self._playbook[question.article].source_id]
        return tuple(check([question.claim(version)], self._office.grounds(viewer)))

    def _fits(self, viewer: Viewer, article: Article, day: date) -> tuple[Fit, ...]:
        """The viewer's own accounts for which a situation of the article holds."""
        if viewer.user_id is None or not article.situations:
            return ()
        mine = [
            holding.account
            for holding in self._office.ledger.portfolio(viewer, day).holdings
            if holding.account.owner_id == viewer.user_id
        ]
        found = []
        for account in mine[:_MOST_ACCOUNTS]:
            held = set(self._office.brief(viewer, account.id, day).situations)
            said = next((one for one in article.situations if one in held), None)
            if said is not None:
                found.append(Fit(account.id, account.name, said))
            if len(found) == _MOST_FITS:
                break
        return tuple(found)

    def _article(self, lesson: str) -> Article:
        if lesson not in self._playbook:
            raise NotFound("lesson", lesson)
        return self._playbook[lesson]

    def _question(self, card: str) -> Question:
        question = self._questions.get(card)
        if question is None:
            raise NotFound("card", card)
        return question

    def _role(self, learner: str) -> Role:
        try:
            return role_of(self._office.ledger.viewer(learner))
        except NotFound:
            return "new hire"
