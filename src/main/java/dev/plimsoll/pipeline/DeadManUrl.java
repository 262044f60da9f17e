package dev.plimsoll.pipeline;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** Where dead-man pings go. Secret: who knows it can ping as well as we. */
public record DeadManUrl(URI url) {

    /** @throws IllegalArgumentException for what is no absolute URL of HTTP; the message does not repeat it */
    public static DeadManUrl of(String text) {
        try {
            var url = new URI(text.strip());
            if (List.of("https", "http").contains(String.valueOf(url.getScheme())) && url.getHost() != null) {
                return new DeadManUrl(url);
            }
        } catch (URISyntaxException unreadable) {
            // told below, without its words: they repeat what is secret
        }
        throw new IllegalArgumentException(
                "plimsoll.pipeline.dead-man-url must be an absolute URL that begins with https:// or http://");
    }

    /** Its failing form, {@code /fail} after the path. */
    URI fail() {
        var query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        var path = url.getRawPath().replaceFirst("/$", "");
        return URI.create(url.getScheme() + "://" + url.getRawAuthority() + path + "/fail" + query);
    }

    @Override
    public String toString() {
        return "DeadManUrl[host=" + url.getHost() + "]";
    }
}
