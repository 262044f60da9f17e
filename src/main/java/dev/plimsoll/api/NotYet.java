package dev.plimsoll.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** The part of the contract that is not built: each operation answers 422 {@code not-yet}. Building one removes its line. */
final class NotYet {
    static final List<Operation> OPERATIONS = List.of(
            new Operation("POST", "/wallets", "Following a wallet"),
            new Operation("GET", "/wallets", "Following a wallet"),
            new Operation("GET", "/wallets/{id}", "Following a wallet"),
            new Operation("DELETE", "/wallets/{id}", "Following a wallet"),
            new Operation("POST", "/discover", "Looking what a wallet holds"),
            new Operation("GET", "/market/protocols", "The list of protocols"));

    /**
     * @param path below {@code /api/v1}; a name in braces stands for one segment
     * @param what as the start of a sentence
     */
    record Operation(String method, String path, String what) {

        boolean is(String otherMethod, String otherPath) {
            return method.equals(otherMethod)
                    && otherPath.matches(Creation.BASE + path.replaceAll("\\{\\w+}", "[^/]+"));
        }
    }

    /** What these operations say a path takes. */
    static Stream<String> methods(String path) {
        return OPERATIONS.stream()
                .map(Operation::method)
                .filter(method -> OPERATIONS.stream().anyMatch(operation -> operation.is(method, path)));
    }

    @ServerRequestFilter(preMatching = true, priority = 6_000)
    void refuse(ContainerRequestContext request) {
        var path = request.getUriInfo().getPath();
        OPERATIONS.stream()
                .filter(operation -> operation.is(request.getMethod(), path))
                .findFirst()
                .ifPresent(operation -> {
                    throw Problems.notYet(operation.what());
                });
    }
}
