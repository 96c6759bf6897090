"""Instances to choose settings by: of each family's kind, made by seed, none of them one that results are told of."""
