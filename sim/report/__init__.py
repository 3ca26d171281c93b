"""What is handed over: the season in sentences."""
