package dev.plimsoll.api;

import dev.plimsoll.account.Tenant;
import dev.plimsoll.alert.Act;
import dev.plimsoll.alert.AlertActStore;
import dev.plimsoll.alert.AlertActStore.Already;
import dev.plimsoll.alert.AlertActStore.Done;
import dev.plimsoll.alert.AlertActStore.Missing;
import dev.plimsoll.alert.AlertActStore.NotFiring;
import dev.plimsoll.alert.AlertActStore.Result;
import dev.plimsoll.alert.AlertHistoryStore;
import dev.plimsoll.delivery.ActNotice;
import dev.plimsoll.delivery.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** Does what an owner asks of an alert, and tells the others, in one transaction. */
@Singleton
class AlertActs {
    private final Tenant tenant;
    private final AlertActStore acts;
    private final AlertHistoryStore alerts;
    private final Outbox outbox;

    AlertActs(Tenant tenant, AlertActStore acts, AlertHistoryStore alerts, Outbox outbox) {
        this.tenant = tenant;
        this.acts = acts;
        this.alerts = alerts;
        this.outbox = outbox;
    }

    /** The alert after it, with its timeline. */
    Uni<JsonObject> act(UUID account, UUID id, Act act) {
        return tenant.sql(
                account,
                tx -> acts.act(tx, account, id, act)
                        .call(result -> tell(tx, account, result, act))
                        .chain(() -> alerts.find(tx, account, id))
                        .map(found -> found.orElseThrow(() -> Problems.notFound(AlertResource.WHAT))));
    }

    private Uni<Void> tell(SqlConnection tx, UUID account, Result result, Act act) {
        return switch (result) {
            case Done done -> outbox.put(tx, List.of(ActNotice.of(account, done)));
            case Already() -> Uni.createFrom().voidItem();
            case NotFiring(var state) ->
                throw Problems.conflict("This alert is " + state + ": only a firing one can be "
                        + (act instanceof Act.Snooze ? "snoozed." : "acknowledged."));
            case Missing() -> throw Problems.notFound(AlertResource.WHAT);
        };
    }
}
