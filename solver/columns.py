"""The columns of the kernels' tables (``solver.tables``): what stands where in a row of a visit, a shift, a break.

``PERMILLE`` scales travel; ``HEAD_*`` is where and how a route begins once its facts are behind.
"""

from __future__ import annotations

NO_LIMIT = 1 << 40

(
    PLACE,
    RELEASE,
    WINDOW_FIRST,
    WINDOW_END,
    RESPONSE_FIRST,
    RESPONSE_END,
    RESTORE_FIRST,
    RESTORE_END,
    NEED_FIRST,
    NEED_END,
    PIN_SHIFT,
    PIN_RANK,
    PROMISED_FROM,
    PROMISED_TO,
    RETIME,
    DROP,
    IS_FACT,
    VISIT_COLUMNS,
) = range(18)

(
    TECHNICIAN,
    PROFILE,
    PERMILLE,
    END_PLACE,
    SHIFT_START,
    REGULAR_END,
    HARD_END,
    DEPARTURE_PAID,
    WAGE,
    OVERTIME,
    PER_METRE,
    FIXED,
    PER_VISIT,
    MAX_VISITS,
    MAX_DRIVING,
    MAX_DISTANCE,
    TARGET,
    BREAK_FIRST,
    BREAK_END,
    FAIRNESS_FIRST,
    FAIRNESS_END,
    HEAD_PLACE,
    HEAD_TIME,
    HEAD_DEPARTURE,
    HEAD_IS_DEPARTED,
    HEAD_BREAKS,
    HEAD_UNPAID,
    HEAD_VISITS,
    HEAD_DRIVING,
    HEAD_DISTANCE,
    HEAD_WORKLOAD,
    HEAD_COST,
    SHIFT_COLUMNS,
) = range(33)

EARLIEST, LATEST, DURATION, PAID = range(4)
AFTER, RATE = range(2)
PART, QUANTITY = range(2)
SECONDS, METRES = range(2)
SERVICE, ASSIGN = range(2)
