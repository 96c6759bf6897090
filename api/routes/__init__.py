"""The routes, one module a subject. They read, call the engine and write; rules are the engine's."""
