"""The stage: begin a role play, speak, end it, come back to it after a restart.

It holds a journal, prompts and perhaps a model. It has no ledger, so whatever a learner types,
nothing of a real account can be said back.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from assistant.errors import ModelFailure
from assistant.prompting import Prompt, RoleReply
from assistant.prompting import Turn as Said
from assistant.tutoring.learners import learner_of
from assistant.tutoring.role_play.debriefing import Debrief, debrief_of
from assistant.tutoring.role_play.personas import Persona, read_personas
from assistant.tutoring.role_play.scenes import (
    Line,
    Mode,
    Scene,
    State,
    chosen,
    opening_line,
    options_of,
)
from knowledge.errors import BadInput, NotFound
from knowledge.journal.learning import RolePlay as Kept
from knowledge.journal.role_plays import RolePlays
from knowledge.records import Database, Viewer

if TYPE_CHECKING:
    from assistant.models import Models

#: A line longer than this is a speech, and a talk longer than that is no quarter of an hour.
LONGEST, MOST_LINES = 1_200, 24
_LANGUAGES = {"en": "English", "de": "German", "ru": "Russian"}
_GOES_ON = {
    "en": "The talk goes on as a scenario: choose what to say.",
    "de": "Das Gespräch geht nach Drehbuch weiter: Wählen Sie, was Sie sagen.",
    "ru": "Разговор идёт дальше по сценарию: выберите, что сказать.",
}


class RolePlay:
    """Conversations with invented people of fictional accounts."""

    def __init__(
        self,
        database: Database,
        prompts: Mapping[str, Prompt] | None = None,
        models: Models | None = None,
        personas: Mapping[str, Persona] | None = None,
    ) -> None:
        self._journal = RolePlays(database)
        self._prompts = prompts or {}
        self._models = models if models is not None and models.available and prompts else None
        self._personas = read_personas() if personas is None else personas

    def personas(self) -> list[Persona]:
        """Whom one can talk to."""
        return list(self._personas.values())

    def begin(self, viewer: Viewer, persona: str, now: datetime, language: str = "en") -> Scene:
        """Begin a role play; the persona speaks first.

        With a model it is a free conversation in the language; without one a scenario in English.

        Raises:
            NotFound: no such persona.
        """
        played = self._persona(persona)
        mode: Mode = "free" if self._models is not None else "scenario"
        state = State(mode=mode, turn=played.opening, language=language)
        play = Kept(
            id=uuid.uuid4().hex,
            learner=learner_of(viewer),
            persona=persona,
            account=played.account,
            state=state.to_json(),
            started=now,
        )
        play_id = play.id
        self._journal.begin(play)
        self._journal.add(play_id, [("persona", opening_line(played))], state.to_json(), now)
        return self.scene(viewer, play_id)

    def resume(self, viewer: Viewer, persona: str) -> Scene | None:
        """The learner's newest role play with a persona that was not ended."""
        found = self._journal.newest(learner_of(viewer), persona)
        return self.scene(viewer, found.id) if found else None

    def scene(self, viewer: Viewer, scene_id: str) -> Scene:
        """A role play as it stands; raises `NotFound` unless it is the viewer's own."""
        play = self._journal.find(learner_of(viewer), scene_id)
        persona, state = self._persona(play.persona), State.of(play.state)
        over = state.over or state.turn in persona.endings
        ended = play.ended is not None
        playing = state.mode == "scenario" and not over and not ended
        return Scene(
            id=scene_id,
            persona=persona,
            mode=state.mode,
            lines=tuple(self._lines(scene_id)),
            options=options_of(persona.turns[state.turn]) if playing else (),
            over=over or ended,
            ended=ended,
            notices=state.notices,
        )

    def say(self, viewer: Viewer, scene_id: str, said: str, now: datetime) -> Scene:
        """Say something: an option's letter, or words of one's own.

        A model that fails hands over to the scenario, which a notice tells.

        Raises:
            NotFound: no such role play of the viewer's.
            BadInput: nothing said, a speech, or the role play is over.
        """
        scene = self.scene(viewer, scene_id)
        words = _spoken(said)
        if scene.over:
            raise BadInput(
                "This role play is over: end it for the debrief, or begin another.", "scene_over"
            )
        state = State.of(self._journal.find(learner_of(viewer), scene_id).state)
        if state.mode == "free":
            try:
                reply = self._reply(viewer, scene, state, words)
            except ModelFailure as failure:
                notice = _handed_over(failure, state.language)
                state = replace(state, mode="scenario", notices=(*state.notices, notice))
            else:
                self._converse(scene, state, words, reply, now)
                return self.scene(viewer, scene_id)
        self._play(scene, state, words, now)
        return self.scene(viewer, scene_id)

    def end(self, viewer: Viewer, scene_id: str, now: datetime) -> Debrief:
        """End a role play and debrief it; ending twice gives the same debrief.

        Raises:
            NotFound: no such role play of the viewer's.
        """
        play = self._journal.find(learner_of(viewer), scene_id)
        if play.debrief is None:
            persona = self._persona(play.persona)
            found = debrief_of(persona, State.of(play.state), self._lines(scene_id))
            self._journal.end(scene_id, found.to_json(), now)
            play = self._journal.find(learner_of(viewer), scene_id)
        return Debrief.of(play.debrief or {})

    def _play(self, scene: Scene, state: State, words: str, now: datetime) -> None:
        """One step of the scenario; words that fit no move leave it where it is."""
        persona, turn = scene.persona, scene.persona.turns[state.turn]
        place = chosen(turn, words)
        if place is None:
            said = [("learner", words), ("persona", persona.puzzled)]
            self._journal.add(scene.id, said, state.to_json(), now)
            return
        move = turn.moves[place]
        spoken = move.say if len(words) == 1 else words
        number = len(scene.lines) + 1
        after = replace(state, turn=move.goes, moves=(*state.moves, (number, state.turn, place)))
        says = persona.endings.get(move.goes) or persona.turns[move.goes].says
        self._journal.add(scene.id, [("learner", spoken), ("persona", says)], after.to_json(), now)

    def _converse(
        self, scene: Scene, state: State, words: str, reply: RoleReply, now: datetime
    ) -> None:
        number = len(scene.lines) + 1
        over = reply.over or number + 1 >= MOST_LINES
        after = replace(state, free=(*state.free, number), over=over)
        says = " ".join(reply.says.split()) or "(Silence.)"
        self._journal.add(scene.id, [("learner", words), ("persona", says)], after.to_json(), now)

    def _reply(self, viewer: Viewer, scene: Scene, state: State, words: str) -> RoleReply:
        """What the model lets the persona say; it is sent the persona, the facts and the talk."""
        from assistant.errors import NoModel
        from assistant.models import RunFor

        if self._models is None:
            raise NoModel("The conversation began with a language model, and none is set now.")
        persona = scene.persona
        filled = self._prompts["role_play"].fill(
            persona=_described(persona),
            account=" ".join((f"{persona.account}.", *persona.facts)),
            goal=persona.goal,
            said=words,
            language=_LANGUAGES.get(state.language, "English"),
        )
        run = RunFor(viewer, task="role_play", about=scene.id)
        return self._models.write(filled.after(*_talk(scene.lines)), RoleReply, run)

    def _lines(self, play_id: str) -> list[Line]:
        return [
            Line(row.number, "learner" if row.speaker == "learner" else "persona", row.text, row.at)
            for row in self._journal.lines(play_id)
        ]

    def _persona(self, persona: str) -> Persona:
        if persona not in self._personas:
            raise NotFound("persona", persona)
        return self._personas[persona]


def _handed_over(failure: ModelFailure, language: str) -> str:
    """Why the scenario takes over."""
    from assistant.models.telling import sentence_of

    goes_on = _GOES_ON.get(language, _GOES_ON["en"])
    return f"{sentence_of(failure, language)} {goes_on}"


def _talk(lines: Sequence[Line]) -> tuple[Said, ...]:
    return tuple(Said("user" if one.speaker == "learner" else "model", one.text) for one in lines)


def _described(persona: Persona) -> str:
    """Who the model plays, the hidden part included."""
    hidden = persona.hidden
    return " ".join(
        (
            f"{persona.name}, {persona.title}, {persona.account}.",
            f"Wants: {hidden.wants} Fears: {hidden.fears} Knows: {' '.join(hidden.knows)}",
            f"Is moved by: {hidden.moved_by} Never says unasked: {hidden.never_unasked}",
        )
    )


def _spoken(said: str) -> str:
    """The words on one line, so that they cannot pass for parts of a prompt."""
    words = " ".join(said.split())
    if not words:
        raise BadInput("Say something, or end the role play.", "silence")
    if len(words) > LONGEST:
        raise BadInput(
            f"That is a speech: say it in at most {LONGEST} characters.", "speech", most=LONGEST
        )
    return words
