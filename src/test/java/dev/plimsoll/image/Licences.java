package dev.plimsoll.image;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether we may hand on the components of a CycloneDX list of parts, and say so under our own licence. */
final class Licences {
    /** The beginnings of those that let us; of several that a component offers, one is enough. */
    private static final List<String> ALLOWED = List.of(
            "apache-2.0",
            "apache license",
            "the apache",
            "mit",
            "bsd",
            "epl-",
            "eclipse public license",
            "eclipse distribution license",
            "edl ",
            "upl-",
            "universal permissive",
            "cc0",
            "public domain",
            "0bsd",
            "isc",
            "mpl-2.0",
            "mozilla public license",
            "bouncy castle",
            "postgresql",
            "unicode",
            "go license");

    private Licences() {}

    /** Every component that names no licence, or only such as are not allowed. */
    static List<String> forbidden(JsonObject bom) {
        return components(bom)
                .filter(component -> names(component).noneMatch(Licences::isAllowed))
                .map(component ->
                        component.getString("name") + ": " + names(component).toList())
                .toList();
    }

    static Stream<JsonObject> components(JsonObject bom) {
        return bom.getJsonArray("components").stream().map(JsonObject.class::cast);
    }

    private static boolean isAllowed(String name) {
        return ALLOWED.stream().anyMatch(name.toLowerCase(Locale.ROOT)::startsWith);
    }

    private static Stream<String> names(JsonObject component) {
        return component.getJsonArray("licenses", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .flatMap(Licences::offered);
    }

    /** Of a choice such as {@code EPL-2.0 OR GPL-2.0} each is a name; of licences that all hold only the whole is. */
    private static Stream<String> offered(JsonObject choice) {
        var expression = Optional.ofNullable(choice.getString("expression"));
        if (expression.isPresent()) {
            return Stream.of(expression.get().split("\\s+OR\\s+")).map(name -> name.replaceAll("[()]", ""));
        }
        var licence = choice.getJsonObject("license");
        return Stream.of(licence.getString("id", licence.getString("name", "")));
    }
}
