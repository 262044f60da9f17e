package dev.plimsoll.ops.check;

import dev.plimsoll.ops.check.Finding.Fault;
import dev.plimsoll.unit.Nearest;
import io.smallrye.config.SmallRyeConfig;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/** What is wrong with the values of our settings, told by name before anything stumbles over it. */
public final class SettingValues {
    private static final Set<String> YES_OR_NO =
            Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "t", "f", "1", "0");

    private static final Map<Class<?>, String> EXPECTED = Map.of(
            boolean.class, "true or false",
            Boolean.class, "true or false",
            int.class, "a whole number",
            Integer.class, "a whole number",
            long.class, "a whole number",
            Long.class, "a whole number",
            Duration.class, "a duration such as 500ms, 10s, 5m or PT1H",
            Instant.class, "an instant such as 2026-01-31T12:00:00Z");

    private SettingValues() {}

    public static List<Fault> wrong(Config config) {
        var smallrye = config.unwrap(SmallRyeConfig.class);
        return KnownSettings.MAPPINGS.stream()
                .flatMap(SettingTypes::of)
                .flatMap(setting -> names(config, setting.name())
                        .map(name -> new SettingTypes.Setting(name, setting.type(), setting.many())))
                .flatMap(setting -> fault(smallrye, setting).stream())
                .distinct()
                .toList();
    }

    /** Where the operator chooses a part of the name, those that were chosen. */
    private static Stream<String> names(Config config, String name) {
        if (!name.contains("*")) {
            return Stream.of(name);
        }
        var pattern = name.replace(".", "\\.").replace("*", "[^.]+");
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(written -> written.matches(pattern));
    }

    private static Optional<Fault> fault(SmallRyeConfig config, SettingTypes.Setting setting) {
        var said = Optional.ofNullable(config.getConfigValue(setting.name()).getValue())
                .filter(value -> !value.isBlank());
        return said.stream()
                .flatMap(value ->
                        setting.many() ? Arrays.stream(value.split(",")).map(String::strip) : Stream.of(value))
                .filter(value -> !fits(config, value, setting.type()))
                .findFirst()
                .map(value -> new Fault(
                        "settings",
                        "%s is '%s': say %s.%s"
                                .formatted(
                                        setting.name(),
                                        value,
                                        expected(setting.type()),
                                        meant(value, setting.type()))));
    }

    private static boolean fits(SmallRyeConfig config, String value, Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return YES_OR_NO.contains(value.strip().toLowerCase(Locale.ROOT));
        }
        if (type.isEnum()) {
            return words(type).contains(value.strip().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        try {
            return config.convert(value, type) != null;
        } catch (IllegalArgumentException | DateTimeException wrong) {
            return false;
        }
    }

    private static String expected(Class<?> type) {
        return type.isEnum()
                ? (words(type).size() == 1 ? "" : "one of ") + String.join(", ", words(type))
                : EXPECTED.getOrDefault(type, "a " + type.getSimpleName());
    }

    private static String meant(String value, Class<?> type) {
        return type.isEnum()
                ? Nearest.to(value, words(type))
                        .map(word -> " Did you mean " + word + "?")
                        .orElse("")
                : "";
    }

    private static List<String> words(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(word -> ((Enum<?>) word).name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }
}
