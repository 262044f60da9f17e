package dev.plimsoll.crash;

import static org.awaitility.Awaitility.await;

import dev.plimsoll.telegram.Shown;
import dev.plimsoll.telegram.TelegramServer;
import dev.plimsoll.telegram.TelegramUser;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A person who makes an account in Telegram, asks for what is secret there, and types what nobody should. */
final class CanaryChat {
    static final String SEED = "zebra wagon canary thunder velvet orbit lunar puzzle ginger harbor meadow anchor";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final CanaryRun run;
    private final TelegramUser ada;
    private final String key;

    CanaryChat(CanaryRun run) {
        this.run = run;
        this.ada = run.telegram().person(run.names().plant("Telegram name", "Canaryna Birdwatch"));
        var secrets = run.secrets();
        secrets.plant("chat id", Long.toString(ada.id()));
        ada.presses(says("/start", "Shall I make an account"), "Create my account");
        hears(0, "Your account is ready\\.");
        key = secrets.plant(
                "API key made in Telegram", found(says("/key", "plm_").text(), "(plm_[0-9A-Za-z]+)"));
        secrets.plant(
                "login token", found(says("/login", "signs you in").buttons().encode(), "/login/([A-Za-z0-9_-]+)"));
        says(secrets.plant("seed phrase", SEED), "looked like a private key");
        says(
                run.names().plant("wallet in a chat", "0xCa9a7e00112233445566778899aabbccddeeff00"),
                "I did not understand");
        says("/watch 10 eth", "At which share");
        says("80%", "owe");
        ada.presses(says("12k usdc", "12,000"), "Watch it");
        hears(0, "I watch it from now on");
    }

    /** Telegram repeats its token, which is told in the answer to a test. */
    void telegramFails() throws IOException, InterruptedException {
        run.telegram().fails("sendMessage", 400, "Bad Request: chat not found, token " + TelegramServer.TOKEN);
        for (var channel : run.talk().list(key, "/channels")) {
            run.talk().call(key, "POST", "/channels/" + channel + "/test", "");
        }
    }

    /** What the bot says of it. */
    private Shown says(String text, String answer) {
        var before = ada.heard().size();
        ada.writes(text);
        return hears(before, answer);
    }

    private Shown hears(int before, String pattern) {
        var looked = Pattern.compile(pattern);
        return await(pattern)
                .atMost(PATIENCE)
                .until(
                        () -> ada.heard().stream()
                                .skip(before)
                                .filter(shown -> looked.matcher(shown.text()).find())
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static String found(String text, String pattern) {
        return Optional.of(Pattern.compile(pattern).matcher(text))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .orElseThrow(() -> new AssertionError("no " + pattern + " in what was said"));
    }
}
