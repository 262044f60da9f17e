package dev.plimsoll.ops;

import dev.plimsoll.ops.embedded.DataFolder;
import dev.plimsoll.ops.embedded.EmbeddedServers;
import dev.plimsoll.ops.embedded.Passwords;
import io.quarkus.runtime.ExecutionMode;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Tells Quarkus where PostgreSQL and Redis are: those that {@link OpsConfig} names, or embedded ones that are started here;
 * and where HTTP comes in.
 * Whatever is configured elsewhere wins over what this source says.
 */
public final class ServersConfigSourceFactory implements ConfigSourceFactory {
    private static final int LOWEST = 1;

    @Override
    public OptionalInt getPriority() {
        return OptionalInt.of(LOWEST);
    }

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        if (!running()) {
            return List.of();
        }
        var settings = new ServerSettings(name -> value(context, name));
        var folder = settings.folder(context.getProfiles().contains("test"));
        return List.of(new PropertiesConfigSource(values(settings, folder), "plimsoll servers", LOWEST));
    }

    private static Map<String, String> values(ServerSettings settings, DataFolder folder) {
        var values = new HashMap<String, String>();
        values.put(ServerSettings.DATA_DIR, folder.path().toString());
        values.putAll(settings.doors());
        settings.database().map(Database::settings).ifPresent(values::putAll);
        values.putAll(settings.redis());
        if (!settings.ownDatabase() || !settings.ownRedis()) {
            values.putAll(embedded(settings, folder));
        }
        return values;
    }

    private static Map<String, String> embedded(ServerSettings settings, DataFolder folder) {
        var wish = settings.wish(folder);
        var servers = EmbeddedServers.of(wish);
        var passwords = passwords(folder);
        var values = new HashMap<String, String>();
        if (wish.postgres()) {
            values.putAll(ServerSettings.embedded(servers, passwords).settings());
        }
        if (wish.redis()) {
            values.putAll(ServerSettings.redis(servers, passwords));
        }
        return values;
    }

    private static Passwords passwords(DataFolder folder) {
        try {
            return Passwords.of(folder).orElseThrow();
        } catch (IOException e) {
            throw new Refused("The passwords in %s cannot be read: %s.".formatted(folder.path(), e.getMessage()), e);
        }
    }

    private static Optional<String> value(ConfigSourceContext context, String name) {
        return Optional.ofNullable(context.getValue(name)).map(ConfigValue::getValue);
    }

    /** Configuration is also read while building and by the test framework: nothing may start then. */
    private static boolean running() {
        var mode = ExecutionMode.current();
        return mode == ExecutionMode.RUNTIME_INIT || mode == ExecutionMode.RUNNING;
    }
}
