package dev.plimsoll.wire;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;

/** The guarded client as it is, for programs that run without the container. */
public final class Guarded {
    private Guarded() {}

    /** May call loopback addresses over http on any port, as tests may. */
    public static GuardedHttp onLoopback(Vertx vertx) {
        var guard = new UrlGuard(new UrlGuard.Rules(true, List.of("1-65535"), List.of("127.0.0.0/8"), List.of()));
        return new GuardedHttp(vertx, usual(), guard, new Names(vertx));
    }

    /** The settings as they are where nobody says otherwise. */
    public static WireConfig usual() {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(WireConfig.class)
                .build()
                .getConfigMapping(WireConfig.class);
    }
}
