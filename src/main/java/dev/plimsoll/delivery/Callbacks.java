package dev.plimsoll.delivery;

import dev.plimsoll.account.seal.MasterKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where the other end of a channel tells what somebody did about an alert there; good for as long as its channel. */
@Singleton
public final class Callbacks {
    private static final String PATH = "/api/v1/callbacks/";

    private final LinkSeal seal;
    private final String base;

    @Inject
    Callbacks(MasterKey key, @ConfigProperty(name = "plimsoll.api.public-url") Optional<String> publicUrl) {
        this.seal = new LinkSeal(key, "plimsoll callback", 2);
        this.base = publicUrl.map(url -> url.replaceFirst("/+$", "")).orElse("") + PATH;
    }

    /** Whom a callback is about. */
    public record Address(UUID account, UUID channel) {}

    /** Nobody can guess it. Where this service does not know how people reach it, a path. */
    public String url(Address address) {
        return base + seal.seal((byte) 0, address.account(), address.channel());
    }

    /** Empty for what is no token of ours. */
    public Optional<Address> read(String token) {
        return seal.open(token).map(opened -> new Address(opened.ids()[0], opened.ids()[1]));
    }
}
