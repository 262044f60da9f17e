package dev.plimsoll.api;

import dev.plimsoll.wire.DatabaseSpace;
import dev.plimsoll.wire.Outage;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/** Makes a problem of this API out of what frameworks and the database say, without a word of theirs. */
@ApplicationScoped
public class ProblemEdge implements ProblemPostProcessor {
    private static final int BEFORE_THE_LOGGER = 200;

    /** Paths that end in what lets its holder act. */
    private static final Pattern SECRET = Pattern.compile("^(/api/v1/(?:l|callbacks)|/login|/recover)/.*");

    private final DatabaseSpace space;

    ProblemEdge(DatabaseSpace space) {
        this.space = space;
    }

    @Override
    public int priority() {
        return BEFORE_THE_LOGGER;
    }

    @Override
    public HttpProblem apply(HttpProblem problem, ProblemContext context) {
        return discreet(problem.getType() != null ? problem : translated(problem, context.cause), context.path);
    }

    /** Where the path is repeated in the answer it stands without what is secret in it. */
    private static HttpProblem discreet(HttpProblem problem, String path) {
        var found = SECRET.matcher(Objects.requireNonNullElse(path, ""));
        return found.matches()
                ? HttpProblem.builder(problem)
                        .withInstance(URI.create(found.group(1)))
                        .build()
                : problem;
    }

    private HttpProblem translated(HttpProblem problem, Throwable cause) {
        space.failed(cause);
        if (Outage.isCause(cause)) {
            return Problems.unavailable(ProblemType.UNAVAILABLE.explanation(), Duration.ofSeconds(5));
        }
        return Violations.problem(cause).orElseGet(() -> byStatus(problem));
    }

    private static HttpProblem byStatus(HttpProblem problem) {
        var status = problem.getStatusCode();
        var type = ProblemType.ofStatus(status).orElse(status < 500 ? ProblemType.MALFORMED : ProblemType.INTERNAL);
        return HttpProblem.builder(problem)
                .withType(type.uri())
                .withTitle(type.title())
                .withStatus(type.status())
                .withDetail(type.explanation())
                .build();
    }
}
