package dev.plimsoll.delivery;

import dev.plimsoll.alert.Drilled;
import io.quarkus.arc.All;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The kinds of channel there are. */
@Singleton
public final class Kinds {
    private final Map<String, Channel> channels;

    @Inject
    Kinds(@All List<Channel> channels) {
        this.channels = channels.stream()
                .collect(Collectors.toMap(Channel::kind, Function.identity(), (one, other) -> one, TreeMap::new));
    }

    /** Every kind, by name. */
    public List<String> names() {
        return List.copyOf(channels.keySet());
    }

    /** Those that are so. */
    public List<String> names(Predicate<Channel> such) {
        return names().stream().filter(kind -> such.test(of(kind))).toList();
    }

    /** Empty for a kind that only another release knows, as while one replaces the other. */
    public Optional<Channel> find(String kind) {
        return Optional.ofNullable(channels.get(kind));
    }

    /** @throws Unknown for a kind that only another release knows */
    public Channel of(String kind) {
        return find(kind).orElseThrow(() -> new Unknown(kind));
    }

    /** Whether such channels tell of such notices; those of an unknown kind are given all. */
    boolean wants(String kind, String type) {
        return find(kind).map(channel -> channel.wants(Drilled.played(type))).orElse(true);
    }

    /** Whether it is loud enough to wake somebody: as its owner says, else as its kind is. */
    public boolean wakes(RegisteredChannel channel) {
        return channel.loud()
                .orElseGet(() -> find(channel.kind()).map(Channel::wakesYou).orElse(false));
    }

    /** What the API answers of a channel's settings. */
    Settings shown(String kind, Settings settings) {
        return shown(of(kind), settings);
    }

    static Settings shown(Channel kind, Settings settings) {
        var shown = new TreeMap<String, String>();
        kind.fields()
                .forEach(field -> settings.find(field).ifPresent(value -> shown.put(field.name(), field.shown(value))));
        return new Settings(shown);
    }

    /** Whether both lead to the same. */
    public boolean leadsAlike(String kind, Settings one, Settings other) {
        return address(kind, one).equals(address(kind, other));
    }

    /** To whom it leads: equal for two channels that reach the same. Secret. */
    String address(String kind, Settings settings) {
        return of(kind).fields().stream()
                .filter(Field::leads)
                .map(field -> settings.find(field).orElse(""))
                .collect(Collectors.joining(" ", kind + " ", ""));
    }

    /**
     * What it shares with other channels, so that they are slow or gone together: host and port of a URL of its user's,
     * otherwise its kind.
     */
    String host(String kind, Settings settings) {
        return of(kind).fields().stream()
                .filter(field -> field.form() instanceof Field.Url)
                .flatMap(field -> settings.find(field).stream())
                .map(url -> URI.create(url).getRawAuthority().toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse(kind);
    }

    /** There is no such kind of channel in this release. */
    public static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unknown(String kind) {
            super("this release of Plimsoll knows no channel of the kind " + kind);
        }
    }
}
