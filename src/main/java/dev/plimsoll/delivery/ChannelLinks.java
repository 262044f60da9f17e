package dev.plimsoll.delivery;

import dev.plimsoll.account.seal.MasterKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Links in mails that begin and end a channel, for whoever reads what arrives there and has no API key. */
@Singleton
public final class ChannelLinks {
    private static final byte UNSUBSCRIBE = 0;
    private static final byte LEAVE = 1;

    private final LinkSeal confirming;
    private final LinkSeal leaving;
    private final Optional<String> site;
    private final Optional<String> base;

    @Inject
    ChannelLinks(MasterKey key, @ConfigProperty(name = "plimsoll.api.public-url") Optional<String> publicUrl) {
        this.confirming = new LinkSeal(key, "plimsoll confirm link", 4);
        this.leaving = new LinkSeal(key, "plimsoll unsubscribe link", 3);
        this.site = publicUrl.map(url -> url.replaceFirst("/+$", ""));
        this.base = site.map(url -> url + OneClickLinks.PATH);
    }

    /** What a click does. */
    public sealed interface Click {
        UUID account();

        UUID channel();
    }

    /** Proves the channel. @param codeHash of the code that was sent with the link: the last one counts, once */
    public record Confirm(UUID account, UUID channel, byte[] codeHash) implements Click {
        public Confirm {
            codeHash = codeHash.clone();
        }

        @Override
        public byte[] codeHash() {
            return codeHash.clone();
        }
    }

    /** Ends what goes to this address. @param addressMark see {@link #mark}: where the channel leads elsewhere by now, it stays */
    public record Unsubscribe(UUID account, UUID channel, UUID addressMark) implements Click {}

    /** Ends that another person is told. */
    public record Leave(UUID account, UUID channel) implements Click {}

    /** By which an address is known again, though it does not stand in the link. */
    public static UUID mark(String address) {
        var hash = ByteBuffer.wrap(sha256(address));
        return new UUID(hash.getLong(), hash.getLong());
    }

    /** Empty where this service does not know how people reach it. */
    public Optional<String> url(Click click) {
        return base.map(url -> url + token(click));
    }

    /** Where somebody makes a new API key with this code. Empty where this service does not know how people reach it. */
    public Optional<String> recovery(ProofCode code) {
        return site.map(url -> url + "/recover/" + code.code());
    }

    /** What stands in the path of its link. */
    public String token(Click click) {
        return switch (click) {
            case Confirm confirm -> {
                var hash = ByteBuffer.wrap(confirm.codeHash());
                yield confirming.seal(
                        (byte) 0,
                        confirm.account(),
                        confirm.channel(),
                        new UUID(hash.getLong(), hash.getLong()),
                        new UUID(hash.getLong(), hash.getLong()));
            }
            case Unsubscribe(var account, var channel, var mark) -> leaving.seal(UNSUBSCRIBE, account, channel, mark);
            case Leave(var account, var channel) -> leaving.seal(LEAVE, account, channel, channel);
        };
    }

    /** Empty for what is no token of ours. */
    public Optional<Click> read(String token) {
        return confirming
                .open(token)
                .<Click>map(opened ->
                        new Confirm(opened.ids()[0], opened.ids()[1], bytes(opened.ids()[2], opened.ids()[3])))
                .or(() -> leaving.open(token)
                        .map(opened -> opened.word() == LEAVE
                                ? new Leave(opened.ids()[0], opened.ids()[1])
                                : new Unsubscribe(opened.ids()[0], opened.ids()[1], opened.ids()[2])));
    }

    private static byte[] bytes(UUID first, UUID second) {
        return ByteBuffer.allocate(4 * Long.BYTES)
                .putLong(first.getMostSignificantBits())
                .putLong(first.getLeastSignificantBits())
                .putLong(second.getMostSignificantBits())
                .putLong(second.getLeastSignificantBits())
                .array();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
