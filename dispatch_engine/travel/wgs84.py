"""The ellipsoid that coordinates refer to: WGS 84."""

MAJOR_AXIS_M = 6_378_137.0
FLATTENING = 1 / 298.257223563
MINOR_AXIS_M = MAJOR_AXIS_M * (1 - FLATTENING)
