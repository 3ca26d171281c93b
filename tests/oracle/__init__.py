"""The season once more, as a textbook SimPy model that shares no code with the order flow."""
