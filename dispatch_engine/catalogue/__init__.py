"""The catalogue of codes: what each fault, warning and reason means, with a broken sample and its mend."""
