package dev.plimsoll.account;

import java.util.Optional;

/** How many things an account may have; empty where that is what every account may. */
public record Quotas(Optional<Integer> positions, Optional<Integer> rules, Optional<Integer> channels) {}
