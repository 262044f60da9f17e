package dev.plimsoll.ops;

import dev.plimsoll.ops.check.SettingValues;
import dev.plimsoll.ops.check.TestAlert;
import dev.plimsoll.ops.demo.Demo;
import dev.plimsoll.wire.WireConfig;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;

/** The door of the packaged program: the first argument says what it shall do. */
@QuarkusMain
public final class Main {
    Main() {}

    public static void main(String... args) {
        var rest = Arrays.copyOfRange(args, Math.min(1, args.length), args.length);
        switch (args.length == 0 ? "run" : args[0]) {
            case "run" -> {
                refuse(rest);
                run();
            }
            case "demo" -> Demo.main(rest);
            case "doctor" -> {
                refuse(rest);
                System.exit(Doctor.examine());
            }
            case "apply" -> System.exit(Apply.main(rest));
            case "migrate" -> {
                refuse(rest);
                migrate();
            }
            case "test-alert" -> testAlert(List.of(rest));
            case "key" -> System.exit(MasterKeyCommand.run(Settings.read(), rest));
            default -> unknown(args[0]);
        }
    }

    private static void unknown(String word) {
        System.err.printf(
                "Plimsoll does not know '%s': say run, apply, migrate, doctor, key, test-alert or demo.%n", word);
        System.exit(2);
    }

    /** The launcher has made settings of what looks like one, so what is left is a mistake. */
    private static void refuse(String... words) {
        if (words.length > 0) {
            System.err.printf(
                    "Plimsoll does not know '%s': settings look like --quarkus.http.port=9090 or --plimsoll.pipeline.every=2s.%n",
                    words[0]);
            System.exit(2);
        }
    }

    private static void testAlert(List<String> words) {
        var config = Settings.read();
        System.exit(TestAlert.run(config, Settings.mapped(config, WireConfig.class), words));
    }

    /** Serves until it is told to stop. What the operator can mend is said in one sentence, without a stack trace. */
    public static void run() {
        try {
            var settings = Settings.read();
            SettingValues.wrong(settings).stream().findFirst().ifPresent(fault -> {
                throw new Refused(fault.sentence());
            });
            new ServerSettings(settings).startEmbedded(); // here, where a refusal is the only thing on the screen
            Quarkus.run(null, Main::ended);
        } catch (Refused e) {
            ended(1, e);
        }
    }

    /** Brings the configured database to this build's schema, and ends. */
    private static void migrate() {
        try {
            new Migration(new ServerSettings(Settings.read())).run().forEach(System.out::println);
            System.exit(0);
        } catch (Refused | FlywayException e) {
            explain("Plimsoll does not migrate. ", e);
            System.exit(1);
        }
    }

    private static void ended(int code, Throwable cause) {
        Optional.ofNullable(cause).ifPresent(failure -> explain("Plimsoll does not start. ", failure));
        System.exit(code);
    }

    private static void explain(String what, Throwable cause) {
        var refusal = Refusals.in(cause, new ServerSettings(Settings.read()));
        if (refusal.isPresent()) {
            System.err.println(what + refusal.get());
        } else {
            System.err.println("Plimsoll failed:");
            cause.printStackTrace();
        }
    }
}
