package dev.plimsoll.api;

import dev.plimsoll.account.AccountConfig;
import dev.plimsoll.account.rate.Bucket;
import dev.plimsoll.account.rate.Buckets;
import dev.plimsoll.account.rate.Draw;
import dev.plimsoll.delivery.Channel;
import dev.plimsoll.delivery.Kinds;
import dev.plimsoll.delivery.MailAddress;
import dev.plimsoll.delivery.recovery.RecoveryStore;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** Who may ask for a way back, and what all of them are told: nobody learns whether somebody has an account. */
@Singleton
public class RecoveryDoor {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String ASKED =
            "If a proven e-mail channel of an account leads to this address, a code is on its way there. It is good once, for"
                    + " 15 minutes. Without such a channel, send /key to the bot in the Telegram chat of your account.";

    private final RecoveryStore codes;
    private final Buckets buckets;
    private final Kinds kinds;
    private final int anHour;

    RecoveryDoor(RecoveryStore codes, Buckets buckets, Kinds kinds, AccountConfig config) {
        this.codes = codes;
        this.buckets = buckets;
        this.kinds = kinds;
        this.anHour = config.recoveriesPerHour();
    }

    /**
     * The same for every address.
     *
     * @param client address of who asks
     */
    public Uni<String> ask(String client, MailAddress address) {
        kinds.find("email").flatMap(Channel::unavailable).ifPresent(why -> {
            throw Problems.invalid(why, "/email");
        });
        return buckets.draw(List.of(new Bucket("recovery", client, anHour, HOUR)))
                .invoke(this::require)
                .chain(() -> codes.ask(address))
                .replaceWith(ASKED);
    }

    private void require(List<Draw> draws) {
        draws.stream().filter(draw -> !draw.granted()).findFirst().ifPresent(draw -> {
            throw Problems.rateLimited(
                    "More than " + anHour + " such wishes in an hour from one address. Come back later.", draw.pause());
        });
    }
}
