package dev.plimsoll.image;

import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs an image as a container runtime does under the strictest rules: its user, a root file system that cannot be written to,
 * a {@code /tmp} from which nothing can be executed. Beside the image there is only the C library of its base, from this machine.
 */
final class Container implements AutoCloseable {
    /** What is in the base image beside certificates and time zones. */
    private static final List<String> GLIBC = List.of(
            "libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libresolv.so.2", "libutil.so.1");

    /** Of a mount namespace that goes with its process. {@code $1} is the root, {@code $2} the user, the rest the command. */
    private static final String BECOME = """
            root=$1; user=$2; shift 2
            mount --bind "$root" "$root"
            mount -o remount,bind,ro "$root"
            mount -t tmpfs -o mode=1777,size=64m,noexec,nosuid tmpfs "$root/tmp"
            mount -t proc proc "$root/proc"
            mount --rbind /dev "$root/dev"
            exec chroot --userspec="$user" "$root" "$@\"""";

    private final Path log;
    private final Process process;

    private Container(Path log, Process process) {
        this.log = log;
        this.process = process;
    }

    /** Whether this machine lets us. */
    static boolean possible() throws IOException, InterruptedException {
        var tried = new ProcessBuilder("unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt")
                .redirectErrorStream(true)
                .start();
        tried.getInputStream().readAllBytes();
        return tried.waitFor() == 0;
    }

    /** The image's files and the C library. */
    static Path root(ImageTar image, Path root) throws IOException {
        for (var folder : List.of("tmp", "proc", "dev", "etc/plimsoll/master-key", "lib64", "lib/x86_64-linux-gnu")) {
            Files.createDirectories(root.resolve(folder));
        }
        image.layInto(root);
        for (var library : GLIBC) {
            Files.copy(
                    Path.of("/lib/x86_64-linux-gnu", library).toRealPath(),
                    root.resolve("lib/x86_64-linux-gnu").resolve(library));
        }
        Files.copy(Path.of("/lib64/ld-linux-x86-64.so.2").toRealPath(), root.resolve("lib64/ld-linux-x86-64.so.2"));
        return root;
    }

    /** @param arguments after the image's entry point */
    static Container started(ImageTar image, Path root, Map<String, String> environment, Path log, String... arguments)
            throws IOException {
        var settings = image.settings();
        var command = new ArrayList<>(List.of(
                "unshare",
                "--mount",
                "sh",
                "-e",
                "-c",
                BECOME,
                "container",
                root.toString(),
                settings.getString("User")));
        strings(settings.getJsonArray("Entrypoint")).forEach(command::add);
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        strings(settings.getJsonArray("Env"))
                .map(pair -> pair.split("=", 2))
                .forEach(pair -> builder.environment().put(pair[0], pair[1]));
        builder.environment().putAll(environment);
        return new Container(log, builder.start());
    }

    /** The exit code. */
    int end() throws InterruptedException {
        return process.waitFor();
    }

    String said() throws IOException {
        return Files.readString(log);
    }

    void awaitWord(String word) {
        await(word + " in " + log)
                .atMost(Duration.ofMinutes(3))
                .until(() -> said().contains(word) || !process.isAlive());
    }

    /** The numbers of its user and group, as the kernel has them. */
    List<String> ids() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"), StandardCharsets.UTF_8)
                .stream()
                .filter(line -> line.startsWith("Uid:") || line.startsWith("Gid:"))
                .map(line -> line.split("\\s+")[1])
                .toList();
    }

    /** SIGTERM; whether it ended within half a minute. */
    boolean stop() throws InterruptedException {
        process.destroy();
        return process.waitFor(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private static Stream<String> strings(JsonArray array) {
        return array.stream().map(String.class::cast);
    }
}
