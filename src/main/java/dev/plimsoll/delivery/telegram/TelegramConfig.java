package dev.plimsoll.delivery.telegram;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The bot through which people use Plimsoll in Telegram. */
@ConfigMapping(prefix = "plimsoll.delivery.telegram")
public interface TelegramConfig {

    /** The bot's token, as BotFather gave it: {@code 123456789:AA…}. Secret. Without it there is no Telegram here. */
    Optional<String> token();

    /** Where the Bot API is: Telegram's, or a Bot API server of your own. */
    @WithDefault("https://api.telegram.org")
    URI url();

    /**
     * Whether Telegram calls us, at {@code <plimsoll.api.public-url>/telegram/webhook}, instead of one replica asking it. The
     * URL must be https on port 443, 80, 88 or 8443.
     */
    @WithDefault("false")
    boolean webhook();

    /**
     * What Telegram shows with each such call: 1 to 256 of A-Z a-z 0-9 _ -. Secret. Without it, one made of the bot's token,
     * which all replicas share.
     */
    Optional<String> webhookSecret();

    /** Messages a second, to all chats together. */
    @WithDefault("30")
    int perSecond();

    /** Messages a second to one chat. */
    @WithDefault("1")
    int chatPerSecond();

    /** Messages a minute to one group. */
    @WithDefault("20")
    int groupPerMinute();

    /** How many replicas may send while Redis, which counts for all, cannot be asked: each takes this part of the limits. */
    @WithDefault("3")
    int replicas();

    /** How long Redis may take to count; then this replica counts alone for a second. */
    @WithDefault("100ms")
    Duration redisPatience();

    /**
     * How often the pinned message of a chat is edited where only its time changes: the proof that somebody looks. At least a
     * minute; where there are very many chats, less often.
     */
    @WithDefault("5m")
    Duration gaugeEvery();
}
