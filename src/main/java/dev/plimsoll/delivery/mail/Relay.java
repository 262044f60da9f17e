package dev.plimsoll.delivery.mail;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The mail server that takes our mails, over a few connections that are kept. Nothing waits inside the mail client: whoever
 * is no longer waited for would still be sent from there, beside its next attempt.
 *
 * <p>The client is the Quarkus Mailer's own, made here because the Mailer gives it no time-out: a connection on which nothing
 * is heard any more would be lost to it for good. All of it is done on one event loop.
 */
final class Relay implements AutoCloseable {
    private final MailClient client;
    private final Context context;
    private final Duration timeout;
    private final int most;
    private final Queue<Order> waiting = new ArrayDeque<>();
    private int underWay;

    /** @param timeout of one mail, from its connection to the last answer, and of a connection on which nothing is said */
    Relay(Vertx vertx, MailConfig config, String ownName, Duration timeout) {
        this.context = vertx.getOrCreateContext();
        this.client = MailClient.create(vertx, options(config, ownName, timeout));
        this.timeout = timeout;
        this.most = config.connections();
    }

    private static io.vertx.ext.mail.MailConfig options(MailConfig config, String ownName, Duration timeout) {
        var options = new io.vertx.ext.mail.MailConfig()
                .setHostname(config.host().orElseThrow())
                .setPort(config.port())
                .setOwnHostname(ownName)
                .setMaxPoolSize(2 * config.connections())
                .setPipelining(false) // a receiver that is refused would leave the server waiting for the mail
                .setLogin(LoginOption.DISABLED);
        options.setIdleTimeoutUnit(TimeUnit.MILLISECONDS).setIdleTimeout((int) timeout.toMillis());
        options.setConnectTimeout((int) timeout.toMillis());
        config.password()
                .ifPresent(password -> options.setLogin(LoginOption.REQUIRED)
                        .setUsername(config.username().orElseThrow())
                        .setPassword(password));
        config.trust().ifPresent(file -> options.setPemTrustOptions(trusting(file)));
        return switch (config.encryption()) {
            case STARTTLS -> options.setStarttls(StartTLSOptions.REQUIRED);
            case TLS -> options.setStarttls(StartTLSOptions.DISABLED).setSsl(true);
            case NONE -> options.setStarttls(StartTLSOptions.DISABLED);
        };
    }

    private static PemTrustOptions trusting(Path file) {
        return new PemTrustOptions().addCertPath(file.toString());
    }

    /** Ends when the server has taken it; fails as the mail client does. */
    Uni<Void> send(MailMessage mail) {
        return Uni.createFrom().emitter(emitter -> {
            var order = new Order(mail, emitter, System.nanoTime(), new AtomicBoolean());
            emitter.onTermination(() -> order.over().set(true));
            context.runOnContext(now -> {
                waiting.add(order);
                next();
            });
        });
    }

    /** @param since by monotonic clock @param over whether nobody waits for it any more */
    private record Order(MailMessage mail, UniEmitter<? super Void> emitter, long since, AtomicBoolean over) {}

    /** The server is too slow for all that waits: this one had no turn while there was time for it. */
    static final class Crowded extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private void next() {
        while (underWay < most && !waiting.isEmpty()) {
            var order = waiting.remove();
            if (System.nanoTime() - order.since() > timeout.toNanos() / 2) {
                order.emitter().fail(new Crowded());
            } else if (!order.over().get()) {
                begin(order);
            }
        }
    }

    /** Its place is free when the server is done with it, not when it is no longer waited for. */
    private void begin(Order order) {
        underWay++;
        client.sendMail(order.mail())
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(
                        sent -> order.emitter().complete(null),
                        failure -> order.emitter().fail(failure))
                .onComplete(done -> {
                    underWay--;
                    next();
                });
    }

    @Override
    public void close() {
        client.close();
    }
}
