package dev.plimsoll.ops.check;

import dev.plimsoll.delivery.telegram.BotToken;
import dev.plimsoll.ops.check.Finding.Fault;
import dev.plimsoll.ops.check.Finding.Fine;
import dev.plimsoll.ops.check.Finding.Weak;
import dev.plimsoll.wire.OperatorHttp;
import dev.plimsoll.wire.Reply;
import dev.plimsoll.wire.WireConfig;
import dev.plimsoll.wire.WireFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** Whether Telegram knows our bot, and can call us where it should. */
record TelegramCheck(Config config, WireConfig wire) {
    private static final String SUBJECT = "Telegram";
    private static final String PREFIX = "plimsoll.delivery.telegram.";
    private static final String TOKEN = PREFIX + "token";
    private static final String PUBLIC_URL = "plimsoll.api.public-url";
    private static final String TELEGRAM = "https://api.telegram.org";
    private static final Set<Integer> PORTS = Set.of(-1, 443, 80, 88, 8443);

    List<Finding> findings() {
        var token = said(TOKEN);
        if (token.isEmpty()) {
            return List.of(new Fine(SUBJECT, "not set up; " + TOKEN + " sets it up"));
        }
        return Stream.concat(Stream.of(bot(token.get())), webhook().stream()).toList();
    }

    private Finding bot(String token) {
        if (!BotToken.isToken(token)) {
            return new Fault(SUBJECT, TOKEN + " is no token of a bot: copy it from @BotFather again.");
        }
        var base = URI.create(said(PREFIX + "url").orElse(TELEGRAM).replaceFirst("/+$", ""));
        return new Asking(wire).all(http -> List.of(me(http, base, token))).getFirst();
    }

    private static Uni<Finding> me(OperatorHttp http, URI base, String token) {
        return http.get(URI.create(base + "/bot" + token + "/getMe"), Map.of(), Asking.LIMITS)
                .map(reply -> finding(base, reply))
                .onFailure(WireFailure.class)
                .recoverWithItem(failure -> silent(base, failure.getMessage()));
    }

    private static Finding finding(URI base, Reply reply) {
        return switch (reply.status()) {
            case 200 ->
                name(reply)
                        .<Finding>map(name -> new Fine(SUBJECT, "knows our bot as @" + name))
                        .orElseGet(() -> silent(base, "what answers is not Telegram"));
            case 401, 404 ->
                new Fault(SUBJECT, "Telegram does not know our bot: mend " + TOKEN + "; @BotFather has it.");
            default -> silent(base, "HTTP status " + reply.status());
        };
    }

    private static Optional<String> name(Reply reply) {
        try {
            return Optional.ofNullable(new JsonObject(reply.body())
                    .getJsonObject("result", new JsonObject())
                    .getString("username"));
        } catch (DecodeException | ClassCastException notTelegram) {
            return Optional.empty();
        }
    }

    private static Finding silent(URI base, String why) {
        return new Weak(
                SUBJECT,
                "%s does not answer as it should (%s), so chats hear nothing for now: open the way to it, or set %surl."
                        .formatted(base.getHost(), why, PREFIX));
    }

    /** Telegram calls nobody on another port, and nobody without TLS. */
    private Optional<Finding> webhook() {
        if (!config.getOptionalValue(PREFIX + "webhook", Boolean.class).orElse(false)) {
            return Optional.empty();
        }
        var url = said(PUBLIC_URL).map(URI::create);
        var fits = url.filter(it -> "https".equals(it.getScheme()) && PORTS.contains(it.getPort()));
        return Optional.of(fits.<Finding>map(it -> new Fine(SUBJECT, "calls us at " + it.getHost()))
                .orElseGet(() -> new Fault(
                        SUBJECT,
                        "Telegram cannot call us: %s must be https on port 443, 80, 88 or 8443, or set %swebhook=false."
                                .formatted(PUBLIC_URL, PREFIX))));
    }

    private Optional<String> said(String setting) {
        return config.getOptionalValue(setting, String.class);
    }
}
