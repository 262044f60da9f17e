package dev.plimsoll.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plimsoll.account.Tenant;
import dev.plimsoll.account.Written;
import dev.plimsoll.api.BundleSteps.Change;
import dev.plimsoll.api.BundleSteps.Step;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * An account as one document: written, and made so. What is applied twice changes nothing the second time; what cannot be
 * applied as a whole is not applied at all.
 */
@Singleton
public class Bundles {
    private final Tenant tenant;
    private final Inventory inventory;
    private final BundleForm form;
    private final BundleSteps steps;
    private final BundleChannels channels;
    private final BundleJson json;
    private final Clock clock;

    Bundles(
            Tenant tenant,
            Inventory inventory,
            BundleForm form,
            BundleSteps steps,
            BundleChannels channels,
            BundleJson json,
            Clock clock) {
        this.tenant = tenant;
        this.inventory = inventory;
        this.form = form;
        this.steps = steps;
        this.channels = channels;
        this.json = json;
        this.clock = clock;
    }

    /**
     * What applying one came to.
     *
     * @param secrets of new channels, by their word; told once
     * @param proofs  what became of the proofs of channels that are new or lead elsewhere, by id
     */
    public record Applied(List<Change> changes, JsonObject secrets, JsonObject proofs) {
        public JsonObject json(boolean dryRun) {
            var answer = new JsonObject()
                    .put("dryRun", dryRun)
                    .put(
                            "changes",
                            new JsonArray(changes.stream().map(Change::json).toList()));
            return dryRun ? answer : answer.put("secrets", secrets).put("verifications", proofs);
        }

        private Applied proven(JsonObject done) {
            return new Applied(changes, secrets, done);
        }

        /** How many things were written or deleted. */
        public int count() {
            return changes.size();
        }
    }

    Uni<JsonObject> write(UUID account) {
        return tenant.session(account, session -> inventory.of(session, account))
                .map(held -> json.write(held, clock.instant()));
    }

    /** Fails with a problem that names every fault where it cannot be applied. @param dryRun says what it would change, and changes nothing */
    public Uni<Applied> apply(UUID account, ObjectNode bundle, boolean dryRun) {
        return tenant.session(account, session -> inventory.of(session, account))
                .map(held -> form.read(bundle, held))
                .chain(channels::admit)
                .chain(() -> commit(account, bundle, dryRun))
                .chain(done -> dryRun
                        ? Uni.createFrom().item(done.applied())
                        : channels.finish(done.plan(), account)
                                .map(proofs -> done.applied().proven(proofs)));
    }

    private record Done(Applied applied, BundleChannels.Plan plan) {}

    private Uni<Done> commit(UUID account, ObjectNode bundle, boolean dryRun) {
        return Writes.keyed(
                        tenant.session(
                                account,
                                session -> locked(session, account)
                                        .chain(() -> inventory.of(session, account))
                                        .chain(held -> write(session, held, form.read(bundle, held)))
                                        .chain(done -> dryRun
                                                ? Uni.createFrom().<Done>failure(new Rehearsed(done))
                                                : Uni.createFrom().item(done))),
                        "thing")
                .onFailure(Rehearsed.class)
                .recoverWithItem(rehearsed -> ((Rehearsed) rehearsed).done);
    }

    /** Two that apply at once take turns. */
    private static Uni<Integer> locked(Mutiny.Session session, UUID account) {
        return session.createNativeQuery("select 1 from account where id = :account for no key update", Integer.class)
                .setParameter("account", account)
                .getSingleResultOrNull();
    }

    private Uni<Done> write(Mutiny.Session session, Holdings held, Bundle bundle) {
        var told = channels.plan(bundle, held.account().id());
        var all = inOrder(held, bundle, told);
        var gone = told.gone().stream()
                .map(channel -> new Change("delete", "channel", channel.key().orElse(channel.name())));
        var changes = Stream.concat(all.stream().map(Step::change), gone).toList();
        var secrets = new JsonObject();
        told.secrets().forEach(secrets::put);
        return Multi.createFrom()
                .iterable(all)
                .onItem()
                .transformToUniAndConcatenate(step -> take(session, step))
                .collect()
                .last()
                .replaceWith(new Done(new Applied(changes, secrets, new JsonObject()), told));
    }

    /** What refers to others comes after them. */
    private List<Step> inOrder(Holdings held, Bundle bundle, BundleChannels.Plan told) {
        var account = held.account().id();
        return Stream.of(
                        steps.ofRulesGone(bundle, account),
                        steps.ofPositions(bundle, account),
                        told.steps(),
                        steps.ofRules(bundle, account),
                        steps.ofSilences(bundle, held, account),
                        steps.ofDigests(bundle, held))
                .flatMap(List::stream)
                .toList();
    }

    private static Uni<Void> take(Mutiny.Session session, Step step) {
        return step.write()
                .apply(session)
                .invoke(written ->
                        Writes.value((Written<?>) written, step.change().kind()))
                .replaceWithVoid();
    }

    /** Undoes what was only tried. */
    private static final class Rehearsed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Done done;

        Rehearsed(Done done) {
            super(null, null, false, false);
            this.done = done;
        }
    }
}
