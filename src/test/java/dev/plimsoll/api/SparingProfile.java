package dev.plimsoll.api;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Few requests are allowed, through a proxy that is trusted, and receivers are not waited for long. */
public class SparingProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "plimsoll.api.limits.per-key", "5",
                "plimsoll.api.limits.per-address", "8",
                "plimsoll.account.sign-ups-per-hour", "2",
                "plimsoll.api.trusted-proxies", "127.0.0.0/8,10.0.0.0/8",
                "plimsoll.delivery.timeout", "3s");
    }
}
