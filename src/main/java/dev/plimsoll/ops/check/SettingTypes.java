package dev.plimsoll.ops.check;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which type each setting of a mapping has. */
final class SettingTypes {
    private SettingTypes() {}

    /**
     * @param name with {@code *} for what the operator chooses
     * @param type of its value, or of each of them
     * @param many whether it is a list, with commas
     */
    record Setting(String name, Class<?> type, boolean many) {}

    static Stream<Setting> of(Class<?> mapping) {
        return inside(mapping, mapping.getAnnotation(ConfigMapping.class).prefix());
    }

    private static Stream<Setting> inside(Class<?> group, String prefix) {
        return Arrays.stream(group.getMethods())
                .flatMap(method -> settings(method.getGenericReturnType(), prefix + "." + name(method), false));
    }

    private static Stream<Setting> settings(Type type, String name, boolean many) {
        if (type instanceof ParameterizedType generic) {
            var arguments = generic.getActualTypeArguments();
            return switch ((Class<?>) generic.getRawType()) {
                case Class<?> raw when raw == Optional.class -> settings(arguments[0], name, many);
                case Class<?> raw when raw == List.class || raw == Set.class -> settings(arguments[0], name, true);
                case Class<?> raw when raw == Map.class -> settings(arguments[1], name + ".*", many);
                default -> Stream.empty();
            };
        }
        var plain = (Class<?>) type;
        return plain.isInterface() && plain.getName().startsWith("dev.plimsoll.")
                ? inside(plain, name)
                : Stream.of(new Setting(name, plain, many));
    }

    private static String name(Method method) {
        return Optional.ofNullable(method.getAnnotation(WithName.class))
                .map(WithName::value)
                .orElseGet(() -> method.getName()
                        .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                        .toLowerCase(Locale.ROOT));
    }
}
