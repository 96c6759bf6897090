"""The changes that a scenario can make: one module a subject, each a model with what it does to a document."""
