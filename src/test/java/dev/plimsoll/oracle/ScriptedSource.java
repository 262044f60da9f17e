package dev.plimsoll.oracle;

import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.BasisPoints;
import io.smallrye.mutiny.Multi;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A source that says what a test wants, and counts how often it was asked. */
final class ScriptedSource implements PriceSource {
    private final String name;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Function<Set<Asset>, Multi<Answer>> script;
    private volatile boolean off;
    private volatile Optional<Set<Asset>> listed = Optional.empty();
    private volatile Optional<String> family = Optional.empty();

    ScriptedSource(String name, Function<Set<Asset>, Multi<Answer>> script) {
        this.name = name;
        this.script = script;
    }

    void says(Function<Set<Asset>, Multi<Answer>> script) {
        this.script = script;
    }

    ScriptedSource offByDefault() {
        off = true;
        return this;
    }

    /** From now on only these, where it lists whatever is wanted. */
    void lists(Asset... assets) {
        listed = Optional.of(Set.of(assets));
    }

    ScriptedSource ofFamily(String family) {
        this.family = Optional.of(family);
        return this;
    }

    int asked() {
        return asked.get();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String family() {
        return family.orElse(name);
    }

    @Override
    public Defaults defaults(Optional<URI> url, Optional<String> key) {
        return new Defaults(
                URI.create("http://127.0.0.1"), Duration.ZERO, Duration.ofMinutes(1), BasisPoints.of(50), !off);
    }

    @Override
    public Set<Asset> covers(Set<Asset> wanted) {
        return listed.map(own -> wanted.stream().filter(own::contains).collect(Collectors.toSet()))
                .orElse(wanted);
    }

    @Override
    public Multi<Answer> ask(Set<Asset> assets, SourceSettings settings) {
        asked.incrementAndGet();
        return script.apply(assets);
    }
}
