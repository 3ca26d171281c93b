"""The same scenario and seed give the same bytes."""
