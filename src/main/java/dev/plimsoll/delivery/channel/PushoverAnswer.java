package dev.plimsoll.delivery.channel;

import dev.plimsoll.delivery.HttpSender;
import dev.plimsoll.delivery.HttpSender.Answer;
import dev.plimsoll.delivery.Outcome;
import dev.plimsoll.delivery.Outcome.Delivered;
import dev.plimsoll.delivery.Outcome.Refused;
import dev.plimsoll.delivery.Outcome.Rejected;
import dev.plimsoll.delivery.Outcome.Retry;
import dev.plimsoll.delivery.Receipt;
import dev.plimsoll.delivery.Sighting;
import dev.plimsoll.wire.Reply;
import dev.plimsoll.wire.RetryAfter;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** What Pushover's answers mean. */
final class PushoverAnswer {
    private static final Duration FIRST_ASKED = Duration.ofSeconds(10);
    private static final Duration LATEST_ASKED = Duration.ofMinutes(1);
    /** Of the time it has sounded already: who did not hear it at once may need longer. */
    private static final int PART = 10;

    private static final Duration OPERATOR_LOOKS = Duration.ofMinutes(5);
    private static final Pattern RECEIPT = Pattern.compile("[A-Za-z0-9]{1,64}");
    private static final int MAX_NAME = 60;
    private static final int OK = 1;

    private PushoverAnswer() {}

    /** @param at of the attempt, by real time */
    static Outcome meaning(Reply reply, Instant at) {
        var status = Optional.of(reply.status());
        var said = json(reply.text());
        if ("invalid".equals(said.getValue("user"))) {
            return new Rejected(status, "Pushover knows no such user key");
        }
        if ("invalid".equals(said.getValue("token"))) {
            return new Retry(
                    status,
                    "Pushover refuses the application token of this Plimsoll, which its operator must mend",
                    Optional.of(OPERATOR_LOOKS));
        }
        if (reply.status() == 400 && said.getValue("errors") instanceof JsonArray) {
            return new Refused(status, "Pushover answered 400, this is no message that it takes");
        }
        var usual = HttpSender.usual(reply, at);
        return reply.status() == 429 && usual instanceof Retry retry ? limited(retry, reply, at) : usual;
    }

    /** A month's messages are used up, and the headers say when the next month begins: otherwise as usual. */
    private static Outcome limited(Retry usual, Reply reply, Instant at) {
        return reply.header("X-Limit-App-Reset")
                .filter(text -> text.matches("\\d{1,12}"))
                .map(text -> Duration.between(at, Instant.ofEpochSecond(Long.parseLong(text))))
                .flatMap(pause -> RetryAfter.parse(String.valueOf(pause.toSeconds()), at))
                .<Outcome>map(pause -> new Retry(
                        usual.status(),
                        usual.why() + ", this Plimsoll has sent as many messages there as a month allows",
                        usual.notBefore().or(() -> Optional.of(pause))))
                .orElse(usual);
    }

    /** @param sounding for how long an emergency may be acknowledged */
    static Outcome outcome(Answer answer, Duration sounding) {
        if (!(answer.outcome() instanceof Delivered delivered)) {
            return answer.outcome();
        }
        var said = json(answer.body());
        if (said.getValue("status") instanceof Number status && status.intValue() != OK) {
            return new Retry(delivered.status(), "Pushover did not take it", Optional.empty());
        }
        var receipt = Optional.ofNullable(said.getValue("receipt"))
                .map(Object::toString)
                .filter(text -> RECEIPT.matcher(text).matches())
                .map(text -> new Receipt(text, FIRST_ASKED, sounding.plus(LATEST_ASKED)));
        return new Delivered(delivered.status(), delivered.why(), receipt);
    }

    /** That there was nothing to cancel is fine. */
    static Outcome cancelled(Answer answer) {
        var status = answer.outcome().status();
        var refused =
                status.filter(code -> code >= 400 && code < 500 && code != 429).isPresent();
        return refused && !isTokenRefused(answer)
                ? new Delivered(status, "there was nothing to cancel")
                : answer.outcome();
    }

    static boolean isTokenRefused(Answer answer) {
        return "invalid".equals(json(answer.body()).getValue("token"));
    }

    static Sighting sighting(Answer answer, Instant now, Duration sounding) {
        var said = json(answer.body());
        if (said.getValue("receipt") instanceof String && !(answer.outcome() instanceof Delivered)) {
            return new Sighting.Over("Pushover knows no such receipt");
        }
        if (!(answer.outcome() instanceof Delivered)) {
            return new Sighting.Waiting(LATEST_ASKED);
        }
        if (number(said, "acknowledged") == OK) {
            return new Sighting.Acknowledged(Instant.ofEpochSecond(number(said, "acknowledged_at")), by(said));
        }
        return number(said, "expired") == OK
                ? new Sighting.Over("it ran out or was cancelled")
                : new Sighting.Waiting(pause(Instant.ofEpochSecond(number(said, "expires_at")), now, sounding));
    }

    /** No answer of theirs takes longer than one attempt may. */
    static Outcome late(Duration timeout) {
        return new Retry(Optional.empty(), "no complete answer within " + timeout.toMillis() + " ms", Optional.empty());
    }

    private static Duration pause(Instant end, Instant now, Duration sounding) {
        var left = Duration.between(now, end);
        var part = sounding.minus(left).dividedBy(PART);
        return part.compareTo(FIRST_ASKED) < 0 ? FIRST_ASKED : part.compareTo(LATEST_ASKED) > 0 ? LATEST_ASKED : part;
    }

    private static Optional<String> by(JsonObject said) {
        return Optional.of(said.getValue("acknowledged_by_device", "").toString())
                .map(name -> Cut.toCharacters(name.replaceAll("\\p{C}", " ").strip(), MAX_NAME))
                .filter(name -> !name.isEmpty())
                .map(name -> "on " + name + " in Pushover")
                .or(() -> Optional.of("in Pushover"));
    }

    private static long number(JsonObject said, String name) {
        return said.getValue(name) instanceof Number number ? number.longValue() : 0;
    }

    private static JsonObject json(String body) {
        try {
            return body.isBlank() ? new JsonObject() : new JsonObject(body);
        } catch (DecodeException notJson) {
            return new JsonObject();
        }
    }
}
