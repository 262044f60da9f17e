package dev.plimsoll.ops;

import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import java.net.BindException;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;

/** Finds, in what made the start fail, the sentence that helps the operator. */
final class Refusals {
    private Refusals() {}

    static Optional<String> in(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .map(Refusals::sentence)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> sentence(Throwable cause) {
        return switch (cause) {
            case Refused refused -> Optional.of(refused.getMessage());
            case QuarkusBindException taken ->
                Optional.of(("Port %d is taken by another program: stop it, or choose another with"
                                + " --quarkus.http.port=<port>.")
                        .formatted(taken.getPort()));
            case BindException taken -> Optional.of("A port cannot be opened: " + taken.getMessage());
            case ConfigValidationException invalid ->
                Optional.of("The configuration is wrong: " + invalid.getMessage());
            case ConfigurationException invalid -> Optional.of("The configuration is wrong: " + invalid.getMessage());
            case FlywayException database ->
                Optional.of("The database cannot be prepared (./plimsoll doctor says more): "
                        + database.getMessage().strip().replaceAll("\\s*\\R\\s*", " "));
            default -> Optional.empty();
        };
    }
}
