package dev.plimsoll.api;

import dev.plimsoll.account.Caller;
import dev.plimsoll.account.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Every POST that creates, or changes by an amount: one transaction that makes the thing and, where an {@code Idempotency-Key} came with it, remembers
 * the answer. So a repeated request never makes a second one, also when the first died between commit and answer.
 */
@ApplicationScoped
public class Creation {
    static final String BASE = "/api/v1";
    static final String REPLAYED = "Idempotency-Replayed";

    private final Tenant tenant;
    private final Caller caller;
    private final IdempotencyStore remembered;
    private final RoutingContext request;

    Creation(Tenant tenant, Caller caller, IdempotencyStore remembered, RoutingContext request) {
        this.tenant = tenant;
        this.caller = caller;
        this.remembered = remembered;
        this.request = request;
    }

    /**
     * For the caller's account.
     *
     * @param body of the request, as sent
     * @param work fails with a problem to refuse; then nothing is made and nothing remembered
     */
    public Uni<RestResponse<JsonObject>> once(byte[] body, Function<Mutiny.Session, Uni<Created>> work) {
        return once(caller.account(), key(body), work);
    }

    /**
     * The same for a POST that changes what is there: 200 with all of it, and no second change for a repeated request.
     *
     * @param work yields the thing as it is after the change
     */
    Uni<RestResponse<JsonObject>> change(byte[] body, Function<Mutiny.Session, Uni<Created>> work) {
        return once(body, work).map(Creation::changed);
    }

    /** What the present request says of being repeated. */
    Optional<IdempotencyKey> key(byte[] body) {
        var header = Optional.ofNullable(request.request().getHeader("Idempotency-Key"));
        return IdempotencyKey.of(header, request.normalizedPath(), body);
    }

    Uni<RestResponse<JsonObject>> once(
            UUID account, Optional<IdempotencyKey> key, Function<Mutiny.Session, Uni<Created>> work) {
        return tenant.session(
                account,
                session -> key.map(known -> remembered(session, account, known, work))
                        .orElseGet(() -> work.apply(session).map(Creation::created)));
    }

    private Uni<RestResponse<JsonObject>> remembered(
            Mutiny.Session session, UUID account, IdempotencyKey key, Function<Mutiny.Session, Uni<Created>> work) {
        return remembered
                .find(session, account, key)
                .chain(found -> found.map(answer -> Uni.createFrom().item(replayed(answer)))
                        .orElseGet(() -> work.apply(session)
                                .call(made -> remembered.add(session, account, key, made))
                                .map(Creation::created)));
    }

    private static RestResponse<JsonObject> created(Created made) {
        var body = made.body().copy().mergeIn(made.secrets());
        return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, body)
                .header(HttpHeaders.LOCATION, BASE + made.path())
                .header(HttpHeaders.ETAG, Etag.of(made.version()))
                .build();
    }

    private static RestResponse<JsonObject> changed(RestResponse<JsonObject> made) {
        var answer = RestResponse.ResponseBuilder.ok(made.getEntity());
        Stream.of(HttpHeaders.ETAG, REPLAYED)
                .forEach(name ->
                        made.getHeaders().getOrDefault(name, List.of()).forEach(value -> answer.header(name, value)));
        return answer.build();
    }

    private static RestResponse<JsonObject> replayed(IdempotencyStore.Remembered answer) {
        return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, answer.body())
                .header(HttpHeaders.LOCATION, BASE + answer.path())
                .header(REPLAYED, "true")
                .build();
    }
}
