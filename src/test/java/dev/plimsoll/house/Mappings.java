package dev.plimsoll.house;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.List;

/** Every mapping of settings in the house. */
final class Mappings {
    private static final List<? extends Class<?>> ALL = new ClassFileImporter()
            .importPath(Path.of("target/classes")).stream()
                    .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                    .map(type -> type.reflect())
                    .toList();

    private Mappings() {}

    static List<? extends Class<?>> all() {
        return ALL;
    }
}
