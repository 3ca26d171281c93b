"""The KPIs by theme: what they are, and how they are computed."""
