"""The engine of one machine: numpy joins in this process."""

from __future__ import annotations

import numpy as np

from ..candidates import find_candidates
from ..features import lay_out_columns
from ..kernel import compare
from ..scoring import Model
from ..threads import processors
from .records import Records, Scored


class LocalEngine:
    """Holds all records and pairs in memory; takes as many threads as there are processors, or `workers`."""

    def __init__(self, workers: int = 0) -> None:
        self._workers = workers or processors()

    def pairs(self, records: Records, model: Model) -> Scored:
        """All pairs of records that have a say."""
        features = lay_out_columns(records.columns, records.homes, model.lore)
        found = find_candidates(features, side=records.side, workers=self._workers)
        codes = compare(features, *found, workers=self._workers)
        scores = model.scores(codes)
        keep = np.flatnonzero(scores >= model.least)
        keep = keep[np.lexsort((found.right[keep], found.left[keep]))]
        return Scored(found.left[keep], found.right[keep], codes[keep], scores[keep])
