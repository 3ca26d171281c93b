"""A few hundred mutated files, the same in every round; `python -m tests.fuzz` judges thousands."""

import time
from collections import Counter

import pytest

from tests.fuzz.cases import case, judge_case, judge_sound
from tests.fuzz.crew import HANGS_AFTER, Worker

FILES = 300
SEED = 20_261_127


def test_every_mutated_file_is_run_or_refused_cleanly() -> None:
    assert judge_sound().kind == "run"
    counts: Counter[str] = Counter()
    for number in range(FILES):
        began = time.process_time()
        outcome = judge_case(SEED, number)
        assert outcome.clean, (
            f"python -m tests.fuzz --seed {SEED} --only {number}\n{outcome.detail}"
        )
        assert time.process_time() - began < HANGS_AFTER, number
        counts[outcome.kind] += 1
    assert counts["run"] > FILES / 10
    assert counts["refused"] > FILES / 3


def test_a_file_is_named_by_its_seed_and_number() -> None:
    assert case(1, 5) == case(1, 5)
    texts = {case(seed, number).text for seed in (1, 2) for number in range(50)}
    assert len(texts) > 90


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ValueError("anything"), "traceback"),
        (RecursionError(), "traceback"),
        (MemoryError(), "traceback"),
    ],
)
def test_what_is_not_clean_is_told(
    monkeypatch: pytest.MonkeyPatch, error: Exception, kind: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("tests.fuzz.judge.load_policies", fail)
    outcome = judge_case(1, 1)
    assert (outcome.kind, outcome.clean) == (kind, False)
    assert type(error).__name__ in outcome.detail


def test_a_file_that_takes_too_long_twice_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = Worker(1, [3])
    try:
        with monkeypatch.context() as patch:
            assert worker.hear() is None  # ready
            patch.setattr("tests.fuzz.crew.HANGS_AFTER", -1.0)
            assert worker.late() is None
            assert worker.numbers == [3]
            assert worker.hear() is None  # ready again
            report = worker.late()
    finally:
        worker.process.kill()
    assert report is not None
    assert (report.number, report.kind) == (3, "hang")
    assert worker.numbers == []
