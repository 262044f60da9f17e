package dev.plimsoll.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** What owners see of an alert. */
class AlertJsonTest {

    @Test
    void theWorstHealthFactorIsRoundedDown() {
        assertThat(worst("1.09876543210987654321098765", "below")).isEqualTo("1.0987");
    }

    @Test
    void theWorstPriceOfARuleThatFiresAboveIsRoundedUp() {
        assertThat(worst("3120.00001", "above")).isEqualTo("3120.0001");
    }

    @Test
    void aSmallPriceKeepsFiveDigits() {
        assertThat(worst("0.0000123456789", "below")).isEqualTo("0.000012345");
    }

    @Test
    void theWorstFallOfAHealthFactorIsRoundedUp() {
        var rule = new JsonObject()
                .put("condition", new JsonObject().put("type", "health-drop"))
                .put("level", new JsonObject().put("percent", "5"));

        assertThat(AlertJson.worst(new BigDecimal("5.12341"), new JsonObject().put("rule", rule)))
                .isEqualTo("5.1235");
    }

    private static String worst(String worst, String limit) {
        var level = new JsonObject().put(limit, "1");
        return AlertJson.worst(
                new BigDecimal(worst), new JsonObject().put("rule", new JsonObject().put("level", level)));
    }
}
