package dev.plimsoll.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.delivery.Tried.Called;
import dev.plimsoll.delivery.VirtualCourier.Attempted;
import dev.plimsoll.delivery.VirtualCourier.Claimed;
import dev.plimsoll.delivery.VirtualOutbox.Delivery;
import dev.plimsoll.delivery.VirtualOutbox.Hook;
import dev.plimsoll.delivery.VirtualOutbox.Queued;
import dev.plimsoll.simulation.Plant;
import dev.plimsoll.simulation.Step;
import dev.plimsoll.simulation.Transaction;
import dev.plimsoll.simulation.VirtualDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outbox, claims and ledger of the simulation do what those of PostgreSQL do. */
@QuarkusTest
class OutboxModelTest {
    private static final List<String> TYPES = List.of(
            "alert.firing",
            "alert.worsened",
            "alert.repeated",
            "alert.acknowledged",
            "alert.escalated",
            "alert.resolved");

    /** As leases and pauses are made here: long beside anything that the test itself may take. */
    private static final Duration LONG = Duration.ofHours(1);

    private static final Outcome ARRIVED = new Outcome.Delivered(Optional.of(200), "delivered");
    private static final Outcome LATER = new Outcome.Retry(Optional.of(429), "not now", Optional.of(LONG));

    @Inject
    DeliveryFixture given;

    @Inject
    Claims claims;

    @Inject
    Ledger ledger;

    private final Map<UUID, Integer> sequences = new HashMap<>();
    private final List<Claim> claimed = new ArrayList<>();
    private final List<Claimed> virtuallyClaimed = new ArrayList<>();
    private long virtualNow = 1_000_000_000;
    private VirtualDatabase database;
    private VirtualOutbox outbox;
    private VirtualCourier courier;
    private UUID account;
    private SplittableRandom dice;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void doesWhatTheDatabaseDoes(long seed) {
        furnish(seed);
        var alerts = List.of(given.alert(account), given.alert(account));

        for (var step = 0; step < 50; step++) {
            switch (dice.nextInt(7)) {
                case 0, 1 -> put(alerts.get(dice.nextInt(alerts.size())));
                case 2 -> take();
                case 3, 4 -> record();
                case 5 -> timePasses();
                default -> redeliver();
            }
            assertThat(virtualRows()).as("seed %d, step %d", seed, step).isEqualTo(rows());
        }
    }

    private void furnish(long seed) {
        given.clear();
        dice = new SplittableRandom(seed);
        database = new VirtualDatabase(() -> virtualNow);
        outbox = new VirtualOutbox(database, Plant.NONE);
        courier = new VirtualCourier(outbox, LONG.toMillis(), dice);
        account = given.account();
        var hooks = List.of(
                given.webhook(account, "https://hooks.example.org/a").id(),
                given.webhook(account, "https://hooks.example.org/b").id());
        in(tx -> {
            hooks.forEach(hook -> outbox.channel(tx, new Hook(hook, account, true)));
            return Step.END;
        });
    }

    private void put(UUID alert) {
        var sequence = sequences.merge(alert, 1, Integer::sum);
        var notice = given.notice(account, alert, sequence, TYPES.get(dice.nextInt(TYPES.size())));
        given.put(notice);
        in(tx -> outbox.put(tx, List.of(notice), () -> Step.END));
    }

    private void take() {
        var real = given.now(claims.wake(100).chain(() -> claims.take(10, new Rooms(Map.of(), 10))));
        given.sql("update queue set leased_until = now() + interval '1 hour' where leased_until > now()");
        var tx = database.begin();
        var virtual = courier.take(tx, 10);
        tx.commit();
        assertThat(virtual)
                .extracting(claim -> name(claim.delivery()) + " " + claim.number() + " " + claim.failed())
                .containsExactlyInAnyOrderElementsOf(real.stream()
                        .map(claim -> names().get(claim.delivery()) + " " + claim.number() + " " + claim.failed())
                        .toList());
        for (var claim : virtual) {
            virtuallyClaimed.add(claim);
            claimed.add(real.stream()
                    .filter(it -> names().get(it.delivery()).equals(name(claim.delivery())))
                    .findFirst()
                    .orElseThrow());
        }
    }

