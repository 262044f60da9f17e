package dev.plimsoll.api;

import dev.plimsoll.api.BundleSteps.Change;
import dev.plimsoll.api.BundleSteps.Step;
import dev.plimsoll.api.ChannelForm.Registration;
import dev.plimsoll.delivery.ChannelDraft;
import dev.plimsoll.delivery.ChannelStore;
import dev.plimsoll.delivery.Field;
import dev.plimsoll.delivery.Kinds;
import dev.plimsoll.delivery.OpenedChannel;
import dev.plimsoll.delivery.RegisteredChannel;
import dev.plimsoll.delivery.SecretRotation;
import dev.plimsoll.delivery.Settings;
import dev.plimsoll.delivery.WebhookSecret;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The channels of a bundle. Those that are made or lead elsewhere are proven afterwards, when nothing waits for a receiver; and
 * only then those go that are not in it, each by itself, so that what waits for them is told elsewhere. Another signing secret
 * is given afterwards, too: whoever is interrupted before finds it still to be done the next time.
 */
@Singleton
class BundleChannels {
    private final ChannelStore channels;
    private final ChannelUrls urls;
    private final ChannelProofs proofs;
    private final Kinds kinds;
    private final SecretRotation rotation;

    BundleChannels(
            ChannelStore channels, ChannelUrls urls, ChannelProofs proofs, Kinds kinds, SecretRotation rotation) {
        this.channels = channels;
        this.urls = urls;
        this.proofs = proofs;
        this.kinds = kinds;
        this.rotation = rotation;
    }

