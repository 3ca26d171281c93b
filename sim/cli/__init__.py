"""The `peakwise` command: one file per subcommand, parsing and printing only."""

from sim.cli.app import main

__all__ = ["main"]
