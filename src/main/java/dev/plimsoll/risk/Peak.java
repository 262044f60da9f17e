package dev.plimsoll.risk;

import java.time.Instant;

/**
 * The highest health factor of some time, on the legs of the day it is asked: at least so high it was, whichever source was
 * right.
 *
 * @param at the beginning of the minute that saw it, by the watch's clock
 */
public record Peak(HealthFactor healthFactor, Instant at) {}
