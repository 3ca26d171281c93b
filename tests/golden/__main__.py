"""Write all golden figures anew: `python -m tests.golden`."""

from tests.golden import SEASONS, write

if __name__ == "__main__":
    for season in SEASONS:
        write(season)
