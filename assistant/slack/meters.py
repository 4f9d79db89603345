"""What is counted and timed, in the words of Prometheus."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from knowledge.journal.runs import Usage

_ACKNOWLEDGED = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 3.0)
_WORKED = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)


class Meters:
    """The meters of one process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.received = Counter(
            "liaison_requests_received",
            "Requests from Slack, by their type",
            ["type"],
            registry=self._registry,
        )
        self.acknowledged = Histogram(
            "liaison_acknowledged_seconds",
            "From a request's arrival to its acknowledgement",
            buckets=_ACKNOWLEDGED,
            registry=self._registry,
        )
        self._jobs = Counter(
            "liaison_jobs",
            "Tries of jobs, by name and outcome",
            ["name", "outcome"],
            registry=self._registry,
        )
        self._worked = Histogram(
            "liaison_job_seconds",
            "Duration of a try",
            ["name"],
            buckets=_WORKED,
            registry=self._registry,
        )
        self.answers = Counter(
            "liaison_answers",
            "Answers, by how they came about and where they were shown",
            ["route", "reach"],
            registry=self._registry,
        )
        self._sent = Counter(
            "liaison_model_tokens_sent",
            "Tokens sent to a language model, by model and how the call ended",
            ["model", "outcome"],
            registry=self._registry,
        )
        self._received = Counter(
            "liaison_model_tokens_received",
            "Tokens a language model wrote, by model and how the call ended",
            ["model", "outcome"],
            registry=self._registry,
        )
        self._waiting = Gauge("liaison_jobs_waiting", "Jobs not done", registry=self._registry)
        self._age = Gauge(
            "liaison_oldest_job_seconds", "Age of the oldest job not done", registry=self._registry
        )

    def tally(self, name: str, outcome: str, seconds: float) -> None:
        """A job was tried."""
        self._jobs.labels(name, outcome).inc()
        self._worked.labels(name).observe(seconds)

    def tokens(self, model: str, outcome: str, usage: Usage) -> None:
        """A call of a language model has ended."""
        self._sent.labels(model, outcome).inc(usage.sent)
        self._received.labels(model, outcome).inc(usage.written)

    def exposition(self, waiting: Callable[[], tuple[int, timedelta]]) -> bytes:
        """Everything, as Prometheus reads it."""
        count, age = waiting()
        self._waiting.set(count)
        self._age.set(age.total_seconds())
        return generate_latest(self._registry)
