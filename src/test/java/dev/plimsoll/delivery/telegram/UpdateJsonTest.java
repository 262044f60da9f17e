package dev.plimsoll.delivery.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.delivery.telegram.CallbackData.Acknowledge;
import dev.plimsoll.delivery.telegram.ChatAddress.Kind;
import dev.plimsoll.delivery.telegram.Update.Membership;
import dev.plimsoll.delivery.telegram.Update.Moved;
import dev.plimsoll.delivery.telegram.Update.Pressed;
import dev.plimsoll.delivery.telegram.Update.Typed;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateJsonTest {
    private static final Person ADA =
            new Person(5_123_456_789L, "Ada Lovelace", Optional.of("ada"), Optional.of("de"), false);

    private static Optional<Update> read(String json) {
        return UpdateJson.read(new JsonObject(json));
    }

    @Test
    void whatSomebodyWritesToTheBot() {
        assertThat(read("""
                {"update_id":7,"message":{"message_id":3,"date":1,"text":"/start abc",
                 "from":{"id":5123456789,"is_bot":false,"first_name":"Ada","last_name":"Lovelace","username":"ada","language_code":"de"},
                 "chat":{"id":5123456789,"type":"private","first_name":"Ada","last_name":"Lovelace"},
                 "entities":[{"type":"bot_command","offset":0,"length":6}]}}"""))
                .contains(new Typed(
                        7,
                        Place.chat(5_123_456_789L),
                        Kind.PRIVATE,
                        "Ada Lovelace",
                        Optional.of(ADA),
                        "/start abc",
                        3,
                        Optional.empty(),
                        false));
    }

    @Test
    void whatSomebodyWritesInATopicOfAGroup() {
        assertThat(read("""
                {"update_id":8,"message":{"message_id":44,"message_thread_id":12,"is_topic_message":true,"date":1,"text":"5",
                 "from":{"id":5123456789,"is_bot":false,"first_name":"Ada","last_name":"Lovelace","username":"ada","language_code":"de"},
                 "chat":{"id":-1001234567890,"type":"supergroup","title":"Desk","is_forum":true},
                 "reply_to_message":{"message_id":40,"chat":{"id":-1001234567890,"type":"supergroup"},
                  "from":{"id":7,"is_bot":true,"first_name":"P"}}}}"""))
                .contains(new Typed(
                        8,
                        new Place(-1_001_234_567_890L, Optional.of(12L)),
                        Kind.SUPERGROUP,
                        "Desk",
                        Optional.of(ADA),
                        "5",
                        44,
                        Optional.of(40L),
                        false));
    }

    @Test
    void aThreadOfAnswersIsNoTopicAndAnAdministratorWithoutANameIsNobody() {
        assertThat(read("""
                {"update_id":9,"message":{"message_id":45,"message_thread_id":40,"date":1,"text":"ok",
                 "from":{"id":1087968824,"is_bot":true,"first_name":"Group","username":"GroupAnonymousBot"},
                 "sender_chat":{"id":-1001234567890,"type":"supergroup","title":"Desk"},
                 "chat":{"id":-1001234567890,"type":"supergroup","title":"Desk"}}}""")).hasValueSatisfying(update -> {
            assertThat(update.place().topic()).isEmpty();
            assertThat(((Typed) update).from()).isEmpty();
        });
    }

    @Test
    void whatAnswersNobodyInATopicAnswersNobody() {
        assertThat(read("""
                {"update_id":8,"message":{"message_id":44,"message_thread_id":12,"is_topic_message":true,"date":1,"text":"5",
                 "from":{"id":5123456789,"is_bot":false,"first_name":"Ada"},
                 "chat":{"id":-1001234567890,"type":"supergroup","title":"Desk","is_forum":true},
                 "reply_to_message":{"message_id":12,"chat":{"id":-1001234567890,"type":"supergroup"},
                  "from":{"id":5123456789,"is_bot":false,"first_name":"Ada"},
                  "forum_topic_created":{"name":"Risk","icon_color":7322096}}}}"""))
                .hasValueSatisfying(
                        update -> assertThat(((Typed) update).replyTo()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"forward_origin\":{\"type\":\"user\",\"date\":1}",
                "\"forward_date\":1",
                "\"is_automatic_forward\":true"
            })
    void whatSomebodyElseWroteIsPassedOn(String mark) {
        assertThat(read("""
                {"update_id":8,"message":{"message_id":44,"date":1,"text":"/unlink",%s,
                 "from":{"id":5123456789,"is_bot":false,"first_name":"Ada"},
                 "chat":{"id":5123456789,"type":"private","first_name":"Ada"}}}""".formatted(mark)))
                .hasValueSatisfying(
                        update -> assertThat(((Typed) update).passedOn()).isTrue());
    }

    @Test
    void whatStandsBelowAPictureIsReadToo() {
        assertThat(read("""
                {"update_id":8,"message":{"message_id":44,"date":1,"caption":"my words","photo":[],
                 "from":{"id":5123456789,"is_bot":false,"first_name":"Ada"},
                 "chat":{"id":5123456789,"type":"private","first_name":"Ada"}}}"""))
                .hasValueSatisfying(
                        update -> assertThat(((Typed) update).text()).isEqualTo("my words"));
    }

    @Test
    void anUpdateOfAnotherFormKeepsNoOtherFromBeingStored() {
        assertThat(UpdateJson.chat(new JsonObject("{\"update_id\":1,\"message\":{\"message_id\":1}}")))
                .isZero();
        assertThat(UpdateJson.chat(new JsonObject("{\"update_id\":1,\"message\":7}")))
                .isZero();
    }

    @Test
    void whatSomebodyPresses() {
        var alert = UUID.fromString("0193f3c2-7b1e-7a44-9c1d-3f5e2a6b7c8d");

        assertThat(read("""
                {"update_id":10,"callback_query":{"id":"481516234200001","chat_instance":"-77","data":"%s",
                 "from":{"id":5123456789,"is_bot":false,"first_name":"Ada","last_name":"Lovelace","username":"ada","language_code":"de"},
                 "message":{"message_id":44,"date":0,"chat":{"id":-4200000001,"type":"group","title":"Desk"}}}}""".formatted(new Acknowledge(alert).encode())))
                .contains(new Pressed(
                        10,
                        Place.chat(-4_200_000_001L),
                        Kind.GROUP,
                        ADA,
                        "481516234200001",
                        44,
                        Optional.of(new Acknowledge(alert))));
    }

    @Test
    void theBotIsBlockedAndUnblocked() {
        assertThat(membership("kicked")).isFalse();
        assertThat(membership("left")).isFalse();
        assertThat(membership("member")).isTrue();
        assertThat(membership("administrator")).isTrue();
    }

    private static boolean membership(String status) {
        var update = read("""
                {"update_id":11,"my_chat_member":{"date":1,"chat":{"id":5123456789,"type":"private","first_name":"Ada"},
                 "from":{"id":5123456789,"is_bot":false,"first_name":"Ada"},
                 "old_chat_member":{"user":{"id":7,"is_bot":true,"first_name":"P"},"status":"member"},
                 "new_chat_member":{"user":{"id":7,"is_bot":true,"first_name":"P"},"status":"%s","until_date":0}}}""".formatted(status));
        return ((Membership) update.orElseThrow()).inside();
    }

    @Test
    void aGroupMoves() {
        assertThat(read("""
                {"update_id":12,"message":{"message_id":50,"date":1,"migrate_to_chat_id":-1001234567890,
                 "from":{"id":5123456789,"is_bot":false,"first_name":"Ada"},
                 "chat":{"id":-4200000001,"type":"group","title":"Desk"}}}""")).contains(new Moved(12, Place.chat(-4_200_000_001L), -1_001_234_567_890L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"update_id\":1}",
                "{\"update_id\":1,\"poll\":{}}",
                "{\"update_id\":1,\"message\":{\"message_id\":1}}",
                "{\"update_id\":1,\"message\":{\"message_id\":1,\"chat\":7,\"text\":\"x\"}}",
                "{\"update_id\":1,\"message\":{\"message_id\":1,\"chat\":{\"id\":-100,\"type\":\"channel\",\"title\":\"News\"},\"text\":\"x\"}}",
                "{\"update_id\":1,\"message\":{\"message_id\":1,\"chat\":{\"id\":5,\"type\":\"private\",\"first_name\":\"A\"},"
                        + "\"from\":{\"id\":7,\"is_bot\":true,\"first_name\":\"P\"},\"pinned_message\":{\"message_id\":3}}}",
                "{\"update_id\":1,\"callback_query\":{\"id\":\"1\",\"from\":{\"id\":5,\"first_name\":\"A\"},\"data\":\"a\"}}"
            })
    void whatIsNothingToUsIsNothing(String json) {
        assertThat(read(json)).isEmpty();
    }
}
