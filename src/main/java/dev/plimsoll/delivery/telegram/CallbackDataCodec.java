package dev.plimsoll.delivery.telegram;

import dev.plimsoll.delivery.telegram.CallbackData.Acknowledge;
import dev.plimsoll.delivery.telegram.CallbackData.AcknowledgeAll;
import dev.plimsoll.delivery.telegram.CallbackData.Details;
import dev.plimsoll.delivery.telegram.CallbackData.Repaid;
import dev.plimsoll.delivery.telegram.CallbackData.Run;
import dev.plimsoll.delivery.telegram.CallbackData.Snooze;
import dev.plimsoll.delivery.telegram.CallbackData.Step;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** One letter for the kind, 22 of base64url for an id, the rest as it is. Old messages keep old buttons: letters are forever. */
final class CallbackDataCodec {
    static final int ID_LETTERS = 22;
    private static final int ID_BYTES = 2 * Long.BYTES;

    private CallbackDataCodec() {}

    static String encode(CallbackData data) {
        return switch (data) {
            case Acknowledge(var alert) -> "a" + letters(alert);
            case AcknowledgeAll() -> "A";
            case Snooze(var alert) -> "s" + letters(alert);
            case Repaid(var alert) -> "r" + letters(alert);
            case Details(var alert) -> "d" + letters(alert);
            case Step(var conversation, var choice) -> "w" + letters(conversation) + choice;
            case Run(var words) -> "c" + words;
        };
    }

    static Optional<CallbackData> decode(String data) {
        if (data.isEmpty() || data.getBytes(StandardCharsets.UTF_8).length > CallbackData.MAX_BYTES) {
            return Optional.empty();
        }
        var rest = data.substring(1);
        return switch (data.charAt(0)) {
            case 'a' -> whole(rest).map(Acknowledge::new);
            case 'A' ->
                Optional.of(new AcknowledgeAll()).filter(all -> rest.isEmpty()).map(CallbackData.class::cast);
            case 's' -> whole(rest).map(Snooze::new);
            case 'r' -> whole(rest).map(Repaid::new);
            case 'd' -> whole(rest).map(Details::new);
            case 'w' -> id(rest).map(conversation -> new Step(conversation, rest.substring(ID_LETTERS)));
            case 'c' -> Optional.of(new Run(rest));
            default -> Optional.empty();
        };
    }

    static void fit(String text, int bytes) {
        var length = text.getBytes(StandardCharsets.UTF_8).length;
        if (length > bytes) {
            throw new IllegalArgumentException("a button says at most " + bytes + " bytes here, not " + length);
        }
    }

    private static String letters(UUID id) {
        var bytes = ByteBuffer.allocate(ID_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Optional<UUID> whole(String letters) {
        return id(letters).filter(id -> letters.length() == ID_LETTERS);
    }

    private static Optional<UUID> id(String letters) {
        if (letters.length() < ID_LETTERS) {
            return Optional.empty();
        }
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(letters.substring(0, ID_LETTERS)));
            return Optional.of(new UUID(bytes.getLong(), bytes.getLong()));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
