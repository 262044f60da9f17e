package dev.plimsoll.delivery.channel;

import dev.plimsoll.delivery.Channel;
import dev.plimsoll.delivery.DeliveryConfig;
import dev.plimsoll.delivery.Field;
import dev.plimsoll.delivery.HttpSender;
import dev.plimsoll.delivery.HttpSender.Answer;
import dev.plimsoll.delivery.Message;
import dev.plimsoll.delivery.Outcome;
import dev.plimsoll.delivery.Outcome.Delivered;
import dev.plimsoll.delivery.Proof;
import dev.plimsoll.delivery.Proof.Proven;
import dev.plimsoll.delivery.Proof.Unproven;
import dev.plimsoll.delivery.ProofCode;
import dev.plimsoll.delivery.Receiver;
import dev.plimsoll.delivery.WebhookSignature;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A URL of the user's that gets signed events. */
@Singleton
class WebhookChannel implements Channel {
    private static final Field URL = Field.url("url");

    private final HttpSender http;
    private final Map<String, WebhookFormat> formats;
    private final Field format;
    private final boolean provenFirst;

    @Inject
    WebhookChannel(HttpSender http, @All List<WebhookFormat> formats, DeliveryConfig config) {
        this.http = http;
        this.formats = formats.stream().collect(Collectors.toMap(WebhookFormat::name, Function.identity()));
        this.format = Field.choice(
                        "format", this.formats.keySet().stream().sorted().toList())
                .orElse(StandardFormat.NAME);
        this.provenFirst = config.verifyWebhooks();
    }

    @Override
    public String kind() {
        return "webhook";
    }

    @Override
    public List<Field> fields() {
        return List.of(URL, format);
    }

    @Override
    public boolean signs() {
        return true;
    }

    @Override
    public boolean isProvenFirst() {
        return provenFirst;
    }

    @Override
    public boolean groups() {
        return false;
    }

    @Override
    public String body(Receiver to, Message message) {
        return format(to).body(to, message);
    }

    @Override
    public Uni<Outcome> send(Receiver to, Parcel parcel) {
        return post(to, parcel).map(Answer::outcome);
    }

    @Override
    public Uni<Proof> prove(Receiver to, Parcel parcel, ProofCode code) {
        return format(to).isRead()
                ? send(to, parcel).map(Proof::byReading)
                : post(to, parcel).map(answer -> proof(answer, code));
    }

    private Uni<Answer> post(Receiver to, Parcel parcel) {
        return http.toUsers(
                format(to).url(to.settings().get(URL)),
                headers(to, parcel),
                parcel.body(),
                reply -> format(to).meaning(reply, parcel.at()));
    }

    private WebhookFormat format(Receiver to) {
        return formats.get(to.settings().get(format));
    }

    private static Map<String, String> headers(Receiver to, Parcel parcel) {
        var id = parcel.id().toString();
        return Map.of(
                "Content-Type",
                "application/json",
                "webhook-id",
                id,
                "webhook-timestamp",
                String.valueOf(parcel.at().getEpochSecond()),
                "webhook-signature",
                WebhookSignature.of(id, parcel.at(), parcel.body(), to.secrets()));
    }

    private static Proof proof(Answer answer, ProofCode code) {
        if (!(answer.outcome() instanceof Delivered)) {
            return Proof.failed(answer.outcome());
        }
        return echoed(answer.body()).filter(code::isSameAs).isPresent()
                ? new Proven()
                : new Unproven("The receiver took the proof but did not answer with its code.");
    }

    /** The whole body, or the member {@code code} of a JSON object. */
    private static Optional<String> echoed(String body) {
        if (!body.stripLeading().startsWith("{")) {
            return Optional.of(body);
        }
        try {
            return Optional.ofNullable(new JsonObject(body).getValue("code"))
                    .filter(String.class::isInstance)
                    .map(String.class::cast);
        } catch (DecodeException notJson) {
            return Optional.empty();
        }
    }
}
