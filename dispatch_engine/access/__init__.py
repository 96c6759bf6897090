"""Who may do what: API keys with their roles, where they are kept, and how often one may ask.

Nothing here knows HTTP; a secret enters as text and is kept only as its hash.
"""
