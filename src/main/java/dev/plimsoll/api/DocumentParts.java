package dev.plimsoll.api;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.examples.Example;
import org.eclipse.microprofile.openapi.models.info.Info;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.eclipse.microprofile.openapi.models.tags.Tag;

/** What operations of the API's document have in common. */
final class DocumentParts {
    static final String NOT_YET = "Not built yet";

    private static final String KEY = "apiKey";
    private static final String PROBLEM = "Problem";
    /** What the example of the most common kind is called where there are several. */
    private static final String USUAL = "declared";

    /** Ids in paths refer to it. */
    private static final String UUID = "UUID";

    private static final String DESCRIPTION = """
            Plimsoll warns people before their leveraged positions are liquidated.

            Decimals are strings in answers; requests take strings or numbers. Times are RFC 3339 in UTC, durations ISO-8601. \
            Every refusal is an `application/problem+json` (RFC 9457) that names all faults at once; its `type` leads to a page \
            that explains it. Unknown fields are refused by name. Lists are paged by `limit` and `after`. Clients must ignore \
            fields they do not know.""";

    private static final Map<String, String> PARAMETERS = Map.ofEntries(
            Map.entry("id", "Its id, a UUID. An unknown id and one of another account answer alike: 404."),
            Map.entry("asset", "The symbol of an asset in the registry, or another name of it."),
            Map.entry("token", "The token of the link."),
            Map.entry("limit", "How many items a page has: 1 to 200, 50 when left out."),
            Map.entry("after", "The cursor that the page before told as `next`."),
            Map.entry("state", "Only those in this state."),
            Map.entry("position", "Only those of the position with this id."),
            Map.entry("from", "When a history begins, RFC 3339; a day before its end when left out."),
            Map.entry("to", "When a history ends, RFC 3339; now when left out."),
            Map.entry(
                    "step",
                    "How far apart its points are, in whole minutes from `PT1M` to `P31D`; `PT5M` when left out, or longer"
                            + " where that would be more than 2,000 points."),
            Map.entry("dryRun", "`true` says what would change, and changes nothing."),
            Map.entry("Accept", "`application/yaml` for YAML."),
            Map.entry("Content-Type", "`application/json` or `application/yaml`."),
            Map.entry("rule", "Only those of the rule with this id."),
            Map.entry("alert", "Only those of the alert with this id."),
            Map.entry("channel", "Only those to the channel with this id."),
            Map.entry("assets", "Only these in market events: symbols or other names, with commas between them."),
            Map.entry("events", "Only these: `market`, `source`, `alert`, `position`, with commas between them."),
            Map.entry("Last-Event-ID", "The id of the last event that an earlier connection heard."),
            Map.entry("If-Match", "The ETag of what was read. When it changed in the meantime, the answer is 412."),
            Map.entry("Authorization", "`Bearer` and the operator's admin key, where sign-up is closed."));

    private DocumentParts() {}

    static Info info() {
        return OASFactory.createInfo()
                .title("Plimsoll")
                .version("1")
                .description(DESCRIPTION)
                .license(OASFactory.createLicense()
                        .name("Apache-2.0")
                        .url("https://www.apache.org/licenses/LICENSE-2.0"));
    }

    static List<Tag> tags() {
        return List.of(
                tag("Accounts", "Who is asking, and with which keys."),
                tag("Operation", "For the operator of the service, with a key of their own."),
                tag("Channels", "Ways to reach a person."),
                tag("Positions", "What is watched."),
                tag("Rules", "When to be told."),
                tag("Alerts", "What fired, and what became of it."),
                tag("Drills", "Whether somebody wakes, and how soon."),
                tag("Silences", "What is not to be told for a while."),
                tag("Digests", "What is read by the calendar: of the day, of the week, before going to bed."),
                tag("Deliveries", "What was told, and the proof."),
                tag("Market", "What Plimsoll believes of prices, and from whom. Open to anybody."),
                tag(NOT_YET, "Part of the contract; each answers 422 until it is built."));
    }

