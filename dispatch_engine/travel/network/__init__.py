"""Road networks: reading OpenStreetMap, building the compact file, finding ways on it.

`tags` reads what a way allows, `pbf` cuts ways into pieces, `build` cleans and contracts them, `network` is the
result, `file` saves and loads it, `locate` finds the file, `snap` ties places to roads, `paths` finds the ways.
"""
