package dev.plimsoll.delivery.telegram;

import dev.plimsoll.delivery.telegram.Draw.Bound;
import java.time.Duration;
import java.util.List;

/**
 * Telegram's limits, a little tightened: what leaves evenly may arrive unevenly.
 *
 * @see <a href="https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this">Hitting limits</a>
 */
record Caps(Cap all, Cap chat, Cap group) {
    private static final Duration SECOND = Duration.ofMillis(1_050);
    private static final Duration MINUTE = Duration.ofSeconds(61);

    static Caps of(TelegramConfig config) {
        return new Caps(
                new Cap(Bound.ALL, config.perSecond(), SECOND),
                new Cap(Bound.CHAT, config.chatPerSecond(), SECOND),
                new Cap(Bound.CHAT, config.groupPerMinute(), MINUTE));
    }

    /** Those of a chat of its own; a group has one more. */
    List<Cap> of(boolean group) {
        return group ? List.of(chat, this.group) : List.of(chat);
    }

    Caps share(int sharers) {
        return new Caps(all.share(sharers), chat.share(sharers), group.share(sharers));
    }
}
