package dev.plimsoll.api;

import dev.plimsoll.delivery.Field;
import dev.plimsoll.delivery.Kinds;
import dev.plimsoll.delivery.Settings;
import dev.plimsoll.wire.GuardedHttp;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Asks the URL guard about a channel's URLs before they are stored; each delivery asks again. */
@Singleton
class ChannelUrls {
    private final Kinds kinds;
    private final GuardedHttp http;

    ChannelUrls(Kinds kinds, GuardedHttp http) {
        this.kinds = kinds;
        this.http = http;
    }

    /** Fails with a problem where we would not call one of them. @param said what the user named */
    Uni<Void> admit(String kind, Settings said) {
        return Multi.createFrom()
                .iterable(kinds.of(kind).fields())
                .filter(field -> field.form() instanceof Field.Url)
                .onItem()
                .transformToUniAndConcatenate(
                        field -> admit(field, Optional.ofNullable(said.values().get(field.name()))))
                .collect()
                .last();
    }

    private Uni<Void> admit(Field field, Optional<String> url) {
        return url.map(some -> http.refusal(some)
                        .invoke(refusal -> refusal.ifPresent(why -> {
                            throw Problems.invalid(why, "/" + field.name());
                        }))
                        .replaceWithVoid())
                .orElseGet(() -> Uni.createFrom().voidItem());
    }
}
