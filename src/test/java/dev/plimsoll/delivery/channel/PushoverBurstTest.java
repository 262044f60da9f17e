package dev.plimsoll.delivery.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.delivery.Channel.Parcel;
import dev.plimsoll.delivery.HttpSender;
import dev.plimsoll.delivery.OneClickLinks;
import dev.plimsoll.delivery.Outcome.Delivered;
import dev.plimsoll.delivery.Receiver;
import dev.plimsoll.delivery.Settings;
import dev.plimsoll.unit.Ids;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PushoverBurstTest {
    private static final Duration PATIENT = Duration.ofMinutes(1);

    @Inject
    HttpSender http;

    @Inject
    OneClickLinks links;

    @Test
    void ofManyMessagesAtOnceTwoAreUnderWayAtATime() {
        try (var service = new Counting()) {
            var settings = new PushoverChannelTest.Set(URI.create(service.url()), Optional.of("token"));
            var pushover = new PushoverChannel(http, links, settings, PATIENT);
            var user = new Receiver(
                    Ids.next(), Ids.next(), "pushover", new Settings(Map.of("userKey", "u".repeat(30))), List.of());

            var sent = Stream.generate(() -> Messages.critical(Ids.next(), "alert.firing"))
                    .limit(8)
                    .map(message -> new Parcel(message.delivery(), Instant.now(), pushover.body(user, message)))
                    .map(parcel -> pushover.send(user, parcel).subscribeAsCompletionStage())
                    .toList();

            assertThat(sent).extracting(CompletableFuture::join).hasOnlyElementsOfType(Delivered.class);
            assertThat(service.most.get()).isEqualTo(2);
        }
    }

    /** Answers nobody before two have come; one is over when its answer is about to leave. */
    private static final class Counting extends LocalService {
        private final AtomicInteger underWay = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final CountDownLatch two = new CountDownLatch(2);

        @Override
        Answer take(Request request) {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            two.countDown();
            try {
                two.await(10, TimeUnit.SECONDS);
                return answer(request);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                underWay.decrementAndGet();
            }
        }

        @Override
        Answer answer(Request request) {
            return Answer.wire(200, "pushover/accepted.json");
        }
    }
}
