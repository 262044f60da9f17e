package dev.plimsoll.api;

import dev.plimsoll.wire.GuardedHttp;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Asks the URL guard about a channel's URL before it is stored; each delivery asks again. */
@Singleton
class ChannelUrls {
    private final GuardedHttp http;

    ChannelUrls(GuardedHttp http) {
        this.http = http;
    }

    /** Fails with a problem where we would not call it. */
    Uni<Void> admit(String url) {
        return http.refusal(url)
                .invoke(refusal -> refusal.ifPresent(why -> {
                    throw Problems.invalid(why, "/url");
                }))
                .replaceWithVoid();
    }

    /** As {@link #admit(String)}; nothing is fine. */
    Uni<Void> admit(Optional<String> url) {
        return url.map(this::admit).orElseGet(() -> Uni.createFrom().voidItem());
    }
}
