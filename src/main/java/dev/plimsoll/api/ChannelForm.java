package dev.plimsoll.api;

import dev.plimsoll.api.form.Form;
import dev.plimsoll.api.form.Reader;
import dev.plimsoll.api.form.Readers;
import dev.plimsoll.delivery.ChannelDraft;
import dev.plimsoll.delivery.Field;
import dev.plimsoll.delivery.Kinds;
import dev.plimsoll.delivery.MailAddress;
import dev.plimsoll.delivery.OpenedChannel;
import dev.plimsoll.delivery.RegisteredChannel;
import dev.plimsoll.delivery.Settings;
import dev.plimsoll.delivery.WebhookSecret;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads a channel, whole or changed in part: what every kind has here, the rest by the fields of its kind. */
@Singleton
class ChannelForm {
    private static final List<String> PROMISED = List.of("email", "telegram", "pushover", "pagerduty", "ntfy");
    private static final String SECRET = "secret";
    private static final int MAX_URL = 2_048;
    private static final int MAX_TOKEN = 500;
    private static final int MAX_MAILBOX = 500;

    private final Kinds kinds;

    ChannelForm(Kinds kinds) {
        this.kinds = kinds;
    }

    /**
     * URLs in it are not yet seen by the guard.
     *
     * @param secret it is to sign with; empty leaves that to us
     */
    record Registration(String kind, ChannelDraft draft, Optional<WebhookSecret> secret) {}

    /**
     * What is named changes, null clears, everything else stays.
     *
     * @param said the settings that were named, URLs not yet seen by the guard
     */
    record Change(Settings said, BiFunction<RegisteredChannel, Settings, ChannelDraft> edit) {}

    Registration create(byte[] body) {
        return Form.of(body, this::create);
    }

    Change change(String kind, byte[] body) {
        return Form.of(body, form -> change(kind, form));
    }

    private Optional<Registration> create(Form form) {
        return create(form, (key, name) -> Optional.empty(), Optional.empty());
    }

    /**
     * One of several, which may say what it signs with. What is secret may be left out of one that is there: it stays as it is.
     *
     * @param known what it is by its key and name, if it is
     */
    Reader<Registration> reader(BiFunction<Optional<String>, String, Optional<OpenedChannel>> known) {
        return Readers.object(form -> create(form, known, form.optional(SECRET, secret())));
    }

    private Optional<Registration> create(
            Form form,
            BiFunction<Optional<String>, String, Optional<OpenedChannel>> known,
            Optional<WebhookSecret> secret) {
        var kind = form.required("kind", kind());
        var key = form.optional("key", Readers.key());
        var name = form.required("name", Readers.text(PositionForm.MAX_NAME));
        var labels = form.optional("labels", Readers.labels());
        var now = name.flatMap(said -> known.apply(key, said))
                .filter(there -> kind.filter(there.channel().kind()::equals).isPresent())
                .map(OpenedChannel::settings);
        var settings = kind.map(word -> settings(form, said(word), now)).orElseGet(() -> new Settings(Map.of()));
        var buddy = form.optional("buddy", Readers.object(ChannelForm::buddy));
        var loud = form.optional("loud", Readers.flag());
        secret.ifPresent(some -> requireSigned(form, kind));
        if (kind.isEmpty()) {
            kinds.names().forEach(any -> said(any).forEach(field -> form.mentions(field.name())));
        }
        return form.complete(() -> new Registration(
                kind.orElseThrow(),
                new ChannelDraft(key, name.orElseThrow(), labels.orElse(Map.of()), settings, buddy, loud),
                secret));
    }

    private void requireSigned(Form form, Optional<String> kind) {
        kind.filter(word -> !kinds.of(word).signs())
                .ifPresent(
                        word -> form.refuse(SECRET, "Channels of the kind " + word + " sign nothing: leave it out."));
    }

