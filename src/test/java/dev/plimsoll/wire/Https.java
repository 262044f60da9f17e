package dev.plimsoll.wire;

import io.vertx.core.Vertx;

/** The real clients with their default settings, for tests of other packages. */
public final class Https {
    private Https() {}

    public static OperatorHttp operator(Vertx vertx) {
        return new OperatorHttp(vertx, OperatorHttpTest.config());
    }
}
