package dev.plimsoll.ops.check;

import dev.plimsoll.ops.check.Finding.Fault;
import dev.plimsoll.ops.check.Finding.Fine;
import dev.plimsoll.ops.check.Finding.Weak;
import dev.plimsoll.wire.OperatorHttp;
import dev.plimsoll.wire.Reply;
import dev.plimsoll.wire.WireConfig;
import dev.plimsoll.wire.WireFailure;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Whether each price source answers the request that the watch will make: one, for the price of bitcoin.
 *
 * <p>A source that does not is no fault as long as enough others do.
 */
record SourcesCheck(Config config, WireConfig wire) {
    private static final String PREFIX = "plimsoll.oracle.sources.";
    private static final String ONLY = "plimsoll.oracle.only";
    private static final int ENOUGH = 2;

    List<Finding> findings() {
        var asked = Probe.ALL.stream()
                .filter(this::enabled)
                .filter(probe -> !lacksKey(probe))
                .toList();
        var findings = new ArrayList<>(new Asking(wire)
                .all(http -> asked.stream().map(probe -> ask(http, probe)).toList()));
        Probe.ALL.stream()
                .filter(this::enabled)
                .filter(this::lacksKey)
                .map(SourcesCheck::keyless)
                .forEach(findings::add);
        var answering = findings.stream().filter(Fine.class::isInstance).count();
        findings.add(
                answering >= ENOUGH
                        ? new Fine("price sources", "%d of %d answer".formatted(answering, asked.size()))
                        : new Fault(
                                "price sources",
                                ("%d of %d answer, and a price needs %d that agree: until then every position is"
                                                + " unknown. Open the way over HTTPS to the hosts above, or set %s<name>.url to"
                                                + " where they can be reached.")
                                        .formatted(answering, asked.size(), ENOUGH, PREFIX)));
        return findings;
    }

    /** Where the sources are that are asked. */
    List<URI> places() {
        return Probe.ALL.stream().filter(this::enabled).map(this::url).toList();
    }

    private Uni<Finding> ask(OperatorHttp http, Probe probe) {
        var url = url(probe);
        var headers = said(probe, ".key").map(key -> probe.headers(url, key)).orElse(Map.of());
        return http.get(probe.at(url), headers, Asking.LIMITS)
                .map(reply -> finding(probe, url, reply))
                .onFailure(WireFailure.class)
                .recoverWithItem(failure -> weak(probe, url, failure.getMessage()));
    }

    private static Finding finding(Probe probe, URI url, Reply reply) {
        return reply.isSuccess()
                ? new Fine("source " + probe.name(), "answers at " + url.getHost())
                : weak(probe, url, "HTTP status " + reply.status());
    }

    private static Finding weak(Probe probe, URI url, String why) {
        return new Weak(
                "source " + probe.name(),
                "%s gives no price (%s): open the way to it, set %s%s.url, or %s%s.enabled=false."
                        .formatted(url.getHost(), why, PREFIX, probe.name(), PREFIX, probe.name()));
    }

    private boolean enabled(Probe probe) {
        var said = said(probe, ".enabled").map(Boolean::parseBoolean);
        return config.getOptionalValues(ONLY, String.class)
                .map(only -> only.contains(probe.name()) && said.orElse(true))
                .orElseGet(() -> said.orElse(probe.enabled()));
    }

    private boolean lacksKey(Probe probe) {
        return Probe.needsKey(url(probe)) && said(probe, ".key").isEmpty();
    }

    private static Finding keyless(Probe probe) {
        return new Weak(
                "source " + probe.name(),
                "not asked without an API key: set %s%s.key, or %s%s.enabled=false."
                        .formatted(PREFIX, probe.name(), PREFIX, probe.name()));
    }

    private URI url(Probe probe) {
        return said(probe, ".url").map(URI::create).orElse(probe.url());
    }

    private Optional<String> said(Probe probe, String setting) {
        return config.getOptionalValue(PREFIX + probe.name() + setting, String.class);
    }
}
