package dev.plimsoll.delivery;

import dev.plimsoll.wire.UrlGuard;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/** Gives the house its URL guard, with what the operator opened. */
@Singleton
final class GuardSource {
    @Produces
    @Singleton
    UrlGuard guard(DeliveryConfig config) {
        return new UrlGuard(
                new UrlGuard.Rules(
                        config.allowHttp(),
                        config.ports(),
                        config.allowPrivate().orElse(List.of()),
                        config.deny().orElse(List.of())),
                config.trustedUrls().orElse(Set.of()));
    }
}
