package dev.plimsoll.crash;

import static org.awaitility.Awaitility.await;

import dev.plimsoll.wire.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The packaged service in a process of its own, with its embedded servers and a data folder of its own. */
public final class App implements AutoCloseable {
    /** For one that is not measured: what it does it does for a minute or two, so compiling it thoroughly only delays it. */
    static final String[] BRIEF = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"};

    static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final Path data;
    private final String host;
    private final int port;
    private final int management;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Set<ProcessHandle> servers = new HashSet<>();
    private volatile Path jar = JAR;
    private Process process;

    /**
     * @param settings configuration by its name
     * @param jvm      options of its JVM, which count more than ours
     */
    public App(Path data, Map<String, String> settings, String... jvm) throws IOException {
        this(data, Place.HERE, settings, Map.of(), jvm);
    }

    /**
     * Where it runs.
     *
     * @param within what stands before its command
     * @param host   at which it listens
     */
    record Place(List<String> within, String host) {
        static final Place HERE = new Place(List.of(), "127.0.0.1");
    }

    /** @param environment variables of the process beside ours */
    App(Path data, Place place, Map<String, String> settings, Map<String, String> environment, String... jvm)
            throws IOException {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException(JAR + " is not there: package first");
        }
        this.data = data;
        this.port = FreePort.next();
        this.management = FreePort.next();
        this.host = place.host();
        this.command = command(place, settings, List.of(jvm));
        this.environment = Map.copyOf(environment);
    }

    public void start() throws IOException {
        launch();
        awaitReady();
    }

    /** From its next start on it is this build. */
    void becomes(Path build) {
        jar = build;
    }

    /** Its process begins; it is not ready yet. */
    void launch() throws IOException {
        process = begun(List.of());
    }

    private Process begun(List<String> arguments) throws IOException {
        var line = new ArrayList<>(command);
        line.addAll(List.of("-jar", jar.toString()));
        line.addAll(arguments);
        var builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    void awaitReady() {
        await("ready, see " + log())
                .pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(180))
                .until(this::ready);
    }

    /** Does one of its other commands, to the end; returns the exit code. */
    int run(String... arguments) throws IOException, InterruptedException {
        return begun(List.of(arguments)).waitFor();
    }

    public ProcessHandle process() {
        return process.toHandle();
    }

    /** {@code kill -9} of the service itself. */
    public void kill() throws InterruptedException {
        rememberServers();
        process.destroyForcibly().waitFor();
    }

    /** SIGSTOP: it does nothing more, and its connections stay open. */
    void pause() {
        Signals.send("STOP", process.toHandle());
    }

    /** SIGCONT. */
    void resume() {
        Signals.send("CONT", process.toHandle());
    }

    /** {@code kill -9} of its PostgreSQL, postmaster only: what hangs on it ends with it. */
    public void killDatabase() throws IOException {
        destroy(Long.parseLong(pidFile().getFirst().strip()));
    }

    /** {@code kill -9} of its Redis. */
    public void killRedis() throws IOException {
        destroy(Long.parseLong(
                Files.readString(data.resolve("redis").resolve("redis.pid")).strip()));
    }

    /** Empties its Redis. */
    public void flushRedis() throws IOException {
        var conf = Files.readString(data.resolve("redis.conf"));
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(setting(conf, "port")))) {
            socket.getOutputStream()
                    .write("AUTH %s\r\nFLUSHALL\r\n"
                            .formatted(setting(conf, "requirepass"))
                            .getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readNBytes(10), StandardCharsets.US_ASCII);
            if (!answer.equals("+OK\r\n+OK\r\n")) {
                throw new IllegalStateException("Redis answered " + answer);
            }
        }
    }

    /** SIGTERM; false when it had not ended within the time. */
    public boolean stop(Duration within) throws InterruptedException {
        rememberServers();
        process.destroy();
        return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Health and metrics are at a port of their own. */
    public URI uri(String path) {
        var managed = path.startsWith("/q/health") || path.startsWith("/q/metrics");
        return URI.create("http://" + host + ":" + (managed ? management : port) + path);
    }

    /** A connection as the database's superuser: the checker looks past every policy. */
    public Connection sql() throws IOException, SQLException {
        return DriverManager.getConnection("jdbc:" + databaseUrl(), "postgres", password("postgres"));
    }

    /** Of its PostgreSQL, without user and password. */
    public String databaseUrl() throws IOException {
        return "postgresql://127.0.0.1:" + pidFile().get(3).strip() + "/plimsoll";
    }

    /** @param login {@code postgres}, {@code owner}, {@code api} or {@code engine} */
    public String password(String login) throws IOException {
        var passwords = new Properties();
        try (var in = Files.newBufferedReader(data.resolve("passwords"))) {
            passwords.load(in);
        }
        return passwords.getProperty(login);
    }

    public Path log() {
        return data.resolveSibling(data.getFileName() + ".log");
    }

    /** Returns when its servers have ended too: they do so after the service, and until then write into the data folder. */
    @Override
    public void close() throws InterruptedException {
        if (process != null && process.isAlive()) {
            resume();
        }
        if (process != null && !stop(Duration.ofSeconds(20))) {
            kill();
        }
        await("the servers of " + data + " to end")
                .atMost(Duration.ofSeconds(60))
                .until(() -> servers.stream().noneMatch(ProcessHandle::isAlive));
    }

    private void rememberServers() {
        process.descendants().forEach(servers::add);
    }

    private boolean ready() throws InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException("the service ended with " + process.exitValue() + ", see " + log());
        }
        try {
            return status("/q/health/ready") == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** What a request without a key is answered. */
    int status(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(20))
                .build();
        return HTTP.send(request, BodyHandlers.discarding()).statusCode();
    }

    private void destroy(long pid) {
        var victim = ProcessHandle.of(pid).orElseThrow();
        var mine = process.descendants().anyMatch(child -> child.pid() == pid);
        if (!mine) {
            throw new IllegalStateException("process " + pid + " is not ours");
        }
        victim.destroyForcibly();
    }

    private List<String> pidFile() throws IOException {
        return Files.readAllLines(data.resolve("postgres").resolve("postmaster.pid"));
    }

    private List<String> command(Place place, Map<String, String> settings, List<String> jvm) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(place.within());
        command.addAll(List.of(java, "-Xmx256m", "-Dquarkus.http.host=" + place.host()));
        command.addAll(jvm);
        command.add("-Dquarkus.http.port=" + port);
        command.add("-Dquarkus.management.host=" + place.host());
        command.add("-Dquarkus.management.port=" + management);
        command.add("-Dplimsoll.ops.data-dir=" + data);
        command.add(
                "-Dplimsoll.ops.binaries-dir=" + Path.of("target", "embedded").toAbsolutePath());
        command.add("-Dplimsoll.pipeline.rehearsal=0"); // many start at once, on few cores; settings count more
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        return command;
    }

    private static String setting(String conf, String name) {
        return conf.lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElseThrow();
    }
}
