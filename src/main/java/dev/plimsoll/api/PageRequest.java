package dev.plimsoll.api;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * {@code ?limit=&after=} of a list ordered by id.
 *
 * @param limit 1 to 200
 * @param after the last id of the page before; empty for the first page
 */
public record PageRequest(int limit, Optional<UUID> after) {
    private static final int DEFAULT_LIMIT = 50;
    private static final int CURSOR_LENGTH = 22;

    /** From the query parameters as sent; refuses both at once where both are wrong. */
    public static PageRequest of(Optional<String> limit, Optional<String> after) {
        var faults = new ArrayList<Fault>();
        if (limit.isPresent() && !limit.get().matches("[1-9]\\d?|1\\d\\d|200")) {
            faults.add(new Fault("'limit' is a whole number from 1 to 200.", ""));
        }
        if (after.isPresent() && id(after.get()).isEmpty()) {
            faults.add(new Fault("'after' is not a cursor: take it from 'next' of the page before.", ""));
        }
        if (!faults.isEmpty()) {
            throw Problems.malformed(faults);
        }
        return new PageRequest(limit.map(Integer::valueOf).orElse(DEFAULT_LIMIT), after.flatMap(PageRequest::id));
    }

    /** Below every id of the page, in a list that begins with the oldest. */
    public UUID start() {
        return after.orElse(new UUID(0, 0));
    }

    /** How many rows to ask the database for: one more than shown tells whether there is a next page. */
    public int fetch() {
        return limit + 1;
    }

    /** @param rows up to {@link #fetch} of them, in the list's order */
    public <T> Page<T> page(List<T> rows, Function<? super T, UUID> id) {
        if (rows.size() <= limit) {
            return new Page<>(rows, Optional.empty());
        }
        var shown = rows.subList(0, limit);
        return new Page<>(shown, Optional.of(cursor(id.apply(shown.get(limit - 1)))));
    }

    private static String cursor(UUID id) {
        var bytes = ByteBuffer.allocate(16).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private static Optional<UUID> id(String cursor) {
        if (!cursor.matches("[A-Za-z0-9_-]{" + CURSOR_LENGTH + "}")) {
            return Optional.empty();
        }
        var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
        return Optional.of(new UUID(bytes.getLong(), bytes.getLong()));
    }
}
