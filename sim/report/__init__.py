"""What is handed over: a season in sentences, a finished study as slides or pages."""
