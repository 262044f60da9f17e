package dev.plimsoll.ops.check;

import static org.awaitility.Awaitility.await;

import dev.plimsoll.ops.Database;
import dev.plimsoll.wire.FreePort;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A real one between us and a database, which hands out its sessions in a mode of its own. */
final class PgBouncer implements AutoCloseable {
    private final Database database;
    private final int port = FreePort.next();
    private final Process process;

    /** @param mode {@code session} or {@code transaction} */
    PgBouncer(String program, Path folder, Database database, String mode) throws IOException {
        this.database = database;
        var command = new ArrayList<>(
                List.of(program, settings(Files.createDirectories(folder), mode).toString()));
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(1, List.of("-u", "nobody"));
        }
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("pgbouncer.log").toFile())
                .start();
        await("PgBouncer, see " + folder)
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> {
                    new Socket(InetAddress.getLoopbackAddress(), port).close();
                    return true;
                });
    }

    /** The program, where this machine has one. */
    static Optional<String> program() {
        return Stream.concat(
                        Stream.of(System.getenv("PATH").split(File.pathSeparator)),
                        Stream.of("/usr/sbin", "target/tools/usr/sbin"))
                .map(folder -> Path.of(folder, "pgbouncer").toAbsolutePath())
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private Path settings(Path folder, String mode) throws IOException {
        var users = Stream.of(database.owner(), database.api(), database.engine())
                .map(login -> "\"%s\" \"%s\"".formatted(login.user(), login.password()))
                .toList();
        return Files.writeString(folder.resolve("pgbouncer.ini"), """
                [databases]
                plimsoll = host=127.0.0.1 port=%s
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = scram-sha-256
                auth_file = %s
                pool_mode = %s
                ignore_startup_parameters = extra_float_digits,idle_in_transaction_session_timeout,plan_cache_mode
                """.formatted(
                        database.url().replaceAll(".*:(\\d+)/.*", "$1"),
                        port,
                        Files.write(folder.resolve("users"), users),
                        mode));
    }

    /** The database as it is reached through here. */
    Database database() {
        return new Database(
                "postgresql://127.0.0.1:%d/plimsoll".formatted(port),
                database.owner(),
                database.api(),
                database.engine());
    }

    @Override
    public void close() {
        process.destroy();
        await().atMost(Duration.ofSeconds(60)).until(() -> !process.isAlive());
    }
}
