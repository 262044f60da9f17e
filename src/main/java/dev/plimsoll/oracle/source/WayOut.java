package dev.plimsoll.oracle.source;

import dev.plimsoll.wire.Limits;
import dev.plimsoll.wire.OperatorHttp;
import dev.plimsoll.wire.Reply;
import dev.plimsoll.wire.ServerEvent;
import dev.plimsoll.wire.StreamLimits;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.util.Map;

/** How a source is reached; what comes back is not read yet. */
interface WayOut {
    Uni<Reply> get(URI url, Map<String, String> headers, Limits limits);

    /** None, unless it says otherwise. */
    default Multi<ServerEvent> events(URI url, Map<String, String> headers, StreamLimits limits) {
        return Multi.createFrom().empty();
    }

    static WayOut over(OperatorHttp http) {
        return new WayOut() {
            @Override
            public Uni<Reply> get(URI url, Map<String, String> headers, Limits limits) {
                return http.get(url, headers, limits);
            }

            @Override
            public Multi<ServerEvent> events(URI url, Map<String, String> headers, StreamLimits limits) {
                return http.events(url, headers, limits);
            }
        };
    }
}
