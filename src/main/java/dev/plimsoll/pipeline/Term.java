package dev.plimsoll.pipeline;

import dev.plimsoll.pipeline.Continuity.Gap;
import java.time.Instant;
import java.util.Optional;

/**
 * One replica's unbroken hold of the watch.
 *
 * @param epoch       rises with every take-over, never falls
 * @param judgedUntil the last instant whose market was judged and committed, by the watch's clock; empty before the first
 * @param untold      a gap in judgement that nobody was told of by then
 */
record Term(long epoch, Optional<Instant> judgedUntil, Optional<Gap> untold) {}
