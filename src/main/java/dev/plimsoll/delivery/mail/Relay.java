package dev.plimsoll.delivery.mail;

import dev.plimsoll.delivery.mail.Flight.Mail;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.StartTLSOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * The mail server that takes our mails, over a few connections that are kept. Nothing waits inside the mail client: whoever
 * is no longer waited for would still be sent from there, beside its next attempt.
 *
 * <p>A mail that the server may have is not sent again while its answer is due: servers that look long into what they get
 * answer later than an attempt may take.
 *
 * <p>The client is the Quarkus Mailer's own, made here because the Mailer gives it no time-out: a connection on which nothing
 * is heard any more would be lost to it for good. All of it is done on one event loop.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1047">RFC 1047, duplicate messages and SMTP</a>
 */
final class Relay implements AutoCloseable {
    /** Mails that were taken when nobody waited any more, and that nobody has asked after since. */
    private static final int REMEMBERED = 10_000;

    private final Vertx vertx;
    private final MailClient client;
    private final Context context;
    private final Duration timeout;
    private final int most;
    private final Queue<Order> waiting = new ArrayDeque<>();
    private final Map<String, Flight> flights = new LinkedHashMap<>();
    private int underWay;
    private int late;

    /** @param timeout of an attempt, from its turn to the last answer */
    Relay(Vertx vertx, MailConfig config, String ownName, Duration timeout) {
        this.vertx = vertx;
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
                .setKeepAliveTimeoutUnit(TimeUnit.MILLISECONDS)
                .setKeepAliveTimeout((int) timeout.toMillis())
                .setLogin(LoginOption.DISABLED);
        var patience = config.patience().compareTo(timeout) > 0 ? config.patience() : timeout;
        options.setIdleTimeoutUnit(TimeUnit.MILLISECONDS).setIdleTimeout((int) patience.toMillis());
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

    /**
     * Ends when the server has taken it, now or after an attempt that was given up; fails as the mail client does, or when
     * the time is over.
     *
     * @param key the same at every attempt to send this mail to this address
     */
    Uni<Void> send(String key, Mail mail) {
        return Uni.createFrom().emitter(emitter -> context.runOnContext(now -> order(key, mail, emitter)));
    }

    /** @param since by monotonic clock */
    private record Order(String key, Flight flight, UniEmitter<? super Void> emitter, long since) {}

    /** The server is too slow for all that waits: this one had no turn while there was time for it. */
    static final class Crowded extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private void order(String key, Mail mail, UniEmitter<? super Void> emitter) {
        var before = Optional.ofNullable(flights.get(key)).filter(flight -> !flight.isAwaited());
        if (before.filter(Flight::isTaken).isPresent()) {
            flights.remove(key);
            emitter.complete(null);
            return;
        }
        var order = new Order(key, before.orElseGet(() -> new Flight(mail)), emitter, System.nanoTime());
        order.flight().awaitedBy(emitter);
        vertx.setTimer(timeout.toMillis(), timer -> timeOut(order));
        if (before.isEmpty()) {
            waiting.add(order);
            next();
        }
    }

    private void next() {
        while (underWay < most && !waiting.isEmpty()) {
            var order = waiting.remove();
            if (System.nanoTime() - order.since() > timeout.toNanos() / 2) {
                order.flight().fail(new Crowded());
            } else {
                begin(order);
            }
        }
    }

    /** Its place is free when the server is done with it, or when so few are late that another connection can be had. */
    private void begin(Order order) {
        underWay++;
        flights.put(order.key(), order.flight());
        client.sendMail(order.flight().mail()).onComplete(sent -> {
            free(order.flight());
            if (sent.failed()) {
                order.flight().fail(sent.cause());
                flights.remove(order.key(), order.flight());
            } else if (order.flight().succeed()) {
                flights.remove(order.key(), order.flight());
            } else {
                forget();
            }
            next();
        });
    }

    private void free(Flight flight) {
        if (flight.isLate()) {
            late--;
        } else {
            underWay--;
        }
    }

    private void timeOut(Order order) {
        var flight = order.flight();
        if (!flight.isAwaitedBy(order.emitter())) {
            return;
        }
        var begun = !waiting.remove(order);
        if (!flight.timeOut()) {
            flights.remove(order.key(), flight);
        }
        if (begun && !flight.isLate() && late < most) {
            flight.beLate();
            late++;
            underWay--;
            next();
        }
    }

    /** Of what was taken late, that which has waited longest to be asked after. */
    private void forget() {
        flights.entrySet().stream()
                .filter(entry -> entry.getValue().isTaken())
                .limit(Math.max(0, flights.size() - REMEMBERED))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(flights::remove);
    }

    @Override
    public void close() {
        client.close();
    }
}
