package dev.plimsoll.api;

import dev.plimsoll.account.Tenant;
import dev.plimsoll.delivery.ChannelLinks.Leave;
import dev.plimsoll.delivery.Leaving;
import dev.plimsoll.delivery.Leaving.Leaver;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.Optional;

/** What stands behind the link by which another person leaves. */
@Singleton
class LeaveClicks {
    private final Tenant tenant;
    private final Leaving leaving;

    LeaveClicks(Tenant tenant, Leaving leaving) {
        this.tenant = tenant;
        this.leaving = leaving;
    }

    Uni<LinkAnswer> show(Leave click) {
        return tenant.sql(click.account(), tx -> leaver(tx, click)).map(leaver -> shown(click, leaver));
    }

    /** To leave twice changes nothing. */
    Uni<LinkAnswer> act(Leave click) {
        return tenant.sql(
                click.account(),
                tx -> leaver(tx, click)
                        .call(leaver -> leaver.stays()
                                ? leaving.leave(tx, click.channel(), leaver)
                                : Uni.createFrom().voidItem())
                        .map(leaver -> left(click, leaver)));
    }

    private Uni<Leaver> leaver(SqlConnection tx, Leave click) {
        return leaving.find(tx, click.account(), click.channel()).map(found -> found.orElseThrow(OneClicks::gone));
    }

    private static LinkAnswer shown(Leave click, Leaver leaver) {
        var asker = leaver.buddy().asker();
        return leaver.stays()
                ? answer(
                        click,
                        leaver,
                        "When an alert of " + asker
                                + " has rung and nobody has acknowledged it, you are told. Leave, and"
                                + " you are told nothing more; " + asker + " hears of that.",
                        Optional.of("Leave"))
                : left(click, leaver);
    }

    private static LinkAnswer left(Leave click, Leaver leaver) {
        return answer(click, leaver, "You have left. You are told nothing more.", Optional.empty());
    }

    private static LinkAnswer answer(Leave click, Leaver leaver, String text, Optional<String> button) {
        return new LinkAnswer(
                "leave",
                "channel",
                click.channel(),
                "Buddy of " + leaver.buddy().asker(),
                button.isPresent() ? "told" : "left",
                text,
                button);
    }
}
