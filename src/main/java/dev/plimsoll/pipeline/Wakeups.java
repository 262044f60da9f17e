package dev.plimsoll.pipeline;

import io.smallrye.mutiny.Uni;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.pubsub.PgSubscriber;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Listens on a connection of its own to what the database says when something was put into the outbox. */
@Singleton
class Wakeups {
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;
    private static final int DOUBLINGS = 8;

    private final PgSubscriber subscriber;

    @Inject
    Wakeups(
            Vertx vertx,
            @ConfigProperty(name = "quarkus.datasource.engine.reactive.url") String url,
            @ConfigProperty(name = "quarkus.datasource.engine.username") String user,
            @ConfigProperty(name = "quarkus.datasource.engine.password") String password,
            @ConfigProperty(name = "quarkus.datasource.engine.reactive.trust-certificate-pem.certs")
                    Optional<String> authority) {
        var options = PgConnectOptions.fromUri(url.replaceFirst("^vertx-reactive:", ""))
                .setUser(user)
                .setPassword(password);
        authority.ifPresent(file -> protect(options, file));
        subscriber = PgSubscriber.subscriber(vertx, options);
        subscriber.reconnectPolicy(
                attempt -> Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(attempt, DOUBLINGS)));
    }

    /** By TLS, as the pools are. */
    private static void protect(PgConnectOptions options, String authority) {
        options.setSslMode(SslMode.VERIFY_FULL)
                .setPemTrustOptions(new PemTrustOptions().addCertPath(authority))
                .setHostnameVerificationAlgorithm("HTTPS");
    }

    /** Also called after each reconnection: what was said meanwhile is lost. */
    Uni<Void> listen(Runnable wake) {
        return Uni.createFrom().deferred(() -> {
            subscriber.channel("outbox").subscribeHandler(wake).handler(payload -> wake.run());
            return subscriber.connect();
        });
    }

    Uni<Void> close() {
        return subscriber.close();
    }
}
