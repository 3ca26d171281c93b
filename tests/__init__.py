"""The gates of Peakwise. `python -m tests` runs them all."""
