package dev.plimsoll.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.chat.DigestWords.NotUnderstood;
import dev.plimsoll.chat.DigestWords.Understood;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigestWordsTest {

    @ParameterizedTest
    @CsvSource({
        "daily, daily at 08:00",
        "DAILY 7, daily at 07:00",
        "daily 7.30 pm, daily at 19:30",
        "daily 12am, daily at 00:00",
        "weekly, weekly on Monday at 08:00",
        "weekly tue 9:05, weekly on Tuesday at 09:05",
        "weekly 20:00, weekly on Monday at 20:00",
        "bedtime, bedtime check at 22:30",
        "bedtime 23, bedtime check at 23:00"
    })
    void aDigestIsReadAsPeopleTypeIt(String typed, String meant) {
        assertThat(DigestWords.read(typed))
                .isInstanceOfSatisfying(
                        Understood.class,
                        understood -> assertThat(DigestWords.shown(understood.occasion()))
                                .isEqualTo(meant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "monthly 8",
                "daily 24:00",
                "daily 8:60",
                "daily 13pm",
                "daily noon",
                "weekly t 8",
                "weekly x",
                "🦊"
            })
    void whatIsNoDigestIsNot(String typed) {
        assertThat(DigestWords.read(typed)).isInstanceOf(NotUnderstood.class);
    }
}
