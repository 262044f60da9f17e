package dev.plimsoll.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.account.seal.MasterKey;
import dev.plimsoll.account.seal.SecretBox;
import dev.plimsoll.delivery.Claim.Target;
import dev.plimsoll.unit.Ids;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenedReceiversTest {
    private static final Field URL = Field.url("url");

    private final UUID account = Ids.next();
    private final UUID channel = Ids.next();

    @TempDir
    Path folder;

    private SecretBox box;
    private OpenedReceivers opened;

    @BeforeEach
    void open() throws Exception {
        var config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(DeliveryConfig.class)
                .build()
                .getConfigMapping(DeliveryConfig.class);
        box = new SecretBox(new MasterKey(Optional.empty(), folder));
        opened = new OpenedReceivers(box);
    }

    @Test
    void aChannelThatStaysAsItIsIsOpenedOnce() {
        var target = target("https://a.example", WebhookSecret.generate());

        assertThat(opened.of(account, target).settings())
                .isSameAs(opened.of(account, target).settings());
    }

    @Test
    void whatIsSentAfterAnAddressChangedGoesToTheNewOne() {
        var secret = WebhookSecret.generate();
        opened.of(account, target("https://a.example", secret));

        var after = opened.of(account, target("https://b.example", secret));

        assertThat(after.settings().get(URL)).isEqualTo("https://b.example");
    }

    @Test
    void whatIsSentAfterARotationIsSignedWithTheNewSecret() {
        var newer = WebhookSecret.generate();
        opened.of(account, target("https://a.example", WebhookSecret.generate()));

        var after = opened.of(account, target("https://a.example", newer));

        assertThat(after.secrets()).containsExactly(newer);
    }

    @Test
    void whatWasOpenedForOneChannelIsNotGivenToAnother() {
        var mine = target("https://a.example", WebhookSecret.generate());
        opened.of(account, mine);

        var copied = new Target(
                Ids.next(),
                mine.name(),
                mine.kind(),
                mine.state(),
                mine.host(),
                mine.failing(),
                mine.settings(),
                mine.secret(),
                mine.oldSecret(),
                mine.buddy());

        assertThatThrownBy(() -> opened.of(account, copied)).isInstanceOf(SecretBox.Unreadable.class);
    }

    private Target target(String url, WebhookSecret secret) {
        return new Target(
                channel,
                "ops",
                "webhook",
                "active",
                "a.example",
                false,
                box.seal(channel, new Settings(Map.of("url", url)).json()),
                Optional.of(box.seal(channel, secret.value())),
                Optional.empty(),
                Optional.empty());
    }
}
