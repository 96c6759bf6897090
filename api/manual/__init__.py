"""The page that tells people of the API: made of its description alone, whole, without scripts or anything to load."""
