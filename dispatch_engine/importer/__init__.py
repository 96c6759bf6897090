"""Problem documents from spreadsheets: CSV files or an Excel workbook with technicians, calls, stock and locations.

`columns` is the one list of what may stand in the tables. `sources` finds them in files (`csv_files`, `workbooks`),
`mapping` gives them the names that a planner uses, `headers` finds the columns, `cells` and `moments` read single
cells, `build` and `filling` put the document together, `draft` remembers which cell each value came from, and
`importer` reports everything that is wrong at once, by sheet, row and column. `template` writes empty tables.
"""
