package dev.plimsoll.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import dev.plimsoll.wire.DatabaseSpace;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.ws.rs.core.Response.Status;
import java.net.ConnectException;
import java.time.Duration;
import java.util.stream.Stream;
import org.hibernate.HibernateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemEdgeTest {

    private static HttpProblem problem(Status status, Throwable cause) {
        return new ProblemEdge(new DatabaseSpace(new SimpleMeterRegistry()))
                .apply(HttpProblem.valueOf(status, "words of a framework"), ProblemContext.of(cause, "/"));
    }

    static Stream<Throwable> outages() {
        return Stream.of(
                new ConnectException("refused"),
                ClosedConnectionException.INSTANCE,
                new NoStackTraceThrowable("Timeout"),
                new PgException("terminating connection", "FATAL", "57P01", ""),
                new PgException("too many clients", "FATAL", "53300", ""),
                new HibernateException("could not begin", new ConnectException("refused")));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void aDatabaseThatCannotBeReachedIsUnavailable(Throwable outage) {
        var problem = problem(Status.INTERNAL_SERVER_ERROR, outage);

        assertThat(problem.getStatusCode()).isEqualTo(503);
        assertThat(problem.getHeaders()).containsEntry("Retry-After", 5L);
        assertThat(problem.getDetail()).doesNotContain("words");
    }

    @Test
    void aFaultOfOursStaysOneAndSaysNothing() {
        var causes = Stream.of(
                new IllegalStateException("select secret"),
                new JsonParseException(null, "Timeout?"),
                new PgException("syntax error at select", "ERROR", "42601", ""));

        assertThat(causes).allSatisfy(cause -> {
            var problem = problem(Status.INTERNAL_SERVER_ERROR, cause);
            assertThat(problem.getStatusCode()).isEqualTo(500);
            assertThat(problem.getDetail()).isEqualTo(ProblemType.INTERNAL.explanation());
        });
    }

    @Test
    void aRefusalOfAFrameworkIsToldInOurWords() {
        var problem = problem(Status.METHOD_NOT_ALLOWED, new IllegalArgumentException());

        assertThat(problem.getType()).hasToString("/problems/method-not-allowed");
        assertThat(problem.getDetail()).isEqualTo(ProblemType.METHOD_NOT_ALLOWED.explanation());
    }

    @Test
    void aProblemOfOursIsLeftAlone() {
        var own = Problems.notFound("rule");

        assertThat(new ProblemEdge(new DatabaseSpace(new SimpleMeterRegistry()))
                        .apply(own, ProblemContext.of(own, "/")))
                .isSameAs(own);
    }

    @Test
    void retryAfterIsRoundedUpToWholeSeconds() {
        assertThat(Problems.rateLimited("Wait.", Duration.ofMillis(1)).getHeaders())
                .containsEntry("Retry-After", 1L);
        assertThat(Problems.rateLimited("Wait.", Duration.ofMillis(1_001)).getHeaders())
                .containsEntry("Retry-After", 2L);
    }
}
