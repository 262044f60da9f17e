package dev.plimsoll.oracle.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.oracle.Answer;
import dev.plimsoll.oracle.Answer.Quote;
import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.Answer.Silent;
import dev.plimsoll.oracle.StreamingSource;
import dev.plimsoll.oracle.StreamingSource.Ended;
import dev.plimsoll.oracle.StreamingSource.Heard;
import dev.plimsoll.oracle.StreamingSource.Said;
import dev.plimsoll.oracle.source.Fetched.Document;
import dev.plimsoll.oracle.source.Fetched.Nothing;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetInfo.Listing;
import dev.plimsoll.unit.AssetRegistry;
import dev.plimsoll.wire.Limits;
import dev.plimsoll.wire.OperatorHttp;
import dev.plimsoll.wire.Reply;
import dev.plimsoll.wire.RetryAfter;
import dev.plimsoll.wire.StreamLimits;
import dev.plimsoll.wire.WireFailure;
import dev.plimsoll.wire.WireFailure.BadAnswer;
import dev.plimsoll.wire.WireFailure.Forbidden;
import dev.plimsoll.wire.WireFailure.NoStream;
import dev.plimsoll.wire.WireFailure.TimedOut;
import dev.plimsoll.wire.WireFailure.TlsFailed;
import dev.plimsoll.wire.WireFailure.TooLarge;
import dev.plimsoll.wire.WireFailure.Unreachable;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What every source needs: the way out, the names of assets, and the words for an answer. */
@Singleton
class Desk {
    private static final Set<Integer> NOT_NOW = Set.of(418, 429, 503);

    private final WayOut out;
    private final AssetRegistry registry;
    private final Clock clock;

    @Inject
    Desk(OperatorHttp http, AssetRegistry registry, Clock clock) {
        this(WayOut.over(http), registry, clock);
    }

    Desk(WayOut out, AssetRegistry registry, Clock clock) {
        this.out = out;
        this.registry = registry;
        this.clock = clock;
    }

    Set<Asset> listed(String source, Set<Asset> wanted) {
        return wanted.stream()
                .filter(registry::knows)
                .filter(asset -> registry.info(asset).listings().containsKey(source))
                .collect(Collectors.toSet());
    }

    /** The source's own word for an asset it lists. */
    String id(String source, Asset asset) {
        return listing(source, asset).id();
    }

    private Listing listing(String source, Asset asset) {
        return registry.info(asset).listings().get(source);
    }

    Instant now() {
        return clock.instant();
    }

    /** Never fails. */
    Uni<Fetched> fetch(URI url, Map<String, String> headers, Duration deadline) {
        return out.get(url, headers, Limits.within(deadline))
                .map(this::read)
                .onFailure(WireFailure.class)
                .recoverWithItem(failure -> nothing((WireFailure) failure));
    }

    /**
     * One stream, as {@link StreamingSource#listen} says. Never fails.
     *
     * @param read what a document in an event says; an event that holds none says nothing
     */
    Multi<Heard> listen(
            URI url, Map<String, String> headers, StreamLimits limits, Function<JsonNode, List<Answer>> read) {
        return out.events(url, headers, limits)
                .<Heard>map(event -> new Said(
                        StrictJson.read(event.data().getBytes()).map(read).orElse(List.of())))
                .onCompletion()
                .continueWith(new Ended(Reason.UNREACHABLE, "it ended the stream", Optional.empty()))
                .onFailure(WireFailure.class)
                .recoverWithItem(failure -> ended(nothing((WireFailure) failure)));
    }

    private static Ended ended(Nothing none) {
        return new Ended(none.reason(), none.detail(), none.retryAfter());
    }

    /** A quote, or the word that it is no price. */
    Answer answer(String source, Asset asset, Optional<BigDecimal> price, Optional<Instant> observedAt) {
        return price.<Answer>map(value ->
                        new Quote(source, asset, value, listing(source, asset).quotedIn(), observedAt, now()))
                .orElseGet(() -> new Silent(source, asset, Reason.NOT_A_PRICE, "what it sent is no price"));
    }

