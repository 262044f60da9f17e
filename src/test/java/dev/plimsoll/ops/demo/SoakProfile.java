package dev.plimsoll.ops.demo;

import io.quarkus.vertx.VertxOptionsCustomizer;
import io.vertx.core.VertxOptions;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** As an operator runs it, but for the clock; and with an eye on every event loop that is held up. */
public class SoakProfile extends ReplayProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        var settings = new HashMap<>(super.getConfigOverrides());
        settings.remove("plimsoll.oracle.deadline");
        settings.remove("plimsoll.oracle.sources." + LIAR + ".timeout");
        settings.put("plimsoll.oracle.timeout", "5s");
        settings.put("quarkus.vertx.max-event-loop-execute-time", "1s");
        settings.put("quarkus.log.console.level", "ERROR");
        return settings;
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        var all = new HashSet<>(super.getEnabledAlternatives());
        all.add(Watchful.class);
        return all;
    }

    /** Looks ten times a second. */
    @Alternative
    @Singleton
    static class Watchful implements VertxOptionsCustomizer {
        @Override
        public void accept(VertxOptions options) {
            options.setBlockedThreadCheckInterval(100);
        }
    }
}
