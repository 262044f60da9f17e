package dev.plimsoll.ops;

import dev.plimsoll.account.seal.MasterKey;
import dev.plimsoll.account.seal.MasterKeyFile;
import dev.plimsoll.api.ApiConfig;
import dev.plimsoll.delivery.mail.MailConfig;
import dev.plimsoll.delivery.mail.MailServer;
import dev.plimsoll.ops.check.DatabaseCheck;
import dev.plimsoll.ops.check.Finding;
import dev.plimsoll.ops.check.KnownSettings;
import dev.plimsoll.ops.check.MasterKeyCheck;
import dev.plimsoll.ops.check.PoolerCheck;
import dev.plimsoll.ops.check.SchemaCheck;
import io.quarkus.flyway.FlywayConfigurationCustomizer;
import io.quarkus.flyway.FlywayDataSource;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Refuses a database that could lose alerts or show one account's loans to another, before anything is written to it. */
@Singleton
@FlywayDataSource("owner")
class StartCheck implements FlywayConfigurationCustomizer {
    /** The scheduler begins at 0: nothing may be judged or told on a database that is refused. */
    private static final int BEFORE_EVERYBODY = -1;

    private final Config config;
    private final ApiConfig api;
    private final MailConfig mail;
    private final Instance<MasterKey> masterKey;
    private boolean passed;

    StartCheck(Config config, ApiConfig api, MailConfig mail, Instance<MasterKey> masterKey) {
        this.config = config;
        this.api = api;
        this.mail = mail;
        this.masterKey = masterKey;
    }

    /** Flyway asks while it is made, so nothing is migrated yet. */
    @Override
    public void customize(FluentConfiguration flyway) {
        check();
    }

    /** For a start without Flyway. Quarkus opens its port only after all observers of this event. */
    void start(@Observes @Priority(BEFORE_EVERYBODY) StartupEvent start) {
        if (!passed) {
            check();
        }
        checkMasterKey();
    }

    /** After the migration. A key is made only where nothing was ever sealed. */
    private void checkMasterKey() {
        var file = MasterKeyFile.of(
                config.getOptionalValue(MasterKeyFile.SETTING, Path.class),
                config.getValue(ServerSettings.DATA_DIR, Path.class));
        var check = new MasterKeyCheck(database(config), file);
        if (check.finding() instanceof Finding.Fault(var subject, var sentence)) {
            throw new Refused(sentence);
        }
        check.register(masterKey.get());
    }

    private void check() {
        Stream.<Finding>concat(
                        KnownSettings.unknown(config).stream(), new DatabaseCheck(database(config)).findings().stream())
                .filter(Finding.Fault.class::isInstance)
                .map(Finding.Fault.class::cast)
                .findFirst()
                .ifPresent(fault -> {
                    throw new Refused(fault.sentence());
                });
        checkReplicas();
        checkSchemaAndWay(database(config));
        MailServer.fault(mail).ifPresent(sentence -> {
            throw new Refused(sentence);
        });
        passed = true;
    }

    private static void checkSchemaAndWay(Database database) {
        var tooOld = database.hasOwner()
                ? Optional.<Finding.Fault>empty()
                : new SchemaCheck(database, Clock.systemUTC()).tooOld();
        tooOld.or(() -> new PoolerCheck(database).fault()).ifPresent(fault -> {
            throw new Refused(fault.sentence());
        });
    }

    private void checkReplicas() {
        if (api.replicas() > 1 && api.publicUrl().filter(url -> !url.isBlank()).isEmpty()) {
            throw new Refused(
                    ("plimsoll.api.replicas is %d and plimsoll.api.public-url is not set: say where people reach"
                                    + " this service, as https://plimsoll.example, so that links lead there whichever replica"
                                    + " writes them.")
                            .formatted(api.replicas()));
        }
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
