package dev.plimsoll.bench;

import dev.plimsoll.delivery.WebhookSecret;
import dev.plimsoll.unit.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * The users of a benchmark. Of ten accounts two have one position, two have two, two have three, the others five, eight,
 * fifteen and sixty; one in a thousand has five hundred. Each has the rules it gets at sign-up and one webhook, on one of
 * some hundred hosts.
 */
final class Crowd {
    private static final int[] SIZES = {1, 1, 2, 2, 3, 3, 5, 8, 15, 60};
    private static final int LARGE_IN = 1_000;
    private static final int LARGEST = 500;
    private static final int HOSTS = 300;
    private static final int BAD_HOST_IN = 10;

    private final List<Member> members = new ArrayList<>();
    private final int positions;

    /**
     * @param first the number of its first position
     * @param size  how many positions it has
     */
    record Member(int number, UUID account, UUID channel, WebhookSecret secret, int first, int size) {

        /** Of 127.0.0.0/8, all of which is this machine. */
        String host(int port) {
            var host = number % HOSTS;
            return "127.1.%d.%d:%d".formatted(host / 100, 1 + host % 100, port);
        }

        String url(int port) {
            return "http://%s/%d".formatted(host(port), number);
        }

        /** One host in ten, with all channels on it, is slow or dead while others are not. */
        boolean isOnBadHost() {
            return number % HOSTS % BAD_HOST_IN == 0;
        }

        /** How many of its positions a fall takes. */
        int taken(Fall fall) {
            return (int)
                    IntStream.range(first, first + size).filter(fall::takes).count();
        }
    }

    Crowd(int positions) {
        this.positions = positions;
        var random = new SplittableRandom(positions);
        for (var next = 0; next < positions; next += members.getLast().size()) {
            var wanted = random.nextInt(LARGE_IN) == 0 ? LARGEST : SIZES[random.nextInt(SIZES.length)];
            members.add(new Member(
                    members.size(),
                    Ids.next(),
                    Ids.next(),
                    WebhookSecret.generate(),
                    next,
                    Math.min(wanted, positions - next)));
        }
    }

    List<Member> members() {
        return members;
    }

    int positions() {
        return positions;
    }

    /** How many positions a fall takes of those whose owner's receiver is never bad, and of the others. */
    int taken(Fall fall, boolean onBadHosts) {
        return members.stream()
                .filter(member -> member.isOnBadHost() == onBadHosts)
                .mapToInt(member -> member.taken(fall))
                .sum();
    }

    int taken(Fall fall) {
        return taken(fall, false) + taken(fall, true);
    }
}
