"""From a shop's own order export to a season: read, clean, fit, write, replay, check."""
