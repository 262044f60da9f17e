package dev.plimsoll.api;

import dev.plimsoll.account.AdminKey;
import dev.plimsoll.account.SignUps;
import dev.plimsoll.account.SignUps.Admission;
import dev.plimsoll.account.SignUps.Admitted;
import dev.plimsoll.account.SignUps.Closed;
import dev.plimsoll.account.SignUps.TooMany;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Who may make an account over HTTP: whoever may sign up; the operator always. */
@ApplicationScoped
class SignUpDoor {
    private final SignUps signUps;
    private final AdminKey admin;

    SignUpDoor(SignUps signUps, AdminKey admin) {
        this.signUps = signUps;
        this.admin = admin;
    }

    /**
     * Fails with a problem for whom the door is shut.
     *
     * @param client address of who stands before it
     */
    Uni<Void> pass(Optional<String> authorization, String client) {
        return Bearer.of(authorization).filter(admin::is).isPresent()
                ? Uni.createFrom().voidItem()
                : signUps.ask(client).invoke(SignUpDoor::require).replaceWithVoid();
    }

    private static void require(Admission admission) {
        switch (admission) {
            case Admitted() -> {}
            case Closed() ->
                throw Problems.forbidden("Sign-up is closed here: ask the operator of this Plimsoll for an account.");
            case TooMany(var anHour, var pause) ->
                throw Problems.rateLimited(
                        "More than " + anHour + " accounts in an hour from one address. Come back later.", pause);
        }
    }
}
