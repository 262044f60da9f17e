package dev.plimsoll.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ApiDocumentTest {
    /** The contract, written down a second time. */
    private static final List<String> CONTRACT = """
            POST /accounts
            GET /account
            PATCH /account
            DELETE /account
            GET /account/keys
            POST /account/keys
            DELETE /account/keys/{id}
            POST /recovery
            POST /recovery/keys
            GET /account/bundle
            PUT /account/bundle
            GET /admin/accounts
            GET /admin/accounts/{id}
            POST /admin/accounts/{id}/suspend
            POST /admin/accounts/{id}/resume
            PUT /admin/accounts/{id}/quotas
            POST /channels
            GET /channels
            GET /channels/{id}
            PATCH /channels/{id}
            DELETE /channels/{id}
            POST /channels/{id}/verify
            POST /channels/{id}/verification
            POST /channels/{id}/test
            POST /channels/{id}/rotate-secret
            POST /channels/{id}/redeliver-failed
            POST /callbacks/{token}
            POST /positions
            GET /positions
            GET /positions/{id}
            PUT /positions/{id}
            PATCH /positions/{id}
            DELETE /positions/{id}
            POST /positions/{id}/adjust
            GET /positions/{id}/history
            POST /positions/{id}/simulate
            POST /simulate
            POST /wallets
            GET /wallets
            GET /wallets/{id}
            DELETE /wallets/{id}
            POST /discover
            POST /rules
            GET /rules
            GET /rules/{id}
            PUT /rules/{id}
            PATCH /rules/{id}
            DELETE /rules/{id}
            POST /rules/preview
            POST /rules/backtest
            GET /alerts
            GET /alerts/{id}
            POST /alerts/{id}/acknowledge
            POST /alerts/{id}/snooze
            POST /drills
            GET /drills
            GET /drills/{id}
            DELETE /drills/{id}
            POST /silences
            GET /silences
            DELETE /silences/{id}
            POST /digests
            GET /digests
            GET /digests/{id}
            PUT /digests/{id}
            PATCH /digests/{id}
            DELETE /digests/{id}
            POST /digests/preview
            GET /digests/{id}/preview
            GET /deliveries
            GET /deliveries/{id}
            POST /deliveries/{id}/redeliver
            GET /market/assets
            GET /market/prices
            GET /market/prices/{asset}
            GET /market/sources
            GET /market/protocols
            GET /stream
            GET /l/{token}
            POST /l/{token}
            """.lines().toList();

    @Test
    void theDocumentHoldsTheWholeContractAndNothingElse() {
        assertThat(Document.read().operations())
                .extracting(Document.Operation::name)
                .containsExactlyInAnyOrderElementsOf(CONTRACT);
    }

    @Test
    void everyOperationIsDescribedWithAnExample() {
        assertThat(Document.read().operations()).allSatisfy(operation -> {
            assertThat(operation.text("summary")).isNotBlank();
            assertThat(operation.text("description")).isNotBlank();
            assertThat(operation.json().getJsonArray("tags")).hasSize(1);
            assertThat(operation.lacksExample()).as(operation.name()).isFalse();
        });
    }

    @Test
    void everyParameterIsDescribed() {
        var parameters = Document.read().operations().stream().flatMap(Document.Operation::parameters);

        assertThat(parameters)
                .allSatisfy(parameter -> assertThat(parameter.getString("description"))
                        .as(parameter.encode())
                        .isNotBlank());
    }

    @Test
    void everyReferenceResolves() {
        var document = Document.read().json();

        var referred = Pattern.compile("\"#/components/schemas/(\\w+)\"")
                .matcher(document.encode())
                .results()
                .map(found -> found.group(1));

        assertThat(document.getJsonObject("components").getJsonObject("schemas").fieldNames())
                .containsAll(referred.toList());
    }

    @Test
    void idsOfOperationsAreUnique() {
        assertThat(Document.read().operations())
                .extracting(operation -> operation.text("operationId"))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /accounts", "POST /account/keys", "POST /positions", "POST /rules", "PATCH /account"})
    void anExampleIsAccepted(String name) {
        var operation = Document.read().operation(name);
        var ada = Ada.signsUp();

        var answer =
                ada.sends(operation.example().orElseThrow().encode()).request(name.split(" ")[0], name.split(" ")[1]);

        assertThat(answer.statusCode()).as(answer.asString()).isIn(200, 201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /positions", "POST /simulate"})
    void exampleOfPerpetualContractsIsAccepted(String name) {
        var operation = Document.read().operation(name);
        var ada = Ada.signsUp();

        assertThat(operation.examples())
                .hasSizeGreaterThan(1)
                .allSatisfy(example -> assertThat(ada.sends(example.encode())
                                .request(operation.method(), operation.path())
                                .statusCode())
                        .as(example.encode())
                        .isIn(200, 201, 503));
    }

    @Test
    void whatIsNotBuiltSaysSo() {
        assertThat(NotYet.OPERATIONS).allSatisfy(operation -> {
            var path = Ada.BASE + operation.path().replaceAll("\\{\\w+}", "x");
            var answer = given().contentType("application/json").body("{}").request(operation.method(), path);
            assertThat(answer.statusCode()).as(path).isEqualTo(422);
            assertThat(answer.<String>path("type")).isEqualTo("/problems/not-yet");
        });
    }

    @Test
    void everyKindOfProblemHasItsPage() {
        assertThat(Stream.of(ProblemType.values())).allSatisfy(type -> {
            var page = given().get(type.uri());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.asString()).contains(type.title());
        });
    }
}
