package dev.plimsoll.ops;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One PostgreSQL database and our three logins to it.
 *
 * @param url as {@code postgresql://host:port/name?options}, without user and password
 * @param authority the PEM file of who signed the server's certificate; empty where TLS is not asked for
 */
public record Database(String url, Optional<Path> authority, Login owner, Login api, Login engine) {
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
        authority.ifPresent(file -> requireUsable(file, url));
    }

    /** Without TLS, or as the options in the URL say. */
    public Database(String url, Login owner, Login api, Login engine) {
        this(url, Optional.empty(), owner, api, engine);
    }

    private static void requireUsable(Path authority, String url) {
        if (!Files.isReadable(authority)) {
            throw new Refused("plimsoll.ops.database-ca is %s, which cannot be read.".formatted(authority));
        }
        if (url.contains("sslmode=")) {
            throw new Refused(
                    "Leave sslmode out of plimsoll.ops.database-url: with plimsoll.ops.database-ca it is verify-full.");
        }
    }

    public String jdbcUrl() {
        return "jdbc:" + url
                + authority
                        .map(file ->
                                "%ssslmode=verify-full&sslrootcert=%s".formatted(url.contains("?") ? "&" : "?", file))
                        .orElse("");
    }

    /** Whether a start may migrate: without the owner's password somebody else does it, by {@code plimsoll migrate}. */
    public boolean hasOwner() {
        return !owner.password().isBlank();
    }

    /** What Quarkus needs to know for the three pools and for Flyway's grants. */
    Map<String, String> settings() {
        var settings = new HashMap<>(logins());
        authority.ifPresent(file -> settings.putAll(tls(file)));
        if (!hasOwner()) {
            settings.put("quarkus.datasource.owner.active", "false");
            settings.put("quarkus.flyway.owner.active", "false");
        }
        return settings;
    }

    /** Of the reactive pools; that of the owner takes it from its URL. */
    private static Map<String, String> tls(Path authority) {
        var settings = new HashMap<String, String>();
        Stream.of("quarkus.datasource.reactive.", "quarkus.datasource.engine.reactive.")
                .forEach(pool -> {
                    settings.put(pool + "postgresql.ssl-mode", "verify-full");
                    settings.put(pool + "hostname-verification-algorithm", "HTTPS");
                    settings.put(pool + "trust-certificate-pem", "true");
                    settings.put(pool + "trust-certificate-pem.certs", authority.toString());
                });
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
