package dev.plimsoll.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.unit.Asset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CauseTest {

    @ParameterizedTest
    @ValueSource(strings = {"prices", "price/ETH", "sources/wstETH", "asset/USDC.e"})
    void aCauseIsReadAsItIsWritten(String text) {
        assertThat(Cause.parse(text).text()).isEqualTo(text);
    }

    @Test
    void aWordThatIsNoCauseIsRefusedByName() {
        assertThatThrownBy(() -> Cause.parse("moon/ETH")).hasMessage("nothing is blind because of moon/ETH");
        assertThat(new Cause.Unpriced(new Asset("ETH"))).isEqualTo(Cause.parse("price/ETH"));
    }
}
