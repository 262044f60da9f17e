package dev.plimsoll.api;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** Requests are counted by the path of their operation, never by one that a client made up: that may hold anything. */
class RequestMeters {
    private static final String URI = "uri";

    @Produces
    @Singleton
    MeterFilter byOperation(AllowedMethods operations) {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                var uri = id.getTag(URI);
                return uri == null || !uri.startsWith(Creation.BASE) || operations.isPath(uri)
                        ? id
                        : id.withTags(List.of(Tag.of(URI, "UNMATCHED")));
            }
        };
    }
}
