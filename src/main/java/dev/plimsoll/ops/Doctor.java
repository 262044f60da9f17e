package dev.plimsoll.ops;

import dev.plimsoll.delivery.mail.MailConfig;
import dev.plimsoll.ops.check.Examination;
import dev.plimsoll.ops.check.Finding;
import dev.plimsoll.ops.check.SettingValues;
import dev.plimsoll.ops.embedded.EmbeddedServers;
import dev.plimsoll.ops.embedded.Passwords;
import dev.plimsoll.ops.embedded.Running;
import dev.plimsoll.wire.WireConfig;
import io.smallrye.config.ConfigValidationException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** {@code ./plimsoll doctor}: looks at everything Plimsoll stands on and says what to do about what is ill. */
final class Doctor {
    private final Config config;
    private final ServerSettings settings;

    private Doctor(Config config) {
        this.config = config;
        this.settings = new ServerSettings(config);
    }

    /** Returns the exit code: 0 when all is well. */
    static int examine() {
        try {
            return new Doctor(Settings.read()).report();
        } catch (Refused e) {
            System.out.println("FAULT  " + e.getMessage());
        } catch (ConfigValidationException e) {
            System.out.println("FAULT  The configuration is wrong: " + e.getMessage());
        } catch (IOException e) {
            System.out.println("FAULT  The data folder cannot be read: " + e.getMessage());
        }
        return 1;
    }

    private int report() throws IOException {
        var wrong = SettingValues.wrong(config);
        wrong.forEach(Doctor::print);
        return wrong.isEmpty() ? examination() : 1;
    }

    private int examination() throws IOException {
        var folder = settings.folder(false);
        var running = Running.in(folder);
        running.ifPresent(other -> System.out.println("       Plimsoll is running as process " + other.pid() + "."));
        var wish = settings.wish(folder);
        var servers = running.isPresent() ? running.get().servers() : EmbeddedServers.of(wish);
        var passwords = Passwords.of(folder);
        var database = settings.database().orElseGet(() -> ServerSettings.embedded(servers, passwords.orElseThrow()));
        var redis = wish.redis() ? embeddedRedis(servers, passwords) : redis();
        return told(new Examination(
                        config,
                        folder.path(),
                        database,
                        redis,
                        settings.replicas(),
                        Settings.mapped(config, WireConfig.class),
                        Settings.mapped(config, MailConfig.class),
                        Clock.systemUTC())
                .findings());
    }

    private static Examination.Redis embeddedRedis(EmbeddedServers servers, Optional<Passwords> passwords) {
        return new Examination.Redis(
                URI.create("redis://127.0.0.1:" + servers.redisPort()),
                passwords.map(Passwords::redis),
                Optional.empty());
    }

    private Examination.Redis redis() {
        return new Examination.Redis(
                URI.create(settings.said(ServerSettings.REDIS_URL).orElseThrow()),
                settings.said("quarkus.redis.password"),
                settings.said(ServerSettings.REDIS_CA).map(Path::of));
    }

    /** Returns the exit code. */
    private static int told(List<Finding> findings) {
        findings.forEach(Doctor::print);
        return findings.stream().anyMatch(Finding.Fault.class::isInstance) ? 1 : 0;
    }

    private static void print(Finding finding) {
        System.out.println(
                switch (finding) {
                    case Finding.Fine fine -> "ok     %s: %s".formatted(fine.subject(), fine.fact());
                    case Finding.Weak weak -> "weak   %s: %s".formatted(weak.subject(), weak.sentence());
                    case Finding.Fault fault -> "FAULT  %s: %s".formatted(fault.subject(), fault.sentence());
                });
    }
}
