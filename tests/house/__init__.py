"""The house: directions, names, pages."""
