package dev.plimsoll.api;

import dev.plimsoll.api.form.Form;
import dev.plimsoll.api.form.Reader;
import java.util.Optional;

/** One field of a PATCH (RFC 7396): absent leaves the value, null clears it. */
final class Patch {
    /** What RFC 7396 calls such a body; plain JSON is understood alike. */
    static final String MEDIA_TYPE = "application/merge-patch+json";

    private Patch() {}

    static <T> Optional<T> of(Form form, String field, Reader<T> reader, Optional<T> now) {
        return form.mentions(field) ? form.optional(field, reader) : now;
    }

    /** For what cannot be cleared: null is a fault. */
    static <T> Optional<T> kept(Form form, String field, Reader<T> reader, T now) {
        return form.mentions(field) ? form.required(field, reader) : Optional.of(now);
    }
}
