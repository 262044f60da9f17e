package dev.plimsoll.delivery.mail;

import dev.plimsoll.delivery.DeliveryConfig;
import dev.plimsoll.delivery.MailAddress;
import dev.plimsoll.delivery.Outcome;
import dev.plimsoll.delivery.Outcome.Delivered;
import dev.plimsoll.delivery.Outcome.Refused;
import dev.plimsoll.delivery.Outcome.Retry;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.SMTPException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/** Sends letters, each within the time-out of an attempt. Never fails: no answer is an outcome too. */
@Singleton
public final class Postman {
    private static final String TOO_LARGE = "message exceeds allowed size limit";

    private final Optional<MailServer> server;
    private final Optional<Relay> relay;
    private final Duration timeout;
    private final AtomicReference<String> trouble = new AtomicReference<>("");

    @Inject
    Postman(MailConfig config, DeliveryConfig delivery, Vertx vertx) {
        this.server = MailServer.of(config);
        this.timeout = delivery.timeout();
        this.relay = server.map(known -> new Relay(vertx, config, known.from().domain(), timeout));
    }

    /** Empty where this installation sends no mails. */
    public Optional<String> domain() {
        return server.map(known -> known.from().domain());
    }

    /** One attempt. @param at of the attempt */
    public Uni<Outcome> send(Letter letter, MailAddress to, Instant at) {
        return relay.map(open -> Uni.createFrom()
                        .deferred(() -> send(open, letter, to, at).emitOn(here())))
                .orElseGet(() -> Uni.createFrom()
                        .item(new Retry(Optional.empty(), "no mail server is configured here", Optional.empty())));
    }

    /** Whoever asks goes on where it asked, and not on the event loop of the mails. */
    private static Executor here() {
        var caller = Vertx.currentContext();
        return caller == null ? Runnable::run : step -> caller.runOnContext(nothing -> step.run());
    }

    private Uni<Outcome> send(Relay open, Letter letter, MailAddress to, Instant at) {
        var mail = server.orElseThrow().envelopes().addressed(letter, to, at);
        return open.send(letter.delivery() + " " + to.value(), mail)
                .<Outcome>map(sent -> new Delivered(Optional.of(250), "the mail server took it"))
                .invoke(sent -> trouble.set(""))
                .onFailure()
                .recoverWithItem(this::meaning);
    }

    private Outcome meaning(Throwable failure) {
        if (failure instanceof SMTPException answer) {
            var refusal = Refusal.of(answer);
            if (refusal.isOurs()) {
                complain(refusal.outcome().why());
            }
            return refusal.outcome();
        }
        return TOO_LARGE.equals(failure.getMessage())
                ? new Refused(Optional.empty(), "the mail server does not take mails of this length")
                : unanswered(failure);
    }

    private Outcome unanswered(Throwable failure) {
        var why = Breakdown.why(failure, timeout);
        complain(why);
        return new Retry(Optional.empty(), why, Optional.empty());
    }

    /** Once for each trouble, until a mail gets through. */
    private void complain(String why) {
        if (!trouble.getAndSet(why).equals(why)) {
            Log.warnf(
                    "mail server refuses us: why=%s; mails wait, ./plimsoll doctor looks at plimsoll.delivery.email",
                    why);
        }
    }

    @PreDestroy
    void close() {
        relay.ifPresent(Relay::close);
    }
}
