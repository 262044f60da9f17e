package dev.plimsoll.ops;

import dev.plimsoll.account.seal.MasterKeyFile;
import dev.plimsoll.account.seal.MasterKeys;
import dev.plimsoll.ops.embedded.DataFolder;
import dev.plimsoll.ops.embedded.Passwords;
import dev.plimsoll.ops.embedded.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** {@code ./plimsoll key new|promote|status|retire|forget}: changes the master key while Plimsoll runs; see key-rotation.md. */
final class MasterKeyCommand {
    private final ServerSettings settings;
    private final DataFolder folder;
    private final MasterKeyFile file;

    private MasterKeyCommand(Config config) {
        this.settings = new ServerSettings(config);
        this.folder = settings.folder(false);
        this.file = MasterKeyFile.of(config.getOptionalValue(MasterKeyFile.SETTING, Path.class), folder.path());
    }

    /** Returns the exit code: 0 when it was done. */
    static int run(Config config, String... words) {
        try {
            new MasterKeyCommand(config)
                    .run(
                            words.length == 0 ? "status" : words[0],
                            words.length < 2 ? Optional.empty() : Optional.of(words[1]));
            return 0;
        } catch (Refused | MasterKeyFile.Unusable e) {
            System.err.println(e.getMessage());
        } catch (IOException e) {
            System.err.printf(
                    "%s cannot be written or read: %s%n", file(e), e.getClass().getSimpleName());
        } catch (SQLException e) {
            System.err.println(
                    "The database does not answer: " + e.getMessage().strip().replaceAll("\\s*\\R\\s*", " "));
        }
        return 1;
    }

    private static String file(IOException e) {
        return Optional.ofNullable(e.getMessage()).orElse("The master key file");
    }

    private void run(String what, Optional<String> id) throws IOException, SQLException {
        switch (what) {
            case "new" -> make();
            case "promote" -> promote(id);
            case "status" -> status();
            case "retire" -> retire(id);
            case "forget" -> forget(id);
            default ->
                throw new Refused(
                        "Plimsoll does not know 'key " + what + "': say new, promote, status, retire or forget.");
        }
    }

    private void make() throws IOException {
        if (!file.isThere()) {
            System.out.printf(
                    "Made the first key, %s, in %s. Keep a copy where you keep no copy of the database.%n",
                    file.generatedOnce().read().primary(), file.path());
            return;
        }
        var keys = file.read().plusOne();
        file.write(keys);
        System.out.printf("""
                Made key %s in %s. It opens, and seals nothing yet. Keep a copy of the file.
                Every replica must know it first: a running one reads the file every 10 seconds, where the file is shared.
                ./plimsoll key status says who does; then say ./plimsoll key promote.
                """, keys.ids().getLast(), file.path());
    }

    private void promote(Optional<String> id) throws IOException {
        var keys = file.read();
        var chosen = known(keys, id.orElseGet(() -> keys.ids().getLast()));
        file.write(keys.promoting(chosen));
        System.out.printf("""
                Key %s is the primary one in %s. Each replica seals under it when all of them know it; what is sealed
                under an older key is sealed anew by and by. ./plimsoll key status says how much is left.
                """, chosen, file.path());
    }

    private void status() throws IOException, SQLException {
        var keys = file.read();
        System.out.println(file.path());
        var usage = usage();
        for (var id : keys.ids()) {
            var rank =
                    id.equals(keys.primary()) ? "primary" : id.equals(keys.ids().getLast()) ? "new" : "older";
            System.out.printf(
                    "  %s  %-7s  %s%n", id, rank, usage.map(now -> now.of(id)).orElse("no database at hand"));
        }
        usage.ifPresent(now -> missing(now, keys.ids())
                .forEach(id -> System.out.printf(
                        "  %s  missing  %d values are sealed under it%n",
                        id, now.sealed().getOrDefault(id, 0L))));
        usage.ifPresent(now -> now.replicas().forEach(line -> System.out.println("  " + line)));
    }

