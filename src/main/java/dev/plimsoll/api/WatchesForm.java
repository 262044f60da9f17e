package dev.plimsoll.api;

import dev.plimsoll.api.form.Form;
import dev.plimsoll.api.form.Reader;
import dev.plimsoll.api.form.Readers;
import dev.plimsoll.rule.Watches;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what a rule looks at. */
@Singleton
class WatchesForm {
    private static final String LABEL = "[A-Za-z0-9._:-]{1,100}=.{1,100}";

    private final AssetNames assets;

    WatchesForm(AssetNames assets) {
        this.assets = assets;
    }

    Reader<Watches> reader() {
        return Readers.wordOr(
                "all",
                new Watches.All(),
                Readers.object("\"all\" or an object such as {\"label\":\"team=treasury\"}", this::object));
    }

    private Optional<Watches> object(Form form) {
        if (form.says("wallet")) {
            throw Problems.notYet("Rules that watch a wallet");
        }
        var position = form.optional("position", Readers.uuid()).<Watches>map(Watches.OnePosition::new);
        var label = form.optional("label", label());
        var asset = form.optional("asset", assets.reader()).<Watches>map(Watches.OneAsset::new);
        var said = Stream.of("position", "label", "asset").filter(form::says).count();
        if (said != 1) {
            form.refuse("Say \"all\", or exactly one of 'position', 'label' and 'asset'.");
        }
        return form.complete(() -> position.or(() -> label).or(() -> asset).orElseThrow());
    }

    private static Reader<Watches> label() {
        return Readers.text(201)
                .where(text -> text.matches(LABEL), "A label is written as name=value: \"team=treasury\".")
                .map(text -> text.split("=", 2))
                .map(parts -> new Watches.Labelled(parts[0], parts[1]));
    }
}
