package dev.plimsoll.rule;

/**
 * What one level says in one tick, for an alert that is off and for one that is on.
 *
 * @param toFire  against the limit: asked while the level is off
 * @param toClear against the clearing value: asked while the level is on; between the two lies the hysteresis
 */
public record Verdict(Level level, Evaluation toFire, Evaluation toClear) {}
