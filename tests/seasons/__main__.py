"""Answers of the shipped seasons at full size: `python -m tests.seasons [--write] [SEASON]...`.

Every command that a header names is run. Where its answer is not the one stated, the exit code is
1; with `--write` headers and the table of docs/seasons.md are written anew.
"""

import sys

from sim.scenario.shipped import shipped_names
from tests.seasons.answers import answer_of, computed, write, write_page


def main(words: list[str]) -> int:
    """Run the commands; 1 if an answer is not the one stated."""
    anew = "--write" in words
    seasons = [word for word in words if word != "--write"] or shipped_names()
    differs = 0
    for stated in map(answer_of, seasons):
        answer = computed(stated.command)
        if answer == stated.answer:
            sys.stdout.write(f"as stated  {stated.season}: {answer}\n")
            continue
        sys.stdout.write(f"{'written  ' if anew else 'DIFFERS  '}  {stated.season}: {answer}\n")
        differs += 1
        if anew:
            write(stated.season, answer)
    if anew:
        write_page(shipped_names())
    return 0 if anew else min(differs, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
