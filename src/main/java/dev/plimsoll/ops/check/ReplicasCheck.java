package dev.plimsoll.ops.check;

import dev.plimsoll.ops.Database;
import dev.plimsoll.ops.check.Finding.Fault;
import dev.plimsoll.ops.check.Finding.Fine;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Whether several replicas run on one database although this one's configuration is that of a single one.
 *
 * @param publicUrl whether it knows where people reach all of them
 * @param redis     whether it counts in a Redis that is not its own
 */
public record ReplicasCheck(boolean publicUrl, boolean redis) {
    /**
     * How many run. Each says every ten seconds that it will be there for a minute, so one that was killed is no longer counted
     * after half of that.
     */
    public static final String RUNNING =
            "select count(*)::int as running from key_holder where until > now() + interval '30 seconds'";

    private static final String SUBJECT = "replicas";

    /** What is wrong with so many of them, and what to do; empty where nothing is. */
    public Optional<String> fault(int running) {
        var missing = new ArrayList<String>();
        if (!publicUrl) {
            missing.add("plimsoll.api.public-url (links in messages lead there, whoever writes them)");
        }
        if (!redis) {
            missing.add("plimsoll.ops.redis-url (limits of requests and of Telegram are counted there together)");
        }
        return running < 2 || missing.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "%d replicas run on this database, and here is missing what they must share: %s. Set it for each, or stop the others."
                                .formatted(running, String.join(" and ", missing)));
    }

    Finding finding(Database database) {
        try (var connection = DatabaseCheck.connect(database, database.engine());
                var statement = connection.createStatement();
                var row = statement.executeQuery(RUNNING)) {
            row.next();
            var running = row.getInt(1);
            return fault(running)
                    .<Finding>map(sentence -> new Fault(SUBJECT, sentence))
                    .orElseGet(() -> new Fine(SUBJECT, running + " running"));
        } catch (SQLException e) {
            return new Fine(SUBJECT, "not counted, as there is no schema yet or the database does not answer");
        }
    }
}
