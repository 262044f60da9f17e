package dev.plimsoll.delivery.telegram;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The bot's token, and what is made of it; every replica makes the same. */
@Singleton
public class BotToken {
    private static final Pattern FORM = Pattern.compile("(\\d{1,18}):[A-Za-z0-9_-]{30,}");
    private static final int NAME_BYTES = 16;

    private final Optional<String> token;
    private final String base;
    private final Optional<String> chosenSecret;

    @Inject
    BotToken(TelegramConfig config) {
        this.token = config.token().map(String::strip).filter(said -> !said.isEmpty());
        this.base = config.url().toString().replaceFirst("/+$", "");
        this.chosenSecret = config.webhookSecret();
    }

    /** Whether it has the form that @BotFather gives them. */
    public static boolean isToken(String said) {
        return FORM.matcher(said.strip()).matches();
    }

    boolean isSet() {
        return token.isPresent();
    }

    /** The bot's id, with which the token begins; 0 where it is no token. */
    long bot() {
        return token.filter(BotToken::isToken)
                .map(said -> Long.parseLong(said.substring(0, said.indexOf(':'))))
                .orElse(0L);
    }

    /** Secret: nobody is told it. */
    URI url(String method) {
        return URI.create(base + "/bot" + token.orElseThrow() + "/" + method);
    }

    /** Stands for a chat where its id must not be read. */
    String nameOf(long chat) {
        return letters(Arrays.copyOf(hash("chat " + chat), NAME_BYTES));
    }

    /** What Telegram shows when it calls us. */
    String webhookSecret() {
        return chosenSecret.orElseGet(() -> letters(hash("webhook secret")));
    }

    private byte[] hash(String of) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(token.orElseThrow().getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
            return mac.doFinal(of.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA256", e);
        }
    }

    private static String letters(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
