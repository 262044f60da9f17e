package dev.plimsoll.delivery;

import dev.plimsoll.account.seal.MasterKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Links in messages that do one thing to one alert, for whoever holds the message and no API key. A link is good while its
 * channel is: see {@link ChannelStore#isActive}.
 */
@Singleton
public final class OneClickLinks {
    /** Of all links that act for whoever holds them. */
    static final String PATH = "/api/v1/l/";

    private final LinkSeal seal;
    private final Optional<String> base;

    @Inject
    OneClickLinks(MasterKey key, @ConfigProperty(name = "plimsoll.api.public-url") Optional<String> publicUrl) {
        this.seal = new LinkSeal(key, "plimsoll one-click link", 3);
        this.base = publicUrl.map(url -> url.replaceFirst("/+$", "") + PATH);
    }

    /** What a click does. Their order is part of the tokens. */
    public enum Doing {
        ACKNOWLEDGE,
        SNOOZE
    }

    /** @param channel the one whose message carries the link */
    public record Click(UUID account, UUID channel, UUID alert, Doing doing) {}

    /** Empty where this service does not know how people reach it. */
    public Optional<String> url(Click click) {
        return base.map(url -> url + token(click));
    }

    /** What stands in the path of its link. */
    public String token(Click click) {
        return seal.seal((byte) click.doing().ordinal(), click.account(), click.channel(), click.alert());
    }

    /** Empty for what is no token of ours. */
    public Optional<Click> read(String token) {
        return seal.open(token)
                .map(opened ->
                        new Click(opened.ids()[0], opened.ids()[1], opened.ids()[2], Doing.values()[opened.word()]));
    }
}
