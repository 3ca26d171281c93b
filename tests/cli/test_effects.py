"""What a policy assumes of people stands under every result, also if it is not the first policy."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Peakwise = Callable[..., Result]
SAID = "backup_plan (Gift): patience × 2 (a guess)"
SEASON = """\
extends: small.yaml
policies:
  Gift: {backup_plan: {cost: 1, patience: 2, assumption: a guess}}
"""


@pytest.fixture
def gift(tmp_path: Path) -> str:
    """A season whose third policy assumes something."""
    shutil.copy(Path(__file__).with_name("small.yaml"), tmp_path)
    (tmp_path / "gift.yaml").write_text(SEASON, encoding="utf-8")
    return str(tmp_path / "gift.yaml")


@pytest.mark.parametrize(
    "words",
    [
        ["compare"],
        ["sweep", "--over", "demand.scale=1,1.1"],
        ["breakeven", "--over", "costs.fixed=0..1", "--between", "Backorder", "Gift"],
        ["fates", "Backorder", "Gift"],
    ],
    ids=lambda words: words[0],
)
def test_an_effect_of_the_last_policy_is_printed_beside_the_result(
    peakwise: Peakwise, gift: str, words: list[str]
) -> None:
    command, *options = words
    shown = peakwise(command, gift, *options, "-n", "2", "-q")
    assert shown.exit_code == 0, shown.stderr
    assert SAID in " ".join(shown.stdout.split())
    told = json.loads(peakwise(command, gift, *options, "-n", "2", "-q", "--json").stdout)
    (effect,) = told["assumed_effects"]
    assert (effect["place"], effect["setting"], effect["value"]) == (
        "backup_plan",
        "patience",
        "× 2",
    )
    assert (effect["assumption"], effect["policies"]) == ("a guess", ["Gift"])


def test_policies_that_are_not_compared_assume_nothing(peakwise: Peakwise, gift: str) -> None:
    told = json.loads(peakwise("fates", gift, "-n", "2", "-q", "--json").stdout)
    assert told["assumed_effects"] == []


def test_a_report_lists_it(gift: str, peakwise: Peakwise, tmp_path: Path) -> None:
    kept, page = tmp_path / "kept", tmp_path / "page.html"
    assert peakwise("compare", gift, "-n", "2", "-q", "--out", str(kept)).exit_code == 0
    assert peakwise("report", str(kept), "--to", str(page)).exit_code == 0
    text = page.read_text(encoding="utf-8")
    assert "backup_plan.patience (Gift)" in text
    assert "× 2: a guess" in text
