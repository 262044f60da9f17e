package dev.plimsoll.ops.embedded;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;
import java.util.Properties;

/** What a running Plimsoll leaves in its data folder for those who look from outside; valid while the lock is held. */
public record Running(long pid, EmbeddedServers servers) {
    private static final String NAME = "running";

    static void record(DataFolder folder, EmbeddedServers servers) throws IOException {
        var facts = new Properties();
        facts.setProperty("pid", Long.toString(ProcessHandle.current().pid()));
        facts.setProperty("postgres.port", Integer.toString(servers.postgresPort()));
        facts.setProperty("redis.port", Integer.toString(servers.redisPort()));
        var text = new StringWriter();
        facts.store(text, null);
        folder.write(NAME, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The Plimsoll that is using the folder now. */
    public static Optional<Running> in(DataFolder folder) throws IOException {
        if (!Files.exists(folder.resolve(NAME)) || !FolderLock.held(folder)) {
            return Optional.empty();
        }
        var facts = new Properties();
        try (var in = Files.newBufferedReader(folder.resolve(NAME))) {
            facts.load(in);
        }
        return Optional.of(new Running(
                Long.parseLong(facts.getProperty("pid")),
                new EmbeddedServers(
                        Integer.parseInt(facts.getProperty("postgres.port")),
                        Integer.parseInt(facts.getProperty("redis.port")))));
    }
}
