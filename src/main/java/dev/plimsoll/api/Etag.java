package dev.plimsoll.api;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.Arrays;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;

/** The ETag of a thing is its version in quotes: {@code "7"}. */
public final class Etag {
    private static final String TAG = "(?:W/)?\"[!#-~]*\"";

    private Etag() {}

    /** 200 with the thing and its ETag. */
    public static <T> RestResponse<T> tagged(T body, long version) {
        return RestResponse.ResponseBuilder.ok(body)
                .header(HttpHeaders.ETAG, of(version))
                .build();
    }

    static String of(long version) {
        return '"' + Long.toString(version) + '"';
    }

    /** Refuses a write that rests on another version. To be called in the transaction that holds the row locked. */
    public static void require(Optional<String> ifMatch, String what, long version) {
        var given = ifMatch.map(String::strip).filter(header -> !header.equals("*"));
        if (given.isPresent() && !given.get().matches(TAG + "(?:\\s*,\\s*" + TAG + ")*")) {
            throw Problems.malformed("If-Match holds an ETag in quotes, as the answer had it: \"" + version + "\".");
        }
        if (given.isPresent() && !holds(given.get(), version)) {
            throw Problems.changed(what, version);
        }
    }

    private static boolean holds(String ifMatch, long version) {
        return Arrays.stream(ifMatch.split(","))
                .map(tag -> tag.strip().replaceFirst("^W/", ""))
                .anyMatch(of(version)::equals);
    }
}
