package dev.plimsoll.ops.provisioning;

import dev.plimsoll.api.Fault;
import dev.plimsoll.api.ProvisionedAccounts;
import dev.plimsoll.ops.Refused;
import dev.plimsoll.ops.provisioning.BundleFiles.Written;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Applies the accounts of files whenever the files say something else than was last applied. Replicas take turns at an
 * account; who comes second, or starts again, finds nothing to do. What cannot be applied is told, and keeps nothing else from running.
 */
@Singleton
class Provisioning {
    private static final Duration BUDGET = Duration.ofMinutes(2);

    private final Optional<Path> path;
    private final ProvisionedAccounts accounts;
    private final Vertx vertx;
    private final AtomicReference<List<Written>> applied = new AtomicReference<>(List.of());
    private final AtomicReference<Optional<String>> trouble = new AtomicReference<>(Optional.empty());

    @Inject
    Provisioning(ProvisioningConfig config, ProvisionedAccounts accounts, Vertx vertx) {
        this.path = config.path();
        this.accounts = accounts;
        this.vertx = vertx;
    }

    boolean isWanted() {
        return path.isPresent();
    }

    /** Why what is written there is not how things are; empty while it is. */
    Optional<String> trouble() {
        return trouble.get();
    }

    @Scheduled(
            identity = "provisioning",
            every = "${plimsoll.provisioning.every:10s}",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return path.map(this::look).orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Uni<Void> look(Path there) {
        return Uni.createFrom()
                .completionStage(() ->
                        vertx.executeBlocking(() -> BundleFiles.accounts(there)).toCompletionStage())
                .chain(this::applyNews)
                .ifNoItem()
                .after(BUDGET)
                .fail()
                .onFailure()
                .recoverWithUni(failure -> tell(Optional.of(sentence(there.toString(), failure))));
    }

    private Uni<Void> applyNews(List<Written> written) {
        if (written.equals(applied.get())) {
            return tell(Optional.empty());
        }
        return Multi.createFrom()
                .iterable(written)
                .onItem()
                .transformToUniAndConcatenate(this::apply)
                .collect()
                .asList()
                .chain(outcomes -> outcomes.stream()
                        .flatMap(Optional::stream)
                        .findFirst()
                        .map(why -> tell(Optional.of(why)))
                        .orElseGet(() -> {
                            applied.set(written);
                            return tell(Optional.empty());
                        }));
    }

    /** One that cannot be applied keeps no other from it. */
    private Uni<Optional<String>> apply(Written written) {
        return Uni.createFrom()
                .deferred(() -> accounts.apply(written.account()))
                .invoke(count -> log(written, count))
                .map(count -> Optional.<String>empty())
                .onFailure()
                .recoverWithItem(failure -> Optional.of(sentence(written.where(), failure)));
    }

    private static void log(Written written, int count) {
        if (count > 0) {
            Log.infof("account provisioned: from=%s changes=%d", written.where(), count);
        }
    }

    /** Said when it changes, not every time it is looked at. */
    private Uni<Void> tell(Optional<String> now) {
        var before = trouble.getAndSet(now);
        if (!now.equals(before)) {
            now.ifPresentOrElse(
                    why -> Log.errorf(
                            "accounts are not provisioned as written; mend it, nothing need be restarted: %s", why),
                    () -> Log.info("accounts are provisioned as written"));
        }
        return Uni.createFrom().voidItem();
    }

    private static String sentence(String where, Throwable failure) {
        return switch (failure) {
            case Refused refused -> refused.getMessage();
            case HttpProblem problem -> where + faults(problem);
            default -> where + ": " + failure.getClass().getSimpleName() + ", tried again";
        };
    }

    private static String faults(HttpProblem problem) {
        return problem.getParameters().get("errors") instanceof List<?> errors
                        && errors.getFirst() instanceof Fault first
                ? first.pointer() + ": " + first.detail()
                : ": " + problem.getDetail();
    }
}
