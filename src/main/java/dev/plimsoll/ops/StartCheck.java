package dev.plimsoll.ops;

import dev.plimsoll.ops.check.DatabaseCheck;
import dev.plimsoll.ops.check.Finding;
import dev.plimsoll.ops.check.KnownSettings;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** Refuses to serve from a database that could lose alerts or show one account's loans to another. */
@Singleton
class StartCheck {
    private static final int BEFORE_EVERYBODY = 1;

    /** Quarkus opens its port and starts its scheduler only after all observers of this event. */
    void check(@Observes @Priority(BEFORE_EVERYBODY) StartupEvent start, Config config) {
        Stream.<Finding>concat(
                        KnownSettings.unknown(config).stream(), new DatabaseCheck(database(config)).findings().stream())
                .filter(Finding.Fault.class::isInstance)
                .map(Finding.Fault.class::cast)
                .findFirst()
                .ifPresent(fault -> {
                    throw new Refused(fault.sentence());
                });
    }

    /** The one the pools really use, however it was configured. */
    private static Database database(Config config) {
        return new Database(
                config.getValue("quarkus.datasource.owner.jdbc.url", String.class)
                        .substring("jdbc:".length()),
                login(config, "quarkus.datasource.owner."),
                login(config, "quarkus.datasource."),
                login(config, "quarkus.datasource.engine."));
    }

    private static Database.Login login(Config config, String prefix) {
        return new Database.Login(
                config.getValue(prefix + "username", String.class),
                config.getOptionalValue(prefix + "password", String.class).orElse(""));
    }
}
