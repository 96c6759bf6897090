"""What can go wrong with travel times.

TravelError                      travel
├── PlaceInvalidError            travel.place_invalid
├── ProfileUnknownError          travel.profile_unknown
├── MatrixInvalidError           travel.matrix_invalid
├── MatrixPlaceMissingError      travel.matrix_place_missing
├── SourceForbiddenError         travel.source_forbidden
├── NetworkError                 travel.network
│   ├── NetworkNotFoundError     travel.network_not_found
│   ├── NetworkUnreadableError   travel.network_unreadable
│   └── NetworkSourceError       travel.network_source
└── OsrmError                    travel.osrm
    ├── OsrmMissingError         travel.osrm_missing
    ├── OsrmUnreachableError     travel.osrm_unreachable
    ├── OsrmRefusedError         travel.osrm_refused
    └── OsrmAnswerError          travel.osrm_answer
"""

from dispatch_engine.errors import DispatchError


class TravelError(DispatchError):
    """A source of travel times cannot answer."""

    code = "travel"


class PlaceInvalidError(TravelError):
    """A place is not on the globe."""

    code = "travel.place_invalid"


class ProfileUnknownError(TravelError):
    """The source has no such profile."""

    code = "travel.profile_unknown"


class MatrixInvalidError(TravelError):
    """A given matrix is not a matrix of travel times."""

    code = "travel.matrix_invalid"


class MatrixPlaceMissingError(TravelError):
    """A given matrix has no row for a place."""

    code = "travel.matrix_place_missing"


class SourceForbiddenError(TravelError):
    """A document from elsewhere names a file or an address that this server does not open for it."""

    code = "travel.source_forbidden"


class NetworkError(TravelError):
    """A road network cannot be used."""

    code = "travel.network"


class NetworkNotFoundError(NetworkError):
    """No file of that name is a road network."""

    code = "travel.network_not_found"


class NetworkUnreadableError(NetworkError):
    """The file is not a road network, is damaged or is of another version."""

    code = "travel.network_unreadable"


class NetworkSourceError(NetworkError):
    """A road network cannot be built from the OpenStreetMap file."""

    code = "travel.network_source"


class OsrmError(TravelError):
    """An OSRM server did not help."""

    code = "travel.osrm"


class OsrmMissingError(OsrmError):
    """The HTTP client that talks to OSRM is not installed."""

    code = "travel.osrm_missing"


class OsrmUnreachableError(OsrmError):
    """The server does not answer, or not in time."""

    code = "travel.osrm_unreachable"


class OsrmRefusedError(OsrmError):
    """The server understood and said no."""

    code = "travel.osrm_refused"


class OsrmAnswerError(OsrmError):
    """The server's answer is not what OSRM promises."""

    code = "travel.osrm_answer"
