package dev.plimsoll.delivery.telegram;

import dev.plimsoll.delivery.Field;
import dev.plimsoll.delivery.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where a channel of the kind {@code telegram} leads. Learnt when it is linked; secret, but for kind and title.
 *
 * @param chat  negative for groups
 * @param topic the {@code message_thread_id}, in groups that have topics
 * @param title of a group, or a person's name, as Telegram said it when the channel was linked
 */
public record ChatAddress(long chat, Optional<Long> topic, Kind kind, String title) {
    public static final Field CHAT = Field.learnt("chat");
    public static final Field TOPIC = Field.learnt("topic");
    public static final Field KIND = Field.learnt("chatKind").whole().notLeading();
    public static final Field TITLE = Field.learnt("title").whole().notLeading();

    /** Whether a message pinned there says how all positions stand. */
    public static final Field GAUGE = Field.choice("gauge", List.of("on", "off"));

    /** All of them, in the order they are shown. */
    public static final List<Field> FIELDS = List.of(CHAT, TOPIC, KIND, TITLE, GAUGE);

    /** As Telegram names them, in lower case. */
    public enum Kind {
        PRIVATE,
        GROUP,
        SUPERGROUP;

        /** Whether more than one person reads there. */
        public boolean isShared() {
            return this != PRIVATE;
        }
    }

    /** Empty while the channel is not linked. */
    public static Optional<ChatAddress> of(Settings settings) {
        return settings.find(CHAT)
                .map(chat -> new ChatAddress(
                        Long.parseLong(chat),
                        settings.find(TOPIC).map(Long::valueOf),
                        settings.find(KIND)
                                .map(word -> Kind.valueOf(word.toUpperCase(Locale.ROOT)))
                                .orElse(Kind.PRIVATE),
                        settings.find(TITLE).orElse("")));
    }

    /** As they are sealed with the channel. */
    public Settings settings() {
        Map<String, String> values = new HashMap<>();
        values.put(CHAT.name(), Long.toString(chat));
        topic.ifPresent(id -> values.put(TOPIC.name(), id.toString()));
        values.put(KIND.name(), word(kind));
        values.put(TITLE.name(), title);
        return new Settings(values);
    }

    /** Settings of the same chat after Telegram moved it: a group that became a supergroup. It has no topics yet. */
    public static Settings movedTo(Settings before, long chat) {
        return before.with(CHAT, Optional.of(Long.toString(chat)))
                .with(TOPIC, Optional.empty())
                .with(KIND, Optional.of(word(Kind.SUPERGROUP)));
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Never the chat. */
    @Override
    public String toString() {
        return "ChatAddress[kind=" + kind + "]";
    }
}
