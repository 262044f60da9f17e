package dev.plimsoll.pipeline;

import dev.plimsoll.alert.AlertWrite;
import dev.plimsoll.alert.Hush;
import dev.plimsoll.alert.Routing.News;
import dev.plimsoll.alert.Routing.Route;
import dev.plimsoll.alert.Transition;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A draft, and what of it is news to its owner.
 *
 * @param shown what rule and subject are called
 */
record Letter(Draft draft, JsonObject shown, List<News> news) {

    static Letter of(Draft draft) {
        var shown = draft.tale().shown().apply(draft.step().state().severity());
        var channels = Optional.ofNullable(shown.getJsonArray("channels")).map(Letter::ids);
        var climbed = draft.step().state().ladder().highest();
        var news = draft.step().transitions().stream()
                .filter(Transition::isTold)
                .map(transition -> new News(
                        draft.about(),
                        transition,
                        channels,
                        climbed,
                        draft.liquidatable(),
                        isWanted(transition, shown)))
                .toList();
        return new Letter(draft, shown, news);
    }

    /** That it is over, where the rule tells of that; that it may have been liquidated, always. */
    private static boolean isWanted(Transition transition, JsonObject shown) {
        return !(transition instanceof Transition.Resolved resolved)
                || resolved.mayBeLiquidated()
                || shown.getBoolean("notifyResolved", true);
    }

    private static List<UUID> ids(JsonArray channels) {
        return channels.stream().map(id -> UUID.fromString(id.toString())).toList();
    }

    /** @param routes one for each piece of news */
    AlertWrite write(List<Route> routes) {
        var write = AlertWrite.of(draft.account(), draft.about().key(), draft.before(), draft.step(), shown.encode());
        var hush = draft.hush();
        var muted = Optional.<String>empty();
        for (var route : routes) {
            switch (route) {
                case Route.Told ignored -> hush = Hush.NONE;
                case Route.Suppressed(var why, var newer) -> {
                    hush = newer.orElse(hush);
                    muted = Optional.of(why);
                }
            }
        }
        return write.heard(draft.isFiring() ? hush : Hush.NONE, muted);
    }
}
