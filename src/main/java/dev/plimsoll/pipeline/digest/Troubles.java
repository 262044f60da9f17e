package dev.plimsoll.pipeline.digest;

import dev.plimsoll.delivery.ChannelTroubleStore.TroubledChannel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is said of channels that do not reach anybody. */
final class Troubles {
    private static final int MOST = 5;

    private Troubles() {}

    /** A sentence; empty where all is well. */
    static Optional<String> text(List<TroubledChannel> channels, WallClock clock) {
        if (channels.isEmpty()) {
            return Optional.empty();
        }
        var named = channels.stream()
                .limit(MOST)
                .map(channel -> words(channel, clock))
                .collect(Collectors.joining("; "));
        var more = channels.size() - MOST;
        return Optional.of("Channels in trouble: " + named + (more > 0 ? "; and " + more + " more" : "") + ".");
    }

    private static String words(TroubledChannel channel, WallClock clock) {
        var name = channel.name() + " (" + channel.kind() + ")";
        return switch (channel.state()) {
            case DISABLED ->
                name + " is disabled"
                        + channel.reason().map(why -> ": " + stripped(why)).orElse("");
            case UNVERIFIED -> name + " was never proven";
            case ACTIVE ->
                name + " has taken nothing"
                        + channel.failingSince()
                                .map(since -> " since " + clock.moment(since))
                                .orElse("");
        };
    }

    private static String stripped(String sentence) {
        return sentence.replaceFirst("\\.$", "");
    }

    static JsonArray json(List<TroubledChannel> channels) {
        return new JsonArray(channels.stream().limit(MOST).map(Troubles::json).toList());
    }

    private static JsonObject json(TroubledChannel channel) {
        var json = new JsonObject()
                .put("id", channel.id().toString())
                .put("name", channel.name())
                .put("kind", channel.kind())
                .put("state", channel.state().name().toLowerCase(Locale.ROOT));
        channel.reason().ifPresent(why -> json.put("reason", why));
        channel.failingSince().ifPresent(since -> json.put("failingSince", since.toString()));
        return json;
    }
}
