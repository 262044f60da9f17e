package dev.plimsoll.api;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.account.Tenant;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is one account's does not exist for another, whatever is asked; and behind that stands the database itself. */
@QuarkusTest
class IsolationTest {
    private static final List<String> OWNED = List.of(
            "api_key",
            "idempotency",
            "position",
            "rule",
            "silence",
            "channel",
            "alert",
            "transition",
            "notice",
            "delivery",
            "attempt");

    @Inject
    Tenant tenant;

    @Inject
    Pool api;

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    @Test
    void aForeignIdIsUnknownInEveryOperation() {
        var ada = Ada.signsUp();
        var eve = Ada.signsUp();
        var own = things(ada);

        for (var operation : Document.read().operations()) {
            var kind = operation.path().replaceAll("/\\{id}.*", "");
            if (operation.path().contains("{id}") && own.containsKey(kind)) {
                var path = operation.path().replace("{id}", own.get(kind));
                var body = operation.example().map(Object::toString).orElse("{}");
                var answer = eve.sends(body).request(operation.method(), path);
                assertThat(answer.statusCode()).as(operation.name()).isIn(404, 422);
                assertThat(answer.<String>path("type"))
                        .as(operation.name())
                        .isIn("/problems/not-found", "/problems/not-yet");
            }
        }
        own.forEach((kind, id) -> assertThat(eve.gets(kind).asString()).as(kind).doesNotContain(id));
        own.forEach((kind, id) -> assertThat(ada.gets(kind).asString()).as(kind).contains(id));
    }

    /** One of each kind that a user can make. */
    private static Map<String, String> things(Ada ada) {
        var document = Document.read();
        var things = new LinkedHashMap<String, String>();
        for (var kind : List.of("/positions", "/rules", "/account/keys", "/channels", "/silences")) {
            var example = document.operation("POST " + kind).example().orElseThrow();
            if (kind.equals("/channels")) {
                example.put("url", "http://127.0.0.1:9/hook");
            }
            if (kind.equals("/silences")) {
                example.put("from", "1999-01-01T00:00:00Z")
                        .put("until", Instant.now().plus(Duration.ofHours(1)).toString());
            }
            things.put(kind, ada.creates(kind, example.encode()).getString("id"));
        }
        return things;
    }

    @Test
    void aQueryThatForgetsTheOwnerSeesOneAccountOnly() throws Throwable {
        var ada = Ada.signsUp();
        var eve = Ada.signsUp();
        things(ada);
        things(eve);

        for (var table : List.of("position", "rule", "channel", "api_key")) {
            var owners = subscribeAndAwait(() ->
                    tenant.sql(id(eve), connection -> rows(connection, "select distinct account_id from " + table)));
            assertThat(owners).extracting(row -> row.getUUID(0)).containsExactly(id(eve));
        }
        var accounts =
                subscribeAndAwait(() -> tenant.sql(id(eve), connection -> rows(connection, "select id from account")));
        assertThat(accounts).extracting(row -> row.getUUID(0)).containsExactly(id(eve));
    }

    @Test
    void withoutAnAccountNothingIsSeen() throws Throwable {
        things(Ada.signsUp());

        for (var table : OWNED) {
            var found = subscribeAndAwait(() -> rows(api, "select 1 from " + table));
            assertThat(found.size()).as(table).isZero();
        }
        assertThat(subscribeAndAwait(() -> rows(engine, "select 1 from position"))
                        .size())
                .isPositive();
    }

    @Test
    void aWriteForSomebodyElseIsRefusedByTheDatabase() {
        var ada = Ada.signsUp();
        var eve = Ada.signsUp();
        var rule = ada.gets("/rules").jsonPath().getString("items[0].id");

        assertThatThrownBy(() -> subscribeAndAwait(() -> tenant.sql(
                        id(eve),
                        connection -> connection
                                .preparedQuery(
                                        "insert into idempotency (account_id, key, request_hash) values ($1, 'k', '')")
                                .execute(Tuple.of(id(ada))))))
                .hasMessageContaining("row-level security");
        assertThat(update(eve, rule)).isZero();
        assertThat(update(ada, rule)).isOne();
    }

    private int update(Ada who, String rule) {
        try {
            return subscribeAndAwait(() -> tenant.sql(
                            id(who),
                            connection -> connection
                                    .preparedQuery("update rule set name = 'mine' where id = $1")
                                    .execute(Tuple.of(UUID.fromString(rule)))))
                    .rowCount();
        } catch (Throwable failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void oneAccountsTransactionInsideAnothersIsRefused() {
        var ada = Ada.signsUp();
        var eve = Ada.signsUp();

        assertThatThrownBy(() -> subscribeAndAwait(() -> tenant.session(
                        id(ada),
                        session -> tenant.session(
                                id(eve), inner -> Uni.createFrom().item(1)))))
                .hasMessageContaining("already inside");
        assertThatThrownBy(() -> subscribeAndAwait(() -> tenant.sql(
                        id(ada),
                        connection -> tenant.session(
                                id(eve), inner -> Uni.createFrom().item(1)))))
                .hasMessageContaining("already inside");
    }

    @Test
    void oneAccountsTransactionAfterAnothersIsNot() throws Throwable {
        var ada = Ada.signsUp();
        var eve = Ada.signsUp();

        var seen = subscribeAndAwait(() -> tenant.sql(id(ada), connection -> rows(connection, "select id from account"))
                .chain(() -> tenant.sql(id(eve), connection -> rows(connection, "select id from account"))));

        assertThat(seen).extracting(row -> row.getUUID(0)).containsExactly(id(eve));
    }

    private static Uni<RowSet<Row>> rows(SqlClient client, String sql) {
        return client.query(sql).execute();
    }

    private static UUID id(Ada who) {
        return UUID.fromString(who.id());
    }
}