    private static Reader<WebhookSecret> secret() {
        return Readers.token(MAX_TOKEN)
                .find(
                        WebhookSecret::parse,
                        text -> "Expected 'whsec_' and the base64 of 24 to 64 random bytes, as Standard Webhooks say.");
    }

    private static Optional<String> buddy(Form form) {
        var name = form.required("name", Readers.text(PositionForm.MAX_NAME));
        return form.complete(name::orElseThrow);
    }

    private List<Field> said(String kind) {
        return kinds.of(kind).fields().stream().filter(Field::isSaid).toList();
    }

    /** @param now what it was; what may not be shown stays where it is not said anew */
    private static Settings settings(Form form, List<Field> fields, Optional<Settings> now) {
        var said = new LinkedHashMap<String, String>();
        fields.forEach(field -> setting(form, field, now).ifPresent(value -> said.put(field.name(), value)));
        return new Settings(said);
    }

    private static Optional<String> setting(Form form, Field field, Optional<Settings> now) {
        var kept = now.filter(before -> field.display() != Field.Display.WHOLE)
                .flatMap(before -> Optional.ofNullable(before.values().get(field.name())));
        return field.required() && kept.isEmpty()
                ? form.required(field.name(), reader(field))
                : form.optional(field.name(), reader(field))
                        .or(() -> form.says(field.name()) ? Optional.empty() : kept);
    }

    private Optional<Change> change(String kind, Form form) {
        form.optional("kind", Readers.oneOf(List.of(kind)));
        var named = form.mentions("key");
        var key = form.optional("key", Readers.key());
        var name = form.optional("name", Readers.text(PositionForm.MAX_NAME));
        var labelled = form.mentions("labels");
        var labels = form.optional("labels", Readers.labels());
        var sounds = form.mentions("loud");
        var loud = form.optional("loud", Readers.flag());
        var changed = changed(form, said(kind));
        if (form.mentions("buddy")) {
            form.refuse("buddy", "Whose channel it is stays as it was. Register another one for another person.");
        }
        return form.complete(() -> new Change(
                changed.apply(new Settings(Map.of())),
                (now, settings) -> new ChannelDraft(
                        named ? key : now.key(),
                        name.orElse(now.name()),
                        labelled ? labels.orElse(Map.of()) : now.labels(),
                        changed.apply(settings),
                        now.buddy(),
                        sounds ? loud : now.loud())));
    }

    private static Function<Settings, Settings> changed(Form form, List<Field> fields) {
        return fields.stream()
                .filter(field -> form.mentions(field.name()))
                .map(field -> changed(form, field))
                .reduce(Function.identity(), Function::andThen);
    }

    private static Function<Settings, Settings> changed(Form form, Field field) {
        if (field.required() && !form.says(field.name())) {
            form.refuse(field.name(), "'" + field.name() + "' cannot be cleared.");
        }
        var value = form.optional(field.name(), reader(field));
        return settings -> settings.with(field, value);
    }

    private static Reader<String> reader(Field field) {
        return switch (field.form()) {
            case Field.Url() -> Readers.token(MAX_URL);
            case Field.Token(var pattern, var otherwise) ->
                Readers.token(MAX_TOKEN).where(text -> pattern.matcher(text).matches(), otherwise);
            case Field.Choice(var words) -> Readers.oneOf(words);
            case Field.Mailbox() ->
                Readers.text(MAX_MAILBOX)
                        .find(MailAddress::parse, MailAddress::fault)
                        .map(MailAddress::value);
            case Field.Learnt() -> throw new IllegalArgumentException(field.name() + " is not read but learnt");
        };
    }

    private Reader<String> kind() {
        var built = kinds.names();
        var words = Stream.concat(built.stream(), PROMISED.stream()).distinct().toList();
        return Readers.oneOf(words).map(word -> {
            if (!built.contains(word)) {
                throw Problems.notYet("Channels of the kind '" + word + "'");
            }
            kinds.of(word).unavailable().ifPresent(why -> {
                throw Problems.invalid(why, "/kind");
            });
            return word;
        });
    }
}
