package dev.plimsoll.ops;

import dev.plimsoll.account.seal.MasterKeyFile;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import java.net.BindException;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;

/** Finds, in what made the start fail, the sentence that helps the operator. */
final class Refusals {
    private Refusals() {}

    static Optional<String> in(Throwable failure, ServerSettings settings) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .map(cause -> sentence(cause, settings))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> sentence(Throwable cause, ServerSettings settings) {
        return switch (cause) {
            case Refused refused -> Optional.of(refused.getMessage());
            case MasterKeyFile.Unusable unusable -> Optional.of(unusable.getMessage());
            case QuarkusBindException taken ->
                Optional.of(("Port %d is taken by another program: stop it, or choose another with"
                                + " --quarkus.http.port=<port> or, for health and metrics, --quarkus.management.port=<port>.")
                        .formatted(taken.getPort()));
            case BindException taken -> Optional.of("A port cannot be opened: " + taken.getMessage());
            case ConfigValidationException invalid ->
                Optional.of("The configuration is wrong: " + invalid.getMessage());
            case ConfigurationException invalid -> Optional.of("The configuration is wrong: " + invalid.getMessage());
            case FlywayValidateException other -> Optional.of(anotherSchema(settings));
            case IllegalArgumentException wrong
            when String.valueOf(wrong.getMessage()).startsWith("plimsoll.") -> Optional.of(wrong.getMessage() + ".");
            case FlywayException database ->
                Optional.of("The database cannot be prepared (./plimsoll doctor says more): "
                        + database.getMessage().strip().replaceAll("\\s*\\R\\s*", " "));
            default -> Optional.empty();
        };
    }

    /** While Plimsoll is younger than its first release its first schema changes in place; see src/docs/upgrading.md. */
    private static String anotherSchema(ServerSettings settings) {
        return "This database was made by another build of Plimsoll, whose schema cannot be brought to this one's. "
                + (settings.ownDatabase()
                        ? "Name an empty database in plimsoll.ops.database-url, or go on with the build that made this one."
                        : "To begin anew, move its folder away: mv %1$s %1$s.old. To keep what it holds, go on with the build that made it."
                                .formatted(settings.folder(false).path()));
    }
}
