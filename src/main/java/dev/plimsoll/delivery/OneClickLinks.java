package dev.plimsoll.delivery;

import com.google.crypto.tink.Aead;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Links in messages that do one thing to one alert, for whoever holds the message and no API key.
 *
 * <p>What a link does is in its token, encrypted and authenticated under the {@link MasterKey}: nothing is stored, every
 * replica reads it, and nobody else can make one. It is good while its channel is: see {@link ChannelStore#isActive}.
 */
@Singleton
public final class OneClickLinks {
    private static final byte[] PURPOSE = "plimsoll one-click link".getBytes(StandardCharsets.US_ASCII);
    private static final int BYTES = 3 * 2 * Long.BYTES + 1;
    private static final int MAX_TOKEN = 200;

    private final Aead aead;
    private final Optional<String> base;

    @Inject
    OneClickLinks(MasterKey key, @ConfigProperty(name = "plimsoll.api.public-url") Optional<String> publicUrl) {
        this.aead = key.aead();
        this.base = publicUrl.map(url -> url.replaceFirst("/+$", "") + "/api/v1/l/");
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
        var plain = ByteBuffer.allocate(BYTES);
        put(plain, click.account());
        put(plain, click.channel());
        put(plain, click.alert());
        plain.put((byte) click.doing().ordinal());
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(aead.encrypt(plain.array(), PURPOSE));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a link to alert " + click.alert() + " could not be made", e);
        }
    }

    /** Empty for what is no token of ours. */
    public Optional<Click> read(String token) {
        if (token.length() > MAX_TOKEN) {
            return Optional.empty();
        }
        try {
            return click(aead.decrypt(Base64.getUrlDecoder().decode(token), PURPOSE));
        } catch (GeneralSecurityException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static Optional<Click> click(byte[] opened) {
        var plain = ByteBuffer.wrap(opened);
        if (plain.remaining() != BYTES || opened[BYTES - 1] >= Doing.values().length) {
            return Optional.empty();
        }
        return Optional.of(new Click(id(plain), id(plain), id(plain), Doing.values()[plain.get()]));
    }

    private static void put(ByteBuffer to, UUID id) {
        to.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    private static UUID id(ByteBuffer from) {
        return new UUID(from.getLong(), from.getLong());
    }
}
