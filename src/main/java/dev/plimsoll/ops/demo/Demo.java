package dev.plimsoll.ops.demo;

import dev.plimsoll.ops.Main;
import dev.plimsoll.ops.embedded.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code ./plimsoll demo}: sets up a Plimsoll of its own on free ports and a data folder of its own, and starts it. */
public final class Demo {
    private static final List<String> SOURCES = List.of("coinbase", "kraken", "binance", "bitstamp", "coingecko");
    private static final String HELP = """
            ./plimsoll demo [--crash=%s] [--speed=N] [--keep]

            Replays a real crash through local servers that speak the exchanges' own formats, registers a few positions,
            receives and verifies the webhooks, and says for each position how long before its liquidation it was warned.
              --crash   which one; %s by default
              --speed   how many times faster than life
              --keep    leaves Plimsoll running at the end and prints its URL and key
            """.formatted(String.join("|", CrashWindow.IDS), CrashWindow.IDS.get(0));

    private Demo() {}

    public static void main(String... args) {
        var options = new DemoOptions(List.of(args));
        if (options.has("help")) {
            System.out.print(HELP);
            return;
        }
        var crash = CrashWindow.named(options.value("crash").orElse(CrashWindow.IDS.get(0)));
        var wrong = options.unknown("crash", "speed", "keep", "redraw");
        if (crash.isEmpty() || wrong.isPresent()) {
            System.err.print(wrong.map(word -> "No option " + word + ".\n").orElse("No such crash.\n") + HELP);
            System.exit(2);
        }
        configure(crash.orElseThrow(), options);
        System.out.println(
                "Plimsoll demo: " + crash.orElseThrow().title() + ". Starting PostgreSQL, Redis and Plimsoll …");
        Main.run();
    }

    private static void configure(CrashWindow crash, DemoOptions options) {
        var exchanges = freePort();
        var speed = options.value("speed").orElse(Integer.toString(crash.speed()));
        set("plimsoll.ops.demo.crash", crash.id());
        set("plimsoll.ops.demo.exchange-port", exchanges);
        set("plimsoll.ops.demo.receiver-port", freePort());
        set("plimsoll.ops.demo.speed", speed);
        set("plimsoll.ops.demo.keep", options.has("keep"));
        set("plimsoll.ops.demo.redraw", options.has("redraw"));
        set("plimsoll.ops.data-dir", Demo::temporaryFolder);
        set("plimsoll.ops.binaries-dir", DataFolder.usual(System.getenv()).resolve("bin"));
        set("plimsoll.pipeline.every", "1s");
        set("plimsoll.pipeline.clock-start", crash.from());
        set("plimsoll.pipeline.clock-speed", speed);
        set("plimsoll.delivery.allow-private", "127.0.0.0/8");
        set("plimsoll.delivery.allow-http", true);
        set("plimsoll.delivery.ports", "1-65535");
        set("quarkus.http.host", "127.0.0.1");
        set("quarkus.http.port", freePort());
        set("quarkus.log.console.enabled", false);
        askThere(exchanges);
    }

    private static void askThere(int exchanges) {
        set("plimsoll.oracle.only", String.join(",", SOURCES));
        for (var source : SOURCES) {
            var prefix = "plimsoll.oracle.sources." + source;
            set(prefix + ".url", "http://127.0.0.1:" + exchanges + "/" + source);
            set(prefix + ".pace", "PT0S");
        }
    }

    /** A setting given on the command line is left as it is. */
    private static void set(String name, Object value) {
        set(name, value::toString);
    }

    private static void set(String name, Supplier<String> value) {
        System.getProperties().computeIfAbsent(name, absent -> value.get());
    }

    private static String temporaryFolder() {
        try {
            return Files.createTempDirectory("plimsoll-demo-").toString();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary folder for the demo", e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on 127.0.0.1", e);
        }
    }

    /** {@code --name=value} and {@code --name}. */
    private record DemoOptions(List<String> words) {
        boolean has(String name) {
            return words.contains("--" + name);
        }

        Optional<String> value(String name) {
            var prefix = "--" + name + "=";
            return words.stream()
                    .filter(word -> word.startsWith(prefix))
                    .map(word -> word.substring(prefix.length()))
                    .findFirst();
        }

        Optional<String> unknown(String... known) {
            var names = List.of(known);
            return words.stream()
                    .filter(word -> !names.contains(word.replaceFirst("^--", "").replaceFirst("=.*", "")))
                    .findFirst();
        }
    }
}
