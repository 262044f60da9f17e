package dev.plimsoll.book;

import java.time.Instant;

/**
 * That a position cannot be judged.
 *
 * @param since the tick at which it was first settled so, by the injected clock; kept until it is judged again
 * @param why   the cause, as the judgement gave it
 */
public record Unseen(Instant since, String why) {}