    private void retire(Optional<String> id) throws IOException, SQLException {
        var keys = file.read();
        var usage = usage();
        var chosen = known(keys, id.orElseGet(() -> keys.ids().getFirst()));
        if (chosen.equals(keys.primary())) {
            throw new Refused("%s is the primary key: promote another one first.".formatted(chosen));
        }
        if (usage.isEmpty() && id.isEmpty()) {
            throw new Refused(
                    ("No database is at hand to ask whether something is sealed under %s: start Plimsoll, name its"
                                    + " database with --plimsoll.ops.database-url, or, where ./plimsoll key status said elsewhere that"
                                    + " nothing is, say ./plimsoll key retire %s.")
                            .formatted(chosen, chosen));
        }
        if (usage.filter(now -> now.needs(chosen)).isPresent()) {
            throw new Refused(
                    "Key %s is needed: %s. Wait until ./plimsoll key status says that nothing is sealed under it."
                            .formatted(chosen, usage.orElseThrow().of(chosen)));
        }
        file.write(keys.without(chosen));
        System.out.printf(
                "Key %s is gone from %s. Links in messages from before its successor no longer work.%n",
                chosen, file.path());
    }

    private void forget(Optional<String> id) throws IOException, SQLException {
        var held = file.isThere() ? file.read().ids() : List.<String>of();
        var running = database();
        var database = running.isPresent() ? running.get() : started();
        var lost = KeyUsage.in(database).map(usage -> missing(usage, held)).orElse(List.of());
        var chosen = toForget(id, held, lost);
        var gone = new KeyLoss(database, chosen, running.isEmpty()).forget();
        System.out.printf("Key %s is forgotten, with what nobody could open any more:%n", chosen);
        gone.forEach((what, count) -> System.out.printf("  %s: %d%n", what, count));
    }

    private String toForget(Optional<String> id, List<String> held, List<String> lost) {
        if (id.filter(held::contains).isPresent()) {
            throw new Refused("Key %s is in %s: it is not lost.".formatted(id.orElseThrow(), file.path()));
        }
        if (lost.isEmpty()) {
            throw new Refused("%s holds every key that something is sealed under: there is nothing to forget."
                    .formatted(file.path()));
        }
        if (id.filter(lost::contains).isEmpty()) {
            throw new Refused(
                    "%s holds all keys but %s. Say which is lost for good: ./plimsoll key forget %s deletes what is sealed under it."
                            .formatted(file.path(), String.join(", ", lost), lost.getFirst()));
        }
        return id.orElseThrow();
    }

    /** What something is sealed under, and the file does not hold. */
    private static List<String> missing(KeyUsage usage, List<String> held) {
        return Stream.concat(
                        usage.registered().keySet().stream(),
                        usage.sealed().keySet().stream().sorted())
                .distinct()
                .filter(id -> !held.contains(id))
                .toList();
    }

    private static String known(MasterKeys keys, String id) {
        if (!keys.hold(id)) {
            throw new Refused("There is no key %s: there are %s.".formatted(id, String.join(", ", keys.ids())));
        }
        return id;
    }

    /** Of the configured database, or that of a Plimsoll running on our data folder. */
    private Optional<Database> database() throws IOException {
        if (settings.database().isPresent()) {
            return settings.database();
        }
        var running = Running.in(folder);
        var passwords = Passwords.of(folder);
        return running.flatMap(now -> passwords.map(known -> ServerSettings.embedded(now.servers(), known)));
    }

    private Optional<KeyUsage> usage() throws IOException, SQLException {
        var database = database();
        return database.isPresent() ? KeyUsage.in(database.get()) : Optional.empty();
    }

    /** Without its key Plimsoll does not start, and its own PostgreSQL with it: then we do, until we end. */
    private Database started() throws IOException {
        if (settings.ownDatabase() || !Files.isDirectory(folder.resolve("postgres"))) {
            throw new Refused("No database is at hand: name it with --plimsoll.ops.database-url, or the folder of the"
                    + " embedded one with --plimsoll.ops.data-dir.");
        }
        var servers = settings.startEmbedded();
        return ServerSettings.embedded(servers, Passwords.of(folder).orElseThrow());
    }
}
