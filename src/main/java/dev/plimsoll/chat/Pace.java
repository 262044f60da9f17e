package dev.plimsoll.chat;

import dev.plimsoll.account.rate.Bucket;
import dev.plimsoll.account.rate.Buckets;
import dev.plimsoll.account.rate.Draw;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/** How much one person may type and press: beyond it nothing is done, for answers count against Telegram's limits of all. */
@Singleton
class Pace {
    private final Buckets buckets;
    private final ChatConfig config;

    @Inject
    Pace(Buckets buckets, ChatConfig config) {
        this.buckets = buckets;
        this.config = config;
    }

    Uni<Boolean> allows(Visit visit) {
        var whose = HexFormat.of().formatHex(visit.who().person());
        return buckets.draw(List.of(new Bucket("chat", whose, config.perMinute(), Duration.ofMinutes(1))))
                .map(draws -> draws.stream().allMatch(Draw::granted));
    }
}
