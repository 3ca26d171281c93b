"""The dashboard: a season in front of you, answered while you move it.

It never computes: every figure comes from `sim`, and is the one that the command line prints.

- `server` starts it; `app` is the router, and does nothing else.
- `app_pages/` holds one screen per file, a script that Streamlit runs from top to bottom.
- `session` is what one visitor has open: the season, what they changed, and the URL that says so.
- `jobs` runs work in threads and shares worker processes; `live` answers a question quickly and
  refines the answer. Neither knows Streamlit.
- `charts/` turns results into figures, `parts` shows what several screens have in common.

To add a screen: write `app_pages/NAME.py` after `app_pages/compare.py`: functions, and at the end
one call. Begin with `session.current()`, which gives the season under each policy with the
visitor's changes, or shows what is wrong and stops. Start what takes longer than a moment with
`session.job(...)`, show it in a fragment with `run_every` while it runs, and let
`parts.picture(...)` show every chart: it adds the text alternative and the downloads. Name the
screen in `SCREENS` of `dashboard/screens.py` and test it in `tests/dashboard/` with AppTest.
"""
