package dev.plimsoll.api.stream;

import dev.plimsoll.account.Identity;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * A stream about to begin, for which there is a seat.
 *
 * @param identity whose key came with it
 * @param progress of its own alerts
 */
record Opening(Wanted wanted, Optional<Identity> identity, Progress progress, RoutingContext http) {}
