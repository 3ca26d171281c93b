"""What is said about rules for customers who wait that make no sense."""

from tests.scenario.conftest import SEASON, Complaints

MESSAGES = """\
messages:
  - {name: update, every: 20 min, patience: 1000}
  - {name: update, at_most: 0}
customers: {consent: {again_after: 1 min}}
"""


def test_every_rule_that_makes_no_sense_is_refused_at_once(complaints: Complaints) -> None:
    said = [line.split(": ", 1)[1] for line in complaints(SEASON + MESSAGES)]
    wanted = {
        "messages.0.every": "is at least 1 hour (got '20 min')",
        "messages.0.patience": "is at most 100 times",
        "messages.1.name": "this message is listed twice",
        "messages.1.at_most": "must be at least 1 (got 0)",
        "customers.consent.consents": "is missing",
    }
    for place, text in wanted.items():
        assert any(line.startswith(f"{place}: {text}") for line in said), (place, said)
    assert len(said) == len(wanted)
