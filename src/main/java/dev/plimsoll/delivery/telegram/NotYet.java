package dev.plimsoll.delivery.telegram;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Supplier;

/** What an update asked for is done, but for its answer, which Telegram does not take before a pause is over. */
public final class NotYet extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Supplier<Uni<Void>> answering;
    private final Duration pause;

    /** @param answering what is left to do after the pause; may have to wait once more */
    public NotYet(Duration pause, Supplier<Uni<Void>> answering) {
        super("Telegram takes the answer in " + pause.toMillis() + " ms", null, false, false);
        this.pause = pause;
        this.answering = answering;
    }

    Duration pause() {
        return pause;
    }

    Supplier<Uni<Void>> answering() {
        return answering;
    }
}
