"""The shipped seasons: the answer that each file states, and what it rests on."""
