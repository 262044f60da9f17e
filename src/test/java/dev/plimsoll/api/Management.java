package dev.plimsoll.api;

import static io.restassured.RestAssured.given;

import org.eclipse.microprofile.config.ConfigProvider;

/** The port of health and metrics. */
public final class Management {
    private Management() {}

    public static String metrics() {
        return get("/q/metrics");
    }

    public static String get(String path) {
        var port = ConfigProvider.getConfig().getValue("quarkus.management.port", Integer.class);
        return given().port(port).get(path).asString();
    }
}
