"""How long a thread of a server keeps Python's interpreter while another one wants it."""

from __future__ import annotations

SWITCH_S = 0.002
"""So long a thread waits for the interpreter at most while another one has it; a request asks for it again after each
statement of SQL and each kernel. Between Python's 5 ms, which a request waits each time while another thread works, and
0.5 ms, at which threads that work take it from each other all the time. No measurement tells them apart: runs with 0.5
and with 5 ms differed by no more than chance (bench/README.md, *A live board over HTTP*)."""