    private static Tag tag(String name, String description) {
        return OASFactory.createTag().name(name).description(description);
    }

    static Components components() {
        return OASFactory.createComponents()
                .addSecurityScheme(
                        KEY,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("An API key of the account: `plm_…`."))
                .addSchema(
                        UUID,
                        OASFactory.createSchema().addType(SchemaType.STRING).format("uuid"))
                .addSchema(PROBLEM, problem());
    }

    private static Schema problem() {
        return OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .description("RFC 9457.")
                .addProperty("type", text("Leads to a page that explains this kind of refusal."))
                .addProperty("title", text("The kind of refusal."))
                .addProperty("status", OASFactory.createSchema().addType(SchemaType.INTEGER))
                .addProperty("detail", text("A sentence you can act on."))
                .addProperty("instance", text("The path that was asked, without what is secret in it."))
                .addProperty(
                        "errors",
                        OASFactory.createSchema().addType(SchemaType.ARRAY).items(fault()));
    }

    private static Schema fault() {
        return OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .addProperty("detail", text("A sentence you can act on."))
                .addProperty("pointer", text("Where, as an RFC 6901 JSON pointer."));
    }

    private static Schema text(String description) {
        return OASFactory.createSchema().addType(SchemaType.STRING).description(description);
    }

    static SecurityRequirement bearer() {
        return OASFactory.createSecurityRequirement().addScheme(KEY);
    }

    static void describe(Parameter parameter) {
        parameter.description(PARAMETERS.getOrDefault(parameter.getName(), ""));
    }

    static List<Parameter> pathParameters(String path) {
        return Arrays.stream(path.split("/"))
                .filter(segment -> segment.startsWith("{"))
                .map(segment -> parameter(segment.substring(1, segment.length() - 1), Parameter.In.PATH)
                        .required(true))
                .peek(DocumentParts::describe)
                .toList();
    }

    static Parameter idempotencyKey() {
        return parameter("Idempotency-Key", Parameter.In.HEADER)
                .description(
                        "For 24 hours, the same request with the same key answers as the first did, without its secret,"
                                + " and makes nothing new.");
    }

    private static Parameter parameter(String name, Parameter.In in) {
        return OASFactory.createParameter()
                .name(name)
                .in(in)
                .schema(OASFactory.createSchema().addType(SchemaType.STRING));
    }

    /** @param more examples of other kinds, by the name of each; the document names either one example or several */
    static Content json(JsonObject example, Map<String, JsonObject> more) {
        var schema = OASFactory.createSchema().addType(SchemaType.OBJECT);
        if (more.isEmpty()) {
            return content("application/json", schema, example);
        }
        var media = OASFactory.createMediaType()
                .schema(schema)
                .addExample(example.getString("kind", USUAL), named(example));
        more.forEach((name, other) -> media.addExample(name, named(other)));
        return OASFactory.createContent().addMediaType("application/json", media);
    }

    private static Example named(JsonObject example) {
        return OASFactory.createExample().value(plain(example));
    }

    private static Map<String, Object> plain(JsonObject example) {
        return new JsonObject(example.encode()).getMap();
    }

    static APIResponse refusal(JsonObject example) {
        var schema = OASFactory.createSchema().ref("#/components/schemas/" + PROBLEM);
        return OASFactory.createAPIResponse()
                .description("Refused, with every fault at once.")
                .content(content("application/problem+json", schema, example));
    }

    static Content events(String example) {
        var schema = OASFactory.createSchema().addType(SchemaType.STRING);
        var media = OASFactory.createMediaType().schema(schema).example(example);
        return OASFactory.createContent().addMediaType("text/event-stream", media);
    }

    private static Content content(String type, Schema schema, JsonObject example) {
        var media = OASFactory.createMediaType().schema(schema).example(plain(example));
        return OASFactory.createContent().addMediaType(type, media);
    }

    static String meaning(String status) {
        return switch (status) {
            case "201" -> "Made. `Location` says where it is.";
            case "204" -> "Done; there is nothing to show.";
            default -> "As it is now.";
        };
    }
}
