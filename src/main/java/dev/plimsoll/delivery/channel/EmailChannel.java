package dev.plimsoll.delivery.channel;

import dev.plimsoll.delivery.Bulletin;
import dev.plimsoll.delivery.Channel;
import dev.plimsoll.delivery.Field;
import dev.plimsoll.delivery.MailAddress;
import dev.plimsoll.delivery.Message;
import dev.plimsoll.delivery.Outcome;
import dev.plimsoll.delivery.Outcome.Delivered;
import dev.plimsoll.delivery.Proof;
import dev.plimsoll.delivery.Proof.Unproven;
import dev.plimsoll.delivery.ProofCode;
import dev.plimsoll.delivery.Receiver;
import dev.plimsoll.delivery.mail.Letter;
import dev.plimsoll.delivery.mail.Postman;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** E-mail: the record and the fallback. Proven by a link that its reader confirms (double opt-in). */
@Singleton
class EmailChannel implements Channel {
    static final Field ADDRESS = Field.mailbox("address");

    private final EmailLetter letters;
    private final Postman postman;

    EmailChannel(EmailLetter letters, Postman postman) {
        this.letters = letters;
        this.postman = postman;
    }

    @Override
    public String kind() {
        return "email";
    }

    @Override
    public List<Field> fields() {
        return List.of(ADDRESS);
    }

    @Override
    public Optional<String> unavailable() {
        return postman.domain().isPresent()
                ? Optional.empty()
                : Optional.of("E-mail is not set up here: whoever runs this Plimsoll has to name a mail server first"
                        + " (plimsoll.delivery.email.host).");
    }

    /** One mail for each: they are threads of their own, and a record is read one by one. */
    @Override
    public boolean groups() {
        return false;
    }

    @Override
    public String body(Receiver to, Message message) {
        return letters.of(to, Bulletin.of(message, to)).json();
    }

    @Override
    public Uni<Outcome> send(Receiver to, Parcel parcel) {
        var address = MailAddress.parse(to.settings().get(ADDRESS)).orElseThrow();
        return postman.send(Letter.of(parcel.body()), address, parcel.at());
    }

    @Override
    public Uni<Proof> prove(Receiver to, Parcel parcel, ProofCode code) {
        return send(to, parcel)
                .map(outcome -> outcome instanceof Delivered
                        ? new Unproven("A mail is on its way: open it and confirm there.")
                        : Proof.failed(outcome));
    }
}
