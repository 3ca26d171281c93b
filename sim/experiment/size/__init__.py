"""The capacity planner: the cheapest plan that meets every target, and how sure that is.

    levers -> question -> search -> selection -> confirmation -> answer

`question` reads the `plan` block of a season, `lab` simulates plans on seasons, `screen` says which
plans look good enough, `search` finds the cheapest of them, `confirm` tests it on seasons that
nobody has looked at, and `words` says what came out.
"""
