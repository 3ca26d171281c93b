"""Jobs without a screen: shared, canceled, refined, and remembered."""

import threading

import pytest

from dashboard.jobs import Job, Jobs
from dashboard.live import stages


def counting(started: list[str], gate: threading.Event):
    def work(job: Job) -> None:
        started.append(job.key)
        for number in range(1, 1000):
            job.publish(number)
            gate.wait(0.01)
            job.report(number, 1000)

    return work


def test_the_same_question_is_the_same_job() -> None:
    started: list[str] = []
    gate, jobs = threading.Event(), Jobs()
    first = jobs.start("a", counting(started, gate), "one")
    assert jobs.start("a", counting(started, gate), "other") is first
    gate.set()
    first.join(10)
    assert (first.state, first.result, started) == ("done", 999, ["a"])
    assert first.share == pytest.approx(0.999)


def test_what_nobody_watches_any_more_is_canceled() -> None:
    gate, jobs = threading.Event(), Jobs()
    watched = jobs.start("a", counting([], gate), "one")
    jobs.start("a", counting([], gate), "other")
    jobs.start("b", counting([], gate), "one")
    assert watched.is_running
    jobs.start("b", counting([], gate), "other")
    watched.join(10)
    assert watched.state == "canceled"
    assert jobs.find("b").is_running
    gate.set()


def test_work_that_nobody_watches_from_the_start_goes_on() -> None:
    gate, jobs = threading.Event(), Jobs()
    long = jobs.start("long", counting([], gate))
    jobs.start("b", counting([], gate), "one")
    gate.set()
    long.join(10)
    assert long.state == "done"


def test_a_failure_is_told_and_tried_again() -> None:
    jobs = Jobs()

    def fails(_: Job) -> None:
        raise ValueError("no luck")  # noqa: EM101

    failed = jobs.start("a", fails)
    failed.join(10)
    assert (failed.state, str(failed.error)) == ("failed", "no luck")
    assert jobs.start("a", fails) is not failed


@pytest.mark.parametrize(("seasons", "cores"), [(20, 2), (20, 64), (1, 8), (100, 3)])
def test_stages_end_with_all_seasons(seasons: int, cores: int) -> None:
    planned = stages(seasons, cores)
    assert planned[-1] == seasons
    assert list(planned) == sorted(set(planned))
