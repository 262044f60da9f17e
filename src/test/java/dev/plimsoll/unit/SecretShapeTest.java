package dev.plimsoll.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretShapeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "my key plm_LvosyvLFjTSknjdjsfAqJUh80W8AzU4KDmk3",
                "whsec_nCzehM3djEStcxJynTJWoh7oxcTdpGxKo/fm8iJSbQw=",
                "0x4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318",
                "my key is 4C0883A69102937D6231471B5DBB6204FE5129617082792AE468D01A3F362318!",
                "5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ",
                "legal winner thank year wave sausage worth useful legal winner thank yellow",
                "1. Abandon 2. abandon 3. abandon 4. abandon 5. abandon 6. abandon 7. abandon 8. abandon 9. abandon 10."
                        + " abandon 11. abandon 12. about",
                "my seed is abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about",
                "Hi, I lost my wallet!\nThe words: legal winner thank year wave sausage worth useful legal winer thank yellow"
                        + "\nplease help",
                "the key is 0x4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318, thanks",
                "-----BEGIN EC PRIVATE KEY-----"
            })
    void keysAndPhrasesAreRecognised(String text) {
        assertThat(SecretShape.matches(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ETH loan",
                "0x52908400098527886E0F7030069857D2E4169EE7",
                "will repay this loan tomorrow morning before the market opens again for us",
                "wait until friday then repay half",
                "please watch more closely when ether falls below three thousand dollars again",
                "legal winner thank year wave sausage worth useful legal winner",
                "what happens to my position when the price of ether drops and I can not add collateral in time because"
                        + " the network is full and the gas price is high",
                "4c0883a6-9102-7d62-8147-1b5dbb6204fe"
            })
    void ordinaryTextIsNot(String text) {
        assertThat(SecretShape.matches(text)).isFalse();
    }

    @Test
    void aNumberedPhraseIsOne() {
        assertThat(SecretShape.matches(
                        "legal, winner, thank, year, wave, sausage, worth, useful, legal, winner, thank, yellow"))
                .isTrue();
    }
}
