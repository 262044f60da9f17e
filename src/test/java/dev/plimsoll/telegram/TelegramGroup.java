package dev.plimsoll.telegram;

import java.util.List;
import java.util.Optional;

/** A group in which the bot is. */
public final class TelegramGroup {
    private final ServerWorld world;
    private final long id;

    TelegramGroup(ServerWorld world, long id) {
        this.world = world;
        this.id = id;
    }

    public long id() {
        return id;
    }

    /** @return the message's id */
    public long hears(TelegramUser member, String text) {
        return member.writesIn(id, Optional.empty(), text, Optional.empty());
    }

    public long hears(TelegramUser member, long topic, String text) {
        return member.writesIn(id, Optional.of(topic), text, Optional.empty());
    }

    /** In answer to one of the bot's messages. */
    public long hears(TelegramUser member, Shown answered, String text) {
        return member.writesIn(id, answered.topic(), text, Optional.of(answered.id()));
    }

    /** What somebody else wrote elsewhere. @return the message's id */
    public long hearsForwarded(TelegramUser member, TelegramUser author, String text) {
        return member.forwardsIn(id, author, text);
    }

    /** @return the id of the query */
    public String presses(TelegramUser member, Shown message, String label) {
        return member.pressesIn(id, message, label);
    }

    /** Opens a topic. @return its id */
    public long topic() {
        return world.in(id, chat -> {
            var topic = chat.nextMessage();
            chat.topics.add(topic);
            return topic;
        });
    }

    /** Deletes a topic; nobody is told. */
    public void closes(long topic) {
        world.in(id, chat -> chat.topics.remove(topic));
    }

    /** Becomes a supergroup with an id of its own. */
    public TelegramGroup migrates() {
        return new TelegramGroup(world, world.migrate(id).id);
    }

    /** Puts the bot out. */
    public void kicks(TelegramUser by) {
        world.in(id, chat -> {
            chat.closed = Optional.of(Refusal.forbidden("bot was kicked from the " + chat.type + " chat"));
            world.membership(chat, by.id(), "member", "kicked");
            return chat;
        });
    }

    /** Lets the bot in again. */
    public void letsIn(TelegramUser by) {
        world.in(id, chat -> {
            chat.closed = Optional.empty();
            world.membership(chat, by.id(), "kicked", "member");
            return chat;
        });
    }

    public void letsPin(boolean may) {
        world.in(id, chat -> chat.mayPin = may);
    }

    public List<Shown> sees() {
        return world.find(id).map(ServerChat::messages).orElse(List.of());
    }

    /** What the bot said there, each edit too, oldest first. */
    public List<Shown> heard() {
        return world.find(id).map(chat -> List.copyOf(chat.said)).orElse(List.of());
    }

    public Optional<Shown> pinned() {
        return world.find(id)
                .flatMap(chat -> chat.pinned.isEmpty() ? Optional.empty() : chat.find(chat.pinned.getLast()));
    }
}
