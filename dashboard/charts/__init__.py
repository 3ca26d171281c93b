"""Results as figures, each with its text alternative and its data. Nothing here knows Streamlit."""
