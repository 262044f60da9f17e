package dev.plimsoll.ops.provisioning;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Says whether accounts are as their files say. Never down: a fault in a file must not stop the watch. */
@Readiness
@Singleton
class Provisioned implements HealthCheck {
    private final Provisioning provisioning;

    Provisioned(Provisioning provisioning) {
        this.provisioning = provisioning;
    }

    @Override
    public HealthCheckResponse call() {
        var trouble = provisioning.trouble();
        var answer = HealthCheckResponse.named("provisioning").up();
        trouble.ifPresent(why -> answer.withData("why", why));
        return answer.withData(
                        "state",
                        provisioning.isWanted() ? trouble.map(why -> "failed").orElse("applied") : "off")
                .build();
    }
}
