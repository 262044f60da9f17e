package dev.plimsoll.delivery.channel;

import dev.plimsoll.delivery.HttpSender;
import dev.plimsoll.delivery.Message;
import dev.plimsoll.delivery.Outcome;
import dev.plimsoll.delivery.Receiver;
import dev.plimsoll.wire.Reply;
import java.time.Instant;

/** The form in which a webhook gets its messages. Implementations are beans, one file each, found by CDI. */
interface WebhookFormat {

    /** As the API names it: {@code standard}. */
    String name();

    /** What is posted, as JSON. */
    String body(Receiver to, Message message);

    /** Where it is posted. @param url the user's */
    default String url(String url) {
        return url;
    }

    /** What an answer means. @param at of the attempt */
    default Outcome meaning(Reply reply, Instant at) {
        return HttpSender.usual(reply, at);
    }

    /** Whether people read it: they find the code of a proof in the message, and no program answers with it. */
    default boolean isRead() {
        return false;
    }
}