    /** One of those claimed at any time, so that many come too late. */
    private void record() {
        if (claimed.isEmpty()) {
            return;
        }
        var which = dice.nextInt(claimed.size());
        var outcome = switch (dice.nextInt(4)) {
            case 0 -> Optional.<Outcome>empty();
            case 1 -> Optional.of(LATER);
            default -> Optional.of(ARRIVED);
        };
        var ending = outcome.<Tried.Ending>map(it -> new Called(it, Optional.empty(), Duration.ZERO))
                .orElseGet(Tried.Dropped::new);
        given.now(ledger.record(List.of(new Tried(claimed.remove(which), ending))));
        var attempted = new Attempted(virtuallyClaimed.remove(which), outcome);
        in(tx -> courier.record(tx, List.of(attempted), own -> {}, () -> Step.END));
    }

    private void timePasses() {
        virtualNow += 2 * LONG.toMillis();
        given.sql(
                "update queue set due_at = due_at - interval '2 hours', leased_until = leased_until - interval '2 hours',"
                        + " rest_until = rest_until - interval '2 hours'");
    }

    private void redeliver() {
        var all = outbox.committedDeliveries().stream()
                .filter(row -> row.channel().isPresent())
                .toList();
        if (all.isEmpty()) {
            return;
        }
        var one = all.get(dice.nextInt(all.size()));
        var real = names().entrySet().stream()
                .filter(entry -> entry.getValue().equals(name(one)))
                .findFirst()
                .orElseThrow()
                .getKey();
        given.inOutbox((real2, tx) -> real2.redeliver(tx, real));
        in(tx -> {
            outbox.redeliver(tx, one.id());
            return Step.END;
        });
    }

    private void in(Function<Transaction, Step> work) {
        var tx = database.begin();
        for (var step = work.apply(tx); step != Step.END; step = step.run()) {
            virtualNow++;
        }
        tx.commit();
    }

    private List<String> virtualRows() {
        var queue = outbox.committedQueue();
        return outbox.committedDeliveries().stream()
                .map(row -> name(row) + ": " + row.state() + " " + row.slot().orElse("done") + " claims "
                        + row.attempts()
                        + " for "
                        + row.replaced().stream().map(Message.Replaced::type).toList()
                        + queue.stream()
                                .filter(it -> it.delivery().equals(row.id()))
                                .map(this::queued)
                                .findFirst()
                                .orElse(""))
                .sorted()
                .toList();
    }

    private String queued(Queued row) {
        return " queued, attempt %d, tries %d, leased %b, due %b"
                .formatted(row.attempt(), row.tries(), row.isLeased(virtualNow), row.dueAt() <= virtualNow);
    }

    private static String name(Delivery row) {
        return name(row.notice().alert().orElseThrow(), row.notice().sequence().orElseThrow(), row.channel());
    }

    private static String name(UUID alert, int sequence, Optional<UUID> channel) {
        return alert + " " + sequence + " to " + channel.map(UUID::toString).orElse("nobody");
    }

    private List<Row> realRows() {
        return given.sql("""
                select d.id, d.alert_id, d.channel_id, n.sequence, d.state, d.slot, d.attempts, d.replaced, q.attempt, q.tries,
                       coalesce(q.leased_until > now(), false) as leased, q.due_at <= now() as due
                from delivery d
                join notice n on n.id = d.notice_id
                left join queue q on q.delivery_id = d.id
                where d.account_id = $1""", account);
    }

    private Map<UUID, String> names() {
        Map<UUID, String> names = new HashMap<>();
        realRows().forEach(row -> names.put(row.getUUID("id"), name(row)));
        return names;
    }

    private static String name(Row row) {
        return name(
                row.getUUID("alert_id"), row.getInteger("sequence"), Optional.ofNullable(row.getUUID("channel_id")));
    }

    private List<String> rows() {
        return realRows().stream()
                .map(row -> name(row) + ": " + row.getString("state") + " "
                        + Optional.ofNullable(row.getString("slot")).orElse("done") + " claims "
                        + row.getInteger("attempts")
                        + " for "
                        + ReplacedJson.read(row.getJsonArray("replaced")).stream()
                                .map(Message.Replaced::type)
                                .toList()
                        + (row.getInteger("attempt") == null ? "" : queued(row)))
                .sorted()
                .toList();
    }

    private static String queued(Row row) {
        return " queued, attempt %d, tries %d, leased %b, due %b"
                .formatted(
                        row.getInteger("attempt"),
                        row.getInteger("tries"),
                        row.getBoolean("leased"),
                        row.getBoolean("due"));
    }
}
