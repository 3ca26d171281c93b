"""Each causal link of the holiday systems is proved by a test that fails when the link is cut."""
