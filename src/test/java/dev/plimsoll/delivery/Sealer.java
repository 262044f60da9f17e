package dev.plimsoll.delivery;

import dev.plimsoll.account.seal.MasterKey;
import dev.plimsoll.account.seal.SecretBox;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Seals as a service does that keeps its master key in this data folder, for channels that are put in by hand; and signs. */
public final class Sealer {
    private final SecretBox box;

    public Sealer(Path dataFolder) throws GeneralSecurityException, IOException {
        var config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(DeliveryConfig.class)
                .build()
                .getConfigMapping(DeliveryConfig.class);
        this.box = new SecretBox(new MasterKey(Optional.empty(), dataFolder));
    }

    /** @param settings by field */
    public byte[] settings(UUID channel, Map<String, String> settings) {
        return box.seal(channel, new Settings(settings).json());
    }

    public byte[] seal(UUID channel, String value) {
        return box.seal(channel, value);
    }

    /** The value of {@code webhook-signature}. */
    public static String signature(String id, Instant at, String body, WebhookSecret secret) {
        return WebhookSignature.of(id, at, body, List.of(secret));
    }
}
