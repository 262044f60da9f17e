package dev.plimsoll.position;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.account.Written;
import dev.plimsoll.account.Written.Done;
import dev.plimsoll.account.Written.KeyTaken;
import dev.plimsoll.account.Written.Missing;
import dev.plimsoll.account.Written.QuotaReached;
import dev.plimsoll.risk.LiquidationThreshold;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.Ids;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PositionStoreTest {
    private final UUID ada = Ids.next();
    private final UUID bob = Ids.next();

    @Inject
    PositionStore positions;

    @Inject
    PositionFeedStore feed;

    @Inject
    PositionConfig config;

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    @BeforeEach
    void signUp() throws Throwable {
        for (var account : List.of(ada, bob)) {
            subscribeAndAwait(() -> engine.preparedQuery("insert into account (id, name) values ($1, 'somebody')")
                    .execute(Tuple.of(account)));
        }
    }

    @Test
    void whatWasAddedIsFoundByItsOwnerAndTheFeed() throws Throwable {
        var added = add(ada, draft("loan"));

        assertThat(added.version()).isEqualTo(1);
        assertThat(subscribeAndAwait(() -> positions.find(ada, added.id()))).contains(added);
        assertThat(subscribeAndAwait(() -> feed.byIds(List.of(added.id())))).containsExactly(added);
    }

    @Test
    void anEditRaisesTheVersion() throws Throwable {
        var added = add(ada, draft("loan"));

        var edited = done(subscribeAndAwait(() -> positions.change(ada, added.id(), position -> draft("renamed"))));

        assertThat(edited.name()).isEqualTo("renamed");
        assertThat(edited.version()).isEqualTo(2);
        assertThat(subscribeAndAwait(() -> positions.find(ada, added.id()))).contains(edited);
    }

    @Test
    void anEditThatThrowsWritesNothing() throws Throwable {
        var added = add(ada, draft("loan"));

        assertThatThrownBy(() -> subscribeAndAwait(() -> positions.change(ada, added.id(), position -> {
                    throw new IllegalStateException("refused");
                })))
                .hasMessage("refused");

        assertThat(subscribeAndAwait(() -> positions.find(ada, added.id()))).contains(added);
    }

    @Test
    void anotherAccountsPositionIsMissing() throws Throwable {
        var added = add(ada, draft("loan"));

        var found = subscribeAndAwait(() -> positions.find(bob, added.id()));
        var edited = subscribeAndAwait(() -> positions.change(bob, added.id(), position -> draft("stolen")));
        var deleted = subscribeAndAwait(() -> positions.delete(bob, added.id(), position -> {}));

        assertThat(found).isEmpty();
        assertThat(edited).isInstanceOf(Missing.class);
        assertThat(deleted).isInstanceOf(Missing.class);
        assertThat(subscribeAndAwait(() -> positions.find(ada, added.id()))).contains(added);
    }

    @Test
    void whatWasDeletedIsGone() throws Throwable {
        var added = add(ada, draft("loan"));

        subscribeAndAwait(() -> positions.delete(ada, added.id(), position -> {}));

        assertThat(subscribeAndAwait(() -> positions.find(ada, added.id()))).isEmpty();
    }

    @Test
    void aKeyIsGivenOncePerAccount() throws Throwable {
        add(ada, draft("first", "k"));
        var other = add(ada, draft("other"));

        var again = subscribeAndAwait(() -> positions.add(ada, draft("second", "k")));
        var renamed = subscribeAndAwait(() -> positions.change(ada, other.id(), position -> draft("other", "k")));
        var bobs = subscribeAndAwait(() -> positions.add(bob, draft("bob's", "k")));

        assertThat(again).isInstanceOf(KeyTaken.class);
        assertThat(renamed).isInstanceOf(KeyTaken.class);
        assertThat(bobs).isInstanceOf(Done.class);
    }

    @Test
    void anAccountMayHaveAsManyAsItsQuota() throws Throwable {
        for (var i = 0; i < config.perAccount(); i++) {
            add(ada, draft("loan"));
        }

        var oneMore = subscribeAndAwait(() -> positions.add(ada, draft("loan")));

        assertThat(oneMore).isEqualTo(new QuotaReached<>(config.perAccount()));
    }

    @Test
    void theListGoesOnAfterTheLastId() throws Throwable {
        var first = add(ada, draft("first"));
        var second = add(ada, draft("second"));
        add(bob, draft("bob's"));

        var all = subscribeAndAwait(() -> positions.list(ada, new UUID(0, 0), 10));
        var rest = subscribeAndAwait(() -> positions.list(ada, first.id(), 10));

        assertThat(all).containsExactly(first, second);
        assertThat(rest).containsExactly(second);
    }

    @Test
    void theFeedReadsEveryPosition() throws Throwable {
        var added = add(ada, draft("loan"));
        var seen = new ArrayList<Position>();

        var count = subscribeAndAwait(() -> feed.all(seen::addAll));

        assertThat(seen).contains(added).hasSize(count.intValue());
    }

    private Position add(UUID account, PositionDraft draft) throws Throwable {
        return done(subscribeAndAwait(() -> positions.add(account, draft)));
    }

    private static Position done(Written<Position> written) {
        return ((Done<Position>) written).value();
    }

    private static PositionDraft draft(String name, String... key) {
        var loan = new Loan(
                List.of(new Loan.Collateral(
                        new Asset("ETH"),
                        new BigDecimal("10"),
                        LiquidationThreshold.threshold("0.825"),
                        Optional.empty(),
                        Optional.empty())),
                List.of(new Loan.Debt(new Asset("USDC"), new BigDecimal("20000"), Optional.empty())));
        return new PositionDraft(
                List.of(key).stream().findFirst(),
                name,
                Map.of("team", "treasury"),
                loan,
                Optional.of(new BigDecimal("1.5")),
                Instant.parse("2025-02-03T00:00:00Z"));
    }
}
