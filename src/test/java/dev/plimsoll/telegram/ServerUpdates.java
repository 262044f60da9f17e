package dev.plimsoll.telegram;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What the bot has not fetched yet, and who asks for it: one at a time. */
final class ServerUpdates {
    private final Deque<JsonObject> pending = new ArrayDeque<>();
    private final Set<String> allowed = new HashSet<>();
    private long lastId = 700_000_000;
    private long turn;
    private boolean webhook;
    private int asking;

    /** @param kind message, callback_query or my_chat_member */
    synchronized long add(String kind, JsonObject what) {
        lastId++;
        if (allowed.isEmpty() || allowed.contains(kind)) {
            pending.addLast(new JsonObject().put("update_id", lastId).put(kind, what));
            notifyAll();
        }
        return lastId;
    }

    synchronized void allow(JsonObject asked) {
        if (asked.containsKey("allowed_updates")) {
            allowed.clear();
            asked.getJsonArray("allowed_updates").forEach(kind -> allowed.add((String) kind));
        }
    }

    /** A second one ends the first. */
    synchronized JsonArray fetch(JsonObject asked) throws InterruptedException {
        if (webhook) {
            throw Refusal.conflict("can't use getUpdates method while webhook is active;"
                    + " use deleteWebhook to delete the webhook first");
        }
        allow(asked);
        var mine = ++turn;
        notifyAll();
        var offset = asked.getLong("offset", 0L);
        pending.removeIf(update -> update.getLong("update_id") < offset);
        var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(asked.getInteger("timeout", 0));
        asking++;
        while (pending.isEmpty() && mine == turn && !webhook && until - System.nanoTime() > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, until - System.nanoTime()));
        }
        asking--;
        if (webhook) {
            throw Refusal.conflict("terminated by setWebhook request");
        }
        if (mine != turn) {
            throw Refusal.conflict(
                    "terminated by other getUpdates request; make sure that only one bot instance is running");
        }
        return pending.stream()
                .limit(asked.getInteger("limit", 100))
                .collect(Collectors.collectingAndThen(Collectors.toList(), JsonArray::new));
    }

    /** Whether somebody waits for something to happen. */
    synchronized boolean isAsked() {
        return asking > 0;
    }

    /** How many the bot has not taken yet. */
    synchronized int waiting() {
        return pending.size();
    }

    synchronized void useWebhook(boolean used) {
        webhook = used;
        notifyAll();
    }

    synchronized boolean isWebhook() {
        return webhook;
    }

    /** The next one for the webhook; waits until there is one. */
    synchronized JsonObject next() throws InterruptedException {
        while (pending.isEmpty() || !webhook) {
            wait();
        }
        return pending.peekFirst();
    }

    /** The webhook took it. */
    synchronized void taken(JsonObject update) {
        pending.remove(update);
    }
}
