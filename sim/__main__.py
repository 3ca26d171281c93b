"""`python -m sim` is `peakwise`, for shells that do not have the command on their path."""

from sim.cli import main

if __name__ == "__main__":
    main()