    /**
     * @param steps   in the transaction
     * @param secrets signing secrets that are told once, by the word of their channel
     * @param rotated signing secrets that take the place of others
     * @param doubted channels whose proof is to be sent
     * @param gone    channels to be deleted
     */
    record Plan(
            List<Step> steps,
            Map<String, String> secrets,
            Map<UUID, WebhookSecret> rotated,
            List<UUID> doubted,
            List<RegisteredChannel> gone) {
        Plan() {
            this(new ArrayList<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    /** Fails with a problem where we would not call a URL of it. */
    Uni<Void> admit(Bundle bundle) {
        return Multi.createFrom()
                .iterable(bundle.channels().orElse(List.of()))
                .onItem()
                .transformToUniAndConcatenate(
                        asked -> urls.admit(asked.kind(), asked.draft().settings()))
                .collect()
                .last();
    }

    Plan plan(Bundle bundle, UUID account) {
        var plan = new Plan();
        bundle.channels().ifPresent(wanted -> {
            bundle.matches().channels().rest().forEach(one -> plan.gone().add(one.channel()));
            wanted.forEach(asked -> add(plan, asked, bundle.matches().channels(), account));
        });
        return plan;
    }

    private void add(Plan plan, Registration asked, Matching<OpenedChannel> matching, UUID account) {
        var draft = asked.draft();
        var id = matching.id(draft.key(), draft.name());
        matching.now(draft.key(), draft.name())
                .ifPresentOrElse(now -> change(plan, asked, now, account), () -> create(plan, asked, id, account));
    }

    private void create(Plan plan, Registration asked, UUID id, UUID account) {
        var secret = asked.secret().or(() -> made(plan, asked));
        plan.doubted().add(id);
        plan.steps()
                .add(new Step(
                        new Change("create", "channel", word(asked)),
                        session -> channels.add(session, account, id, asked.kind(), asked.draft(), secret)));
    }

    private void change(Plan plan, Registration asked, OpenedChannel now, UUID account) {
        requireSameKind(now, asked);
        var id = now.channel().id();
        var other = asked.secret().filter(said -> !now.secret().equals(Optional.of(said)));
        other.ifPresent(secret -> plan.rotated().put(id, secret));
        if (other.isEmpty() && isSame(now, asked.draft())) {
            return;
        }
        var merged = merged(asked.kind(), now.settings(), asked.draft().settings());
        if (!kinds.leadsAlike(asked.kind(), now.settings(), merged)) {
            plan.doubted().add(id);
        }
        plan.steps()
                .add(new Step(
                        new Change("update", "channel", word(asked)),
                        session -> channels.change(
                                session,
                                account,
                                id,
                                (there, settings) -> whole(asked.kind(), asked.draft(), settings))));
    }

    private static String word(Registration asked) {
        return asked.draft().key().orElse(asked.draft().name());
    }

    /** Where nobody says what it signs with. */
    private Optional<WebhookSecret> made(Plan plan, Registration asked) {
        if (!kinds.of(asked.kind()).signs()) {
            return Optional.empty();
        }
        var secret = WebhookSecret.generate();
        plan.secrets().put(word(asked), secret.value());
        return Optional.of(secret);
    }

    private static void requireSameKind(OpenedChannel there, Registration asked) {
        if (!there.channel().kind().equals(asked.kind())
                || !there.channel().buddy().equals(asked.draft().buddy())) {
            throw Problems.invalid(
                    "A channel of this name is there as another kind, or as another person's: give this one another name.",
                    "/channels");
        }
    }

    private boolean isSame(OpenedChannel there, ChannelDraft draft) {
        var channel = there.channel();
        return channel.key().equals(draft.key())
                && channel.name().equals(draft.name())
                && channel.labels().equals(draft.labels())
                && channel.loud().equals(draft.loud())
                && effective(channel.kind(), merged(channel.kind(), there.settings(), draft.settings()))
                        .equals(effective(channel.kind(), there.settings()));
    }

    /** With what stands for what was not said. */
    private Map<String, Optional<String>> effective(String kind, Settings settings) {
        var values = new LinkedHashMap<String, Optional<String>>();
        kinds.of(kind).fields().forEach(field -> values.put(field.name(), settings.find(field)));
        return values;
    }

    private ChannelDraft whole(String kind, ChannelDraft draft, Settings now) {
        return new ChannelDraft(
                draft.key(),
                draft.name(),
                draft.labels(),
                merged(kind, now, draft.settings()),
                draft.buddy(),
                draft.loud());
    }

    /** What was learnt when it was linked is no bundle's to say. */
    private Settings merged(String kind, Settings now, Settings said) {
        var merged = said;
        for (Field field : kinds.of(kind).fields()) {
            if (!field.isSaid()) {
                merged = merged.with(field, Optional.ofNullable(now.values().get(field.name())));
            }
        }
        return merged;
    }

    /** After the transaction. @return what became of the proofs, by the id of the channel */
    Uni<JsonObject> finish(Plan plan, UUID account) {
        return Multi.createFrom()
                .iterable(plan.gone())
                .onItem()
                .transformToUniAndConcatenate(channel -> channels.delete(account, channel.id(), there -> {}))
                .collect()
                .last()
                .chain(() -> rotate(plan.rotated(), account))
                .chain(() -> prove(plan.doubted(), account));
    }

    /** Before anything is sent there: the proof is signed with it already. */
    private Uni<Void> rotate(Map<UUID, WebhookSecret> rotated, UUID account) {
        return Multi.createFrom()
                .iterable(rotated.entrySet())
                .onItem()
                .transformToUniAndConcatenate(entry -> rotation.rotate(account, entry.getKey(), entry.getValue()))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<JsonObject> prove(List<UUID> doubted, UUID account) {
        return Multi.createFrom()
                .iterable(doubted)
                .onItem()
                .transformToUniAndConcatenate(id -> channels.receiver(account, id)
                        .chain(found -> found.map(to -> proofs.send(to).map(result -> told(to.channel(), result)))
                                .orElseGet(() -> Uni.createFrom().item(new JsonObject()))))
                .collect()
                .in(JsonObject::new, JsonObject::mergeIn);
    }

    private static JsonObject told(UUID channel, ChannelProofs.Result result) {
        return new JsonObject().put(channel.toString(), ChannelProofs.sentence(result));
    }
}
