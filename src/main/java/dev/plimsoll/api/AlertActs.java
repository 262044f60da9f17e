package dev.plimsoll.api;

import dev.plimsoll.account.Tenant;
import dev.plimsoll.alert.Act;
import dev.plimsoll.alert.AlertActStore.Already;
import dev.plimsoll.alert.AlertActStore.Done;
import dev.plimsoll.alert.AlertActStore.Missing;
import dev.plimsoll.alert.AlertActStore.NotFiring;
import dev.plimsoll.alert.AlertActStore.Result;
import dev.plimsoll.alert.AlertHistoryStore;
import dev.plimsoll.delivery.Acts;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Does what an owner asks of an alert, and answers with what it is then, in one transaction. */
@Singleton
class AlertActs {
    private final Tenant tenant;
    private final Acts acts;
    private final AlertHistoryStore alerts;

    AlertActs(Tenant tenant, Acts acts, AlertHistoryStore alerts) {
        this.tenant = tenant;
        this.acts = acts;
        this.alerts = alerts;
    }

    /** The alert after it, with its timeline. */
    Uni<JsonObject> act(UUID account, UUID id, Act act) {
        return tenant.sql(
                account,
                tx -> acts.act(tx, account, id, act)
                        .invoke(result -> require(result, act))
                        .chain(() -> alerts.find(tx, account, id))
                        .map(found -> found.orElseThrow(() -> Problems.notFound(AlertResource.WHAT))));
    }

    private static void require(Result result, Act act) {
        switch (result) {
            case Done ignored -> {}
            case Already() -> {}
            case NotFiring(var state) ->
                throw Problems.conflict("This alert is " + state + ": only a firing one can be "
                        + (act instanceof Act.Snooze ? "snoozed." : "acknowledged."));
            case Missing() -> throw Problems.notFound(AlertResource.WHAT);
        }
    }
}
