package dev.plimsoll.delivery;

import java.net.URI;

/** What may be shown of an address after the first answer: path and query of a URL may be a token. */
public final class ShownAddress {
    private ShownAddress() {}

    /**
     * {@code https://hooks.example.com/services/T0/B0/x} becomes {@code https://hooks.example.com/…}.
     *
     * @param url one that the URL guard allowed
     */
    public static String of(String url) {
        var uri = URI.create(url);
        var bare = uri.getScheme() + "://" + uri.getRawAuthority();
        return uri.getRawPath().length() <= 1 && uri.getRawQuery() == null ? bare + "/" : bare + "/…";
    }
}
