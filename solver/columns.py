"""The columns of the kernels' tables (``solver.tables``): what stands where in a row of a stop, a shift, a list.

``PERMILLE`` scales travel; ``HEAD_*`` is where and how a route begins once its facts are behind.
"""

from __future__ import annotations

NO_LIMIT = 1 << 40

(
    VISIT,
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
    PARCEL_FIRST,
    PARCEL_END,
    SOURCING_TICKS,
    NEXT_WAY,
    CHEAPEST_WAY,
    PIN_SHIFT,
    PIN_RANK,
    PROMISED_FROM,
    PROMISED_TO,
    RETIME,
    DROP,
    IS_FACT,
    SUPPLY,
    HANDLING,
    LINE,
    IS_GIVE,
    OTHER_SIDE,
    WORK_BUFFER,
    DOWNTIME_FROM,
    DOWNTIME_RATE,
    WINDOW_RATE,
    STOP_COLUMNS,
) = range(33)
"""VISIT is NONE for restocks and meetings. The ways to serve a visit are linked from the cheapest on. SUPPLY is where
in the lists the supplies of a restock begin, NONE for visits; HANDLING seconds and LINE for each line of a restock.
OTHER_SIDE of taking at a meeting is giving there and the other way round, NONE for other stops. Downtime is among the
steps of RESTORE too."""

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
    MAX_DURATION,
    TARGET,
    TRAVEL_BUFFER,
    HEAD_BUFFER,
    BREAK_FIRST,
    BREAK_END,
    FAIRNESS_FIRST,
    FAIRNESS_END,
    RESTOCK_FIRST,
    RESTOCK_END,
    MEETING_FIRST,
    MEETING_END,
    RESERVES,
    RESERVE_FIRST,
    RESERVE_END,
    NIGHT_SUPPLY,
    NIGHT_LIMIT,
    SIZES,
    SHARES_VAN,
    HAS_ROOM,
    ROOM,
    ROOM_WEIGHT,
    ROOM_SLOTS,
    HELD,
    HELD_WEIGHT,
    HELD_SLOTS,
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
) = range(54)
"""SHARES_VAN tells whether the technician has other shifts. NIGHT_SUPPLY, NIGHT_LIMIT and SIZES are where lists by part
begin in ``row``, RESERVES where the list of all reserves does; RESERVE_FIRST and RESERVE_END hold the numbers of the
shift's own; ROOM and HELD are the first of three columns, one a measure of size."""

EARLIEST, LATEST, DURATION, PAID = range(4)
AFTER, RATE = range(2)
ITEM, PIECES = range(2)
PARCEL_ITEM, PARCEL_PIECES, PARCEL_STEP, PARCEL_STEP_END = range(4)
STEP_FIRST, STEP_END = range(2)
TAKE_STOP, GIVE_STOP = range(2)
RESERVE_FROM, RESERVE_UNTIL, RESERVE_WANTED, RESERVE_RATE = range(4)
RESERVE_NUMBER = 0
FROM, TOTAL = range(2)
SECONDS, METRES = range(2)
SERVICE, ASSIGN = range(2)
