package dev.plimsoll.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.delivery.mail.Pem;
import dev.plimsoll.delivery.mail.SmtpServer;
import dev.plimsoll.house.DocCommands;
import dev.plimsoll.house.DocCommands.Command;
import dev.plimsoll.ops.embedded.Foreign;
import dev.plimsoll.ops.embedded.ForeignRedis;
import dev.plimsoll.telegram.TelegramServer;
import dev.plimsoll.wire.Certificates;
import dev.plimsoll.wire.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** An operator's first hour, typed into one shell as it stands, with the real launcher, as far as it goes without a cluster. */
class TutorialTest {
    static final Path TUTORIAL = Path.of("src/docs/tutorial.md");

    /** Where the reader has two terminals this is one: {@code run} goes on beside what follows, until it is stopped. */
    private static final String TWO_TERMINALS = """
            set -eu -o pipefail
            trap 'status=$?; stop; kill $(jobs -p) 2>/dev/null || :; [ $status = 0 ] || printf "\\nfailed with %%s: %%s\\n" "$status" "$BASH_COMMAND"' EXIT
            curl() { command curl --silent --show-error --fail-with-body "$@"; }
            running=
            stop() {
                [ -n "$running" ] || return 0
                kill "$running"
                wait "$running" || :
                running=
            }
            run() {
                stop
                ./plimsoll run "$@" >>run.log 2>&1 &
                running=$!
                for sign in %s; do
                    until command curl -sf -o /dev/null "$sign"; do kill -0 "$running"; sleep 0.1; done
                done
            }
            %s
            stop
            """;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final int port = FreePort.next();
    private final int management = FreePort.next();
    private final int receiver = FreePort.next();

    @Test
    void anOperatorsFirstHourGoesAsItIsWritten() throws Exception {
        likeAClone();
        var certificate = Certificates.selfSigned("localhost");
        try (var prices = new PriceServer();
                var telegram = TelegramServer.withoutLimits();
                var mail = new SmtpServer(Optional.of(certificate), Optional.of("plimsoll secret"));
                var postgres = Foreign.with(folder.resolve("foreign"), "fsync = on");
                var redis = ForeignRedis.on(folder.resolve("redis"))) {
            prices.set("USDC", "1");
            prices.set("ETH", "3000");
            prices.set("BTC", "60000");
            var here = new HashMap<>(prices.settings());
            here.put("plimsoll.delivery.telegram.url", telegram.url());
            here.put("plimsoll.delivery.email.port", Integer.toString(mail.port()));
            here.put(
                    "plimsoll.delivery.email.trust", Pem.of(certificate, folder).toString());

            var script = typed().stream()
                    .map(command -> standingFor(command, postgres, redis))
                    .collect(Collectors.joining("\n"));

            assertThat(type(script, here)).isEqualTo("");
        }
    }

    /** With the package that is tested, so that the launcher builds none. */
    private void likeAClone() throws IOException {
        var app = Files.createDirectories(folder.resolve("target/quarkus-app"));
        for (var name : List.of("plimsoll", "pom.xml", "src", "helm", "k8s")) {
            Files.createSymbolicLink(folder.resolve(name), Path.of(name).toAbsolutePath());
        }
        for (var name : List.of("quarkus-run.jar", "app", "lib", "quarkus")) {
            Files.createSymbolicLink(
                    app.resolve(name), App.JAR.resolveSibling(name).toAbsolutePath());
        }
        Files.createFile(app.resolve(".built"));
        Files.createDirectory(folder.resolve("home"));
    }

    private static List<Command> typed() throws IOException {
        var typed = new ArrayList<Command>();
        for (var command : DocCommands.of(TUTORIAL)) {
            if (ClusterCommand.is(command)) {
                ClusterCommand.namesWhatIsThere(command);
            } else if (!NotRun.covers(command)) {
                typed.add(command);
            }
        }
        assertThat(typed).hasSizeGreaterThan(25);
        return typed;
    }

    /** What the reader has: ports that are free, a bot, a mail server, databases. */
    private String standingFor(Command command, Foreign postgres, ForeignRedis redis) {
        var roles = postgres.settings();
        var text = command.text()
                .replace("./plimsoll run", "run")
                .replace("localhost:8080", "localhost:" + port)
                .replace("localhost:8081", "localhost:" + management)
                .replace("9009", Integer.toString(receiver))
                .replace("123456:your-token", TelegramServer.TOKEN)
                .replace("smtp.example.org", "localhost")
                .replace("postgresql://db.example.org:5432/plimsoll", postgres.url())
                .replace("redis://cache.example.org:6379", redis.url());
        for (var role : List.of("OWNER", "API", "ENGINE")) {
            var password = roles.get("plimsoll.ops.database." + role.toLowerCase(Locale.ROOT) + ".password");
            text = text.replace("DATABASE_" + role + "_PASSWORD=…", "DATABASE_" + role + "_PASSWORD=" + password);
        }
        return text.contains("postmaster.pid") ? "stop\n" + text : text; // before that the reader stops Plimsoll
    }

    /** Returns what was said if something was wrong. */
    private String type(String commands, Map<String, String> here) throws IOException, InterruptedException {
        var script = Files.writeString(folder.resolve("typed.sh"), TWO_TERMINALS.formatted(signsOfLife(), commands));
        var said = folder.resolve("typed.log");
        var builder = new ProcessBuilder("bash", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        var java = System.getProperty("java.home");
        builder.environment().put("HOME", folder.resolve("home").toString());
        builder.environment().put("JAVA_HOME", java);
        builder.environment().merge("PATH", java + "/bin:", (path, bin) -> bin + path);
        builder.environment().put("JAVA_OPTS", options(here));
        var shell = builder.start();
        var ended = shell.waitFor(8, TimeUnit.MINUTES);
        shell.descendants().forEach(ProcessHandle::destroy);
        return ended && shell.exitValue() == 0 ? "" : Files.readString(said);
    }

    /** It is ready and knows a price: a reader is slower than both. */
    private String signsOfLife() {
        return "http://localhost:%d/q/health/ready http://localhost:%d/api/v1/market/prices/ETH"
                .formatted(management, port);
    }

    private String options(Map<String, String> here) {
        var options = new HashMap<>(here);
        options.put("user.home", folder.resolve("home").toString());
        options.put("quarkus.http.port", Integer.toString(port));
        options.put("quarkus.management.port", Integer.toString(management));
        options.put(
                "plimsoll.ops.binaries-dir",
                Path.of("target", "embedded").toAbsolutePath().toString());
        options.put("plimsoll.pipeline.every", "1s");
        options.put("plimsoll.pipeline.rehearsal", "0"); // it starts again and again, on few cores
        return options.entrySet().stream()
                .map(option -> "-D" + option.getKey() + "=" + option.getValue())
                .collect(Collectors.joining(" ", "-Xmx256m -XX:TieredStopAtLevel=1 ", ""));
    }
}
