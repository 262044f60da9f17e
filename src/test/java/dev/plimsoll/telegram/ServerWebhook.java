package dev.plimsoll.telegram;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Calls the bot, one update after another; what is not answered with 2xx is sent again, later and later. */
final class ServerWebhook {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final ServerUpdates updates;
    private final ExecutorService threads;
    private final HttpClient client = HttpClient.newHttpClient();
    private volatile URI url;
    private volatile String secret = "";
    private volatile String lastError = "";
    private boolean calling;

    ServerWebhook(ServerUpdates updates, ExecutorService threads) {
        this.updates = updates;
        this.threads = threads;
    }

    /** On this machine http will do. */
    synchronized Boolean set(JsonObject asked) {
        var wanted = asked.getString("url", "");
        if (wanted.isEmpty()) {
            return delete();
        }
        if (!wanted.matches("https://.+|http://(127\\.0\\.0\\.1|localhost):.+")) {
            throw Refusal.bad("bad webhook: An HTTPS URL must be provided for webhook");
        }
        var port = URI.create(wanted).getPort();
        if (wanted.startsWith("https") && port != -1 && port != 443 && port != 80 && port != 88 && port != 8443) {
            throw Refusal.bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443");
        }
        if (!asked.getString("secret_token", "").matches("[A-Za-z0-9_-]{0,256}")) {
            throw Refusal.bad("secret token contains unallowed characters");
        }
        updates.allow(asked);
        url = URI.create(wanted);
        secret = asked.getString("secret_token", "");
        updates.useWebhook(true);
        if (!calling) {
            calling = true;
            threads.execute(this::call);
        }
        return true;
    }

    Boolean delete() {
        updates.useWebhook(false);
        return true;
    }

    JsonObject info() {
        var info = new JsonObject()
                .put("url", updates.isWebhook() ? url.toString() : "")
                .put("has_custom_certificate", false)
                .put("pending_update_count", updates.waiting());
        return lastError.isEmpty() ? info : info.put("last_error_message", lastError);
    }

    private void call() {
        var pause = FIRST_PAUSE_MILLIS;
        try {
            while (true) {
                var update = updates.next();
                if (isTaken(update)) {
                    updates.taken(update);
                    pause = FIRST_PAUSE_MILLIS;
                } else {
                    TimeUnit.MILLISECONDS.sleep(pause);
                    pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isTaken(JsonObject update) throws InterruptedException {
        var request = HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(update.encode()));
        if (!secret.isEmpty()) {
            request.header("X-Telegram-Bot-Api-Secret-Token", secret);
        }
        try {
            var status = client.send(request.build(), BodyHandlers.discarding()).statusCode();
            lastError = status / 100 == 2 ? "" : "Wrong response from the webhook: " + status;
            return status / 100 == 2;
        } catch (IOException e) {
            lastError = "Connection refused";
            return false;
        }
    }
}
