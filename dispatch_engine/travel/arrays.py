"""Names for the arrays of travel times."""

import numpy as np
from numpy.typing import NDArray

Int32Matrix = NDArray[np.int32]
"""Whole seconds or metres, row = from, column = to."""
