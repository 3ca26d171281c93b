"""Workers end with the process that started them, however that was started itself."""

import multiprocessing

from sim.experiment.workers import local_pool


def _use_a_worker() -> None:
    assert local_pool(1).submit(abs, -1).result() == 1


def test_a_process_of_multiprocessing_does_not_wait_for_its_idle_workers():
    process = multiprocessing.get_context("spawn").Process(target=_use_a_worker)
    process.start()
    process.join(20)  # an idle worker ends by itself after 300 s
    ended = process.exitcode
    process.kill()
    assert ended == 0
