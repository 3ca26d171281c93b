"""The order of simultaneous events of the business."""

from __future__ import annotations

import pytest

from sim.warehouse.clock import Clock


def _note(clock, log, name, *key):
    yield clock.at(*key)
    log.append((clock.time, name))


def test_simultaneous_events_follow_rank_kind_and_number_whatever_the_insertion():
    clock, log = Clock(), []
    for name, key in [
        ("b", (10, 5, 0, 2)),
        ("a", (10, 5, 0, 1)),
        ("late", (11, 0)),
        ("c", (10, 5, 1, 0)),
        ("first", (10, 2, 9, 9)),
    ]:
        clock.process(_note(clock, log, name, *key))
    clock.run()
    assert log == [(10, "first"), (10, "a"), (10, "b"), (10, "c"), (11, "late")]


def test_next_key_names_time_and_rank_and_starts_of_processes_come_before_any_rank():
    clock = Clock()
    with pytest.raises(IndexError):
        clock.next_key()
    clock.at(7, 3)
    assert clock.next_key() == (7, 3)
    clock.process(_note(clock, [], "x", 9, 0))
    assert clock.next_key() == (0, -1)


def test_a_process_started_at_a_hand_back_runs_before_the_next_rank_of_that_instant():
    clock, log = Clock(), []
    clock.at(50, 0)
    clock.catch_up(20)
    clock.process(_note(clock, log, "receipt", 20, 5))
    while clock.next_key()[0] < 50:
        clock.step()
    assert log == [(20, "receipt")]


def test_an_event_in_the_past_is_refused():
    clock = Clock()
    clock.catch_up(20)
    with pytest.raises(ValueError, match="asked for at 20 ms"):
        clock.at(19, 0)
