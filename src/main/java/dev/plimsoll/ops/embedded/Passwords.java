package dev.plimsoll.ops.embedded;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;

/** The embedded servers' passwords: 160 random bits each, made once, readable by the data folder's owner alone. */
public record Passwords(String postgres, String owner, String api, String engine, String redis) {
    private static final String NAME = "passwords";
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Those of this folder, if any were made. */
    public static Optional<Passwords> of(DataFolder folder) throws IOException {
        var file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var kept = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            kept.load(in);
        }
        return Optional.of(new Passwords(
                kept.getProperty("postgres"),
                kept.getProperty("owner"),
                kept.getProperty("api"),
                kept.getProperty("engine"),
                kept.getProperty("redis")));
    }

    static Passwords make(DataFolder folder) throws IOException {
        var made = new Passwords(random(), random(), random(), random(), random());
        var kept = new Properties();
        kept.setProperty("postgres", made.postgres);
        kept.setProperty("owner", made.owner);
        kept.setProperty("api", made.api);
        kept.setProperty("engine", made.engine);
        kept.setProperty("redis", made.redis);
        var text = new StringWriter();
        kept.store(text, null);
        folder.write(NAME, text.toString().getBytes(StandardCharsets.UTF_8));
        return made;
    }

    private static String random() {
        var bits = new byte[20];
        RANDOM.nextBytes(bits);
        return HexFormat.of().formatHex(bits);
    }

    @Override
    public String toString() {
        return "Passwords[hidden]";
    }
}
