package dev.plimsoll.ops.embedded;

import dev.plimsoll.ops.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The embedded PostgreSQL: durable, on the loopback address only, with scram passwords for everybody.
 *
 * <p>Its cluster is made in {@code postgres.new} and renamed when whole, so a kill while it is made costs nothing.
 */
final class Postgres {
    private static final String NAME = "PostgreSQL";
    private static final List<String> SETTINGS = List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            "timezone=UTC",
            "log_timezone=UTC",
            "max_connections=100");

    private final DataFolder folder;
    private final Path bin;
    private final ServerUser user;
    private final Path cluster;

    private Postgres(DataFolder folder, Path home, ServerUser user) {
        this.folder = folder;
        this.bin = home.resolve("bin");
        this.user = user;
        this.cluster = folder.resolve("postgres");
    }

    /** Returns the port it listens on. */
    static int start(DataFolder folder, Binaries binaries, ServerUser user) throws IOException {
        var postgres = new Postgres(folder, binaries.postgres(), user);
        var passwords = postgres.cluster();
        var port = Ports.free();
        Keeper.keep(postgres.server(port));
        new Roles(port, passwords).prepare();
        return port;
    }

    private Passwords cluster() throws IOException {
        var known = Passwords.of(folder);
        if (Files.exists(cluster)) {
            user.own(cluster);
            return known.orElseThrow(() -> new Refused(
                    "The passwords of the database in %s are gone: put the file 'passwords' back, or move the folder away to start anew."
                            .formatted(folder.path())));
        }
        var passwords = known.isPresent() ? known.get() : Passwords.make(folder);
        var unfinished = folder.resolve("postgres.new");
        Trees.delete(unfinished);
        Files.createDirectory(unfinished);
        initialise(unfinished, passwords);
        Files.move(unfinished, cluster, StandardCopyOption.ATOMIC_MOVE);
        return passwords;
    }

    private void initialise(Path unfinished, Passwords passwords) throws IOException {
        folder.write("initdb", passwords.postgres().getBytes(StandardCharsets.US_ASCII));
        try {
            user.own(unfinished);
            Commands.run(
                    "The database in " + folder.path() + " cannot be made",
                    user.command(
                            unfinished,
                            bin.resolve("initdb").toString(),
                            "--pgdata=" + unfinished,
                            "--username=postgres",
                            "--auth=scram-sha-256",
                            "--pwfile=" + folder.resolve("initdb"),
                            "--encoding=UTF8",
                            "--locale=C",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8",
                            "--data-checksums"));
        } finally {
            Files.deleteIfExists(folder.resolve("initdb"));
        }
    }

    private Server server(int port) {
        var command = new ArrayList<>(
                List.of(bin.resolve("postgres").toString(), "-D", cluster.toString(), "-p", Integer.toString(port)));
        SETTINGS.forEach(setting -> command.addAll(List.of("-c", setting)));
        return new Server(
                NAME,
                user.server(cluster, "INT", command.toArray(String[]::new)),
                cluster,
                cluster.resolve("postmaster.pid"),
                folder.resolve("postgres.log"),
                "INT", // fast: does not wait for clients, as TERM would
                user.diesWithUs(),
                process -> ready(process, port));
    }

    /** PostgreSQL writes its state into the pid file: line 1 its pid, line 4 the port, line 8 "ready". */
    private boolean ready(Process process, int port) {
        try {
            var lines = Files.readAllLines(cluster.resolve("postmaster.pid"));
            return lines.size() >= 8
                    && lines.get(0).strip().equals(Long.toString(process.pid()))
                    && lines.get(3).strip().equals(Integer.toString(port))
                    && lines.get(7).strip().equals("ready");
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
