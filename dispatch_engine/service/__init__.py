"""The application of live boards: commands in, durable entries and checked plans out.

`live_board` takes commands for one board, `boards` knows all of them, `feed` tells who listens, `improver` works on
plans while nothing happens, `ticker` lets time pass. Storage and planning come from outside.
"""
