package wreck.unit;

import wreck.pipeline.ReadsTheWallClock;

/** Uses what comes after it. */
record LooksAhead(ReadsTheWallClock later) {}
