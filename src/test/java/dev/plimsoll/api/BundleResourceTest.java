package dev.plimsoll.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiProfile.class)
class BundleResourceTest {
    private static final String BUNDLE = """
            version: 1
            positions:
              - key: eth-loan
                name: ETH loan
                kind: declared
                collateral: [{asset: ETH, amount: 10, liquidationThreshold: 0.825}]
                debt: [{asset: USDC, amount: 12000.50}]
            channels:
              - name: desk
                kind: webhook
                url: https://127.0.0.1:9/hook?token=secret
            rules:
              - name: near
                watches: {position: eth-loan}
                condition: {type: liquidation-distance}
                levels: [{severity: warning, percent: 10, channels: [desk]}]
                channels: [desk]
                quietHours: {from: 22:00, to: 07:00}
            """;

    private Ada ada;

    @BeforeEach
    void signUp() {
        ada = Ada.signsUp();
    }

    private ValidatableResponse applies(String yaml, String query) {
        return ada.calls()
                .contentType("application/yaml")
                .body(yaml.getBytes(StandardCharsets.UTF_8))
                .put("/account/bundle" + query)
                .then();
    }

    @Test
    void anAccountBecomesWhatTheBundleSaysAndTheSecondTimeNothingChanges() {
        applies(BUNDLE, "")
                .statusCode(200)
                .body("changes.findAll { it.do == 'create' }.name", hasItems("eth-loan", "desk", "near"))
                .body("changes.findAll { it.do == 'delete' }.kind.unique()", contains("rule"))
                .body("secrets.desk", containsString("whsec_"));

        applies(BUNDLE, "").statusCode(200).body("changes", empty());

        assertThat(ada.gets("/positions").jsonPath().getString("items[0].debt[0].amount"))
                .isEqualTo("12000.5");
        var rules = ada.gets("/rules").jsonPath();
        assertThat(rules.getList("items.name")).isEqualTo(List.of("near"));
        assertThat(rules.getString("items[0].watches.position"))
                .isEqualTo(ada.gets("/positions").jsonPath().getString("items[0].id"));
    }

    @Test
    void whatIsReadBackIsTheSameBundleWithoutSecrets() {
        applies(BUNDLE, "").statusCode(200);

        var yaml = ada.calls()
                .accept("application/yaml")
                .get("/account/bundle")
                .then()
                .statusCode(200)
                .extract()
                .asString();

        assertThat(yaml).contains("eth-loan", "desk").doesNotContain("token", "whsec_", "\nid:");
        applies(yaml, "").statusCode(200).body("changes", empty());
    }

    @Test
    void aDryRunSaysWhatWouldChangeAndChangesNothing() {
        applies(BUNDLE, "?dryRun=true")
                .statusCode(200)
                .body("dryRun", equalTo(true))
                .body("changes.name", hasItems("eth-loan", "desk"));

        assertThat(ada.gets("/positions").jsonPath().getList("items")).isEmpty();
        assertThat(ada.gets("/rules").jsonPath().getList("items")).hasSize(4);
    }

    @Test
    void aSectionThatIsLeftOutStaysAndOneThatIsEmptyGoes() {
        applies(BUNDLE, "").statusCode(200);

        applies("rules: []", "").statusCode(200).body("changes.do", contains("delete"));

        assertThat(ada.gets("/positions").jsonPath().getList("items")).hasSize(1);
        assertThat(ada.gets("/rules").jsonPath().getList("items")).isEmpty();
    }

    @Test
    void oneFaultAndNothingIsApplied() {
        var broken = BUNDLE.replace("amount: 10,", "amount: -10,").replace("channels: [desk]}", "channels: [nobody]}");

        applies(broken, "")
                .statusCode(422)
                .body("errors.pointer", hasItems("/positions/0/collateral/0/amount", "/rules/0/levels/0/channels/0"));

        assertThat(ada.gets("/channels").jsonPath().getList("items")).isEmpty();
    }

    @Test
    void aChangedPositionKeepsItsIdAndItsAlerts() {
        applies(BUNDLE, "").statusCode(200);
        var id = ada.gets("/positions").jsonPath().getString("items[0].id");

        applies(BUNDLE.replace("amount: 10,", "amount: 11,"), "")
                .statusCode(200)
                .body("changes.do", contains("update"));

        assertThat(ada.gets("/positions/" + id).jsonPath().getString("collateral[0].amount"))
                .isEqualTo("11");
    }

    @Test
    void badTextIsToldWithItsPlace() {
        applies("positions: [", "").statusCode(400).body("detail", containsString("not YAML"));
        applies("- a list", "").statusCode(400);
        applies("position: []", "").statusCode(422).body("detail", containsString("did you mean 'positions'"));
        applies("positions: [{name: a, kind: declared, collateral: []}, {name: a, kind: declared, collateral: []}]", "")
                .statusCode(422)
                .body("errors.pointer", hasItems("/positions/1"));
        applies("{}", "?dryRun=perhaps").statusCode(400);
    }

    @Test
    void aWebhookSignsWithTheSecretThatIsWrittenAndWithAnotherOnceThatIs() {
        var first = BUNDLE.replace("kind: webhook", "kind: webhook\n    secret: whsec_" + "ABcd".repeat(8));
        var second = first.replace("ABcd", "efGH");

        applies(first, "").statusCode(200).body("secrets", anEmptyMap());
        applies(first, "").statusCode(200).body("changes", empty());
        applies(second, "").statusCode(200).body("changes.name", contains("desk"));
        applies(second, "").statusCode(200).body("changes", empty());
        applies(BUNDLE, "").statusCode(200).body("changes", empty());

        assertThat(ada.gets("/account/bundle").asString()).contains("desk").doesNotContain("whsec_");
    }

    @Test
    void whatIsNoSigningSecretIsRefusedWithoutRepeatingIt() {
        applies(BUNDLE.replace("kind: webhook", "kind: webhook\n    secret: whsec_c2hvcnQ="), "")
                .statusCode(422)
                .body("errors.pointer", contains("/channels/0/secret"))
                .body("detail", not(containsString("whsec_c2hvcnQ=")));
    }

    @Test
    void aKeyThatOnlyReadsMayLookAndNotApply() {
        var reader = ada.with(ada.addsKey("read"));

        reader.gets("/account/bundle").then().statusCode(200);
        reader.sends("{}").put("/account/bundle").then().statusCode(403);
    }
}
