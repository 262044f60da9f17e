package dev.plimsoll.api;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;

/**
 * Completes what the resources say of themselves to a whole document: examples, what every operation has in common, and the
 * operations that are not built yet.
 */
@OpenApiFilter(OpenApiFilter.RunStage.RUN)
public class ApiDocument implements OASFilter {
    private static final Set<String> CREATING = Set.of(
            "POST /accounts",
            "POST /account/keys",
            "POST /channels",
            "POST /positions",
            "POST /rules",
            "POST /silences",
            "POST /digests");

    /** Those that an Idempotency-Key makes safe to repeat. */
    private static final Set<String> REPEATABLE = Stream.concat(
                    CREATING.stream(), Stream.of("POST /positions/{id}/adjust"))
            .collect(Collectors.toUnmodifiableSet());

    private final Examples examples = Examples.read();

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.servers(List.of(OASFactory.createServer().url("/")));
        document.info(DocumentParts.info());
        document.components(DocumentParts.components());
        document.tags(DocumentParts.tags());
        document.getPaths().getPathItems().forEach(this::complete);
        NotYet.OPERATIONS.forEach(operation -> add(document, operation));
    }

    private void complete(String path, PathItem item) {
        item.getOperations().forEach((method, operation) -> complete(method, path, operation));
    }

    private void complete(HttpMethod method, String path, Operation operation) {
        var name = method + " " + path.substring(Creation.BASE.length());
        operation.operationId(id(name));
        operation.security(security(path));
        operation.parameters(parameters(name, operation));
        operation.requestBody(examples.request(name)
                .map(example -> OASFactory.createRequestBody()
                        .required(true)
                        .content(DocumentParts.json(example, examples.moreRequests(name))))
                .orElse(null));
        operation.responses(responses(name));
    }

    /** The stream takes a key, and does without. */
    private static List<SecurityRequirement> security(String path) {
        if (path.equals(Creation.BASE + "/stream")) {
            return List.of(OASFactory.createSecurityRequirement(), DocumentParts.bearer());
        }
        return isOpen(path) ? List.of() : List.of(DocumentParts.bearer());
    }

    private static boolean isOpen(String path) {
        return path.startsWith(Creation.BASE + "/market")
                || path.startsWith(Creation.BASE + "/l/")
                || path.startsWith(Creation.BASE + "/callbacks/")
                || path.startsWith(Creation.BASE + "/recovery")
                || path.equals(Creation.BASE + "/accounts")
                || path.equals(Creation.BASE + "/simulate");
    }

    /** {@code GET /positions/{id}} becomes {@code get-positions-id}. */
    private static String id(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-").replaceAll("-$", "");
    }

    private static List<Parameter> parameters(String name, Operation operation) {
        var parameters =
                new ArrayList<>(Optional.ofNullable(operation.getParameters()).orElse(List.of()));
        parameters.forEach(DocumentParts::describe);
        if (REPEATABLE.contains(name)) {
            parameters.add(DocumentParts.idempotencyKey());
        }
        return parameters;
    }

    private APIResponses responses(String name) {
        var responses = OASFactory.createAPIResponses();
        var success = OASFactory.createAPIResponse();
        var body = examples.response(name)
                .map(example -> DocumentParts.json(example, examples.moreResponses(name)))
                .or(() -> examples.events(name).map(DocumentParts::events));
        body.ifPresent(success::content);
        var code = CREATING.contains(name) ? "201" : body.isPresent() ? "200" : "204";
        success.description(DocumentParts.meaning(code));
        return responses.addAPIResponse(code, success).addAPIResponse("4XX", DocumentParts.refusal(refused()));
    }

    private static JsonObject refused() {
        return new JsonObject(Map.of(
                "type", ProblemType.INVALID.uri().toString(),
                "title", ProblemType.INVALID.title(),
                "status", ProblemType.INVALID.status(),
                "detail", "'name' is required.",
                "errors", List.of(Map.of("detail", "'name' is required.", "pointer", "/name"))));
    }

    private static void add(OpenAPI document, NotYet.Operation unbuilt) {
        var name = unbuilt.method() + " " + unbuilt.path();
        var refusal = DocumentParts.refusal(notYet(unbuilt));
        var operation = OASFactory.createOperation()
                .operationId(id(name))
                .addTag(DocumentParts.NOT_YET)
                .summary(unbuilt.what())
                .description("Part of the contract, not built yet: answers 422 `not-yet`.")
                .security(List.of())
                .parameters(DocumentParts.pathParameters(unbuilt.path()))
                .responses(OASFactory.createAPIResponses()
                        .addAPIResponse("422", refusal)
                        .addAPIResponse("default", refusal));
        var path = Creation.BASE + unbuilt.path();
        var item = Optional.ofNullable(document.getPaths().getPathItem(path)).orElseGet(OASFactory::createPathItem);
        item.setOperation(HttpMethod.valueOf(unbuilt.method()), operation);
        document.getPaths().addPathItem(path, item);
    }

    private static JsonObject notYet(NotYet.Operation unbuilt) {
        return new JsonObject(Map.of(
                "type", ProblemType.NOT_YET.uri().toString(),
                "title", ProblemType.NOT_YET.title(),
                "status", ProblemType.NOT_YET.status(),
                "detail", Problems.notYet(unbuilt.what()).getDetail()));
    }
}
