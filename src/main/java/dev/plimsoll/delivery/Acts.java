package dev.plimsoll.delivery;

import dev.plimsoll.account.Tenant;
import dev.plimsoll.alert.Act;
import dev.plimsoll.alert.AlertActStore;
import dev.plimsoll.alert.AlertActStore.Done;
import dev.plimsoll.alert.AlertActStore.Result;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/**
 * Does to an alert what its owner asks, wherever it was asked: over the API, by a link, at a pager. The step and the notice
 * that tells the others are one transaction; to ask twice changes nothing.
 */
@Singleton
public final class Acts {
    private final Tenant tenant;
    private final AlertActStore acts;
    private final Outbox outbox;

    @Inject
    Acts(Tenant tenant, AlertActStore acts, Outbox outbox) {
        this.tenant = tenant;
        this.acts = acts;
        this.outbox = outbox;
    }

    /** In a transaction of its own; not inside one of an account. */
    public Uni<Result> act(UUID account, UUID alert, Act act) {
        return tenant.sql(account, tx -> act(tx, account, alert, act));
    }

    /** @param tx of the account */
    public Uni<Result> act(SqlConnection tx, UUID account, UUID alert, Act act) {
        return acts.act(tx, account, alert, act).call(result -> tell(tx, account, result));
    }

    private static boolean isDrill(Done done) {
        return "drill".equals(done.alert().getJsonObject("subject").getString("kind"));
    }

    private Uni<Void> tell(SqlConnection tx, UUID account, Result result) {
        return result instanceof Done done && !isDrill(done) // that it is over is told in a moment
                ? outbox.put(tx, List.of(ActNotice.of(account, done)))
                : Uni.createFrom().voidItem();
    }
}
