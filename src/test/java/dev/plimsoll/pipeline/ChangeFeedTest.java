package dev.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.unit.Ids;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ChangeFeedTest {
    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    private ChangeFeed feed;

    @BeforeEach
    void startWithoutChanges() {
        feed = new ChangeFeed(engine, Duration.ofHours(1));
        now(engine.query("delete from change").execute());
    }

    @Test
    void namesEachRowWrittenSinceTheHorizonOnce() {
        var horizon = now(feed.horizon());
        var id = Ids.next();

        now(write(engine, id));
        now(write(engine, id));

        assertThat(now(feed.since(horizon)).of("position")).containsExactly(id);
    }

    @Test
    void aTransactionThatBeganBeforeTheLastReadingAndEndsAfterItIsNotMissed() {
        var horizon = now(feed.horizon());
        var slow = now(engine.getConnection());
        var open = now(slow.begin());
        var late = Ids.next();
        now(write(slow, late));
        var early = Ids.next();
        now(write(engine, early));

        var first = now(feed.since(horizon));
        now(open.commit());
        var second = now(feed.since(first.next()));
        now(slow.close());

        assertThat(first.of("position")).containsExactly(early);
        assertThat(second.of("position")).contains(late);
    }

    @Test
    void whatWasReadIsNotReadAgainWhenNoOlderTransactionRuns() {
        var horizon = now(feed.horizon());
        now(write(engine, Ids.next()));

        var first = now(feed.since(horizon));
        var second = now(feed.since(first.next()));

        assertThat(second.of("position")).isEmpty();
        assertThat(second.gap()).isFalse();
    }

    @Test
    void aHorizonOlderThanHalfOfWhatIsKeptIsAGap() {
        var now = now(feed.horizon());
        var old = new Changes.Horizon(
                now.xid(), now.readAt() - Duration.ofMinutes(31).toSeconds());

        assertThat(now(feed.since(old)).gap()).isTrue();
    }

    @Test
    void pruningKeepsWhatIsYoung() {
        now(write(engine, Ids.next()));
        now(engine.query("update change set at = now() - interval '61 minutes'").execute());
        var horizon = now(feed.horizon());
        var young = Ids.next();
        now(write(engine, young));

        var pruned = now(feed.prune());

        assertThat(pruned).isEqualTo(1);
        assertThat(now(feed.since(horizon)).of("position")).containsExactly(young);
    }

    private static Uni<Void> write(SqlClient client, UUID id) {
        return client.preparedQuery("insert into change (kind, id, account_id) values ('position', $1, $1)")
                .execute(Tuple.of(id))
                .replaceWithVoid();
    }

    private static <T> T now(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(60));
    }
}
