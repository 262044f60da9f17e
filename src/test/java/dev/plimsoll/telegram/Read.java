package dev.plimsoll.telegram;

/** How text reads in the app, for whoever has no server at hand. */
public final class Read {
    private Read() {}

    /** @param html as a bot sends it */
    public static String html(String html) {
        return Markup.html(html).text();
    }
}
