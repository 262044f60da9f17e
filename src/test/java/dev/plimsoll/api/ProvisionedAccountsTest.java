package dev.plimsoll.api;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import dev.plimsoll.account.KeySecret;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiProfile.class)
class ProvisionedAccountsTest {
    @Inject
    ProvisionedAccounts accounts;

    private int apply(String yaml) throws Throwable {
        var tree = BundleText.read(yaml.getBytes(StandardCharsets.UTF_8), true);
        return subscribeAndAwait(() -> accounts.apply(tree));
    }

    private static String written(String key, KeySecret secret, String loan) {
        return """
                key: %s
                name: Treasury
                timezone: Europe/Berlin
                keys:
                  - {name: deploy, scope: operate, hash: %s}
                positions:
                  - {name: %s, kind: declared, collateral: [{asset: ETH, amount: 10, liquidationThreshold: 0.825}]}
                """.formatted(key, HexFormat.of().formatHex(secret.hash()), loan);
    }

    @Test
    void anAccountIsMadeWithTheKeyItsHolderHasAndTheSecondTimeNothingChanges() throws Throwable {
        var secret = KeySecret.random();

        assertThat(apply(written("treasury-1", secret, "loan"))).isPositive();
        assertThat(apply(written("treasury-1", secret, "loan"))).isZero();

        var holder = new Ada("", secret.reveal());
        holder.gets("/account").then().statusCode(200).body("name", equalTo("Treasury"));
        assertThat(holder.gets("/positions").jsonPath().getList("items.name")).containsExactly("loan");
    }

    @Test
    void whatSomebodyDidSinceIsUndoneWhenSomethingElseIsWrittenAndNotBefore() throws Throwable {
        var secret = KeySecret.random();
        apply(written("treasury-4", secret, "loan"));
        var holder = new Ada("", secret.reveal());
        holder.creates("/positions", """
                {"name":"mine","kind":"declared","collateral":[{"asset":"ETH","amount":"1","liquidationThreshold":"0.8"}]}""");

        assertThat(apply(written("treasury-4", secret, "loan"))).isZero(); // as after a restart
        assertThat(holder.gets("/positions").jsonPath().getList("items.name")).containsExactly("loan", "mine");

        apply(written("treasury-4", secret, "another loan"));
        assertThat(holder.gets("/positions").jsonPath().getList("items.name")).containsExactly("another loan");
    }

    @Test
    void aKeyThatIsNoLongerWrittenIsRevoked() throws Throwable {
        var old = KeySecret.random();
        var next = KeySecret.random();
        apply(written("treasury-2", old, "loan"));

        assertThat(apply(written("treasury-2", next, "loan"))).isEqualTo(2);

        new Ada("", old.reveal()).gets("/account").then().statusCode(401);
        new Ada("", next.reveal()).gets("/account").then().statusCode(200);
    }

    @Test
    void aFaultIsToldByNameAndLeavesWhatIsThere() throws Throwable {
        var secret = KeySecret.random();
        apply(written("treasury-3", secret, "loan"));

        assertThatThrownBy(() -> apply(written("treasury-3", secret, "loan").replace("amount: 10", "amount: 0")))
                .isInstanceOf(HttpProblem.class);
        assertThatThrownBy(() -> apply("name: nobody")).isInstanceOf(HttpProblem.class);

        assertThat(new Ada("", secret.reveal())
                        .gets("/positions")
                        .jsonPath()
                        .getString("items[0].collateral[0].amount"))
                .isEqualTo("10");
    }
}
