package dev.plimsoll.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LanesTest {
    private static final String HOST = "hooks.example.com";
    private static final Duration QUICK = Duration.ofMillis(80);

    private final Lanes lanes = new Lanes(10, 4);

    @Test
    void allFreeSlotsAreReservedAndWhatIsNotUsedComesBack() {
        reserve().assertItem(10);

        lanes.settle(10, List.of(HOST, HOST));

        reserve().assertItem(8);
    }

    @Test
    void whoFindsNoSlotWaitsAndTheNextOneDoesNot() {
        reserve();
        var first = reserve();
        var second = reserve();

        second.assertItem(0);
        first.assertNotTerminated();
        lanes.settle(10, List.of(HOST));
        first.assertItem(9);
    }

    @Test
    void aHostGetsFewUntilItAnsweredQuicklyHalfWhenItIsLateAndFewWhenItIsSilent() {
        var wide = new Lanes(1_000, 4);
        assertThat(wide.rooms().of(HOST)).isEqualTo(4);

        wide.judge(HOST, true, QUICK);
        assertThat(wide.rooms().of(HOST)).isEqualTo(128);

        wide.judge(HOST, true, Duration.ofSeconds(3));
        assertThat(wide.rooms().of(HOST)).isEqualTo(64);

        wide.judge(HOST, true, QUICK);
        wide.judge(HOST, false, QUICK);
        assertThat(wide.rooms().of(HOST)).isEqualTo(4);
    }

    @Test
    void aQuickHostGetsMoreWithEveryAnswerButNeverAllSlots() {
        var wide = new Lanes(1_000, 4);

        IntStream.range(0, 100).forEach(answer -> wide.judge(HOST, true, QUICK));
        assertThat(wide.rooms().of(HOST)).isEqualTo(227);

        IntStream.range(0, 1_000).forEach(answer -> wide.judge(HOST, true, QUICK));
        assertThat(wide.rooms().of(HOST)).isEqualTo(750);
    }

    @Test
    void hostsThatFailedShareAQuarterOfTheSlots() {
        var wide = new Lanes(100, 4);
        var dead = IntStream.range(0, 50).mapToObj(host -> "dead" + host).toList();
        dead.forEach(host -> wide.judge(host, false, QUICK));

        var rooms = wide.rooms();

        assertThat(dead.stream().mapToInt(rooms::of).sum()).isEqualTo(25);
        assertThat(rooms.of(HOST)).isEqualTo(4);
    }

    @Test
    void aHostWithEnoughUnderWayGetsNoMoreUntilOneIsLeft() {
        reserve();
        lanes.settle(10, List.of(HOST, HOST, HOST, HOST));
        assertThat(lanes.rooms().of(HOST)).isZero();
        var waiting = lanes.leaving(0).subscribe().withSubscriber(UniAssertSubscriber.create());
        waiting.assertNotTerminated();

        lanes.leave(HOST);

        waiting.assertItem(true);
        assertThat(lanes.rooms().of(HOST)).isEqualTo(1);
    }

    @Test
    void whoWaitsForASlotGetsAllThatAreLeftTogether() {
        reserve();
        lanes.settle(10, Collections.nCopies(10, HOST));
        var waiting = reserve();

        lanes.leave(List.of(HOST, HOST, HOST));

        waiting.assertItem(3);
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
