"""Each law is seen to hold at every event, and seen to be broken by the bug that it exists for."""
