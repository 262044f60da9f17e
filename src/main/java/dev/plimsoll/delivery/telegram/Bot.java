package dev.plimsoll.delivery.telegram;

import java.net.URI;

/**
 * Who we are there.
 *
 * @param username without the {@code @}
 */
public record Bot(long id, String username, String name) {

    /** Opens a private chat and says {@code /start <payload>}. @param payload up to 64 of A-Z a-z 0-9 _ - */
    public URI start(String payload) {
        return URI.create("https://t.me/" + username + "?start=" + payload);
    }

    /** Lets one choose a group, which says {@code /start@bot <payload>}. */
    public URI startGroup(String payload) {
        return URI.create("https://t.me/" + username + "?startgroup=" + payload);
    }
}
