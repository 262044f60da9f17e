package dev.plimsoll.delivery.mail;

import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.ext.mail.MailMessage;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * One mail on its way to the mail server. Once the server may have it, whoever tries it again waits for the answer that is
 * still due, and sends no second one. Used on one event loop only.
 */
final class Flight {
    private final MailMessage mail;
    private Optional<UniEmitter<? super Void>> waiter = Optional.empty();
    private boolean boarded;
    private boolean dropped;
    private boolean taken;
    private boolean late;

    /** @param mail whose words the mail client asks for when it may begin to send them, and not before */
    Flight(Mail mail) {
        this.mail = mail.reportingTo(this::boards);
    }

    /** Words that know when they are taken. */
    static class Mail extends MailMessage {
        private Runnable report = () -> {};

        private Mail reportingTo(Runnable flight) {
            report = flight;
            return this;
        }

        @Override
        public String getText() {
            report.run();
            return super.getText();
        }
    }

    /** Nobody waits for it any more, and nothing of it was said: it stays so. */
    static final class Unwanted extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** The server may have it, but has not said so in time. */
    static final class Unsaid extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    MailMessage mail() {
        return mail;
    }

    private void boards() {
        if (dropped) {
            throw new Unwanted();
        }
        boarded = true;
    }

    void awaitedBy(UniEmitter<? super Void> somebody) {
        waiter = Optional.of(somebody);
    }

    boolean isAwaited() {
        return waiter.isPresent();
    }

    boolean isAwaitedBy(UniEmitter<? super Void> somebody) {
        return waiter.filter(known -> known == somebody).isPresent();
    }

    /** Whether nobody waits for it and the server said that it took it. */
    boolean isTaken() {
        return taken;
    }

    /** Whether its connection goes on though nobody waits for it, so that others have its place. */
    boolean isLate() {
        return late;
    }

    void beLate() {
        late = true;
    }

    /** Whoever waits waits no longer. @return whether the server may have it, so that its answer is still of use */
    boolean timeOut() {
        fail(boarded ? new Unsaid() : new TimeoutException());
        dropped = !boarded;
        return boarded;
    }

    /** @return whether somebody heard it */
    boolean succeed() {
        var heard = waiter.isPresent();
        waiter.ifPresent(somebody -> somebody.complete(null));
        waiter = Optional.empty();
        taken = !heard;
        return heard;
    }

    void fail(Throwable failure) {
        waiter.ifPresent(somebody -> somebody.fail(failure));
        waiter = Optional.empty();
    }
}
