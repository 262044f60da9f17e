package dev.plimsoll.api;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.vertx.pgclient.PgException;
import java.util.Optional;
import java.util.stream.Stream;
import org.hibernate.exception.ConstraintViolationException;

/** What a constraint of the schema means to the client whose write it refused. */
final class Violations {
    private Violations() {}

    /** Empty for a constraint that no request should be able to hurt: that is a fault of ours. */
    static Optional<HttpProblem> problem(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .map(Violations::constraint)
                .flatMap(Optional::stream)
                .findFirst()
                .flatMap(Violations::meaning);
    }

    private static Optional<String> constraint(Throwable cause) {
        if (cause instanceof ConstraintViolationException violation) {
            return Optional.ofNullable(violation.getConstraintName());
        }
        return cause instanceof PgException refused ? Optional.ofNullable(refused.getConstraint()) : Optional.empty();
    }

    private static Optional<HttpProblem> meaning(String constraint) {
        return switch (constraint) {
            case "api_key_expires_later" -> Optional.of(Problems.invalid("'expiresAt' has passed.", "/expiresAt"));
            case "account_pkey" ->
                Optional.of(Problems.conflict(
                        "This Idempotency-Key signed up an account more than 24 hours ago. Use a new one."));
            case "position_account_key_key", "rule_account_key_key", "channel_account_key_key" ->
                Optional.of(Problems.conflict("Another one of your account has this 'key'. Choose another."));
            // the account was erased while the request ran
            case "api_key_account_fkey",
                    "idempotency_account_fkey",
                    "position_account_fkey",
                    "rule_account_fkey",
                    "channel_account_fkey" -> Optional.of(Problems.unauthenticated("This account was erased."));
            default -> Optional.empty();
        };
    }
}
