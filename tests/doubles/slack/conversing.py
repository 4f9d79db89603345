"""What people do with messages: say, edit, delete, open the app, look around, press Stop."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping

from tests.doubles.slack.deliveries import Delivery, PostOffice
from tests.doubles.slack.refusals import ImpossibleAct
from tests.doubles.slack.values import Channel, File, Json, Message, Person
from tests.doubles.slack.workspace import Workspace


class Conversing:
    """Acts that reach the app as events."""

    workspace: Workspace
    post: PostOffice

    def say(
        self,
        person: Person,
        where: Channel,
        text: str,
        *,
        thread_ts: str = "",
        files: Mapping[str, bytes] | None = None,
        looking_at: Iterable[Channel] = (),
    ) -> Message:
        """Say something; a mention reaches the app twice, as Slack has it.

        Args:
            person: Who speaks; they must be in the channel.
            where: A channel, or `workspace.dm(person)`.
            text: As Slack stores it: mention with `person.mention`.
            thread_ts: The first message of the thread to answer in.
            files: Contents by file name.
            looking_at: What `app_context` tells of the speaker's screen.

        Returns:
            The message; `message.deliveries` are the events it caused, in order.
        """
        world = self.workspace
        world.require_member(person, where)
        with world.change():
            if thread_ts and world.message(where, thread_ts) is None:
                raise ImpossibleAct(f"There is no thread {thread_ts} in {where.name}.")
            message = Message(where, world.clock.timestamp(), person, text, thread_ts=thread_ts)
            message.client_msg_id = str(uuid.uuid4())
            message.bot_id = f"B{person.id[1:]}" if person.is_bot else ""
            message.blocks = [_rich_text(text)]
            message.files = [self._shared(person, where, *file) for file in (files or {}).items()]
            message.subtype = "file_share" if message.files else ""
            world.post(message)
        self._tell(message, list(looking_at))
        return message

    def _tell(self, message: Message, looking_at: list[Channel]) -> None:
        world = self.workspace
        event = world.message_event(message)
        if looking_at:
            event["app_context"] = {"entities": self._entities(looking_at)}
        self._deliver(message, event)
        if world.mentions_bot(message.text) and not message.channel.is_direct:
            mention = {key: value for key, value in event.items() if key != "channel_type"}
            self._deliver(message, {**mention, "type": "app_mention"})
        for file in message.files:
            shared = {"type": "file_shared", "channel_id": message.channel.id, "file_id": file.id}
            told = {"user_id": message.author.id, "file": {"id": file.id}, "event_ts": message.ts}
            self._deliver(message, {**shared, **told})

    def _deliver(self, message: Message, event: Json) -> None:
        delivery = self.post.event(event, message.channel)
        if delivery is not None:
            message.deliveries.append(delivery)

    def _shared(self, person: Person, where: Channel, name: str, content: bytes) -> File:
        file = self.workspace.new_file(person, name, content)
        file.channels.append(where.id)
        self.workspace.files[file.id] = file
        return file

    def edit(self, message: Message, text: str) -> Delivery | None:
        """Let the author change what they said."""
        world = self.workspace
        with world.change():
            previous = message.as_json()
            message.versions.append(message.text)
            message.text, message.blocks = text, [_rich_text(text)]
            world.number(message.blocks)
            message.edited = world.clock.timestamp()
            event = world.message_event(message, "message_changed", previous)
        return self.post.event(event, message.channel)

    def delete(self, message: Message) -> Delivery | None:
        """Let the author take back what they said."""
        world = self.workspace
        with world.change():
            previous = message.as_json()
            message.deleted = True
            event = world.message_event(message, "message_deleted", previous)
        return self.post.event(event, message.channel)

    def join(self, person: Person, channel: Channel) -> Delivery | None:
        """Bring somebody into a channel."""
        with self.workspace.change():
            channel.members.append(person.id)
        return self.post.event(self._membership("joined", person, channel), channel)

    def leave(self, person: Person, channel: Channel) -> Delivery | None:
        """Let somebody go from a channel."""
        event = self._membership("left", person, channel)
        with self.workspace.change():
            channel.members.remove(person.id)
        return self.post.event(event, channel)

    def _membership(self, what: str, person: Person, channel: Channel) -> Json:
        ts = self.workspace.clock.timestamp()
        told = {"user": person.id, "channel": channel.id, "team": person.team_id, "event_ts": ts}
        kind = "G" if channel.kind == "group" else "C"
        return {"type": f"member_{what}_channel", "channel_type": kind, **told}

    def open_home(self, person: Person) -> Delivery | None:
        """Open the app's Home tab."""
        shown = self.workspace.views.homes.get(person.id)
        view = {"view": shown.as_json()} if shown else {}
        return self._opened(person, "home", view)

    def open_messages(self, person: Person, looking_at: Iterable[Channel] = ()) -> Delivery | None:
        """Open the app's Messages tab, with or without something else on the screen."""
        entities = self._entities(list(looking_at))
        return self._opened(
            person, "messages", {"context": {"entities": entities} if entities else {}}
        )

    def _opened(self, person: Person, tab: str, more: Json) -> Delivery | None:
        world = self.workspace
        dm, ts = world.dm(person), world.clock.timestamp()
        event = {"type": "app_home_opened", "user": person.id, "channel": dm.id, "tab": tab}
        return self.post.event({**event, "event_ts": ts, **more}, None)

    def look_at(self, person: Person, *channels: Channel) -> Delivery | None:
        """Go to a channel while the app's panel stays open (`app_context_changed`)."""
        world = self.workspace
        entities = self._entities(list(channels))
        event = {"type": "app_context_changed", "user": person.id, "channel": world.dm(person).id}
        context: Json = {"entities": entities} if entities else {}
        ts = world.clock.timestamp()
        return self.post.event({**event, "context": context, "event_ts": ts}, None)

    def _entities(self, channels: list[Channel]) -> list[Json]:
        team_id = self.workspace.team_id
        kind = "slack#/types/channel_id"
        return [{"type": kind, "value": one.id, "team_id": team_id} for one in channels]

    def stop(self, person: Person, where: Channel, thread_ts: str) -> Delivery | None:
        """Press Stop under a thread that the app is working on; its streams end at once."""
        world = self.workspace
        with world.change():
            session = world.sessions.get((where.id, thread_ts))
            live = [m for m in world.in_thread(where, thread_ts) if m.is_streaming]
            if not live and (session is None or session.status != "processing"):
                raise ImpossibleAct("There is no Stop button: the session is not processing.")
            if not world.granted.hears("agent_session_stopped"):
                raise ImpossibleAct("There is no Stop button without agent_session_stopped.")
            for message in live:
                assert message.stream is not None
                message.stream.state = "stopped_by_user"
            told = {"streaming_message_ts": [m.ts for m in live], "thread_ts": thread_ts}
        event = {"type": "agent_session_stopped", "user": person.id, "channel": where.id, **told}
        return self.post.event({**event, "event_ts": world.clock.timestamp()}, where)

    def kill_stream(self, message: Message) -> None:
        """Let a streamed message die as if its five minutes were over."""
        with self.workspace.change():
            assert message.stream is not None, "The message is not a stream."
            message.stream.state = "died"


def _rich_text(text: str) -> Json:
    spans = [{"type": "text", "text": text or " "}]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": spans}]}
