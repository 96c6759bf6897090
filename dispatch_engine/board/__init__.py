"""The live board of one dispatch region: a pure fold over what happened, and the rules of what may happen.

`commands` are what people, phones and the clock ask for; `decide` says which `events` come of a command, or refuses it;
`evolve` folds events into the `state`; `document` writes the state as a problem document for the planner. Nothing here
reads a clock, makes ids by chance, or does input and output: the same events give the same board to the byte.
"""
