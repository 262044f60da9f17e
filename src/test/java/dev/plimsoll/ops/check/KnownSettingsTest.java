package dev.plimsoll.ops.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownSettingsTest {
    @Test
    void everyMappingOfTheHouseIsKnown() {
        var mappings = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.plimsoll").stream()
                        .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                        .map(JavaClass::getName);

        assertThat(mappings)
                .containsExactlyInAnyOrderElementsOf(
                        KnownSettings.MAPPINGS.stream().map(Class::getName).toList());
    }

    @Test
    void aMisspeltSettingIsToldWithTheOneThatWasMeant() {
        assertThat(KnownSettings.unknown(config("plimsoll.pipeline.evry")))
                .singleElement()
                .satisfies(fault -> assertThat(fault.sentence())
                        .isEqualTo(
                                "There is no setting plimsoll.pipeline.evry; did you mean plimsoll.pipeline.every?"));
        assertThat(KnownSettings.unknown(config("plimsoll.oracle.sources.kraken.ulr")))
                .singleElement()
                .satisfies(fault ->
                        assertThat(fault.sentence()).contains("did you mean plimsoll.oracle.sources.kraken.url?"));
    }

    @Test
    void rightOnesAndOnesOfAProfileAreSilent() {
        assertThat(KnownSettings.unknown(config("plimsoll.oracle.sources.kraken.deviation-bps")))
                .isEmpty();
        assertThat(KnownSettings.unknown(config("%test.plimsoll.ops.binaries-dir")))
                .isEmpty();
        assertThat(KnownSettings.unknown(config("plimsoll.ops.database.api.password")))
                .isEmpty();
    }

    private static org.eclipse.microprofile.config.Config config(String name) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(Map.of(name, "1"), "test", 100))
                .build();
    }
}
