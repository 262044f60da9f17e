package dev.plimsoll.api;

import dev.plimsoll.account.Account;
import dev.plimsoll.account.AccountStore;
import dev.plimsoll.account.Tenant;
import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.pipeline.digest.Digest;
import dev.plimsoll.pipeline.digest.DigestDraft;
import dev.plimsoll.pipeline.digest.Edition;
import dev.plimsoll.pipeline.digest.Editor;
import dev.plimsoll.pipeline.digest.Paper;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;

/** Writes digests that nobody is sent, in the latest market this replica knows. */
@Singleton
class DigestPreviews {
    private static final Duration UNTIL_THE_FIRST_TICK = Duration.ofSeconds(10);

    private final Tenant tenant;
    private final AccountStore accounts;
    private final Editor editor;
    private final LatestMarket latest;
    private final Clock clock;

    DigestPreviews(Tenant tenant, AccountStore accounts, Editor editor, LatestMarket latest, Clock clock) {
        this.tenant = tenant;
        this.accounts = accounts;
        this.editor = editor;
        this.latest = latest;
        this.clock = clock;
    }

    Uni<JsonObject> of(UUID account, DigestDraft draft) {
        return of(draft.unstored(account, clock.instant()));
    }

    Uni<JsonObject> of(Digest digest) {
        return accounts.find(digest.account())
                .map(found -> found.map(Account::timezone).orElseThrow(() -> Problems.notFound("account")))
                .chain(zone -> of(digest, zone));
    }

    private Uni<JsonObject> of(Digest digest, ZoneId zone) {
        var market = market();
        var edition = Edition.now(digest, zone, clock.instant());
        return tenant.sql(digest.account(), tx -> editor.survey(tx, List.of(edition)))
                .chain(surveys -> editor.write(surveys, market))
                .map(List::getFirst)
                .map(Paper::json);
    }

    private MarketSnapshot market() {
        return latest.snapshot()
                .orElseThrow(() -> Problems.unavailable(
                        "No market has been judged yet: the first tick is still running.", UNTIL_THE_FIRST_TICK));
    }
}
