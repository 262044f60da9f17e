package dev.plimsoll.delivery;

import dev.plimsoll.delivery.Channel.Parcel;
import dev.plimsoll.delivery.Tried.Broken;
import dev.plimsoll.delivery.Tried.Called;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * Calls receivers: opens what is sealed, gives the message its form and hands both to the channel.
 *
 * <p>Each call on the next event loop: all that one claim took would otherwise be opened, signed and sent by the one thread
 * that the database answered to.
 */
@Singleton
final class Caller {
    private final Kinds kinds;
    private final SecretBox box;
    private final DeliveryMeters meters;
    private final int parkAfter;
    private final Vertx vertx;

    @Inject
    Caller(Kinds kinds, SecretBox box, DeliveryMeters meters, DeliveryConfig config, Vertx vertx) {
        this.kinds = kinds;
        this.box = box;
        this.meters = meters;
        this.parkAfter = config.parkAfter();
        this.vertx = vertx;
    }

    /** Never fails. */
    Uni<Tried.Ending> call(Claim claim) {
        return Uni.createFrom()
                .deferred(() -> open(claim))
                .onFailure()
                .recoverWithItem(broken -> broken(claim, broken))
                .runSubscriptionOn(vertx.nettyEventLoopGroup());
    }

    private Uni<Tried.Ending> open(Claim claim) {
        var channel = kinds.of(claim.target().kind());
        var receiver = claim.target().open(claim.account(), box);
        var body = claim.body().orElseGet(() -> channel.body(receiver, claim.message()));
        var start = System.nanoTime();
        return channel.send(receiver, new Parcel(claim.delivery(), claim.at(), body))
                .map(outcome -> new Called(outcome, Optional.of(body), Duration.ofNanos(System.nanoTime() - start)));
    }

    /** Channels do not fail; if one does all the same, somebody must look. */
    private Tried.Ending broken(Claim claim, Throwable broken) {
        meters.broken(claim, broken);
        return new Broken(Poison.cause(broken), claim.failed() + 1 >= parkAfter);
    }
}
