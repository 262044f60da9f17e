package dev.plimsoll.api;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Makes every refusal of this API: RFC 9457 problems, to be thrown or to fail a {@code Uni} with. */
public final class Problems {
    private Problems() {}

    /** @param what the kind of thing, as a user calls it: "position" */
    public static HttpProblem notFound(String what) {
        return of(ProblemType.NOT_FOUND, "There is no such " + what + " in your account.");
    }

    /** Refused with every fault at once. */
    public static HttpProblem invalid(List<Fault> faults) {
        return withFaults(ProblemType.INVALID, faults);
    }

    public static HttpProblem invalid(String detail, String pointer) {
        return invalid(List.of(new Fault(detail, pointer)));
    }

    public static HttpProblem malformed(String detail) {
        return of(ProblemType.MALFORMED, detail);
    }

    public static HttpProblem malformed(List<Fault> faults) {
        return withFaults(ProblemType.MALFORMED, faults);
    }

    public static HttpProblem tooLarge(int bytes) {
        return of(ProblemType.TOO_LARGE, "The body is larger than " + bytes / 1024 + " KB. Send less at once.");
    }

    /** @param what what was asked for, as the start of a sentence: "Channels of kind 'email'" */
    public static HttpProblem notYet(String what) {
        return of(ProblemType.NOT_YET, what + " cannot be used yet: this version of Plimsoll does not have it built.");
    }

    /** A client-chosen key that another one of the same kind has. */
    public static HttpProblem keyTaken(String what) {
        return conflict("Another " + what + " of your account has this 'key'. Choose another.");
    }

    public static HttpProblem conflict(String detail) {
        return of(ProblemType.CONFLICT, detail);
    }

    /** @param what in the plural: "positions" */
    public static HttpProblem quota(String what, int limit) {
        return of(
                ProblemType.QUOTA_EXCEEDED,
                "Your account may hold " + limit + " " + what
                        + " and has them. Delete some, or ask the operator for more.");
    }

    /** @param what "position": it was changed by somebody else since the caller read it */
    public static HttpProblem changed(String what, long version) {
        return of(
                ProblemType.PRECONDITION_FAILED,
                "The " + what + " was changed in the meantime: it is at version " + version + ". Read it again first.");
    }

    static HttpProblem unauthenticated(String detail) {
        return builder(ProblemType.UNAUTHENTICATED, detail)
                .withHeader("WWW-Authenticate", "Bearer realm=\"plimsoll\"")
                .build();
    }

    static HttpProblem forbidden(String detail) {
        return of(ProblemType.FORBIDDEN, detail);
    }

    public static HttpProblem rateLimited(String detail, Duration retryAfter) {
        return later(ProblemType.RATE_LIMITED, detail, retryAfter);
    }

    public static HttpProblem unavailable(String detail, Duration retryAfter) {
        return later(ProblemType.UNAVAILABLE, detail, retryAfter);
    }

    static HttpProblem of(ProblemType type, String detail) {
        return builder(type, detail).build();
    }

    private static HttpProblem later(ProblemType type, String detail, Duration retryAfter) {
        return builder(type, detail)
                .withHeader(
                        "Retry-After", Math.max(1, retryAfter.plusMillis(999).toSeconds()))
                .build();
    }

    private static HttpProblem withFaults(ProblemType type, List<Fault> faults) {
        var detail = faults.size() == 1
                ? faults.get(0).detail()
                : String.format(Locale.ROOT, "The request has %d faults: see 'errors'.", faults.size());
        return builder(type, detail).with("errors", List.copyOf(faults)).build();
    }

    private static HttpProblem.Builder builder(ProblemType type, String detail) {
        return HttpProblem.builder()
                .withType(type.uri())
                .withTitle(type.title())
                .withStatus(type.status())
                .withDetail(detail);
    }
}
