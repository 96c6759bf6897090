"""The figures of a plan that are compared: one module a subject, each a function from problem and plan to numbers."""
