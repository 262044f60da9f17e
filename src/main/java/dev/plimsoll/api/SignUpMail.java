package dev.plimsoll.api;

import dev.plimsoll.account.AccountDraft;
import dev.plimsoll.delivery.ChannelDraft;
import dev.plimsoll.delivery.ChannelStore;
import dev.plimsoll.delivery.Kinds;
import dev.plimsoll.delivery.MailAddress;
import dev.plimsoll.delivery.Settings;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Whoever signs up with a mail address has it as their first channel, once they have confirmed it (double opt-in). Nothing of
 * that where no mail can be sent.
 */
@ApplicationScoped
class SignUpMail {
    static final String CHANNEL = "emailChannel";

    private static final String KIND = "email";

    private final Kinds kinds;
    private final ChannelStore channels;
    private final ChannelProofs proofs;

    SignUpMail(Kinds kinds, ChannelStore channels, ChannelProofs proofs) {
        this.kinds = kinds;
        this.channels = channels;
        this.proofs = proofs;
    }

    /** In the transaction that makes the account. @return the id of the channel */
    Uni<Optional<UUID>> add(Mutiny.Session session, UUID account, AccountDraft draft) {
        return address(draft)
                .map(address -> channels.add(session, account, KIND, channel(address), Optional.empty())
                        .map(written -> Writes.value(written, ChannelResource.WHAT))
                        .map(made -> Optional.of(made.id())))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    private Optional<MailAddress> address(AccountDraft draft) {
        return kinds.find(KIND)
                .filter(kind -> kind.unavailable().isEmpty())
                .flatMap(kind -> draft.email())
                .flatMap(MailAddress::parse);
    }

    private static ChannelDraft channel(MailAddress address) {
        return new ChannelDraft(Optional.empty(), "E-mail", Map.of(), new Settings(Map.of("address", address.value())));
    }

    /** After that transaction: asks for the confirmation, where there is such a channel, and says so. */
    Uni<RestResponse<JsonObject>> ask(RestResponse<JsonObject> answer) {
        var body = answer.getEntity();
        if (!body.containsKey(CHANNEL) || answer.getHeaders().containsKey(Creation.REPLAYED)) {
            return Uni.createFrom().item(answer);
        }
        return channels.receiver(UUID.fromString(body.getString("id")), UUID.fromString(body.getString(CHANNEL)))
                .map(Optional::orElseThrow)
                .chain(proofs::send)
                .invoke(result -> body.put("verification", ChannelProofs.sentence(result)))
                .replaceWith(answer);
    }
}
