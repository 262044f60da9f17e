package dev.plimsoll.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LanesTest {
    private static final UUID CHANNEL = new UUID(0, 1);

    private final Lanes lanes = new Lanes(10, 4);

    @Test
    void allFreeSlotsAreReservedAndWhatIsNotUsedComesBack() {
        reserve().assertItem(10);

        lanes.settle(10, List.of(CHANNEL, CHANNEL));

        reserve().assertItem(8);
    }

    @Test
    void whoFindsNoSlotWaitsAndTheNextOneDoesNot() {
        reserve();
        var first = reserve();
        var second = reserve();

        second.assertItem(0);
        first.assertNotTerminated();
        lanes.settle(10, List.of(CHANNEL));
        first.assertItem(9);
    }

    @Test
    void aChannelGetsFewUntilItsReceiverAnsweredAndFewAgainWhenItStops() {
        assertThat(lanes.rooms()).isEmpty();

        lanes.judge(CHANNEL, true);
        assertThat(lanes.rooms()).containsEntry(CHANNEL, 128);

        lanes.judge(CHANNEL, false);
        assertThat(lanes.rooms()).isEmpty();
    }

    @Test
    void aChannelWithEnoughUnderWayGetsNoMoreUntilOneIsLeft() {
        reserve();
        lanes.settle(10, List.of(CHANNEL, CHANNEL, CHANNEL, CHANNEL));
        assertThat(lanes.rooms()).containsEntry(CHANNEL, 0);
        var waiting = lanes.leaving(0).subscribe().withSubscriber(UniAssertSubscriber.create());
        waiting.assertNotTerminated();

        lanes.leave(CHANNEL);

        waiting.assertItem(true);
        assertThat(lanes.rooms()).containsEntry(CHANNEL, 1);
    }

    @Test
    void nobodyWaitsForALeavingWhenNothingIsUnderWay() {
        lanes.leaving(0)
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create())
                .assertItem(false);
    }

    @Test
    void noSlotsAreRefused() {
        assertThatThrownBy(() -> new Lanes(0, 4)).hasMessageContaining("plimsoll.delivery.slots (0)");
    }

    private UniAssertSubscriber<Integer> reserve() {
        return lanes.reserve().subscribe().withSubscriber(UniAssertSubscriber.create());
    }
}
