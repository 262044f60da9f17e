package dev.plimsoll.ops.embedded;

import static org.awaitility.Awaitility.await;

import dev.plimsoll.ops.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;

/** A process of its own that keeps the embedded servers of one folder, to be killed at will. */
public final class Child implements AutoCloseable {
    private static final Path BINARIES = Path.of("target", "embedded").toAbsolutePath();

    private final Path folder;
    private final Process process;

    private Child(Path folder) throws IOException {
        this.folder = folder;
        this.process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        folder.toString()))
                .redirectErrorStream(true)
                .redirectOutput(said(folder).toFile())
                .start();
    }

    /** What runs in the other process: start, say so, and stay until killed. */
    public static void main(String... args) throws InterruptedException {
        try {
            EmbeddedServers.of(new EmbeddedServers.Wish(DataFolder.open(Path.of(args[0])), BINARIES, true, true));
            System.out.println("started");
            Thread.currentThread().join();
        } catch (Refused e) {
            System.out.println(e.getMessage());
            System.exit(1);
        }
    }

    static Child start(Path folder) throws IOException {
        var child = new Child(folder);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.readString(said(folder)).contains("started"));
        return child;
    }

    /** Starts and waits for the end; returns the exit code and what was said. */
    static Ended refused(Path folder) throws IOException, InterruptedException {
        var said = Files.createTempDirectory("plimsoll-child");
        var child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        folder.toString()))
                .redirectErrorStream(true)
                .redirectOutput(said.resolve("said").toFile())
                .start();
        return new Ended(child.waitFor(), Files.readString(said.resolve("said")).strip());
    }

    record Ended(int code, String said) {}

    void kill() {
        process.destroyForcibly();
        await().until(() -> !process.isAlive());
    }

    EmbeddedServers servers() throws IOException {
        return Running.in(DataFolder.open(folder)).orElseThrow().servers();
    }

    Connection connect(String user, String password) throws IOException, SQLException {
        var login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", password);
        var url = "jdbc:postgresql://127.0.0.1:" + servers().postgresPort() + "/plimsoll";
        return new Driver().connect(url, login);
    }

    Connection owner() throws IOException, SQLException {
        return connect(
                Roles.OWNER, Passwords.of(DataFolder.open(folder)).orElseThrow().owner());
    }

    static long postmaster(Path folder) throws IOException {
        return Long.parseLong(Files.readAllLines(folder.resolve("postgres/postmaster.pid"))
                .getFirst()
                .strip());
    }

    static Path binaries() {
        return BINARIES;
    }

    private static Path said(Path folder) {
        return folder.resolveSibling(folder.getFileName() + ".said");
    }

    /** Returns when its servers have ended too: until then they write into the folder. */
    @Override
    public void close() {
        var servers = process.descendants().toList();
        kill();
        await().atMost(Duration.ofSeconds(60)).until(() -> servers.stream().noneMatch(ProcessHandle::isAlive));
    }
}
