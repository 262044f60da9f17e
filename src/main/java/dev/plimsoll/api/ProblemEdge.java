package dev.plimsoll.api;

import dev.plimsoll.wire.DatabaseSpace;
import dev.plimsoll.wire.Outage;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Makes a problem of this API out of what frameworks and the database say, without a word of theirs. */
@ApplicationScoped
public class ProblemEdge implements ProblemPostProcessor {
    private static final int BEFORE_THE_LOGGER = 200;

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
        return problem.getType() != null ? problem : translated(problem, context.cause);
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
