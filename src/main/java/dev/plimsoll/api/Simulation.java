package dev.plimsoll.api;

import dev.plimsoll.position.Adjustment;
import dev.plimsoll.risk.Shocks;
import java.util.Optional;

/**
 * What is supposed to happen, all of it at once.
 *
 * @param shocks     to prices; may be none
 * @param adjustment to the position
 */
record Simulation(Shocks shocks, Optional<Adjustment> adjustment) {}
