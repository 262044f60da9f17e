package dev.plimsoll.delivery;

import dev.plimsoll.account.seal.SecretBox;
import dev.plimsoll.delivery.Channel.Parcel;
import dev.plimsoll.delivery.Outcome.Postponed;
import dev.plimsoll.delivery.Tried.Broken;
import dev.plimsoll.delivery.Tried.Called;
import dev.plimsoll.delivery.Tried.Dropped;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Calls receivers: opens what is sealed, gives the message its form and hands both to the channel.
 *
 * <p>Each call on the next event loop: all that one claim took would otherwise be opened, signed and sent by the one thread
 * that the database answered to.
 */
@Singleton
final class Caller {
    /** As long as one release may take to replace another, which knows kinds of channels that this one does not. */
    private static final Duration UPGRADE = Duration.ofHours(3);

    /** Until a replica of the other release may have taken it. */
    private static final Duration FOR_ANOTHER = Duration.ofSeconds(30);

    private final Kinds kinds;
    private final SecretBox box;
    private final OpenedReceivers opened;
    private final DeliveryMeters meters;
    private final DeliveryConfig config;
    private final BuddyLetter letters;
    private final Vertx vertx;

    @Inject
    Caller(Kinds kinds, SecretBox box, DeliveryMeters meters, DeliveryConfig config, BuddyLetter letters, Vertx vertx) {
        this.kinds = kinds;
        this.box = box;
        this.opened = new OpenedReceivers(box);
        this.meters = meters;
        this.config = config;
        this.letters = letters;
        this.vertx = vertx;
    }

    /** With one message for all of them. Never fails; says of each how it ended, in their order. */
    Uni<List<Tried>> call(List<Claim> together) {
        return together.size() == 1
                ? alone(together.getFirst()).map(List::of)
                : Uni.createFrom()
                        .deferred(() -> all(together))
                        .runSubscriptionOn(vertx.nettyEventLoopGroup())
                        .onFailure()
                        .recoverWithUni(() -> each(together));
    }

    private Uni<Tried> alone(Claim claim) {
        return Uni.createFrom()
                .deferred(() -> one(claim))
                .onFailure()
                .recoverWithItem(broken -> broken(claim, broken))
                .map(ending -> new Tried(claim, ending))
                .runSubscriptionOn(vertx.nettyEventLoopGroup());
    }

    private Uni<Tried.Ending> one(Claim claim) {
        var channel = kinds.of(claim.target().kind());
        var receiver = receiver(claim);
        var parcel = parcel(channel, receiver, claim);
        var start = System.nanoTime();
        return channel.send(receiver, parcel).map(outcome -> called(outcome, parcel, start));
    }

    private Uni<List<Tried>> all(List<Claim> together) {
        var first = together.getFirst();
        var channel = kinds.of(first.target().kind());
        var receiver = receiver(first);
        var parcels =
                together.stream().map(claim -> parcel(channel, receiver, claim)).toList();
        var start = System.nanoTime();
        return channel.send(receiver, parcels)
                .map(outcome -> IntStream.range(0, parcels.size())
                        .mapToObj(i -> new Tried(together.get(i), called(outcome, parcels.get(i), start)))
                        .toList());
    }

    /** An error of ours that one of them causes must not spoil the others. One after the other may outlast their lease. */
    private Uni<List<Tried>> each(List<Claim> together) {
        return Multi.createFrom()
                .iterable(together)
                .onItem()
                .transformToUniAndConcatenate(claim -> Attempts.isInTime(claim, config)
                        ? alone(claim)
                        : Uni.createFrom().item(new Tried(claim, new Dropped())))
                .collect()
                .asList();
    }

    private Receiver receiver(Claim claim) {
        return opened.of(claim.account(), claim.target()).in(claim.zone());
    }

    private Parcel parcel(Channel channel, Receiver receiver, Claim claim) {
        var body = claim.body()
                .open(claim.delivery(), box)
                .orElseGet(() -> channel.body(receiver, letters.forReading(receiver, claim.message())));
        return new Parcel(claim.delivery(), claim.at(), body);
    }

    private static Tried.Ending called(Outcome outcome, Parcel parcel, long start) {
        return new Called(outcome, Optional.of(parcel.body()), Duration.ofNanos(System.nanoTime() - start));
    }

    /** Channels do not fail; if one does all the same, somebody must look. */
    private Tried.Ending broken(Claim claim, Throwable broken) {
        if (broken instanceof Kinds.Unknown && claim.age().compareTo(UPGRADE) < 0) {
            return new Called(new Postponed(broken.getMessage(), FOR_ANOTHER), Optional.empty(), Duration.ZERO);
        }
        meters.broken(claim, broken);
        return new Broken(Poison.cause(broken), claim.failed() + 1 >= config.parkAfter());
    }
}
