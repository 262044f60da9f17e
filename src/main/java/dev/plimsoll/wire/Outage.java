package dev.plimsoll.wire;

import com.fasterxml.jackson.core.JacksonException;
import dev.plimsoll.account.seal.MasterKey;
import io.smallrye.mutiny.TimeoutException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Stream;

/** Tells a database that cannot be reached, or is going, from a fault of ours. */
public final class Outage {
    /** Connection exceptions, deadlocks, insufficient resources, operator intervention, system error. */
    private static final Set<String> CLASSES = Set.of("08", "40", "53", "57", "58");

    /** What the pool says when no connection came free in time. */
    private static final String POOL_TIMEOUT = "Timeout";

    private Outage() {}

    public static boolean isCause(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .anyMatch(Outage::is);
    }

    private static boolean is(Throwable cause) {
        if (cause instanceof PgException refused) {
            return CLASSES.contains(refused.getSqlState().substring(0, 2));
        }
        return cause instanceof IOException && !(cause instanceof JacksonException)
                || cause instanceof ClosedConnectionException
                || cause instanceof TimeoutException
                || cause instanceof MasterKey.Lapsed
                || POOL_TIMEOUT.equals(cause.getMessage());
    }
}
