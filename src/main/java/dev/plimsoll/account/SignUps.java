package dev.plimsoll.account;

import dev.plimsoll.account.AccountConfig.SignUp;
import dev.plimsoll.account.rate.Bucket;
import dev.plimsoll.account.rate.Buckets;
import dev.plimsoll.account.rate.Draw;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Who may sign up, wherever they come from: anybody while it is open, a few an hour for each. */
@ApplicationScoped
public class SignUps {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Buckets buckets;
    private final boolean open;
    private final int anHour;

    SignUps(Buckets buckets, AccountConfig config, @ConfigProperty(name = "quarkus.http.host") String host) {
        this.buckets = buckets;
        this.open = config.signUp().orElse(isLoopback(host) ? SignUp.OPEN : SignUp.CLOSED) == SignUp.OPEN;
        this.anHour = config.signUpsPerHour();
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
    }

    /** What somebody is told who asks for an account. */
    public sealed interface Admission {}

    public record Admitted() implements Admission {}

    /** Only the operator makes accounts. */
    public record Closed() implements Admission {}

    /**
     * @param anHour how many one may make
     * @param pause  until the next
     */
    public record TooMany(int anHour, Duration pause) implements Admission {}

    /** Whether strangers may sign up at all. */
    public boolean areOpen() {
        return open;
    }

    /**
     * Counts one more.
     *
     * @param who a client address, or the like; holds no secret
     */
    public Uni<Admission> ask(String who) {
        return open
                ? buckets.draw(List.of(new Bucket("sign-up", who, anHour, HOUR)))
                        .map(draws ->
                                draws.stream().filter(draw -> !draw.granted()).findFirst())
                        .map(refused -> refused.map(this::tooMany).orElseGet(Admitted::new))
                : Uni.createFrom().item(new Closed());
    }

    private Admission tooMany(Draw draw) {
        return new TooMany(anHour, draw.pause());
    }
}
