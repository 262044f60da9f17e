package dev.plimsoll.ops.embedded;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.awaitility.Awaitility.await;

import dev.plimsoll.ops.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.postgresql.Driver;

/**
 * A PostgreSQL that an operator runs, with settings of their choice: nobody's child, stopped with the test. The thread that
 * starts it must live as long.
 */
public final class Foreign implements AutoCloseable {
    private final Path folder;
    private final int port = Ports.free();
    private final Passwords passwords;
    private Process process;

    private Foreign(Path folder, List<String> addresses, List<String> settings) throws IOException {
        this.folder = folder.toRealPath();
        passwords = Passwords.of(DataFolder.open(folder)).orElseThrow();
        var conf = "%s\nunix_socket_directories = ''\nlisten_addresses = '%s'\n"
                .formatted(String.join("\n", settings), String.join(",", addresses));
        Files.writeString(cluster().resolve("postgresql.auto.conf"), conf);
        Files.writeString(cluster().resolve("pg_hba.conf"), "host all all 198.18.0.0/15 scram-sha-256\n", APPEND);
        start();
    }

    /** Returns when it answers; what is left of one that was killed may make it try more than once. */
    public void start() {
        await("PostgreSQL, see " + log())
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(100))
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> {
                    if (process == null || !process.isAlive()) {
                        launch();
                    }
                    run("select 1");
                    return true;
                });
    }

    private void launch() throws IOException {
        var program = Child.binaries().resolve("postgresql-18.4/bin/postgres").toString();
        var cluster = cluster().toString();
        process = Commands.builder(ServerUser.present()
                        .server(cluster(), "INT", program, "-D", cluster, "-p", Integer.toString(port)))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private Path log() {
        return folder.resolve("foreign.log");
    }

    /** Where its data is. */
    public Path cluster() {
        return folder.resolve("postgres");
    }

    /** A fast shutdown: clients are thrown out. */
    public void stop() {
        Commands.succeeds("kill", "-INT", Long.toString(process.pid()));
        awaitEnd();
    }

    /** {@code kill -9} of the postmaster; what hangs on it ends with it. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Also when it ended by itself. */
    public boolean isAlive() {
        return process.isAlive();
    }

    private void awaitEnd() {
        await("the end of PostgreSQL").atMost(Duration.ofSeconds(60)).until(() -> !process.isAlive());
    }

    /** The postmaster and all it started. */
    public List<ProcessHandle> processes() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    /** Makes a cluster with our roles by a child, and runs it with these settings. */
    public static Foreign with(Path folder, String... settings) throws IOException {
        return at(List.of("127.0.0.1"), folder, settings);
    }

    /** @param addresses of this machine at which it listens, the loopback among them */
    public static Foreign at(List<String> addresses, Path folder, String... settings) throws IOException {
        Child.start(folder).kill();
        await().until(() -> !Files.exists(folder.resolve("postgres/postmaster.pid")));
        return new Foreign(folder, addresses, List.of(settings));
    }

    /** As its superuser. */
    public void run(String sql) throws SQLException {
        try (var connection = superuser();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** As an operator hands it over: no table, and rights on the schema for our roles. */
    public void empty() throws SQLException {
        run("drop owned by plimsoll_owner cascade");
        run("create schema if not exists public authorization plimsoll_owner");
        run("grant usage on schema public to plimsoll_api, plimsoll_engine");
    }

    /** The one number of a query, as its superuser. */
    public int number(String query) throws SQLException {
        try (var connection = superuser();
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Looks past every policy. */
    public Connection superuser() throws SQLException {
        var login = new Properties();
        login.setProperty("user", "postgres");
        login.setProperty("password", passwords.postgres());
        return new Driver().connect("jdbc:" + url(), login);
    }

    public String url() {
        return "postgresql://127.0.0.1:" + port + "/plimsoll";
    }

    /** What an operator configures to have Plimsoll use this database. */
    public Map<String, String> settings() {
        return Map.of(
                "plimsoll.ops.database-url", url(),
                "plimsoll.ops.database.owner.password", passwords.owner(),
                "plimsoll.ops.database.api.password", passwords.api(),
                "plimsoll.ops.database.engine.password", passwords.engine());
    }

    public Database database() {
        return new Database(
                url(),
                new Database.Login(Roles.OWNER, passwords.owner()),
                new Database.Login(Roles.API, passwords.api()),
                new Database.Login(Roles.ENGINE, passwords.engine()));
    }

    @Override
    public void close() {
        stop();
    }
}
