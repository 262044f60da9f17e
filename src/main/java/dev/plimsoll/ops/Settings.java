package dev.plimsoll.ops;

import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.PropertiesConfigSourceLoader;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Our settings as the application will see them, before it is started. */
final class Settings {
    private static final int PACKAGED = 250;
    private static final int BESIDE = 260;

    private Settings() {}

    static Config read() {
        var loader = Thread.currentThread().getContextClassLoader();
        var beside = Path.of("config", "application.properties").toUri().toString();
        return ConfigUtils.configBuilder()
                .withSources(PropertiesConfigSourceLoader.inClassPath("application.properties", PACKAGED, loader))
                .withSources(PropertiesConfigSourceLoader.inFileSystem(beside, BESIDE, loader))
                .build();
    }

    /** One mapping of them. */
    static <T> T mapped(Config config, Class<T> mapping) {
        var sources = StreamSupport.stream(config.getConfigSources().spliterator(), false);
        return new SmallRyeConfigBuilder()
                .withSources(sources.toArray(ConfigSource[]::new))
                .withMapping(mapping)
                .withValidateUnknown(false)
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .build()
                .getConfigMapping(mapping);
    }
}
