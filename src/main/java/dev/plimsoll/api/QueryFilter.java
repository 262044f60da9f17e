package dev.plimsoll.api;

import dev.plimsoll.unit.Nearest;
import dev.plimsoll.unit.Printable;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses query parameters that an operation does not have: a misspelt filter would be answered with everything. Links to
 * pages carry what others hang on them.
 */
class QueryFilter {

    @ServerRequestFilter
    void refuse(ContainerRequestContext request, ResourceInfo target) {
        if (!request.getUriInfo().getPath().startsWith(Creation.BASE)) {
            return;
        }
        var known = Stream.of(target.getResourceMethod().getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(RestQuery.class))
                .map(Parameter::getName)
                .toList();
        var faults = request.getUriInfo().getQueryParameters().keySet().stream()
                .filter(name -> !known.contains(name))
                .limit(10)
                .map(name -> new Fault(unknown(name, known), ""))
                .toList();
        if (!faults.isEmpty()) {
            throw Problems.malformed(faults);
        }
    }

    private static String unknown(String name, List<String> known) {
        var all = known.isEmpty() ? "; there are none here." : ". Known: " + String.join(", ", known) + ".";
        return "There is no query parameter '" + Printable.shortened(name) + "'"
                + Nearest.to(name, known)
                        .map(near -> ": did you mean '" + near + "'?")
                        .orElse(all);
    }
}
