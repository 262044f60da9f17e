package dev.plimsoll.api;

import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which methods a path takes, learnt from every resource method at the start. */
@Provider
@Singleton
public class AllowedMethods implements DynamicFeature {

    /** @param path a pattern */
    private record Route(String method, String path) {}

    private final List<Route> routes = new CopyOnWriteArrayList<>();

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        var method = resource.getResourceMethod();
        var path = path(resource.getResourceClass().getAnnotation(Path.class)) + path(method.getAnnotation(Path.class));
        verbs(method).forEach(verb -> routes.add(new Route(verb, path)));
    }

    private static String path(Path path) {
        return Optional.ofNullable(path)
                .map(Path::value)
                .map(AllowedMethods::pattern)
                .orElse("");
    }

    private static String pattern(String path) {
        return path.replaceAll("\\{\\w+}", "[^/]+");
    }

    private static Stream<String> verbs(Method method) {
        return Stream.of(method.getAnnotations())
                .flatMap(annotation ->
                        Stream.ofNullable(annotation.annotationType().getAnnotation(HttpMethod.class)))
                .map(HttpMethod::value);
    }

    /** As the Allow header lists them. */
    String of(String path) {
        var built = routes.stream().filter(route -> path.matches(route.path())).map(Route::method);
        return Stream.concat(built, NotYet.methods(path)).distinct().sorted().collect(Collectors.joining(", "));
    }

    /** Whether this is the path of an operation, with names in braces: {@code /api/v1/positions/{id}}. */
    boolean isPath(String path) {
        return routes.stream().anyMatch(route -> route.path().equals(pattern(path)));
    }
}
