package dev.plimsoll.api;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The API and the courier: no watch that publishes other prices, webhooks to this machine allowed, no limit in the way. */
public class ApiProfile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "plimsoll.pipeline.courier", "true",
                "plimsoll.account.admin-key", "the-operators-own-key",
                "plimsoll.delivery.allow-private", "127.0.0.0/8",
                "plimsoll.delivery.allow-http", "true",
                "plimsoll.delivery.ports", "1-65535",
                "plimsoll.delivery.timeout", "20s",
                "plimsoll.api.limits.per-key", "100000",
                "plimsoll.api.limits.per-address", "100000");
    }
}
