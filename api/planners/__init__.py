"""Boards planned in processes of their own, so that HTTP and streams do not share an interpreter with plans."""
