package dev.plimsoll.api;

import dev.plimsoll.account.rate.Bucket;
import dev.plimsoll.account.rate.Buckets;
import dev.plimsoll.account.rate.Draw;
import dev.plimsoll.alert.Act;
import dev.plimsoll.delivery.Acts;
import dev.plimsoll.delivery.Callbacks.Address;
import dev.plimsoll.delivery.Channel.Call;
import dev.plimsoll.delivery.ChannelStore;
import dev.plimsoll.delivery.Heard;
import dev.plimsoll.delivery.Kinds;
import dev.plimsoll.delivery.Receiver;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Does here what was done over there, and says nothing of what is here. */
@Singleton
class Hearing {
    private static final int A_MINUTE = 120;

    private final Buckets buckets;
    private final ChannelStore channels;
    private final Kinds kinds;
    private final Acts acts;
    private final Clock clock;

    Hearing(Buckets buckets, ChannelStore channels, Kinds kinds, Acts acts, Clock clock) {
        this.buckets = buckets;
        this.channels = channels;
        this.kinds = kinds;
        this.acts = acts;
        this.clock = clock;
    }

    /** Ends well where it changes nothing, too: whoever repeats itself, or tells of what is over, is not to come again. */
    Uni<Void> hear(Address to, Call call) {
        var whose = to.channel().toString();
        return buckets.draw(List.of(new Bucket("callback", whose, A_MINUTE, Duration.ofMinutes(1))))
                .invoke(draws -> draws.forEach(Hearing::require))
                .chain(() -> channels.receiver(to.account(), to.channel()))
                .map(receiver -> receiver.orElseThrow(Hearing::nobody))
                .chain(receiver -> act(receiver, kinds.of(receiver.kind()).hear(receiver, call)));
    }

    static HttpProblem nobody() {
        return Problems.of(ProblemType.NOT_FOUND, "Nobody listens here.");
    }

    private static void require(Draw draw) {
        if (!draw.granted()) {
            throw Problems.rateLimited("More than " + A_MINUTE + " calls in a minute. Wait a moment.", draw.pause());
        }
    }

    private Uni<Void> act(Receiver from, Heard heard) {
        return switch (heard) {
            case Heard.Acknowledged(var alert, var by) ->
                acts.act(from.account(), alert, new Act.Acknowledge(clock.instant(), by))
                        .invoke(result -> Log.debugf(
                                "heard of an acknowledgement: kind=%s channel=%s alert=%s result=%s",
                                from.kind(),
                                from.channel(),
                                alert,
                                result.getClass().getSimpleName()))
                        .replaceWithVoid();
            case Heard.Nothing() -> Uni.createFrom().voidItem();
            case Heard.Refused(var why) -> throw Problems.of(ProblemType.FORBIDDEN, why);
        };
    }
}