    /** For a source that dates its prices: one without a time is malformed. */
    Answer dated(String source, Asset asset, Optional<BigDecimal> price, Optional<Instant> time) {
        return time.map(at -> answer(source, asset, price, Optional.of(at)))
                .orElseGet(() -> new Silent(source, asset, Reason.MALFORMED, "its price has no time"));
    }

    static Answer unknown(String source, Asset asset) {
        return new Silent(source, asset, Reason.UNKNOWN_ASSET, "it does not know the identifier of the asset file");
    }

    /** A quote with the source's own interval, half of which is {@code confidence}. */
    Quote quote(String source, Asset asset, BigDecimal price, BigDecimal confidence, Instant observedAt) {
        return new Quote(
                source, asset, price, listing(source, asset).quotedIn(), Optional.of(observedAt), now(), confidence);
    }

    private Fetched read(Reply reply) {
        var json = reply.header("Content-Type")
                .filter(Desk::isJson)
                .flatMap(type -> StrictJson.read(reply.body().getBytes()));
        if (reply.status() == 200) {
            return json.<Fetched>map(Document::new).orElseGet(() -> new Nothing(Reason.MALFORMED, fault(reply)));
        }
        return refused(reply, json);
    }

    private Nothing refused(Reply reply, Optional<JsonNode> json) {
        return new Nothing(
                reason(reply.status()), "it answered HTTP " + reply.status(), reply.status(), json, retryAfter(reply));
    }

    /** Only of the answers that say "not now": a redirect may have one too, and means something else. */
    private Optional<Duration> retryAfter(Reply reply) {
        return Optional.of(reply)
                .filter(answer -> NOT_NOW.contains(answer.status()))
                .flatMap(answer -> answer.header("Retry-After"))
                .flatMap(wish -> RetryAfter.parse(wish, now()));
    }

    private static boolean isJson(String contentType) {
        return contentType.toLowerCase(Locale.ROOT).matches("application/json\\s*(;.*)?");
    }

    private static String fault(Reply reply) {
        return reply.header("Content-Type").filter(Desk::isJson).isPresent()
                ? "what it sent is not JSON we accept"
                : "what it sent is not JSON by its content type";
    }

    private static Reason reason(int status) {
        return switch (status / 100) {
            case 3 -> Reason.REDIRECTED;
            case 4 -> status == 429 || status == 418 ? Reason.RATE_LIMITED : Reason.REFUSED;
            case 5 -> Reason.SERVER_ERROR;
            default -> Reason.MALFORMED;
        };
    }

    private Nothing nothing(WireFailure failure) {
        return failure instanceof NoStream other
                ? refused(other.reply(), Optional.empty())
                : new Nothing(reason(failure), failure.getMessage());
    }

    private static Reason reason(WireFailure failure) {
        return switch (failure) {
            case TimedOut late -> Reason.TIMED_OUT;
            case Unreachable away -> Reason.UNREACHABLE;
            case TlsFailed doubtful -> Reason.UNREACHABLE;
            case TooLarge large -> Reason.TOO_LARGE;
            case BadAnswer bad -> Reason.MALFORMED;
            case Forbidden forbidden -> Reason.REFUSED;
            case NoStream other -> reason(other.reply().status());
        };
    }

    /** The mid of the best bid and ask: half a spread wide of the truth at most, and alive where the last trade is old. */
    static Optional<BigDecimal> mid(JsonNode bid, JsonNode ask) {
        return StrictJson.price(bid)
                .flatMap(low -> StrictJson.price(ask)
                        .filter(high -> isBook(low, high))
                        .map(high -> low.add(high).divide(BigDecimal.TWO)));
    }

    /** A crossed book is broken; one more than 10 % wide has nobody behind it. */
    private static boolean isBook(BigDecimal bid, BigDecimal ask) {
        return ask.compareTo(bid) >= 0 && ask.compareTo(bid.multiply(new BigDecimal("1.1"))) <= 0;
    }
}
