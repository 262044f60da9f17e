package dev.plimsoll.api;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;

import dev.plimsoll.unit.Ids;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/** Alerts as the watch writes them: a warning of the rule "warn me" on the position "ETH loan". */
public final class AlertRows {
    private AlertRows() {}

    /** @param state {@code firing} or {@code resolved} */
    public static UUID write(Pool engine, UUID account, UUID position, String state) throws Throwable {
        var id = Ids.next();
        var now = Instant.now().atOffset(ZoneOffset.UTC);
        var shown = new JsonObject()
                .put("rule", new JsonObject().put("id", Ids.next().toString()).put("name", "warn me"))
                .put("position", new JsonObject().put("id", position.toString()).put("name", "ETH loan"));
        subscribeAndAwait(() -> engine.preparedQuery("""
                        insert into alert (id, account_id, rule_id, subject, position_id, episode, state, severity, sequence,
                                           started_at, resolved_at, resolved_because, worst, life, shown)
                        values ($1, $2, $3, $4, $5, 1, $6, 'warning', 1, $7, $8, $9, 1.22, '{}', $10)
                        """)
                .execute(Tuple.tuple()
                        .addValue(id)
                        .addValue(account)
                        .addValue(Ids.next())
                        .addValue("position:" + position)
                        .addValue(position)
                        .addValue(state)
                        .addValue(now)
                        .addValue(state.equals("resolved") ? now : null)
                        .addValue(state.equals("resolved") ? "price-recovered" : null)
                        .addValue(shown)));
        subscribeAndAwait(() -> engine.preparedQuery("""
                        insert into transition (alert_id, sequence, account_id, type, reason, severity, at)
                        values ($1, 1, $2, 'alert.firing', 'crossed', 'warning', $3)
                        """).execute(Tuple.of(id, account, now)));
        return id;
    }
}
