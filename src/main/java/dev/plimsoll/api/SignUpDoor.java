package dev.plimsoll.api;

import dev.plimsoll.account.AccountConfig;
import dev.plimsoll.account.AccountConfig.SignUp;
import dev.plimsoll.account.AdminKey;
import dev.plimsoll.api.rate.Bucket;
import dev.plimsoll.api.rate.Buckets;
import dev.plimsoll.api.rate.Draw;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Who may make an account: anybody while it is open, a few an hour from one address; the operator always. */
@ApplicationScoped
class SignUpDoor {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Buckets buckets;
    private final AdminKey admin;
    private final boolean open;
    private final int anHour;

    SignUpDoor(
            Buckets buckets,
            AdminKey admin,
            AccountConfig config,
            @ConfigProperty(name = "quarkus.http.host") String host) {
        this.buckets = buckets;
        this.admin = admin;
        this.open = config.signUp().orElse(isLoopback(host) ? SignUp.OPEN : SignUp.CLOSED) == SignUp.OPEN;
        this.anHour = config.signUpsPerHour();
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
    }

    /**
     * Fails with a problem for whom the door is shut.
     *
     * @param client address of who stands before it
     */
    Uni<Void> pass(Optional<String> authorization, String client) {
        return Bearer.of(authorization).filter(admin::is).isPresent()
                ? Uni.createFrom().voidItem()
                : anybody(client);
    }

    private Uni<Void> anybody(String client) {
        if (!open) {
            throw Problems.forbidden("Sign-up is closed here: ask the operator of this Plimsoll for an account.");
        }
        return buckets.draw(List.of(new Bucket("sign-up", client, anHour, HOUR)))
                .invoke(draws -> draws.forEach(this::refuse))
                .replaceWithVoid();
    }

    private void refuse(Draw draw) {
        if (!draw.granted()) {
            throw Problems.rateLimited(
                    "More than " + anHour + " accounts in an hour from one address. Come back later.", draw.pause());
        }
    }
}
