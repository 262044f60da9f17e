package dev.plimsoll.simulation;

import dev.plimsoll.delivery.Outcome;
import dev.plimsoll.delivery.VirtualCourier.Claimed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The way to the receivers, and what they make of what arrives. */
final class Street {
    private static final long TIMEOUT = 15_000;
    private static final int LATE = 40;
    private static final int LOST = 40;
    private static final int TWICE = 10;
    private static final int REFUSED = 120;
    private static final int GONE = 3;

    private final World world;
    private final List<Receipt> receipts = new ArrayList<>();

    /** @param at when the receiver accepted it */
    record Receipt(Claimed claim, long at) {}

    /** One request on its way. */
    static final class Call {
        private final long over;
        private Optional<Integer> answer = Optional.empty();

        private Call(long over) {
            this.over = over;
        }

        /** When its sender knows how it went, or has waited long enough. */
        long over() {
            return over;
        }

        Outcome outcome() {
            return answer.map(Call::outcome)
                    .orElseGet(() -> new Outcome.Retry(Optional.empty(), "no answer", Optional.empty()));
        }

        private static Outcome outcome(int status) {
            return switch (status) {
                case 200 -> new Outcome.Delivered(Optional.of(status), "delivered");
                case 410 -> new Outcome.Rejected(Optional.of(status), "gone");
                case 429 -> new Outcome.Retry(Optional.of(status), "not now", Optional.of(Duration.ofSeconds(20)));
                default -> new Outcome.Retry(Optional.of(status), "broken", Optional.empty());
            };
        }
    }

    Street(World world) {
        this.world = world;
    }

    Call send(Claimed claim) {
        var dice = world.dice();
        var there = world.strikes(LATE) ? dice.nextInt(3_000, (int) TIMEOUT) : dice.nextInt(5, 120);
        var back = world.strikes(LATE) ? dice.nextInt(3_000, (int) TIMEOUT) : dice.nextInt(5, 120);
        var lost = world.strikes(LOST) || there + back >= TIMEOUT;
        var call = new Call(world.now() + (lost ? TIMEOUT : there + back));
        world.after(there, () -> arrive(claim, call, lost));
        if (world.strikes(TWICE)) {
            world.after(there + 1, () -> arrive(claim, call, true));
        }
        return call;
    }

    private void arrive(Claimed claim, Call call, boolean lost) {
        var status = status();
        world.say(() -> "the receiver of %s says %d%s"
                .formatted(Referee.words(claim), status, lost ? ", but is not heard" : ""));
        if (status == 200) {
            receipts.add(new Receipt(claim, world.now()));
        }
        if (!lost) {
            call.answer = Optional.of(status);
        }
    }

    private int status() {
        if (world.strikes(GONE)) {
            return 410;
        }
        return world.strikes(REFUSED) ? world.dice().nextBoolean() ? 503 : 429 : 200;
    }

    List<Receipt> receipts() {
        return List.copyOf(receipts);
    }
}
