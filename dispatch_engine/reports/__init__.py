"""The report of a plan: one HTML file for the dispatcher's screen and wall, complete in itself.

`html` writes it. `gantt`, `map`, `figures`, `reasons` and `stops` each prepare one section as plain values; the
templates only place them. The file loads nothing: style, script, charts and streets are inside.
"""
