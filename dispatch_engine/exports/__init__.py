"""Plans in the forms that other programs read: CSV, GeoJSON, iCalendar and JSON.

`view` reads a plan beside its problem, `lines` finds the ways that are driven; both serve the HTML report as well.
`rows` states the columns of a stop once for CSV and JSON. Nothing here decides anything about a plan.
"""
