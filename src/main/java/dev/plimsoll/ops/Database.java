package dev.plimsoll.ops;

import java.util.HashMap;
import java.util.Map;

/**
 * One PostgreSQL database and our three logins to it.
 *
 * @param url as {@code postgresql://host:port/name?options}, without user and password
 */
public record Database(String url, Login owner, Login api, Login engine) {
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[user=" + user + "]";
        }
    }

    public Database {
        if (!url.startsWith("postgresql://")
                || url.substring(13).split("/", 2)[0].contains("@")) {
            throw new Refused(
                    "plimsoll.ops.database-url must look like postgresql://host:5432/plimsoll, without user and"
                            + " password: those go into plimsoll.ops.database-password.");
        }
    }

    public String jdbcUrl() {
        return "jdbc:" + url;
    }

    /** Whether a start may migrate: without the owner's password somebody else does it, by {@code plimsoll migrate}. */
    public boolean hasOwner() {
        return !owner.password().isBlank();
    }

    /** What Quarkus needs to know for the three pools and for Flyway's grants. */
    Map<String, String> settings() {
        var settings = new HashMap<>(logins());
        if (!hasOwner()) {
            settings.put("quarkus.datasource.owner.active", "false");
            settings.put("quarkus.flyway.owner.active", "false");
        }
        return settings;
    }

    private Map<String, String> logins() {
        return Map.ofEntries(
                Map.entry("quarkus.datasource.reactive.url", url),
                Map.entry("quarkus.datasource.username", api.user()),
                Map.entry("quarkus.datasource.password", api.password()),
                Map.entry("quarkus.datasource.engine.reactive.url", url),
                Map.entry("quarkus.datasource.engine.username", engine.user()),
                Map.entry("quarkus.datasource.engine.password", engine.password()),
                Map.entry("quarkus.datasource.owner.jdbc.url", jdbcUrl()),
                Map.entry("quarkus.datasource.owner.username", owner.user()),
                Map.entry("quarkus.datasource.owner.password", owner.password()),
                Map.entry("quarkus.flyway.owner.placeholders.api-role", api.user()),
                Map.entry("quarkus.flyway.owner.placeholders.engine-role", engine.user()));
    }
}
