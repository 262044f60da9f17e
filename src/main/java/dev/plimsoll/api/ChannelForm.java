package dev.plimsoll.api;

import dev.plimsoll.api.form.Form;
import dev.plimsoll.api.form.Reader;
import dev.plimsoll.api.form.Readers;
import dev.plimsoll.delivery.ChannelDraft;
import dev.plimsoll.delivery.RegisteredChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads a channel, whole or changed in part. */
final class ChannelForm {
    private static final String WEBHOOK = "webhook";
    private static final List<String> KINDS_NOT_YET = List.of("email", "telegram", "pushover", "pagerduty", "ntfy");
    private static final String STANDARD = "standard";
    private static final List<String> FORMATS_NOT_YET = List.of("slack", "discord", "alertmanager");
    private static final int MAX_URL = 2_048;

    private ChannelForm() {}

    /** @param url not yet seen by the URL guard */
    record Registration(ChannelDraft draft, String url) {}

    /**
     * @param url  where it leads from now on, not yet seen by the URL guard; empty leaves it
     * @param edit what is named changes, null clears, everything else stays
     */
    record Change(Optional<String> url, Function<RegisteredChannel, ChannelDraft> edit) {}

    static Registration create(byte[] body) {
        return Form.of(body, ChannelForm::create);
    }

    static Change change(byte[] body) {
        return Form.of(body, ChannelForm::change);
    }

    private static Optional<Registration> create(Form form) {
        form.required("kind", builtOf("Channels of the kind", List.of(WEBHOOK), KINDS_NOT_YET));
        var key = form.optional("key", Readers.key());
        var name = form.required("name", Readers.text(PositionForm.MAX_NAME));
        var labels = form.optional("labels", Readers.labels());
        var url = form.required("url", Readers.token(MAX_URL));
        var format = form.optional("format", format());
        return form.complete(() -> new Registration(
                new ChannelDraft(key, name.orElseThrow(), labels.orElse(Map.of()), format.orElse(STANDARD)),
                url.orElseThrow()));
    }

    private static Optional<Change> change(Form form) {
        form.optional("kind", builtOf("Channels of the kind", List.of(WEBHOOK), KINDS_NOT_YET));
        var named = form.mentions("key");
        var key = form.optional("key", Readers.key());
        var name = form.optional("name", Readers.text(PositionForm.MAX_NAME));
        var labelled = form.mentions("labels");
        var labels = form.optional("labels", Readers.labels());
        var url = form.optional("url", Readers.token(MAX_URL));
        var format = form.optional("format", format());
        return form.complete(() -> new Change(
                url,
                now -> new ChannelDraft(
                        named ? key : now.key(),
                        name.orElse(now.name()),
                        labelled ? labels.orElse(Map.of()) : now.labels(),
                        format.orElse(now.format()))));
    }

    private static Reader<String> format() {
        return builtOf("Webhooks of the format", List.of(STANDARD), FORMATS_NOT_YET);
    }

    private static Reader<String> builtOf(String what, List<String> built, List<String> notYet) {
        var words = Stream.concat(built.stream(), notYet.stream()).toList();
        return Readers.oneOf(words).map(word -> {
            if (notYet.contains(word)) {
                throw Problems.notYet(what + " '" + word + "'");
            }
            return word;
        });
    }
}
