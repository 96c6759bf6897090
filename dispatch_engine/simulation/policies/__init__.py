"""Who decides on a simulated day: the engine, or rules to compare it with. All of them know what a board knows."""
