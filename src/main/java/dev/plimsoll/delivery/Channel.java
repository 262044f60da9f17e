package dev.plimsoll.delivery;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** A way to reach a person. Implementations are beans in {@code delivery.channel}, one file each, found by CDI. */
public interface Channel {

    /** As the API and the channel's row name it: {@code webhook}. */
    String kind();

    /** What the API takes for it beside kind, key, name and labels, in the order it is shown. */
    List<Field> fields();

    /** Whether its messages are signed: then it has a secret, shown once, which can be rotated. */
    default boolean signs() {
        return false;
    }

    /** Whether it must be proven before it gets anything but the proof. */
    default boolean isProvenFirst() {
        return true;
    }

    /** Why there can be no channel of this kind in this installation, as a sentence for users; empty where there can. */
    default Optional<String> unavailable() {
        return Optional.empty();
    }

    /** Whether it is loud enough to wake somebody, as far as we know. */
    default boolean wakesYou() {
        return false;
    }

    /** Whether an alert is acknowledged there without a link, by what its own app or ours offers. */
    default boolean hasButtons() {
        return false;
    }

    /** How another person ends there that they are told, without a link: a part of a sentence. */
    default Optional<String> leaving() {
        return Optional.empty();
    }

    /** Whether what is many at once becomes one message here. Never where programs read, or somebody is woken. */
    boolean groups();

    /**
     * Whether it tells of such notices; what it does not want is kept as suppressed. What fires must be wanted together
     * with {@code alert.resolved}.
     *
     * @param type {@code alert.firing}, … as in the webhook body
     */
    default boolean wants(String type) {
        return true;
    }

    /** Whether what arrived there is edited later, and what it said has to be kept for that. */
    default boolean edits() {
        return false;
    }

    /**
     * What is sent: keys and tokens are added by {@link #send}. Frozen at the first attempt, so that every other one says
     * the same. The same of the same message: what arrived at once is made anew for whoever asks for it again.
     */
    String body(Receiver to, Message message);

    /**
     * One attempt. Never fails: whatever goes wrong outside is an {@link Outcome}.
     *
     * @param parcel its body as it was frozen
     */
    Uni<Outcome> send(Receiver to, Parcel parcel);

    /**
     * One attempt at a message that says all of these, for a channel that {@link #groups}. Never fails.
     *
     * @param parcels two or more, each with its body as it was frozen
     */
    default Uni<Outcome> send(Receiver to, List<Parcel> parcels) {
        throw new UnsupportedOperationException("channels of the kind " + kind() + " group nothing");
    }

    /** One attempt to show that its owner reads what arrives there; as it is, by posting the code they read there. */
    default Uni<Proof> prove(Receiver to, Parcel parcel, ProofCode code) {
        return send(to, parcel).map(Proof::byReading);
    }

    /**
     * Looks what became of a delivery that left a {@link Receipt}. Never fails.
     *
     * @param reference as in the receipt
     */
    default Uni<Sighting> follow(Receiver to, String reference) {
        return Uni.createFrom().item(new Sighting.Over("there is nothing to watch here"));
    }

    /** Its owner deletes it: what is kept up to date over there goes, where that can be reached. Never fails. */
    default Uni<Void> end(Receiver to) {
        return Uni.createFrom().voidItem();
    }

    /** Whether its other end may tell us things: then it has a URL for that, see {@link Callbacks}, shown once. */
    default boolean isHeard() {
        return false;
    }

    /** What its other end said there. Anybody who knows the URL may have said it. */
    default Heard hear(Receiver to, Call call) {
        return new Heard.Nothing();
    }

    /** One request to the callback. @param headers by their names, in any case */
    record Call(UnaryOperator<String> headers, Buffer body) {

        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.apply(name));
        }
    }

    /**
     * @param id the same on every attempt of a delivery
     * @param at real time of the attempt, by the database or the system, never by a replay's clock
     */
    record Parcel(UUID id, Instant at, String body) {}
}
