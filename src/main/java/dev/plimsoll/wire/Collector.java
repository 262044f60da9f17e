package dev.plimsoll.wire;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;

/** Sends spans to a collector, some seconds later and many at once; those that are too many are dropped. */
final class Collector {
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final String NAME = "plimsoll";

    private final SdkTracerProvider provider;

    private Collector(SdkTracerProvider provider) {
        this.provider = provider;
    }

    /** @param share of what begins anew; what goes on with something follows that */
    static Collector at(URI url, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("plimsoll.wire.traces.share is 0 to 1, was " + share);
        }
        var exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(url.toString())
                .setTimeout(DEADLINE)
                .build();
        return new Collector(SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), NAME)))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(share)))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                .build());
    }

    Tracer tracer() {
        return provider.get(NAME);
    }

    long nowNanos() {
        return Clock.getDefault().now();
    }

    /** The collector gets some seconds for the last of them. */
    void close() {
        provider.close();
    }
}
